"""Everything that is kept: each cell of each table, search index and all, and each file."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection


def cells() -> Iterator[tuple[str, str]]:
    """Every value in the database as text, with the table that it stands in."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor, include_views=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    yield table, raw.decode(errors="replace")


def where(text: str) -> set[str]:
    """The tables and the files in which the text stands, also as JSON would spell it."""
    spellings = {text, text.encode("ascii", "backslashreplace").decode(), text.replace("\n", "\\n")}
    found = {table for table, value in cells() if any(each in value for each in spellings)}
    files = (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return found | {path.name for path in files if text.encode() in path.read_bytes()}


def words_of_the_index(stem: str) -> set[str]:
    """The tables of the search index in which a word stands, by its first letters."""
    return {table for table in where(stem) if table.startswith("assessments_search")}
