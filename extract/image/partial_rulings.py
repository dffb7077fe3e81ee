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
) -> list[int]:
    """Where column rulings stand that only some rows have, from left to right.

    ``support`` is how many pixels of strokes each column of pixels has, 0 where no ruling is looked
    for; ``rows`` are the places of the row rulings, ``known`` those of the column rulings that
    count over the table's height.
    """
    if len(rows) < 2 or len(support) <= 2 * table.reach:
        return []
    peak = 1 - np.abs(np.arange(-table.reach, table.reach + 1)) / (table.reach + 1)
    within = np.convolve(support, peak, mode="same")
    for place in known:
        within[max(0, place - table.apart) : place + table.apart + 1] = 0
    within[support == 0] = 0
    found: list[int] = []
    while within.max() >= _WHOLE * _LEAST * table.unit:
        place = int(within.argmax())
        free = table.reach
        if _stands(table, place, rows):
            found.append(place)
            free = table.apart
        within[max(0, place - free) : place + free + 1] = 0
    return sorted(found)


def _stands(table: TableMasks, place: int, rows: Sequence[int]) -> bool:
    """Whether strokes down this column of pixels join row rulings, over enough of the table."""
    near = round(_NEAR * table.unit)
    beside = table.across[:, max(0, place - near) : place + near + 1]
    met = [y for y in rows if beside[max(0, y - table.reach) : y + table.reach + 1].any()]
    length = sum(
        bottom - top
        for top, bottom in pairwise(met)
        if _is_ruling(table, place, slice(top + table.reach, bottom - table.reach))
    )
    return length >= _LEAST * table.unit


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
