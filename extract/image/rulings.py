"""Rulings: the strokes that can be parts of them, and where those of one table stand.

Long: strokes, places and edges of rulings use the same masks and limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.camelot_images import find_lines
from extract.image.edges import clear_border
from extract.image.page_image import connected
from extract.image.partial_rulings import TableMasks, partial_columns

_GOES_ON = 0.8  # the share of the way to a lost edge that a ruling's strokes cover
# of a table without outer walls: how many of its row rulings go on beside its outermost column
# ruling, at least, and what share of them
_FEWEST_OPEN, _MOST_OPEN = 3, 0.6
# the share of the page above or below its tables that is enough to see what runs on there
_SIDE = 0.05
# the share of the page's width beside a table that is enough to see a line run on there
_BESIDE = 0.02
Mask = NDArray[np.uint8]
Rectangle = tuple[int, int, int, int]  # x0, top, x1, bottom in pixels


@dataclass(frozen=True)
class GridSettings:
    """How rulings are told from text; lengths in points."""

    # the shortest straight stroke that can be part of a ruling: longer than any capital is high
    ruling_length: float = 11.0
    # the share of a table's height that the strokes of a column ruling must cover together
    column_support: float = 0.25
    # the share of a table's width that the strokes of a row ruling must cover together
    row_support: float = 0.12
    # the share of a cell's side that straight strokes cover where a wall stands
    wall_strokes: float = 0.5
    wall_doubt: tuple[float, float] = (0.15, 0.75)  # shares between which it is in doubt
    wall_whole: float = 0.9  # the share of it that is inked where no doubt is left
    wall_trace: float = 0.2  # the least share of it, below which the ink there is text
    wall: float = 0.6  # the share of a side that must be inked, where strokes cover less of it
    # the same for the eighth of the side at either end, which no letter reaches
    wall_end: float = 0.3
    # the share of the page outside the table that a scanner's streak or a fold covers in line with
    # it
    streak: float = 0.3
    reach: float = 0.8  # how far from its ideal line a ruling's ink may stray
    apart: float = 5.0  # rulings closer than this are one
    smallest_table: float = 40.0  # the least height and width of a table
    dot: float = 2.0  # the greatest thickness of a dot or a dash of a ruling
    dash: float = 14.0  # the greatest length of a dash
    dot_gap: float = 4.5  # the greatest gap between dots
    # the least length of a dotted ruling along a row: marks over letters stand in line over less
    dotted_across: float = 22.0
    dotted_down: float = 14.0  # the same along a column
    dashed: float = 60.0  # the least length of a dashed ruling
    streak_lean: float = 0.01  # how far a streak rises over the page, as a share of its width
    gap: float = 4.0  # breaks in a ruling up to this length are closed


def ruling_masks(
    ink: Mask, settings: GridSettings, unit: float, enough: float = inf
) -> tuple[Mask, Mask]:
    """The strokes along rows and along columns that are long enough for rulings, small breaks
    closed.

    Rulings of dots and dashes, which cost as much again, are sought where the whole strokes along
    rows together are shorter than ``enough`` times the page's width.
    """
    length, gap = round(settings.ruling_length * unit), max(1, round(settings.gap * unit))
    lines = [
        find_lines(ink * 255, direction=direction, line_scale=max(1, size // length))[0]
        for direction, size in (("horizontal", ink.shape[1]), ("vertical", ink.shape[0]))
    ]
    if cv2.countNonZero(lines[0]) < enough * ink.shape[1]:
        lines = [
            strokes | dots
            for strokes, dots in zip(lines, _dotted(ink, settings, unit), strict=True)
        ]
    across, down = (
        (cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones(kernel, np.uint8)) > 0).astype(np.uint8)
        for strokes, kernel in zip(lines, ((1, gap), (gap, 1)), strict=True)
    )
    clear_border(across, down, 1 / unit)
    return across, down


def _dotted(ink: Mask, settings: GridSettings, unit: float) -> tuple[Mask, Mask]:
    """The strokes along rows and along columns that dots or dashes in a row make."""
    pieces = connected(ink)
    thin, gap = settings.dot * unit, settings.dot_gap * unit
    small = pieces[pieces[:, 2:4].min(axis=1) <= thin]
    longest = small[:, 2:4].max(axis=1)
    dots, dashes = small[longest <= thin], small[longest <= settings.dash * unit]
    flat, upright = dashes[dashes[:, 3] <= thin], dashes[dashes[:, 2] <= thin]
    dashed = settings.dashed * unit
    across = _in_line(dots, ink.shape, (gap, settings.dotted_across * unit), is_down=False)
    down = _in_line(dots, ink.shape, (gap, settings.dotted_down * unit), is_down=True)
    across |= _in_line(flat, ink.shape, (gap, dashed), is_down=False)
    down |= _in_line(upright, ink.shape, (gap, dashed), is_down=True)
    return across, down


def _in_line(
    pieces: NDArray[np.int32], shape: tuple[int, ...], sides: tuple[float, float], is_down: bool
) -> Mask:
    """Pieces as strokes, where they stand in line, no further apart than a gap, over a length.

    It is done at half the resolution, at a quarter of the cost: few pages have such rulings.
    """
    height, width = shape
    mask = np.zeros(((height + 1) // 2, (width + 1) // 2), np.uint8)
    for x, y, wide, high, _ in pieces.tolist():
        mask[y // 2 : (y + high + 1) // 2, x // 2 : (x + wide + 1) // 2] = 1
    for operation, side in zip((cv2.MORPH_CLOSE, cv2.MORPH_OPEN), sides, strict=True):
        half = max(1, round(side / 2))
        mask = cv2.morphologyEx(
            mask, operation, np.ones((half, 1) if is_down else (1, half), np.uint8)
        ).astype(np.uint8)
    if not mask.any():
        return np.zeros((height, width), np.uint8)
    return np.ascontiguousarray(mask.repeat(2, axis=0).repeat(2, axis=1)[:height, :width])


def rulings_of_table(
    box: Rectangle,
    boxes: Sequence[Rectangle],
    masks: tuple[Mask, Mask, Mask],
    settings: GridSettings,
    unit: float,
) -> tuple[list[int], list[int]]:
    """Where a table's column and row rulings stand.

    Its outer edges are among them, also where fading took them.
    """
    ink, across, down = masks
    reach = max(1, round(settings.reach * unit))
    box = _framed(box, masks, settings, unit)
    boxes = [box, *(other for other in boxes if not _touch(other, box))]
    x0, top, x1, bottom = box
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    across = _without_leaning_streaks(
        across, (top, bottom), (min(lefts), max(rights)), reach, settings
    )
    down = _without_leaning_streaks(
        np.ascontiguousarray(down.T), (x0, x1), (min(tops), max(bottoms)), reach, settings
    ).T
    heights, widths = zip(tops, bottoms, strict=True), zip(lefts, rights, strict=True)
    streaks_down = _outside(ink[:, x0:x1], list(heights), reach) >= settings.streak
    streaks_across = _outside(ink[top:bottom].T, list(widths), reach) >= settings.streak
    apart = round(settings.apart * unit)
    table = TableMasks(
        ink[top:bottom, x0:x1],
        across[top:bottom, x0:x1],
        down[top:bottom, x0:x1],
        unit,
        reach,
        apart,
    )
    columns, rows = _places(table, streaks_down, streaks_across, settings)
    return [x0 + x for x in columns], [top + y for y in rows]


def _places(
    table: TableMasks,
    streaks_down: NDArray[np.bool],
    streaks_across: NDArray[np.bool],
    settings: GridSettings,
) -> tuple[list[int], list[int]]:
    """Where the column and row rulings stand in a table's box, none where a streak runs."""
    across, down, reach, apart = table.across, table.down, table.reach, table.apart
    height, width = down.shape
    on_columns = np.where(streaks_down, 0, down.sum(axis=0))
    on_rows = np.where(streaks_across, 0, across.sum(axis=1))
    xs = ruling_places(on_columns, settings.column_support * height, apart)
    ys = ruling_places(on_rows, settings.row_support * width, apart)
    wide, high = np.ones((2 * reach + 1, 1), np.uint8), np.ones((1, 2 * reach + 1), np.uint8)
    columns = with_edges(xs, cv2.dilate(across, wide)[ys].astype(np.uint8), apart)
    crossing = cv2.dilate(down, high)[:, xs].T.astype(np.uint8)
    ys = _met(ys, across, crossing, settings)
    rows = with_edges(ys, crossing, apart)
    return sorted([*columns, *partial_columns(table, on_columns, rows, columns)]), rows


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
        outer = partial_columns(table, support, rows, [first - x0, last - 1 - x0])
        first = min([first, *(x0 + x - reach for x in outer)])
        last = max([last, *(x0 + x + reach + 1 for x in outer)])
    return (max(x0, first) if cut_left else x0, top, min(x1, last) if cut_right else x1, bottom)


def _go_on(beside: Mask) -> bool:
    """Whether most of a table's row rulings go on beside its outermost column ruling.

    ``beside`` holds the pixels of each of them there.
    """
    going = beside.mean(axis=1) >= _GOES_ON if beside.size else np.zeros(0, bool)
    return bool(going.sum() >= _FEWEST_OPEN and going.mean() >= _MOST_OPEN)


def _touch(a: Rectangle, b: Rectangle) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


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
    """For each column of pixels the share of inked rows above all tables, or below: the lesser of
    the two.

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
        return np.zeros(ink.shape[1])
    wide = np.ones((1, 4 * reach + 1), np.uint8)
    return np.asarray(np.min([cv2.dilate(side, wide).mean(axis=0) for side in sides], axis=0))
