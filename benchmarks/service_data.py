"""Counting records of service users, and the bare pandas read of the same columns.

`python -m benchmarks.service_data FILE OUTCOME` counts a file in a fresh process and prints the memory it took, as
JSON. OUTCOME heads the column that says what happened, or is empty.
"""

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, interleaved
from benchmarks.memory import own_peak

TIMES_THE_BARE_READ = 2
MOST_MEMORY = 300
ROUNDS = 5
OUTCOME = "Decision"
HAPPENED = ("Granted", "Granted", "Granted", "Refused", "Withdrawn", "")
COLUMNS = {
    "Sex": ("Female", "Male", "", "Prefer not to say"),
    "Age": tuple(str(age) for age in range(100)),
    "Ethnic group": ("White British", "Pakistani", "Indian", "African", "Other", "Not stated", "Polish", "Roma"),
    "Disability": ("Yes", "No", "Unknown"),
    "Religion": ("Christian", "No religion", "Muslim", "Hindu", "Sikh", "Not stated"),
}


def measure(rows: int, folder: Path) -> list[Figure]:
    """CSV files with a number for each person and five columns of groups; the second also says what happened."""
    return [
        *_measured(f"Service-user data: count {rows:,} records", rows, folder / "records.csv", ""),
        *_measured("Service-user data: and what happened to them", rows, folder / "outcomes.csv", OUTCOME),
    ]


def _measured(name: str, rows: int, file: Path, outcome: str) -> list[Figure]:
    columns = COLUMNS | ({outcome: HAPPENED} if outcome else {})
    _write(rows, file, columns)
    calls = {"ours": partial(_count, file, outcome), "pandas": partial(_bare, file, list(columns))}
    seconds = interleaved(calls, ROUNDS)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.service_data", str(file), outcome],
        check=True,
        capture_output=True,
        text=True,
    )
    return [
        Figure(
            f"{name} (against pandas)",
            median(seconds["ours"]),
            "s",
            median(seconds["pandas"]),
            ratio_at_most=TIMES_THE_BARE_READ,
        ),
        Figure(f"{name}, peak memory", json.loads(done.stdout)["peak"], "MiB", at_most=MOST_MEMORY),
    ]


def _write(rows: int, path: Path, columns: Mapping[str, tuple[str, ...]]) -> None:
    chance = random.Random(1)
    with path.open("w") as file:
        file.write(",".join(["Number", *columns]) + "\n")
        for number in range(rows):
            file.write(",".join([str(number), *(chance.choice(values) for values in columns.values())]) + "\n")


def _count(path: Path, outcome: str) -> None:
    from assessments.evidence import service_data

    with path.open("rb") as file:
        tally = service_data.read(file, True, outcome=outcome)
    assert len(tally.listed) == len(COLUMNS)


def _bare(path: Path, columns: list[str]) -> None:
    import pandas as pd

    pd.read_csv(path, usecols=columns)


def main() -> None:
    path, outcome = sys.argv[1:]
    _count(Path(path), outcome)
    print(json.dumps({"peak": own_peak()}))


if __name__ == "__main__":
    main()
