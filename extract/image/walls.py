"""Walls: where a ruling stands between the fields of a table, and where only half of one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.image.rulings import GridSettings, Mask

Bools = NDArray[np.bool]


@dataclass(frozen=True)
class Walls:
    """The walls between a table's fields, and which of them are in doubt.

    ``right[r, c]`` is the wall between columns c and c + 1 in row r, ``below[r, c]`` the one
    between rows r and r + 1 in column c.
    """

    right: Bools
    below: Bools
    right_doubt: Bools
    below_doubt: Bools

    def is_doubtful(self, row: int, column: int, rows: int, columns: int) -> bool:
        """Whether a wall in a cell of these fields, or around it, is in doubt."""
        last, end = row + rows, column + columns
        beside = self.right_doubt[row:last, max(0, column - 1) : end]
        above = self.below_doubt[max(0, row - 1) : last, column:end]
        return bool(beside.any() or above.any())


def walls_of(
    rulings: tuple[Sequence[int], Sequence[int]],
    masks: tuple[Mask, Mask, Mask],
    settings: GridSettings,
    reach: int,
) -> Walls:
    """The walls of a table whose columns' and rows' rulings stand at these places.

    ``masks`` holds the page's ink and its strokes along rows and along columns. A ruling's ink may
    stray by ``reach`` pixels from its place.
    """
    xs, ys = rulings
    inks, across, down = masks
    right = [
        _wall(_side(inks, x, y0, y1, reach), _side(down, x, y0, y1, reach), settings)
        for y0, y1 in pairwise(ys)
        for x in xs[1:-1]
    ]
    below = [
        _wall(_side(inks.T, y, x0, x1, reach), _side(across.T, y, x0, x1, reach), settings)
        for y in ys[1:-1]
        for x0, x1 in pairwise(xs)
    ]
    beside = np.array(right, bool).reshape(len(ys) - 1, len(xs) - 2, 2)
    under = np.array(below, bool).reshape(len(ys) - 2, len(xs) - 1, 2)
    return Walls(beside[..., 0], under[..., 0], beside[..., 1], under[..., 1])


def _wall(inked: Mask, stroked: Mask, settings: GridSettings) -> tuple[bool, bool]:
    """Whether a wall stands along a cell's side, and whether that is in doubt.

    It is in doubt where strokes cover only a part of the side, unless that is a wall whose ink is
    there from end to end: fading broke its strokes, and words leave gaps in the ink.
    """
    covered = stroked.mean() if len(stroked) else 1.0
    is_part = bool(settings.wall_doubt[0] <= covered < settings.wall_doubt[1])
    is_wall = _is_wall(inked, stroked, settings)
    return is_wall, is_part and not (is_wall and inked.mean() >= settings.wall_whole)


def _side(mask: Mask, place: int, first: int, last: int, reach: int) -> Mask:
    """Where a cell's side down column ``place``, rows ``first`` to ``last``, is marked within
    ``reach``.
    """
    return np.asarray(
        mask[first + reach : last - reach, max(0, place - reach) : place + reach + 1].max(
            axis=1, initial=0
        )
    )


def _is_wall(inked: Mask, stroked: Mask, settings: GridSettings) -> bool:
    """Whether a wall stands along a cell's side.

    Strokes must cover it, or, where fading broke them, ink must, at both of its ends too.
    """
    if not len(inked) or stroked.mean() >= settings.wall_strokes:
        return True
    end = max(1, len(inked) // 8)
    ends = min(inked[:end].mean(), inked[-end:].mean())
    return bool(
        stroked.mean() >= settings.wall_trace
        and inked.mean() >= settings.wall
        and ends >= settings.wall_end
    )
