"""Rulings: the strokes that can be parts of them, whole or of dots and dashes."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.camelot_images import find_lines
from extract.image.edges import clear_border
from extract.image.page_image import connected

_FIELD = 1.5  # of the greatest gap between dots: the least width of a grey fill
# points: how far before a leader its word ends, and how high that is, at most; how far from either
# its ink is looked for; and the gap between two pieces of one dotted ruling
_LEADER = (9.0, 1.0, 60.0)
_COLUMN = 0.85  # of that height on both sides: what a column's stroke inks at least
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


def overlap(a: Rectangle, b: tuple[float, float, float, float]) -> bool:
    """Whether two boxes have pixels in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


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
    _erase_leaders(across, ink, unit)
    return across, down


def _erase_leaders(across: Mask, ink: Mask, unit: float) -> None:
    """Take the dots that lead from a word to a figure, or to a place to write on, out of the mask
    of dotted strokes along rows.

    Letters stand before them on their line, where a ruling has paper, the stroke of a column that
    goes on below it, or more of itself. Of a column's stroke little is missing over the height of
    two lines; letters and those of the next line have paper between them.
    """
    if not across.any():
        return
    near, edge, again = (round(points * unit) for points in _LEADER)
    strokes = connected(across)
    for x, y, wide, high, _ in strokes.tolist():
        level = (strokes[:, 1] < y + high) & (strokes[:, 1] + strokes[:, 3] > y)
        ends = strokes[:, 0] + strokes[:, 2]
        if bool((level & (ends <= x) & (ends >= x - again)).any()):
            continue
        left = slice(max(0, x - near), max(0, x - edge))
        above = ink[max(0, y - near) : max(0, y - edge), left]
        around = ink[max(0, y - near) : y + high + near, left]
        if above.any() and _most_of_a_column(around) < _COLUMN:
            across[y : y + high, x : x + wide] = 0


def _most_of_a_column(ink: Mask) -> float:
    """The greatest share of ink in three columns of pixels together: a stroke may lean a little."""
    return float(cv2.dilate(ink, np.ones((1, 3), np.uint8)).mean(axis=0).max(initial=0))


def _in_line(
    pieces: NDArray[np.int32], shape: tuple[int, ...], sides: tuple[float, float], is_down: bool
) -> Mask:
    """Pieces as strokes, where they stand in line, no further apart than a gap, over a length.

    It is done at half the resolution, at a quarter of the cost: few pages have such rulings.
    """
    height, width = shape
    gap = sides[0]
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
    mask &= ~_field(mask, round(gap / 2), round(_FIELD * gap / 2), is_down) & 1
    return np.ascontiguousarray(mask.repeat(2, axis=0).repeat(2, axis=1)[:height, :width])


def _field(strokes: Mask, gap: int, wide: int, is_down: bool) -> Mask:
    """Where strokes in one direction lie so close beside each other, over so wide a place, that
    their dots are those of a grey fill.
    """
    found = strokes
    for operation, side in ((cv2.MORPH_CLOSE, gap), (cv2.MORPH_OPEN, wide)):
        kernel = np.ones((1, side) if is_down else (side, 1), np.uint8)
        found = cv2.morphologyEx(found, operation, kernel).astype(np.uint8)
    return found
