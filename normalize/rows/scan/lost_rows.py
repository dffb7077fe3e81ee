"""Rows that a table may have lost to a table of no known kind: the gate counts them as gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from normalize.rows.scan.grid_rows import OtherTable, Table
from normalize.rows.scan.layout import Box
from normalize.rows.scan.row_numbers import NumberedRow
from schemas.findings import Finding

_FEWEST_COLUMNS = 3
_NEAR = 8.0  # points between the left edges of a column on two pages, the tables' own put together
_ALIKE = 0.75  # the share of a table's columns that another one has too


def lost_beginning(
    name: str, rows: Sequence[NumberedRow], others: Sequence[OtherTable]
) -> Iterator[Finding]:
    """The numbers before a table's first one, where a table of no known kind stands right before
    it: that may be its beginning, not recognised.
    """
    if not rows:
        return
    page_no = rows[0].rows[0].page_no
    if any(page_no - 1 <= other.page_no <= page_no for other in others):
        for number in rows[0].decided.missing:
            what = f"it may stand in the table of no known kind before {rows[0].decided.key}"
            yield Finding("numbering_gap", page_no, f"{name} {number}", what)


def lost_pages(table: Table, others: Sequence[OtherTable]) -> Iterator[Finding]:
    """The rows of tables of no known kind that have no label and this table's columns, on its pages
    or right behind them: they may be its rows.
    """
    if not table.rows:
        return
    first, last = table.rows[0].page_no, max(row.page_no for row in table.rows)
    for other in others:
        if other.heading is not None or not first <= other.page_no <= last + 1:
            continue
        if _has_columns_of(other, table):
            for row in sorted({box.row for box in other.boxes if box.row >= other.header_rows}):
                place = f"{table.name}, row {row + 1} of a table on page {other.page_no}"
                what = "a table of no known kind has the columns of this one: it may be a row of it"
                yield Finding("numbering_gap", other.page_no, place, what)


def _has_columns_of(other: OtherTable, table: Table) -> bool:
    nearest = min((row.page_no for row in table.rows), key=lambda no: abs(no - other.page_no))
    boxes = [
        box
        for row in table.rows
        if row.page_no == nearest
        for own in row.cells.values()
        for box in own
    ]
    edges, others = _left_edges(boxes), _left_edges(other.boxes)
    found = [any(abs(edge - own) <= _NEAR for own in edges) for edge in others]
    return len(others) >= _FEWEST_COLUMNS and sum(found) >= _ALIKE * len(others)


def _left_edges(boxes: Iterable[Box]) -> list[float]:
    """Where the columns of a table begin, in points from its own left edge."""
    edges = sorted({box.x0 for box in boxes if box.column_span == 1})
    return [edge - edges[0] for edge in edges]
