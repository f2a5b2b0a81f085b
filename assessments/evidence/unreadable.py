"""The one refusal of the readers."""

SHOWN = 40


class Unreadable(Exception):
    """A file that cannot be read, with what to do about it in words for whoever chose it.

    `row` counts as a spreadsheet does: the headings are row 1. It is 0, and `column` is empty, where the trouble is
    with the file as a whole.
    """

    def __init__(self, message: str, row: int = 0, column: str = "") -> None:
        place = [f"Row {row}"] if row else []
        place += [f"column “{shown(column)}”"] if column else []
        where = ", ".join(place)
        super().__init__(f"{where[:1].upper()}{where[1:]}: {message}" if where else message)
        self.message = message
        self.row = row
        self.column = column


def shown(text: str) -> str:
    """What stands in a file, fit to be shown in a sentence: short, and on one line."""
    line = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in " ".join(text.split()))
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
