"""Why a row stands on one side only."""

from __future__ import annotations

from audit.changes import Pair
from audit.classes import DOCUMENT, READING, UNDECIDED
from audit.columns import row_tables
from audit.folder import Published, Row


def cause_of_lone_row(pair: Pair, other: Published, row: Row) -> tuple[str, str]:
    """The class and the reason: its text may stand in another row of ``other``, or only its number may have been lost there."""
    if len(row.text.split()) < 2:
        return UNDECIDED, "hardly any text was read in it"
    if _is_inside_changed_row(pair, row):
        return READING, "its text stands in another row on the other side"
    if _leaves_gap(other, row):
        return UNDECIDED, "the other side's numbers have a gap there"
    return DOCUMENT, ""


def _is_inside_changed_row(pair: Pair, row: Row) -> bool:
    """Whether a matched row has this row's text on one side alone."""
    pairs = ((ours.text, theirs.text) for table in row_tables() for ours, theirs in pair.partners(table) if ours.text != theirs.text)
    return any((row.text in ours) != (row.text in theirs) for ours, theirs in pairs)


def _leaves_gap(other: Published, row: Row) -> bool:
    """Whether the other side has the numbers before and after this row's, but not its own."""
    if row.table == "paragraphs":
        return False
    head, _, last = row.number.rpartition(".")
    ids = {known.number for known in other.rows[row.table]}
    if not last.isdigit() or row.number in ids:
        return False
    stem = f"{head}." if head else ""
    return f"{stem}{int(last) + 1}" in ids and (int(last) == 1 or f"{stem}{int(last) - 1}" in ids)
