"""What tables, columns and coded values are called and mean, in Vietnamese and in English.

One place for all that show them: the data package, the workbook, the database and the review page.
``titles.csv`` has a row for each table (its column empty) and each column; a row without a table
holds for every table that has such a column and no row of its own. ``codes.csv`` has the meanings
of values that are codes, by list.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.table_kinds import ROW_TABLES

_FOLDER = Path(__file__).parent
_TABLES = "table"  # the list whose codes are the names of tables


@dataclass(frozen=True)
class Title:
    """A table's or column's titles and descriptions.

    ``unit``: what a number of the column counts or is measured in (``page``, ``pt``; ``1`` of a
    share), empty where it has none. ``example``: a fictional value as it stands in the CSV.
    ``codes``: the list of ``codes.csv`` that its values are of, empty for free values.
    """

    vi: str
    en: str
    description_vi: str
    description_en: str
    unit: str
    example: str
    codes: str


@dataclass(frozen=True)
class Meaning:
    """What a coded value means."""

    vi: str
    en: str


def title_of(table: str, column: str = "") -> Title:
    """The titles of a table or of one of its columns.

    >>> title_of("tasks").en, title_of("tasks", "page_no").en
    ('Tasks', 'Page')
    """
    found = titles()
    return found[table, column] if (table, column) in found else found["", column]


@cache
def titles() -> Mapping[tuple[str, str], Title]:
    """All titles by table and column, as they stand in titles.csv."""
    return {(row.pop("table"), row.pop("column")): Title(**row) for row in _rows("titles.csv")}


@cache
def codes() -> Mapping[str, Mapping[str, Meaning]]:
    """The meanings of codes, by list: ``codes()["recurrence"]["yearly"].en``."""
    found: dict[str, dict[str, Meaning]] = {
        _TABLES: {name: Meaning(title_of(name).vi, title_of(name).en) for name in ROW_TABLES}
    }
    for row in _rows("codes.csv"):
        found.setdefault(row["list"], {})[row["code"]] = Meaning(row["vi"], row["en"])
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)
