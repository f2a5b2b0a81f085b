"""The documentation speaks of what is there: links, commands, settings, roles."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import get_commands
from markdown_it import MarkdownIt

from assessments.duty.lifecycle import Role

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("docs", "fixtures", "benchmarks", "setup", "tests")
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))])
DECISIONS = ROOT / "docs" / "decisions"

markdown = MarkdownIt("commonmark").enable("table")
a_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def tokens(page):
    for token in markdown.parse(page.read_text()):
        yield token
        yield from token.children or []


def addresses(page):
    """What the page links to and shows."""
    return [token.attrs[name] for token in tokens(page) for name in ("href", "src") if name in token.attrs]


def code(page):
    """Every piece of code on the page, in a line or in a block."""
    return [token.content for token in tokens(page) if token.type in ("code_inline", "fence")]


def anchors(page):
    """The names by which a link can point to a heading."""
    parsed = markdown.parse(page.read_text())
    headings = [after.content for token, after in pairwise(parsed) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def named(pattern, *pages):
    return {name for page in pages for piece in code(page) for name in re.findall(pattern, piece)}


def text_of(path):
    return (ROOT / path).read_text()


def test_there_are_pages_to_check():
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"} <= {page.name for page in PAGES}


@a_page
def test_every_link_and_picture_leads_somewhere(page):
    broken = []
    for address in addresses(page):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, anchor = address.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(address)
    assert broken == []


@a_page
def test_every_picture_says_what_it_shows(page):
    assert [token.attrs["src"] for token in tokens(page) if token.type == "image" and not token.content] == []


@a_page
def test_every_file_that_is_named_by_its_path_exists(page):
    paths = named(r"^((?:assessments|psed|templates|static|setup|tests|docs|fixtures)/[\w./-]*)$", page)
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


@a_page
def test_every_command_of_manage_py_exists(page):
    assert named(r"manage\.py (\w+)", page) <= set(get_commands())


def test_the_targets_that_are_named_are_those_of_the_makefile():
    targets = set(re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), re.MULTILINE))
    readme = named(r"\bmake ([a-z]+)", ROOT / "README.md")
    contributing = named(r"\bmake ([a-z]+)", ROOT / "CONTRIBUTING.md")
    assert {"demo", "test"} <= readme <= targets
    assert contributing == targets


def settings_read():
    """The environment variables that psed/settings.py reads, by itself or through dj_database_url."""
    names = set()
    for call in (node for node in ast.walk(ast.parse(text_of("psed/settings.py"))) if isinstance(node, ast.Call)):
        function = ast.unparse(call.func)
        if function in ("os.environ.get", "_flag"):
            names |= {each.value for each in call.args[:1] if isinstance(each, ast.Constant)}
        elif function == "dj_database_url.config":
            names.add("DATABASE_URL")
    return names


def test_every_setting_is_documented_and_nothing_else():
    documented = re.findall(r"^\| `([A-Z_]+)` \|", text_of("docs/deploying.md"), re.MULTILINE)
    assert len(documented) == len(set(documented))
    assert set(documented) == settings_read()


def test_settings_reads_the_environment_in_no_other_way():
    reads = re.findall(r"os\.(?:environ|getenv)\b[^\n]*", text_of("psed/settings.py"))
    assert reads
    assert [each for each in reads if not each.startswith("os.environ.get(")] == []


@pytest.mark.parametrize("path", ["README.md", "docs/administering.md"])
def test_the_roles_are_those_of_the_lifecycle(path):
    rows = re.findall(r"^\| ([A-Z][^|]+?) \|", text_of(path).partition("| Role |")[2], re.MULTILINE)
    assert rows == [role.label for role in Role]


def test_the_list_of_decisions_is_complete():
    listed = {address for address in addresses(DECISIONS / "README.md") if not address.startswith("http")}
    assert listed == {page.name for page in DECISIONS.glob("[0-9]*.md")}


def test_decisions_are_numbered_once_each():
    numbers = [page.name[:4] for page in DECISIONS.glob("[0-9]*.md")]
    assert len(numbers) == len(set(numbers))
