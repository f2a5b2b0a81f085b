"""Counting records of service users, and the bare pandas read of the same columns.

`python -m benchmarks.service_data FILE` counts a file in a fresh process and prints the memory it took, as JSON.
"""

import json
import random
import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, interleaved
from benchmarks.memory import own_peak

TIMES_THE_BARE_READ = 2
MOST_MEMORY = 300
ROUNDS = 5
COLUMNS = {
    "Sex": ("Female", "Male", "", "Prefer not to say"),
    "Age": tuple(str(age) for age in range(100)),
    "Ethnic group": ("White British", "Pakistani", "Indian", "African", "Other", "Not stated", "Polish", "Roma"),
    "Disability": ("Yes", "No", "Unknown"),
    "Religion": ("Christian", "No religion", "Muslim", "Hindu", "Sikh", "Not stated"),
}


def measure(rows: int, folder: Path) -> list[Figure]:
    """A CSV file with a number for each person and five columns of groups."""
    file = _written(rows, folder / "records.csv")
    seconds = interleaved({"ours": partial(_count, file), "pandas": partial(_bare, file)}, ROUNDS)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.service_data", str(file)], check=True, capture_output=True, text=True
    )
    return [
        Figure(
            f"Service-user data: count {rows:,} records (against pandas)",
            median(seconds["ours"]),
            "s",
            median(seconds["pandas"]),
            ratio_at_most=TIMES_THE_BARE_READ,
        ),
        Figure("Service-user data: peak memory", json.loads(done.stdout)["peak"], "MiB", at_most=MOST_MEMORY),
    ]


def _written(rows: int, path: Path) -> Path:
    chance = random.Random(1)
    with path.open("w") as file:
        file.write(",".join(["Number", *COLUMNS]) + "\n")
        for number in range(rows):
            file.write(",".join([str(number), *(chance.choice(values) for values in COLUMNS.values())]) + "\n")
    return path


def _count(path: Path) -> None:
    from assessments.evidence import service_data

    with path.open("rb") as file:
        assert len(service_data.read(file, True).listed) == len(COLUMNS)


def _bare(path: Path) -> None:
    import pandas as pd

    pd.read_csv(path, usecols=list(COLUMNS))


def main() -> None:
    _count(Path(sys.argv[1]))
    print(json.dumps({"peak": own_peak()}))


if __name__ == "__main__":
    main()
