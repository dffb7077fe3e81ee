"""Rows without numbers: titles that head others, rows of tables without a column for numbers, sums.

Where no title, or no row, has a number they count by their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from normalize.rows.numbering.decide import RowCandidate
from normalize.rows.scan.grid_rows import GridRow
from normalize.rows.scan.layout import Box
from normalize.rows.scan.number_cells import number_readings
from normalize.text.fold import fold
from schemas.table_kinds import KINDS

READINGS = 4  # as many as a number's cell can have, so that no other number is thought of
# what leads a title that has its number in its own cell, however it is read
_ALONE = regex.compile(
    r"^\W*(?:[IVXLivxl1!|]{1,5}|[A-HĐ]|[a-hđ]\)|\(?[\dlIOo]{1,2}(?:[.,][\dlIOo]{1,2}){0,2}\)?)"
    r"[.,:;)\]\-–—_/]*\W*$"
)

# the same where it leads the title's text beside an empty cell: its sign tells it from a word
_LEADING = regex.compile(r"^\W*(?:[IVXL]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2}){0,2})[.)\-–/:]+\W*$")
_MOST = 0.6  # the share of the rows whose text must begin with a number
# of what: `(A + B)`, `nhóm I`
_SUMMED = r"(?:[ivx]{1,4}|[a-e])"
_TOTAL = regex.compile(
    r"^\W*(?:tong cong|cong|tong so|tong)\b[^\p{L}]*"
    rf"(?:(?:(?:nhom|muc|phan)\W+)?{_SUMMED}\b(?:[^\p{{L}}]+{_SUMMED}\b)*[^\p{{L}}]*)?$"
)
_NUMBER = regex.compile(
    r"^(?:[IVXL]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)\-–/:]+$|^\(\d{1,2}\)$"
    r"|^\d{1,2}(?:\.\d{1,2}){1,3}$"
)


def is_total(row: GridRow, name: str) -> bool:
    """Whether a row without a number sums up others: it is none of the table's own rows."""
    boxes = [row.title] if row.title is not None else row.cells.get(KINDS[name].text, [])
    text = fold(" ".join(box.text for box in boxes if box.text))
    has_number = row.number is not None and row.number is not row.title and row.number.inked
    return not has_number and _TOTAL.match(text) is not None


def has_number_column(rows: Sequence[GridRow], name: str) -> bool:
    """Whether a table has a column for the numbers of its rows."""
    return any(column.name == KINDS[name].key for row in rows for column in row.columns)


def with_numbers_of_texts(rows: Sequence[GridRow], name: str) -> list[GridRow]:
    """The rows of a table without a column of numbers, the number that leads a row's text as its
    number's cell: `1.1. Lập quy hoạch`.

    Only where most rows begin so.
    """
    if has_number_column(rows, name):
        return list(rows)
    found = [_with_number_of_text(row, name) for row in rows]
    plain = [(row, new) for row, new in zip(rows, found, strict=True) if row.title is None]
    parted = sum(row is not new for row, new in plain)
    return found if parted >= _MOST * max(1, len(plain)) else list(rows)


def _with_number_of_text(row: GridRow, name: str) -> GridRow:
    boxes = row.cells.get(KINDS[name].text, [])
    first = boxes[0].slots[:1] if boxes else ()
    if row.title is not None or not first or not _NUMBER.match(first[0].agreed):
        return row
    number = replace(boxes[0], slots=first, inked=True)
    rest = [replace(boxes[0], slots=boxes[0].slots[1:]), *boxes[1:]]
    return replace(row, number=number, cells={**row.cells, KINDS[name].text: rest})


def with_places_of_rows(
    rows: Sequence[GridRow], candidates: Sequence[RowCandidate], name: str
) -> list[RowCandidate]:
    """The candidates for numbers of a table in which no row has one, counted by their places.

    They count anew below each title. What goes on from the page before keeps no number.
    """
    plain = [row for row in rows if row.title is None]
    if has_number_column(rows, name) or any(_is_filled(row.number) for row in plain):
        return list(candidates)
    found, place = list(candidates), 0
    for i, row in enumerate(rows):
        if row.title is not None:
            place = 0
            continue
        place += 1
        found[i] = RowCandidate((str(place),) * READINGS, False, shares=False, by_place=True)
    return found


def _is_filled(box: Box | None) -> bool:
    return box is not None and bool(box.slots)


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
        return not any(map(_ALONE.match, number_readings(row.title.slots[:1])))
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
