"""Walls: where a ruling stands between the fields of a table, and where only half of one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.image.rulings import GridSettings, Mask
from extract.image.table_rulings import TableRulings

_STRAY = 4.0  # points from its place within which a ruling of a creased page runs
_SURE = 0.34  # of a ruling's sides: where fewer have a wall, no ruling strays
_LETTERS = 0.3  # the share of ink beside a ruling's place where letters stand
# of a side that a ruling whose strokes are all broken inks, at least, and of the paper on either
# side of it, at most: a letter inks both
_BROKEN, _PAPER = 0.45, 0.1
_MOST_SIDES = 0.5  # of a table's columns, through which no underline of a cell's text runs
_OPEN = 2.0  # points: the least paper between a column ruling and a stroke that does not reach it
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
    loose: Bools  # where strokes that are no walls run below a field: underlines, a pen's

    def is_doubtful(self, row: int, column: int, rows: int, columns: int) -> bool:
        """Whether a wall in a cell of these fields, or around it, is in doubt."""
        last, end = row + rows, column + columns
        beside = self.right_doubt[row:last, max(0, column - 1) : end]
        above = self.below_doubt[max(0, row - 1) : last, column:end]
        return bool(beside.any() or above.any())

    def loose_rows(self) -> list[int]:
        """The inner row rulings, from 0, of which there is nothing but loose strokes."""
        others = (self.below | (self.below_doubt & ~self.loose)).any(axis=1)
        return np.flatnonzero(self.loose.any(axis=1) & ~others).tolist()


def walls_of(
    rulings: TableRulings,
    masks: tuple[Mask, Mask, Mask],
    settings: GridSettings,
    reach: int,
) -> Walls:
    """The walls of a table with these rulings.

    ``masks`` holds the page's ink and its strokes along rows and along columns. A ruling's ink may
    stray by ``reach`` pixels from its place.
    """
    xs, ys = rulings.columns, rulings.rows
    inks, across, down = masks
    right, right_doubt = _walls_along(xs[1:-1], ys, (inks, down), settings, reach)
    below, below_doubt = _walls_along(ys[1:-1], xs, (inks.T, across.T), settings, reach)
    near = max(1, round(_OPEN * reach / settings.reach))
    open_ends = np.array(
        [_open_ends(below[n], y, xs, (inks, down), (reach, near)) for n, y in enumerate(ys[1:-1])],
        np.intp,
    ).reshape(below.shape)
    kept = [_is_crossed(below[n], y, xs, down, reach) for n, y in enumerate(ys[1:-1])]
    loose = (open_ends == 2) & ~np.array(kept, bool).reshape(-1, 1)
    below_doubt = below_doubt | (below & (open_ends > 0))
    below = below & ~loose
    columns = np.array([x in rulings.doubted_columns for x in xs[1:-1]], bool).reshape(-1, 1)
    rows = np.array([y in rulings.doubted_rows for y in ys[1:-1]], bool).reshape(-1, 1)
    doubts = (right_doubt | (right & columns)).T, below_doubt | (below & rows)
    return Walls(right.T, below, *doubts, loose)


def _open_ends(
    walls: Bools, place: int, ends: Sequence[int], masks: tuple[Mask, Mask], sizes: tuple[int, int]
) -> NDArray[np.intp]:
    """For each side along a row ruling, at how many of its ends the stroke that stands there as a
    wall reaches no column ruling.

    What underlines a text, or a hand has drawn, reaches none, and is no wall: neither it nor what
    is left of it in the sides next to it. ``ends``
    are the places of the column rulings; ``masks`` are the ink and the strokes down; ``sizes`` are
    how far ink strays, and how much paper lies before a column ruling that is not reached, in
    pixels.
    """
    found = np.zeros(len(walls), np.intp)
    if walls.all():
        return found
    edges = np.flatnonzero(np.diff(np.concatenate(([0], walls.astype(np.int8), [0]))))
    for first, last in edges.reshape(-1, 2).tolist():
        is_open = [
            _is_open(place, ends[side], way, masks, sizes) for side, way in ((first, 1), (last, -1))
        ]
        run = slice(max(0, first - 1), last + 1) if all(is_open) else slice(first, last)
        found[run] = sum(is_open)
    return found


def _is_crossed(walls: Bools, place: int, ends: Sequence[int], down: Mask, reach: int) -> bool:
    """Whether a stroke along a row runs through most of a table's columns, over their rulings: one
    whose ends faded is a row ruling in doubt rather than an underline.
    """
    if walls.mean() < _MOST_SIDES:
        return False
    inner = [end for n, end in enumerate(ends[1:-1]) if walls[n] and walls[n + 1]]
    around = slice(max(0, place - 3 * reach), place + 3 * reach + 1)
    return all(down[around, max(0, end - reach) : end + reach + 1].any() for end in inner)


def _is_open(
    place: int, end: int, way: int, masks: tuple[Mask, Mask], sizes: tuple[int, int]
) -> bool:
    """Whether a stroke along a row does not reach the column ruling at ``end``, or runs on where
    none stands; it lies that ``way`` of it, to the right (1) or to the left (-1).
    """
    (reach, near), (ink, down) = sizes, masks
    rows = slice(max(0, place - reach), place + reach + 1)

    def inked(start: int) -> bool:
        left, right = sorted((start, start + way * near))
        return bool(ink[rows, max(0, left) : max(0, right)].any())

    around = slice(max(0, place - near - 2 * reach), place + near + 2 * reach + 1)
    stands = down[around, max(0, end - reach) : end + reach + 1].any()
    beyond = end - way * (reach + near)
    return not inked(end + way * (reach + 1)) or bool(not stands and inked(beyond))


def _walls_along(
    places: Sequence[int],
    ends: Sequence[int],
    masks: tuple[Mask, Mask],
    settings: GridSettings,
    reach: int,
) -> tuple[Bools, Bools]:
    """The walls along the rulings at these places, cut into sides at ``ends``, and which of them
    are in doubt: shape (places, sides).

    ``masks`` are the ink and the strokes down these rulings.
    """
    found = [
        [
            _wall(
                _side(masks[0], place, *side, reach),
                _side(masks[1], place, *side, reach),
                settings,
                2 * reach,
            )
            for side in pairwise(ends)
        ]
        for place in places
    ]
    walls, doubt = np.array(found, bool).reshape(len(places), len(ends) - 1, 2).transpose(2, 0, 1)
    for n, k in zip(*np.nonzero(~walls), strict=True):
        line = _Line(masks, places[n], slice(ends[k] + reach, ends[k + 1] - reach), reach)
        if walls[n].mean() >= _SURE and line.strays(settings):
            doubt[n, k] = True
            walls[n, k] = True
        elif line.is_broken():
            doubt[n, k] = True
    return walls, doubt


def _wall(inked: Mask, stroked: Mask, settings: GridSettings, stub: int) -> tuple[bool, bool]:
    """Whether a wall stands along a cell's side, and whether that is in doubt.

    It is in doubt where strokes cover only a part of the side, unless that is a wall whose ink is
    there from end to end: fading broke its strokes, and words leave gaps in the ink. The walls of
    the cells beside it reach into it by up to ``stub`` pixels where print is blurred.
    """
    inner = stroked[stub : len(stroked) - stub]
    covered = inner.mean() if len(inner) else 1.0
    is_part = bool(settings.wall_doubt[0] <= covered < settings.wall_doubt[1])
    is_wall = _is_wall(inked, stroked, settings)
    return is_wall, is_part and not (is_wall and inked.mean() >= settings.wall_whole)


@dataclass(frozen=True)
class _Line:
    """A cell's side on which no wall was found: ``rows`` of the column of pixels at ``place``."""

    masks: tuple[Mask, Mask]  # the ink, and the strokes that run down it
    place: int
    rows: slice
    reach: int

    def strays(self, settings: GridSettings) -> bool:
        """Whether a ruling runs beside its place, as on a page with creases; no line of text."""
        stray = round(_STRAY * self.reach / settings.reach)
        beside = slice(max(0, self.place - stray), self.place + stray + 1)
        ink, strokes = (mask[self.rows, beside] for mask in self.masks)
        covered = strokes.max(axis=1, initial=0).mean()
        return bool(covered >= settings.wall_strokes and ink.mean() <= _LETTERS)

    def is_broken(self) -> bool:
        """Whether a broken line runs here with paper on both sides of it."""
        wide, place, reach = 2 * self.reach + 2, self.place, self.reach
        ink = self.masks[0][self.rows]
        if ink[:, max(0, place - reach) : place + reach + 1].max(axis=1).mean() < _BROKEN:
            return False
        left = ink[:, max(0, place - reach - wide) : max(0, place - reach)]
        right = ink[:, place + reach + 1 : place + reach + wide + 1]
        return bool(max(side.mean() for side in (left, right) if side.size) <= _PAPER)


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
