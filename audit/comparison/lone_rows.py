"""Why a row stands on one side only."""

from __future__ import annotations

from rapidfuzz import fuzz

from audit.comparison.changes import Pair
from audit.comparison.classes import DOCUMENT, READING, UNDECIDED
from audit.published.columns import TEXT, row_tables
from audit.published.evidence import is_hardly_read
from audit.published.folder import Published, Row


def cause_of_lone_row(pair: Pair, own: Published, other: Published, row: Row) -> tuple[str, str]:
    """The class of a row that only one side has, and the reason in words.

    Its text may stand in another row of ``other``, or only its number may have been lost there.
    """
    if len(row.text.split()) < 2:
        return UNDECIDED, "hardly any text was read in it"
    if _is_inside_changed_row(pair, row) or _is_documents_own(other, row):
        return READING, "its text stands in another row on the other side"
    if _is_hardly_read(own, row):
        return UNDECIDED, "its words are doubtful"
    if _leaves_gap(other, row):
        return UNDECIDED, "the other side's numbers have a gap there"
    return DOCUMENT, ""


def _is_inside_changed_row(pair: Pair, row: Row) -> bool:
    """Whether a matched row has this row's text on one side alone."""
    pairs = (
        (ours.text, theirs.text)
        for table in row_tables()
        for ours, theirs in pair.partners(table)
        if ours.text != theirs.text
    )
    return any(_holds(ours, row.text) != _holds(theirs, row.text) for ours, theirs in pairs)


def _holds(text: str, part: str) -> bool:
    """Whether a text has another one in it, but for what may be misread."""
    return part in text or (len(text) >= len(part) >= 20 and fuzz.partial_ratio(text, part) >= 90)


def _is_documents_own(other: Published, row: Row) -> bool:
    """Whether a row's text is a field of the other side's ``document``, such as who signed it."""
    return row.text in map(str, other.rows["document"][0].values.values())


def _is_hardly_read(own: Published, row: Row) -> bool:
    """Whether a row is a paragraph that its own side doubts, such as a stamp taken for text."""
    cell = own.cells.get((row.table, row.row_id, TEXT[row.table][-1]))
    return (
        row.table == "paragraphs"
        and cell is not None
        and (is_hardly_read(cell) or cell.confidence < 0.2)
    )


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
