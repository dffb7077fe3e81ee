"""Cells that run into each other because the ruling between them faded, parted where the cells of
other rows are; numbers of several rows in one cell, parted where these rows begin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product, starmap
from math import inf

from normalize.rows.scan.layout import Box, marked
from normalize.rows.slots import PrintedWord
from schemas.witnesses import EXACT, TWO_CELLS

_FEWEST_ROWS = 2
_SPANNING = 0.6  # of the table's width: what is as wide is a title
_ROOM = 5.0  # points between the words at both sides of a lost ruling: more than between words
_STUB = re.compile(r"(?<=\w)[\]|\[]+$")
_REACH = 2.0  # points by which a word's box may reach over the ruling
_DOTTED = re.compile(r"^\W*(\d{1,3}(?:\.\d{1,3}){0,3})\W*$")
_DOTTED_END = re.compile(r"\d\.\d{1,3}\.\s*$")
_NUMBER = re.compile(
    r"^\W*(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5}|[A-HĐ]|[a-zđ]\)|\(\d{1,2}\))\W*$"
)


def with_parted_boxes(boxes: Sequence[Box]) -> list[Box]:
    """A table's boxes, those over several columns parted where the row with the most cells is.

    Only where words stand at both sides of an edge and none on it. Cells parted below the header
    are in doubt. Titles stay whole, and the upper cells of a header of two rows.
    """
    rows: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        rows[box.row].append(box)
    if len(rows) < _FEWEST_ROWS:
        return list(boxes)
    top = min(rows)
    model = max(rows.values(), key=len)
    width = max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
    found: list[Box] = []
    for box in boxes:
        is_header = box.row == top
        is_whole = (
            box.column_span == 1
            or box.x1 - box.x0 >= _SPANNING * width
            or len(rows[box.row]) >= len(model)
            or (is_header and _has_second_row(rows, top))
        )
        parts = [box] if is_whole else list(_parts(box, model))
        found += (
            parts if is_header or len(parts) == 1 else [marked(one, TWO_CELLS) for one in parts]
        )
    return found


def _has_second_row(rows: Mapping[int, Sequence[Box]], top: int) -> bool:
    """Whether a header's first cell reaches down beside a second row of labels."""
    following = rows[min(row for row in rows if row > top)]
    return len({box.row_span for box in rows[top]}) > 1 or min(
        box.column for box in following
    ) > min(box.column for box in rows[top])


def _parts(box: Box, model: Sequence[Box]) -> Iterator[Box]:
    """A box parted at those edges of another row's boxes that lie between its words."""
    inner = [
        one for one in model if box.column < one.column < box.column + box.column_span
    ]  # each begins at an edge
    left = box
    for one in sorted(inner, key=lambda each: each.column):
        before = tuple(slot for slot in left.slots if slot.word.x1 <= one.x0 + _REACH)
        after = tuple(slot for slot in left.slots if slot not in before)
        is_parted = bool(before and after) and all(
            slot.word.x0 >= one.x0 - _REACH for slot in after
        )
        room = min((slot.word.x0 for slot in after), default=0.0) - max(
            (slot.word.x1 for slot in before), default=0.0
        )
        if not is_parted or room < _ROOM:
            continue
        kept = (*before[:-1], _without_stub(before[-1]))
        yield replace(left, column_span=one.column - left.column, x1=one.x0, slots=kept)
        left = replace(
            left,
            column=one.column,
            column_span=left.column + left.column_span - one.column,
            x0=one.x0,
            slots=after,
        )
    yield left


def _without_stub(slot: PrintedWord) -> PrintedWord:
    """A word without what is left of the ruling behind it, read as a bracket or a bar."""
    readings = tuple((name, _STUB.sub("", text), share) for name, text, share in slot.readings)
    return PrintedWord(slot.word._replace(text=_STUB.sub("", slot.word.text)), readings)


def with_parted_numbers(boxes: Sequence[Box]) -> list[Box]:
    """A table's boxes, a cell of the first column that holds the numbers of several rows parted
    where these rows begin.

    Dots and faint lines are lost first where a column is narrow, and the narrowest is that of the
    numbers. No row has two of them, so that such a cell is none; but one number may be wrapped
    (`1.1.`, `10`), so that the parts must count up. They are in doubt. Text of the file itself has
    all its rulings.
    """
    first = min((box.column for box in boxes), default=0)
    tops = {box.row: box.top for box in boxes}
    found: list[Box] = []
    for box in boxes:
        parts = _numbers(box, tops) if box.column == first and box.row_span > 1 else []
        found += parts or [box]
    return found


def _numbers(box: Box, tops: dict[int, float]) -> list[Box]:
    """The cells of the rows that a box reaches over; none where it does not hold their numbers."""
    rows = [row for row in sorted(tops) if box.row <= row < box.row + box.row_span]
    if len(rows) < _FEWEST_ROWS or any(
        name in EXACT for s in box.slots for name, _, _ in s.readings
    ):
        return []
    edges = [-inf, *(tops[row] for row in rows[1:]), inf]  # a word may reach over the outer rulings
    parts = []
    for row, (above, below) in zip(rows, pairwise(edges), strict=True):
        own = tuple(s for s in box.slots if above <= (s.word.top + s.word.bottom) / 2 < below)
        top, bottom = max(above, box.top), min(below, box.bottom)
        parts.append(
            replace(box, row=row, row_span=1, top=top, bottom=bottom, slots=own, inked=bool(own))
        )
    filled = [part for part in parts if any(slot.text for slot in part.slots)]
    are_numbers = all(any(map(_NUMBER.match, part.readings)) for part in filled)
    if (
        len(filled) < _FEWEST_ROWS
        or not are_numbers
        or not all(starmap(_goes_on, pairwise(filled)))
    ):
        return []
    return [marked(part, TWO_CELLS) if part in filled else part for part in parts]


def _goes_on(above: Box, below: Box) -> bool:
    """Whether a number counts up from the one above it and is not the rest of it.

    `1.1.` above `10` is one number in two lines, `1.1.` above `2.` are two. Of letters and Roman
    numerals, or where one kind follows another, there is no telling, and they are short.
    """
    pairs = list(product(above.readings, below.readings))
    if any(_DOTTED_END.search(a) and not b.rstrip().endswith(".") for a, b in pairs):
        return False
    figures = [(_figures(a), _figures(b)) for a, b in pairs]
    rows = below.row - above.row
    return any(not a or not b or _counts_up(a, b, rows) for a, b in figures)


def _figures(text: str) -> tuple[int, ...]:
    """The parts of a dotted number; none where there are letters in it."""
    found = _DOTTED.match(text)
    return tuple(map(int, found[1].split("."))) if found is not None else ()


def _counts_up(above: tuple[int, ...], below: tuple[int, ...], rows: int) -> bool:
    """Whether a dotted number is the next of some level: `2.3`, then `2.3.1`, `2.4` or `3`; rows
    without a number lie between them.
    """
    same, last = below[:-1], below[-1]
    if len(below) > len(above):
        return same == above and 1 <= last <= rows
    return same == above[: len(same)] and 1 <= last - above[len(same)] <= rows
