"""Rows that a table may have lost to a table of no known kind: the gate counts them as gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.rows.scan.grid_rows import OtherTable
from normalize.rows.scan.row_numbers import NumberedRow
from schemas.findings import Finding


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
