"""What templates/charts/figure.html shows of a chart."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Figure:
    """The pictures of one chart, and the table of the same figures.

    `key` is unique on its page. The first cell of each row heads it. `source` is empty where none was given.
    """

    key: str
    heading: str
    pictures: tuple[SafeString, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str

    @property
    def labelled(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each row's head, and its other cells with the columns that they are in."""
        return [(row[0], list(zip(self.columns[1:], row[1:], strict=True))) for row in self.rows]
