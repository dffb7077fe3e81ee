"""Rows over the whole width that head others and have no number: they count by their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from normalize.rows.numbering.decide import RowCandidate
from normalize.rows.scan.grid_rows import GridRow
from normalize.rows.scan.number_cells import number_readings

READINGS = 4  # as many as a number's cell can have, so that no other number is thought of
# what leads a title that has its number in its own cell, however it is read
_NUMBER = regex.compile(
    r"^\W*(?:[IVXLivxl1!|]{1,5}|[A-HĐ]|[a-hđ]\)|\(?[\dlIOo]{1,2}(?:[.,][\dlIOo]{1,2}){0,2}\)?)"
    r"[.,:;)\]\-–—_/]*\W*$"
)

# the same where it leads the title's text beside an empty cell: its sign tells it from a word
_LEADING = regex.compile(r"^\W*(?:[IVXL]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2}){0,2})[.)\-–/:]+\W*$")


def with_number_of_title(row: GridRow) -> GridRow:
    """The row, its title as its number's cell where the number stands there: ` | I. Về y tế`."""
    if row.title is None or row.number is None or row.number is row.title or row.number.inked:
        return row
    has_number = any(map(_LEADING.match, number_readings(row.title.slots[:1])))
    return replace(row, number=row.title) if has_number else row


def is_bare_title(row: GridRow) -> bool:
    """Whether a row is a title in which nobody read a number."""
    if row.title is None:
        return False
    if row.number is None or row.number is row.title:
        return not any(map(_NUMBER.match, number_readings(row.title.slots[:1])))
    return not row.number.inked


def with_places(rows: Sequence[GridRow], candidates: Sequence[RowCandidate]) -> list[RowCandidate]:
    """The candidates for numbers, those of titles without numbers numbered by their places.

    Only where no title of the table has a number: else one without it may be the rest of a title
    or has lost its own.
    """
    titles = [i for i, row in enumerate(rows) if row.title is not None]
    if not titles or not all(is_bare_title(rows[i]) for i in titles):
        return list(candidates)
    found = list(candidates)
    for place, i in enumerate(titles, 1):
        found[i] = RowCandidate((str(place),) * READINGS, True, shares=False, by_place=True)
    return found
