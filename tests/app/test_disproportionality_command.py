"""`manage.py disproportionality`. No test here may touch the database: anybody can run it on any machine."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
STOKE = ("--group", "57", "5900", "--reference", "1228", "184300")
HEADINGS = "group,group_number,group_out_of,reference,reference_number,reference_out_of"


def said_by(*arguments):
    out = io.StringIO()
    call_command("disproportionality", *arguments, stdout=out)
    return out.getvalue()


def data_of(*arguments):
    def refused(name):
        raise ValueError(name)

    return json.loads(said_by(*arguments, "--json"), parse_constant=refused)


def refusal_of(*arguments):
    with pytest.raises(CommandError) as refused:
        said_by(*arguments)
    assert refused.value.returncode == 2
    return str(refused.value)


@pytest.fixture
def file(tmp_path):
    """A function that writes a file and gives its path."""

    def write(*lines, encoding="utf-8", line_end="\n"):
        path = tmp_path / "groups.csv"
        path.write_bytes(line_end.join(lines).encode(encoding))
        return str(path)

    return write


# One comparison


def test_two_groups_are_compared_in_words():
    said = said_by(*STOKE)
    assert "The group: 57 of 5,900, which is 0.97%" in said
    assert "The true figure is likely to be between 1.1 and 1.9 times as often." in said
    assert "\n- This does not show why there is a difference, if there is one." in said
    assert "of a ratio of rates by Katz and others (1978)" in said


def test_two_groups_are_compared_in_figures():
    found = data_of(*STOKE)
    assert round(found["ratio"]["value"], 2) == 1.45
    assert (round(found["ratio"]["low"], 2), round(found["ratio"]["high"], 2)) == (1.11, 1.89)
    assert found["group"] == {"number": 57, "out_of": 5900}
    assert found["chance"]["test"] == "score test of two rates"
    assert (found["is_more_than_chance"], found["is_too_few"], found["below_four_fifths"]) == (True, False, False)
    assert found["shows"][0].startswith("The group: 57 of 5,900")
    assert found["does_not_show"]


def test_what_cannot_be_had_is_null_and_never_infinite():
    found = data_of("--group", "3", "40", "--reference", "0", "20")
    assert found["ratio"] is None
    assert found["difference"]["value"] == 0.075
    empty = data_of("--group", "0", "0", "--reference", "0", "20")
    assert (empty["group_rate"], empty["chance"], empty["is_more_than_chance"]) == (None, None, None)


def test_users_are_compared_with_the_population_that_they_are_part_of():
    asked = ("--group", "340", "1,020", "--population", "10000", "40000", "--undisclosed", "180", "1200")
    assert round(data_of(*asked)["index"]["value"], 3) == 1.333
    assert "180 of 1,200 users (15.0%) do not say which group" in said_by(*asked)


def test_it_runs_without_a_database(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "PSED_VAR": str(tmp_path / "var"),
        "PYTHONUTF8": "1",
    }
    run = [sys.executable, "manage.py", "disproportionality", *STOKE]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "This is more than chance alone would explain." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--group", "5", "3", "--reference", "1", "2"), "--group: 5 is more than the 3 it is out of. Check that"),
        (("--group", "1", "3", "--reference", "1.5", "2"), "--reference: “1.5” is not a whole number."),
        (("--group", "1", "-3", "--reference", "1", "2"), "--group: “-3” is below zero."),
        (("--group", "1", "300000000", "--reference", "1", "2"), "--group: 300,000,000 is more people than live in"),
        (("--group", "nan", "3", "--reference", "1", "2"), "--group: “nan” is not a count."),
        (("--group", "1", "3"), "Say what to compare the group with: --reference X N"),
        (
            ("--group", "1", "2", "--population", "3", "4", "--undisclosed", "3", "9"),
            "--undisclosed: 9 users less the 3",
        ),
    ],
)
def test_what_is_no_count_is_refused_with_what_to_do(arguments, message):
    assert refusal_of(*arguments).startswith(message)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        (*STOKE, "--population", "1", "2"),
        ("--group", "1", "2", "--csv", "x"),
        ("--reference", "1", "2"),
    ],
)
def test_one_question_is_put_at_a_time(arguments):
    with pytest.raises(CommandError):
        said_by(*arguments)


# Many comparisons


def test_every_row_of_a_file_is_compared_and_corrected_for_their_number(file):
    path = file(HEADINGS, 'Black people,57,"5,900",White people,1228,184300', "Disabled people,45,100,others,60,100")
    said = said_by("--csv", path)
    assert "The rate for Black people is 1.4 times the rate for White people." in said
    assert said.count("allowing for the 2 comparisons made together") == 2
    assert said.count("This does not show why there is a difference") == 1
    found = data_of("--csv", path)["results"]
    assert [each["name"] for each in found] == ["Black people", "Disabled people"]
    assert [each["chance"]["correction"]["tests"] for each in found] == [2, 2]
    assert found[0]["chance"]["correction"]["holm"] == pytest.approx(2 * found[0]["chance"]["p"])


def test_the_correction_can_be_chosen(file):
    path = file(HEADINGS, *["women,45,100,men,60,100"] * 3)
    assert not any(each["is_more_than_chance"] for each in data_of("--csv", path)["results"])
    chosen = data_of("--csv", path, "--correction", "benjamini-hochberg")["results"]
    assert all(each["is_more_than_chance"] for each in chosen)


def test_a_file_can_compare_users_with_the_population(file):
    path = file(
        "Group number;Group out of;Population number;Population out of;Undisclosed number;Undisclosed out of;Note",
        "340;1020;10000;40000;180;1200;from the survey",
        "",
        "5;1020;400;40000;;;",
    )
    found = data_of("--csv", path)["results"]
    assert [each["name"] for each in found] == ["the group in row 2", "the group in row 4"]
    assert found[0]["share_with"] == pytest.approx(520 / 1200)
    assert "We do not know how many people did not say" in found[1]["does_not_show"][2]


def test_figures_that_were_held_back_are_explained_and_the_rest_computed(file):
    path = file(HEADINGS, "a,*,40,b,1,20", "a,[c],40,b,1,20", "a,1,,b,1,20", "a,1,40,b,2,20")
    found = data_of("--csv", path)["results"]
    assert [each["ratio"] is None for each in found] == [True, True, True, False]
    assert found[0]["shows"][0] == (
        "A has no rate: the number of those it happened to is not known, or its source left it out."
    )
    assert found[3]["chance"]["correction"] is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_usual_encodings_are_read(file, encoding, line_end):
    path = file(HEADINGS, "Café owners,5,40,Others,2,20", encoding=encoding, line_end=line_end)
    assert data_of("--csv", path)["results"][0]["name"] == "Café owners"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_usual_dividers_are_read(file, delimiter):
    lines = (each.replace(",", delimiter) for each in (HEADINGS, "Shop owners,5,40,Others,2,20"))
    assert data_of("--csv", file(*lines))["results"][0]["name"] == "Shop owners"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_web_page_is_told_from_a_table(file, encoding):
    assert "This is a web page or XML" in refusal_of("--csv", file("<table><tr><td>1</td>", encoding=encoding))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a,1.5,40,b,1,20", "Row 3, column “group_number”: “1.5” is not a whole number."),
        ("a,-1,40,b,1,20", "Row 3, column “group_number”: “-1” is below zero."),
        ("a,1,40,b,one,20", "Row 3, column “reference_number”: “one” is not a count."),
        ("a,41,40,b,1,20", "Row 3, column “group_number”: 41 is more than the 40 it is out of."),
        ("a,1,40,b,1,200000000", "Row 3, column “reference_out_of”: 200,000,000 is more people than live in"),
        ("a,1,4,000,b,1,20", "Row 3: This row has 7 cells, and there are 6 headings."),
        ("a,1,40,b,1", "Row 3: This row has 5 cells, and there are 6 headings."),
        (f"{'a' * 101},1,40,b,1,20", "Row 3, column “group”: This cell has 101 characters."),
        ("a\x07,1,40,b,1,20", "Row 3, column “group”: This cell has characters that cannot be shown."),
        ('"a,1,40,b,1,20', "Row 3: "),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_column_and_nothing_is_computed(file, row, message):
    path = file(HEADINGS, "a,1,40,b,1,20", row)
    refusal = refusal_of("--csv", path)
    assert refusal.startswith(f"{path} was not used.\n{message}")


def test_every_row_that_is_wrong_is_named_up_to_twenty(file):
    path = file(HEADINGS, *["a,1.5,40,b,1,20"] * 25)
    lines = refusal_of("--csv", path).splitlines()
    assert [line.split(",")[0] for line in lines[1:21]] == [f"Row {number}" for number in range(2, 22)]
    assert lines[21:] == ["And 5 more rows."]


def test_undisclosed_users_that_do_not_add_up_are_named_with_their_column(file):
    path = file("group_number,group_out_of,population_number,population_out_of,undisclosed_number,undisclosed_out_of",
                "340,1200,1,4,180,1200")  # fmt: skip
    assert "Row 2, column “undisclosed_out_of”: 1,200 users less the 180" in refusal_of("--csv", path)


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        ("name,number,total", "The columns may be: group, group_number,"),
        ("name,number,total", "Row 1: There is no column “group_number”. The headings must stand in the first row"),
        (f"Refusals in 2025\n{HEADINGS}", "delete all that stands above them"),
        ("group_number,group_out_of", "Row 1: Give each row something to compare with"),
        (f"{HEADINGS},population_number,population_out_of", "Row 1: Give each row something to compare with"),
        (
            "group_number,reference_number,reference_out_of",
            "Row 1, column “group_number”: There is no column “group_out_of”",
        ),
        (f"{HEADINGS},Group Number", "Row 1, column “group_number”: Two columns have this heading."),
        (HEADINGS, "There are no rows under the headings."),
    ],
)
def test_headings_that_do_not_serve_are_refused_with_what_to_do(file, headings, message):
    assert message in refusal_of("--csv", file(headings))


def test_too_many_rows_are_refused(file):
    path = file(HEADINGS, *["a,,,b,,"] * 10_001)
    assert "Row 10002: There are more than 10,000 rows. Divide the file." in refusal_of("--csv", path)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xff\xfeg\0r\0", b"group_number\0,group_out_of\n1,2", b"\x81\n"]
)
def test_what_is_no_csv_file_is_refused(tmp_path, content):
    path = tmp_path / "groups.csv"
    path.write_bytes(content)
    assert refusal_of("--csv", str(path)).startswith(f"{path} was not used.")


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    assert refusal_of("--csv", str(tmp_path / "none.csv")).endswith(
        "none.csv could not be read: No such file or directory."
    )
    assert "could not be read: Is a directory." in refusal_of("--csv", str(tmp_path))


def test_counts_come_from_the_file_or_the_line_and_never_from_both(file):
    path = file(HEADINGS, "a,1,40,b,1,20")
    assert "all counts come from the file" in refusal_of("--csv", path, "--undisclosed", "1", "2")


def test_the_columns_are_listed_with_the_options(capsys):
    with pytest.raises(SystemExit):
        said_by("--help")
    said = capsys.readouterr().out
    for column in (*HEADINGS.split(","), "population_number", "undisclosed_out_of"):
        assert f"\n  {column} " in said
