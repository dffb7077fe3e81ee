"""Column rulings that stand in a few rows of a table only, as in a form whose lower part has other
columns than its upper one.

They are too short to count over the table's height. What tells one from a stroke of a letter is
that it runs straight from one row ruling to another, with paper on both sides of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
_WHOLE = 0.95  # the share of the way from one row ruling to another that such a ruling covers
_LEAST = 24.0  # points: the least length of such ways together: handwriting fills a low row
_STRAIGHT = 0.4  # points by which it strays: a handwritten stroke strays further
_END = 4.0  # points before a row ruling that a stroke which runs up to it covers
_NEAR = 2.5  # points beside it within which both row rulings are there
_THICK = 2.2  # points from its middle within which a thick one still is
_BESIDE = 2.0  # points beyond that are paper
_INKED = 0.3  # the share of that paper that letters may touch


@dataclass(frozen=True)
class TableMasks:
    """The pixels of a table's box, and measures in pixels."""

    ink: Mask
    across: Mask  # its strokes along rows
    down: Mask  # its strokes along columns
    unit: float  # pixels per point
    reach: int  # how far a ruling strays from its place
    apart: int  # rulings closer than this are one


def partial_columns(
    table: TableMasks, support: NDArray[np.integer], rows: Sequence[int], known: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Where column rulings stand that only some rows have, from left to right, and which of them
    are in doubt.

    ``support`` is how many pixels of strokes each column of pixels has, 0 where no ruling is looked
    for; ``rows`` are the places of the row rulings, ``known`` those of the column rulings that
    count over the table's height.
    """
    if len(rows) < 2 or len(support) <= 2 * table.reach:
        return [], []
    peak = 1 - np.abs(np.arange(-table.reach, table.reach + 1)) / (table.reach + 1)
    within = np.convolve(support, peak, mode="same")
    for place in known:
        within[max(0, place - table.apart) : place + table.apart + 1] = 0
    within[support == 0] = 0
    found: dict[int, bool] = {}
    while within.max() >= _WHOLE * _LEAST * table.unit:
        place = int(within.argmax())
        free = table.reach
        sure, in_all, _ = _lengths(table, place, rows)
        if in_all >= _LEAST * table.unit:
            found[place] = sure < _LEAST * table.unit
            free = table.apart
        within[max(0, place - free) : place + free + 1] = 0
    return sorted(found), [place for place, is_doubtful in found.items() if is_doubtful]


def ends_between(table: TableMasks, place: int, rows: Sequence[int]) -> bool:
    """Whether the strokes of a column ruling end between two row rulings wherever they join some,
    as the edges of a stamp do.
    """
    sure, _, in_all = _lengths(table, place, rows)
    return sure < _LEAST * table.unit and in_all > sure


def _lengths(table: TableMasks, place: int, rows: Sequence[int]) -> tuple[int, int, int]:
    """How far strokes down this column of pixels join row rulings: those that begin and end at one,
    with those that end between two at one of their ends, and with those that do so at both.

    The second are in doubt, the third none: so do the edges of a stamp.
    """
    near = round(_NEAR * table.unit)
    beside = table.across[:, max(0, place - near) : place + near + 1]
    met = [y for y in rows if beside[max(0, y - table.reach) : y + table.reach + 1].any()]
    ways = [slice(top + table.reach, bottom - table.reach) for top, bottom in pairwise(met)]
    if not any(_is_ruling(table, place, way) for way in ways):
        return 0, 0, 0
    ends = [(False, False), *(_ends(table, place, way) for way in ways), (False, False)]
    runs = np.flatnonzero(np.diff([above and below for above, below in ends]))
    lengths = [0, 0, 0]  # of strokes by how many of their ends lie between two rulings
    for first, last in runs.reshape(-1, 2).tolist():
        loose = int(ends[first][1]) + int(ends[last + 1][0])
        lengths[loose] += sum(
            met[n + 1] - met[n] for n in range(first, last) if _is_ruling(table, place, ways[n])
        )
    return lengths[0], sum(lengths[:2]), sum(lengths)


def _ends(table: TableMasks, place: int, way: slice) -> tuple[bool, bool]:
    """Whether a stroke runs up to the row ruling above a way, and to that below it."""
    stray, long = max(1, round(_STRAIGHT * table.unit)), round(_END * table.unit)
    stroke = table.down[way, max(0, place - stray) : place + stray + 1]
    if not stroke.size:
        return False, False
    inked = stroke.max(axis=1)
    return bool(inked[:long].mean() >= _WHOLE), bool(inked[-long:].mean() >= _WHOLE)


def _is_ruling(table: TableMasks, place: int, rows: slice) -> bool:
    """Whether a stroke here goes on through these rows of pixels with paper on both sides of it, as
    none between letters on a dark fill does.
    """
    stray, thick, wide = (
        max(1, round(length * table.unit)) for length in (_STRAIGHT, _THICK, _BESIDE)
    )
    stroke = table.down[rows, max(0, place - stray) : place + stray + 1]
    if not stroke.size or stroke.max(axis=1).mean() < _WHOLE:
        return False
    left = table.ink[rows, max(0, place - thick - wide) : max(0, place - thick)]
    right = table.ink[rows, place + thick + 1 : place + thick + wide + 1]
    return all(bool(side.mean() <= _INKED) for side in (left, right) if side.size)
