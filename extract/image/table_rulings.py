"""Where the rulings of one table stand, which of its lines may be none, and where a fold took print
away.

Long: places, edges and streaks use the same masks and limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.partial_rulings import TableMasks, ends_between, partial_columns
from extract.image.rulings import GridSettings, Mask, Rectangle, overlap

_GOES_ON = 0.8  # the share of the way to a lost edge that a ruling's strokes cover
# of a table without outer walls: how many of its row rulings go on beside its outermost column
# ruling, at least, and what share of them
_FEWEST_OPEN, _MOST_OPEN = 3, 0.6
# the share of the page above or below its tables that is enough to see what runs on there
_SIDE = 0.05
# the share of that side which a line covers that is a fold or the scanner's rather than a ruling
_ONE_SIDE = 0.9
# the share of the page's width beside a table that is enough to see a line run on there
_BESIDE = 0.02
# of a fold that took print away: the least and greatest width of the gap in points, how many
# rulings cross it, and what share of them goes on in it and on both sides of it
_GAP, _CROSSED, _IN_GAP, _BESIDE_GAP = (2.0, 20.0), 4, 0.2, 0.8
# the share of a table's height that is most of its rows: a column ruling of fewer may be a stamp's
_MOST_ROWS = 0.6
_BEYOND = 15.0  # points by which a line goes on beyond a table's outermost ruling that is none


class Gap(NamedTuple):
    """Where a gap in all rulings that cross it begins and ends, in pixels."""

    first: int
    last: int


@dataclass(frozen=True)
class TableRulings:
    """Where a table's column and row rulings stand on the page, in pixels, from left and top."""

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    doubted_columns: frozenset[int] = frozenset()  # places where a fold or a stamp may run instead
    doubted_rows: frozenset[int] = frozenset()
    gaps_down: tuple[Gap, ...] = ()  # from left to right, where print is lost down the table
    gaps_across: tuple[Gap, ...] = ()  # from top to bottom

    def moved(self, x0: int, top: int) -> TableRulings:
        """The same rulings that many pixels further right and down."""
        return TableRulings(
            tuple(x0 + x for x in self.columns),
            tuple(top + y for y in self.rows),
            frozenset(x0 + x for x in self.doubted_columns),
            frozenset(top + y for y in self.doubted_rows),
            tuple(Gap(x0 + gap.first, x0 + gap.last) for gap in self.gaps_down),
            tuple(Gap(top + gap.first, top + gap.last) for gap in self.gaps_across),
        )

    def without_rows(self, inner: Sequence[int]) -> TableRulings:
        """The rulings without some of the inner row rulings, which are counted from 0."""
        return replace(
            self, rows=tuple(y for n, y in enumerate(self.rows, -1) if n not in set(inner))
        )

    def is_in_gap(self, box: Rectangle) -> bool:
        """Whether a gap runs through this box."""
        x0, top, x1, bottom = box
        return any(gap.first < x1 and gap.last > x0 for gap in self.gaps_down) or any(
            gap.first < bottom and gap.last > top for gap in self.gaps_across
        )


def rulings_of_table(
    box: Rectangle,
    boxes: Sequence[Rectangle],
    masks: tuple[Mask, Mask, Mask],
    settings: GridSettings,
    unit: float,
) -> TableRulings:
    """Where a table's column and row rulings stand.

    Its outer edges are among them, also where fading took them.
    """
    ink, across, down = masks
    reach = max(1, round(settings.reach * unit))
    box = _framed(box, masks, settings, unit)
    boxes = [box, *(other for other in boxes if not overlap(other, box))]
    x0, top, x1, bottom = box
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    across = _without_leaning_streaks(
        across, (top, bottom), (min(lefts), max(rights)), reach, settings
    )
    down = _without_leaning_streaks(
        np.ascontiguousarray(down.T), (x0, x1), (min(tops), max(bottoms)), reach, settings
    ).T
    heights, widths = zip(tops, bottoms, strict=True), zip(lefts, rights, strict=True)
    beyond_down = _outside(ink[:, x0:x1], list(heights), reach)
    beyond_across = _outside(ink[top:bottom].T, list(widths), reach)
    apart = round(settings.apart * unit)
    table = TableMasks(
        ink[top:bottom, x0:x1],
        across[top:bottom, x0:x1],
        down[top:bottom, x0:x1],
        unit,
        reach,
        apart,
    )
    found = _places(table, beyond_down, beyond_across, settings)
    return found.moved(x0, top)


def _places(
    table: TableMasks,
    beyond_down: NDArray[np.float64],
    beyond_across: NDArray[np.float64],
    settings: GridSettings,
) -> TableRulings:
    """Where the rulings stand in a table's box, none where a streak runs.

    ``beyond_down`` and ``beyond_across`` say of each column and row of pixels how much of it a line
    covers on either side of the tables (`_outside`).
    """
    across, down, reach, apart = table.across, table.down, table.reach, table.apart
    height, width = down.shape
    on_columns = np.where(_is_streak(beyond_down, settings), 0, down.sum(axis=0))
    on_rows = np.where(_is_streak(beyond_across, settings), 0, across.sum(axis=1))
    xs = ruling_places(on_columns, settings.column_support * height, apart)
    ys = ruling_places(on_rows, settings.row_support * width, apart)
    wide, high = np.ones((2 * reach + 1, 1), np.uint8), np.ones((1, 2 * reach + 1), np.uint8)
    along = cv2.dilate(across, wide).astype(np.uint8)
    columns = with_edges(xs, along[ys], apart)
    crossing = cv2.dilate(down, high)[:, xs].T.astype(np.uint8)
    ys = _met(ys, across, crossing, settings)
    rows = with_edges(ys, crossing, apart)
    partial, in_doubt = partial_columns(table, on_columns, rows, columns)
    few = [x for x in columns if on_columns[max(0, x - 1) : x + 2].max() < _MOST_ROWS * height]
    in_doubt += [x for x in few if ends_between(table, x, rows)]
    columns = sorted([*columns, *partial])
    return TableRulings(
        tuple(columns),
        tuple(rows),
        _runs_on(columns, rows, down, beyond_down, table) | frozenset(in_doubt),
        _runs_on(rows, columns, across.T, beyond_across, table),
        tuple(_gaps(along[ys], columns, table.unit)),
        tuple(_gaps(crossing, rows, table.unit)),
    )


def _is_streak(beyond: NDArray[np.float64], settings: GridSettings) -> NDArray[np.bool_]:
    """Where a line runs over the whole page, by what there is of it beyond the tables.

    Of a page with one side alone it must cover that: a punched hole beside a ruling has ink too.
    """
    least = settings.streak if len(beyond) > 1 else _ONE_SIDE
    return np.asarray(beyond.min(axis=0) >= least)


def _runs_on(
    places: Sequence[int],
    ends: Sequence[int],
    strokes: Mask,
    beyond: NDArray[np.float64],
    table: TableMasks,
) -> frozenset[int]:
    """The rulings that go on beyond the outermost of those that cross them, at ``ends``, or in line
    with which a line covers all of one side beyond the tables, as a fold does that begins or ends
    in a table.

    ``strokes`` run down the rulings in the table's box.
    """
    if not places or not ends:
        return frozenset()
    reach, long = table.reach, round(_BEYOND * table.unit)
    longest = beyond.max(axis=0)
    above, below = strokes[: max(0, ends[0] - 2 * reach)], strokes[ends[-1] + 2 * reach :]
    sides = [side for side in (above[-long:], below[:long]) if len(side) == long]
    found = set()
    for x in places:
        near = slice(max(0, x - reach), x + reach + 1)
        goes_on = any(side[:, near].max(axis=1).mean() >= _ONE_SIDE for side in sides)
        if goes_on or longest[near].max(initial=0) >= _ONE_SIDE:
            found.add(x)
    return frozenset(found)


def _gaps(rulings: Mask, crossing: Sequence[int], unit: float) -> list[Gap]:
    """Where all of these rulings have the same gap: a fold took the print away there.

    ``rulings`` holds the pixels of each; ``crossing`` are the places of the rulings that cross
    them: two stand at either side of a gap between two tables.
    """
    if len(rulings) < _CROSSED:
        return []
    share, beside = rulings.mean(axis=0), round(_GAP[0] * unit)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], share < _IN_GAP, [0]))))
    found = [Gap(first, last) for first, last in edges.reshape(-1, 2).tolist()]
    return [
        gap
        for gap in found
        if _GAP[0] * unit <= gap.last - gap.first <= _GAP[1] * unit
        and share[max(0, gap.first - beside) : gap.first].max(initial=0) >= _BESIDE_GAP
        and share[gap.last : gap.last + beside].max(initial=0) >= _BESIDE_GAP
        and sum(gap.first - beside <= place <= gap.last + beside for place in crossing) < 2
    ]


def _without_leaning_streaks(
    strokes: Mask,
    own: tuple[int, int],
    tables: tuple[int, int],
    reach: int,
    settings: GridSettings,
) -> Mask:
    """The strokes along rows, without lines that run through a table, whose ``own`` rows these are,
    from one page border to the other. All ``tables`` of the page together begin and end at these
    columns.
    """
    first_row, last_row = own
    width = strokes.shape[1]
    away = 4 * reach
    left = strokes[first_row:last_row, : max(0, tables[0] - away)]
    right = strokes[first_row:last_row, tables[1] + away :]
    if min(left.shape[1], right.shape[1]) < _BESIDE * width:
        return strokes
    wide = np.ones((2 * reach + 1, 1), np.uint8)
    sides = [cv2.dilate(side, wide).mean(axis=1) for side in (left, right)]
    ends = [ruling_places(side, settings.streak, away) for side in sides]
    found = strokes
    for first in ends[0]:
        for last in ends[1]:
            if abs(first - last) <= settings.streak_lean * width:
                found = found.copy() if found is strokes else found
                places = (0, first_row + first), (width, first_row + last)
                cv2.line(found, *places, (0,), 2 * reach + 3)
    return found


def _framed(
    box: Rectangle, masks: tuple[Mask, Mask, Mask], settings: GridSettings, unit: float
) -> Rectangle:
    """A table's box without what only strokes along rows reach.

    A streak over the whole page joins tables to the page's borders. A table without outer walls
    keeps its outer columns: there most rulings of its rows go on. So does one of which some rows
    are wider than the others, walls and all.
    """
    x0, top, x1, bottom = box
    ink, across, down = (mask[top:bottom] for mask in masks)
    support = down[:, x0:x1].sum(axis=0)
    columns = np.flatnonzero(support >= settings.column_support * (bottom - top))
    if not len(columns):
        return box
    first, last = x0 + int(columns[0]), x0 + int(columns[-1]) + 1
    beyond, inside = settings.apart * 2, across[:, first:last]
    rows = ruling_places(
        inside.sum(axis=1), settings.row_support * (last - first), settings.apart * unit
    )
    reach = max(1, round(settings.reach * unit))
    wide = cv2.dilate(across, np.ones((2 * reach + 1, 1), np.uint8))
    along = wide[rows].astype(np.uint8)
    cut_left = first - x0 > beyond and not _go_on(along[:, x0:first])
    cut_right = x1 - last > beyond and not _go_on(along[:, last:x1])
    if cut_left or cut_right:
        apart = round(settings.apart * unit)
        table = TableMasks(ink[:, x0:x1], across[:, x0:x1], down[:, x0:x1], unit, reach, apart)
        support[first - x0 : last - x0] = 0
        outer, _ = partial_columns(table, support, rows, [first - x0, last - 1 - x0])
        first = min([first, *(x0 + x - reach for x in outer)])
        last = max([last, *(x0 + x + reach + 1 for x in outer)])
    return (max(x0, first) if cut_left else x0, top, min(x1, last) if cut_right else x1, bottom)


def _go_on(beside: Mask) -> bool:
    """Whether most of a table's row rulings go on beside its outermost column ruling.

    ``beside`` holds the pixels of each of them there.
    """
    going = beside.mean(axis=1) >= _GOES_ON if beside.size else np.zeros(0, bool)
    return bool(going.sum() >= _FEWEST_OPEN and going.mean() >= _MOST_OPEN)


def _met(ys: list[int], across: Mask, crossing: Mask, settings: GridSettings) -> list[int]:
    """The row rulings without a title's underline.

    That is an outermost ruling which is short and which no column's stroke runs up to.
    """
    kept = list(ys)
    for outer, inner in ((0, 1), (-1, -2)):
        while len(kept) > 2:
            first, last = sorted((kept[outer], kept[inner]))
            whole = (
                across[max(0, kept[outer] - 1) : kept[outer] + 2].any(axis=0).mean()
                >= settings.wall
            )
            if whole or (crossing[:, first : last + 1].mean(axis=1) >= settings.wall_strokes).any():
                break
            kept.pop(outer)
    return kept


def with_edges(places: list[int], crossing: Mask, apart: float) -> list[int]:
    """The rulings' places, with the table's own edges added where fading took these.

    ``crossing`` holds the pixels of each ruling the other way. There is an edge where most of these
    go on beyond the outermost of ``places``.
    """
    if not places or not len(crossing):
        return places
    first, last, length = places[0], places[-1], crossing.shape[1]
    begins = (
        [0] if first > apart and np.median(crossing[:, :first].mean(axis=1)) >= _GOES_ON else []
    )
    ends = (
        [length - 1]
        if length - last > apart and np.median(crossing[:, last:].mean(axis=1)) >= _GOES_ON
        else []
    )
    return [*begins, *places, *ends]


def ruling_places(
    support: NDArray[np.integer | np.floating], least: float, apart: float
) -> list[int]:
    """The middles of the runs of positions whose support reaches ``least``.

    Runs closer than ``apart`` are one ruling.
    """
    places: list[list[int]] = []
    for position in np.flatnonzero(support >= least).tolist():
        if places and position - places[-1][-1] <= apart:
            places[-1].append(position)
        else:
            places.append([position])
    return [round(float(np.average(run, weights=support[run]))) for run in places]


def _outside(ink: Mask, tables: Iterable[tuple[int, int]], reach: int) -> NDArray[np.float64]:
    """For each column of pixels the share of inked rows above all tables, and below: shape
    (sides, columns), both sides where the page has them.

    A streak over the whole page shows on both sides; a line that leans and only crosses a ruling's
    column there does not.
    """
    ends = [end for first, last in tables for end in (first, last)]
    sides = [
        side
        for side in (ink[: max(0, min(ends) - 4 * reach)], ink[max(ends) + 4 * reach :])
        if len(side) >= _SIDE * len(ink)
    ]
    if not sides:  # tables fill the page: nothing to compare with
        return np.zeros((1, ink.shape[1]))
    wide = np.ones((1, 4 * reach + 1), np.uint8)
    return np.array([cv2.dilate(side, wide).mean(axis=0) for side in sides])
