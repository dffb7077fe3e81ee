"""A table's columns on each of its pages, also where a stamp, a fold or fading hides what a header says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from normalize.rows.scan.headers import likeness
from normalize.rows.scan.layout import Box
from schemas.errors import UnknownColumn
from schemas.table_kinds import KEY_COLUMN, REQUIRED

_EDGE = 10.0  # points by which a column's edges may move from page to page
_ALIKE = 80.0  # of 100: how like a part of a label the rest of a header must be


@dataclass(frozen=True)
class Column:
    """A column of a table on one page: its published name ("" unknown), its header's box, and where it runs."""

    name: str
    header: Box
    x0: float
    x1: float


Columns = tuple[Column, ...]


def name_columns(table: str, pages: Sequence[tuple[int, Columns]]) -> list[Columns]:
    """The columns of a table's pages (page_no, columns) in order, named as far as they can be.

    What a header leaves unsaid is told by the rest of it that can be read, by another page's column at the same place, or, in a first column,
    by what must stand there. Raises UnknownColumn where a column that the table must have is still not found.
    """
    found = [_named_by_rest(table, columns) for _, columns in pages]
    for i in range(len(found)):
        others = [*found[i - 1 :: -1], *found[i + 1 :]] if i else found[1:]
        for other in others:
            found[i] = _named_by_place(found[i], other)
        found[i] = _named_first(found[i], KEY_COLUMN[table])
    for (page_no, _), columns in zip(pages, found, strict=True):
        for name in _missing(table, columns):
            raise UnknownColumn(
                f"no header of the table of {table} says which column is its {name}",
                f"page {page_no}",
                "add the label to normalize/lists/headers.csv, or scan the page anew where a stamp or a fold lies over it",
            )
    return found


def _missing(table: str, columns: Iterable[Column]) -> list[str]:
    named = {column.name for column in columns}
    return [name for name in REQUIRED[table] if name not in named]


def _named_by_rest(table: str, columns: Columns) -> Columns:
    """The columns with one that must be there named where only a part of its header can be read."""
    for name in _missing(table, columns):
        scored = [
            (max((likeness(table, name, text) for text in column.header.readings), default=0.0), i)
            for i, column in enumerate(columns)
            if not column.name
        ]
        score, i = max(scored, default=(0.0, -1))
        if score >= _ALIKE:
            columns = (*columns[:i], replace(columns[i], name=name), *columns[i + 1 :])
    return columns


def _named_by_place(columns: Columns, others: Columns) -> Columns:
    named = {column.name for column in columns}
    places = [
        (other.x0, other.x1, other.name)
        for other in others
        if other.name and (other.name not in named or other.name == "value")
    ]
    return tuple(
        column if column.name else replace(column, name=_name_at(column, places))
        for column in columns
    )


def _name_at(column: Column, places: Iterable[tuple[float, float, str]]) -> str:
    return next(
        (
            name
            for x0, x1, name in places
            if abs(x0 - column.x0) <= _EDGE and abs(x1 - column.x1) <= _EDGE
        ),
        "",
    )


def _named_first(columns: Columns, key: str) -> Columns:
    if columns[0].name or any(column.name == key for column in columns):
        return columns
    return (replace(columns[0], name=key), *columns[1:])


def runs_as(columns: Sequence[Column], boxes: Iterable[Box]) -> bool:
    """Whether a table without a header has the edges of these columns."""
    edges = {edge for box in boxes for edge in (box.x0, box.x1)}
    known = [column.x0 for column in columns] + [columns[-1].x1]
    return sum(any(abs(edge - other) <= _EDGE for other in edges) for edge in known) >= 0.7 * len(
        known
    )
