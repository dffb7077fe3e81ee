"""The cells of a table from the walls between its fields.

Fields without a wall between them are one cell. Where they make no rectangle a wall is missing, or
stands in a place where it is none: they are then cut into rectangles, whose cells are in doubt. A
cell over all of the rectangle around them would swallow fields that have all their walls.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.image.walls import Walls

Labels = NDArray[np.intp]


class Merged(NamedTuple):
    """A cell: its first row and column, how many of them it spans, and whether it was cut off."""

    row: int
    column: int
    rows: int
    columns: int
    is_cut: bool = False


def merge_fields(walls: Walls) -> list[Merged]:
    """The cells of a table whose walls are given, by row and column."""
    label = _joined(walls)
    cells: list[Merged] = []
    for number in np.unique(label):
        mask = label == number
        row, column, rows, columns = _bounds(mask)
        if mask.sum() == rows * columns:
            cells.append(Merged(row, column, rows, columns))
        else:
            cells += [Merged(*_bounds(piece), is_cut=True) for piece in _cut(mask, walls)]
    return sorted(cells)


def _joined(walls: Walls) -> Labels:
    """A number for each field, the same for fields that no wall parts: shape (rows, columns)."""
    rows, columns = walls.right.shape[0], walls.below.shape[1]
    label = np.arange(rows * columns).reshape(rows, columns)
    for r, c in zip(*np.nonzero(~walls.right), strict=True):
        label[label == label[r, c + 1]] = label[r, c]
    for r, c in zip(*np.nonzero(~walls.below), strict=True):
        label[label == label[r + 1, c]] = label[r, c]
    return label


def _bounds(mask: NDArray[np.bool]) -> tuple[int, int, int, int]:
    """The first row and column of the fields that are marked, and how many they span."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    first, left = int(rows[0]), int(columns[0])
    return first, left, int(rows[-1]) + 1 - first, int(columns[-1]) + 1 - left


def _cut(mask: NDArray[np.bool], walls: Walls) -> list[NDArray[np.bool]]:
    """Fields cut into rectangles: along rows or along columns.

    What decides is where more of a wall is seen in the cuts, then which way has fewer pieces.
    """
    ways = _by_rows(mask), _by_rows(mask.T).T
    best = max(ways, key=lambda pieces: (_seen(pieces, walls), -int(pieces.max())))
    return [best == number for number in range(1, int(best.max()) + 1)]


def _by_rows(mask: NDArray[np.bool]) -> Labels:
    """Numbers from 1 for the rectangles of marked fields: what stands side by side in a row, with
    the rows below where they are as wide; 0 elsewhere.
    """
    pieces = np.zeros(mask.shape, np.intp)
    count = 0
    for r, row in enumerate(mask):
        ends = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
        for first, last in ends.reshape(-1, 2).tolist():
            above = pieces[r - 1] if r else np.zeros(mask.shape[1], np.intp)
            number = int(above[first])
            if number == 0 or not np.array_equal(
                np.flatnonzero(above == number), np.arange(first, last)
            ):
                count += 1
                number = count
            pieces[r, first:last] = number
    return pieces


def _seen(pieces: Labels, walls: Walls) -> int:
    """In how many of the cuts between pieces a part of a wall is seen."""
    beside = (pieces[:, 1:] != pieces[:, :-1]) & (pieces[:, 1:] > 0) & (pieces[:, :-1] > 0)
    below = (pieces[1:] != pieces[:-1]) & (pieces[1:] > 0) & (pieces[:-1] > 0)
    return int((beside & walls.right_doubt).sum() + (below & walls.below_doubt).sum())
