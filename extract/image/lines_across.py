"""Dark lines that a scanner draws straight over the sheet, from one border to the other, whole or
in dashes.

They are looked for before the page is straightened: there they run along rows or columns of pixels,
while its text may lean. Rulings end at the table's other ones; such a line goes on in both margins.

Long: what finds a line and what takes it out again measure with the same lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.page_image import (
    Grey,
    PageImage,
    Segment,
    connected,
    ink_mask,
    on_straightened,
    paper_of,
    transposed,
)

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_EDGE = 0.08  # the share of a margin at the sheet's border that is not looked at
_NEAR = 2.0  # points from a dash's end to the upright ruling that it begins at
_UPRIGHT = 0.05  # the share of the sheet's height that the shortest upright ruling has
_CUT = 20.0  # points: the length of the pieces into which strokes are cut
_WHOLE = 0.9  # of such a piece: what is as long is cut out of a longer dash
_FEW = 0.3  # the share of a line's dashes that such pieces have where its dashes are short
_LONG = 11.0  # points: what is as long is no part of a letter
_THIN = 2.2  # points: the greatest height of a dash
_LEAN = 0.012  # of the sheet's width: how much higher a line may end than it begins
_STRAY = 2.5  # points by which long dashes may stray from the straight way
_LEVEL = 0.8  # points by which a short dash may stray from the dashes beside it
_BESIDE = 80.0  # points to the left and right of a dash, within which others lie beside it
_PARTS = 40  # of the sheet's width
_SOON = 3  # of these parts at either end: one more than the first has a dash
_MANY = 60  # dashes in one margin: more are dirt
_MOST = 3  # lines across one sheet: more are the rulings of a table as wide as it
_WAY = 2.2  # points: the height of the way in which a line's ink is taken out
_DARK = 85.0  # grey levels between paper and such a line: lines of 36 to 68 hid nothing
_REACH = 3  # pixels beside a piece within which what crosses it goes on


@dataclass(frozen=True)
class Direction:
    """What tells a line from print along rows, or along columns, where strokes of letters are long
    and stand in line; lengths in points.
    """

    dash: float  # the least length of a dash
    outer: float  # the same in a margin, where letters can stand too
    margin: float  # the share of the sheet at either end that rulings leave free
    covered: float  # the share of the sheet's parts that a line has a dash in


ROWS = Direction(dash=4.5, outer=6.0, margin=0.08, covered=0.6)
COLUMNS = Direction(dash=_LONG, outer=_LONG, margin=0.15, covered=0.35)


def lines_across(page: PageImage, drawn: Grey | None = None) -> list[Segment]:
    """The dashes of the lines along the rows and the columns of an upright page that was not yet
    straightened.

    ``drawn``: the same page before streaks were made lighter; how dark it is there decides whether
    a line hides parts of letters.
    """
    shown = page.grey if drawn is None else drawn
    ink = ink_mask(page.grey)
    turned = _along_rows(transposed(ink), shown.T, 1 / page.scale, COLUMNS)
    return [
        *_along_rows(ink, shown, 1 / page.scale, ROWS),
        *((top, x, bottom, x1) for x, top, x1, bottom in turned),
    ]


def segments_on(page: PageImage, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Where segments of an upright page lie on it once it was straightened."""
    if not segments:
        return ()
    ends = on_straightened(
        replace(page, turn=0), [point for s in segments for point in (s[:2], s[2:])]
    )
    return tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in ends.reshape(-1, 4).tolist())


def _along_rows(ink: Grey, drawn: Grey, unit: float, direction: Direction) -> list[Segment]:
    """The dashes of lines along the rows of a picture; ``unit`` is pixels per point."""
    height, width = ink.shape
    margin = round(direction.margin * width)
    ends = (ink[:, :margin], np.ascontiguousarray(ink[:, : -margin - 1 : -1]))
    if not all(_begins_in(end, height, unit, direction) for end in ends):
        return []
    dashes = _dashes(ink, unit, direction)
    mirrored = np.column_stack((width - dashes[:, 2], dashes[:, 1], width - dashes[:, 0]))
    at_left, at_right = (
        _in_margin(found, _upright(end, height), unit, direction)
        for found, end in zip((dashes, mirrored), ends, strict=True)
    )
    if max(len(at_left), len(at_right)) > _MANY:
        return []
    lines: list[list[list[float]]] = []
    for start in dashes[at_left][np.argsort(dashes[at_left, 0])]:
        for end in dashes[at_right][np.argsort(-dashes[at_right, 2])]:
            if abs(start[1] - end[1]) > _LEAN * width:
                continue
            own = _on_way(dashes, start, end, unit, direction).tolist()
            is_new = not any(dash in line for line in lines for dash in own)
            if own and is_new and _is_dark(drawn, own):
                lines.append(own)
    if len(lines) > _MOST:
        return []
    return [(x0, y, x1, y) for own in lines for x0, y, x1 in own]


def _begins_in(margin: Grey, height: int, unit: float, direction: Direction) -> bool:
    """Whether a margin, its border at the left, has a dash that no upright ruling begins."""
    dashes = _dashes(margin, unit, direction)
    return len(dashes) > 0 and bool(_in_margin(dashes, _upright(margin, height), unit, direction))


def _upright(margin: Grey, height: int) -> Grey:
    """The upright strokes of a margin that are long enough for rulings."""
    kernel = np.ones((round(_UPRIGHT * height), 1), np.uint8)
    return cv2.morphologyEx(margin, cv2.MORPH_OPEN, kernel).astype(np.uint8)


def _is_dark(grey: Grey, dashes: Sequence[Sequence[float]]) -> bool:
    """Whether a line is so dark that it hides parts of letters."""
    levels = [
        float(
            np.median(grey[max(0, round(y) - 1) : round(y) + 2, round(x0) : round(x1)].min(axis=0))
        )
        for x0, y, x1 in dashes
    ]
    return paper_of(grey) - float(np.median(levels)) >= _DARK


def _dashes(ink: Grey, unit: float, direction: Direction) -> Floats:
    """The flat thin strokes of a picture as rows of left, middle's height, right."""
    strokes = cv2.morphologyEx(
        ink, cv2.MORPH_OPEN, np.ones((1, max(2, round(direction.dash * unit))), np.uint8)
    ).astype(np.uint8)
    # what climbs by steps, or runs into a ruling that leans, is flat in pieces
    strokes[:, :: round(_CUT * unit)] = 0
    found = connected(strokes).astype(float)
    flat = found[found[:, 3] <= max(2.0, _THIN * unit)]
    return np.column_stack((flat[:, 0], flat[:, 1] + (flat[:, 3] - 1) / 2, flat[:, 0] + flat[:, 2]))


def _in_margin(dashes: Floats, upright: Grey, unit: float, direction: Direction) -> list[int]:
    """Which dashes reach into the left margin without an upright ruling at their left.

    ``upright`` are the upright strokes of the margin: rulings begin at one.
    """
    edge, near, margin = round(_EDGE * upright.shape[1]), round(_NEAR * unit), upright.shape[1]
    found = []
    for n in np.flatnonzero(
        np.minimum(dashes[:, 2], margin) - np.maximum(dashes[:, 0], edge)
        >= direction.outer * unit - 1
    ).tolist():
        row = round(dashes[n, 1])
        rows = slice(max(0, row - near), row + near + 1)
        if not upright[rows, edge : max(edge, round(dashes[n, 0]) + near)].any():
            found.append(n)
    return found


def _on_way(
    dashes: Floats, start: Floats, end: Floats, unit: float, direction: Direction
) -> Floats:
    """The dashes on the way from one to another; none where they are too few for a line."""
    middle = (dashes[:, 0] + dashes[:, 2]) / 2
    slope = (end[1] - start[1]) / max(1.0, end[2] - start[0])
    off = np.abs(dashes[:, 1] - start[1] - slope * (middle - start[0]))
    own = dashes[(off <= _STRAY * unit) & (dashes[:, 2] > start[0]) & (dashes[:, 0] < end[2])]
    own = own[_are_level(own, unit)]
    parts = np.linspace(start[0], end[2], _PARTS + 1)
    covered = [
        bool(((own[:, 0] < right) & (own[:, 2] > left)).any())
        for left, right in pairwise(parts.tolist())
    ]
    begins, ends = any(covered[1:_SOON]), any(covered[-_SOON:-1])
    is_line = np.mean(covered) >= direction.covered and begins and ends
    return np.asarray(own if is_line else own[:0], float)


def _are_level(dashes: Floats, unit: float) -> Bools:
    """Which dashes are long, or lie as high as most of those beside them."""
    middle = (dashes[:, 0] + dashes[:, 2]) / 2
    length = dashes[:, 2] - dashes[:, 0]
    beside = np.abs(middle[:, None] - middle[None, :]) <= _BESIDE * unit
    usual = np.array([np.median(dashes[near, 1]) for near in beside])
    level = np.abs(dashes[:, 1] - usual) <= _LEVEL * unit
    return np.asarray((length >= _LONG * unit) | level)


def without_segments(grey: Grey, segments: Sequence[Segment], scale: float) -> Grey:
    """A picture with the ink along these segments as light as paper, but for what crosses them.

    ``scale`` is points per pixel. Strokes of letters that go on on both sides stay.
    """
    level, upright = _by_direction(segments)
    found = _without_level(grey, level, scale)
    if upright:
        turned = _without_level(np.ascontiguousarray(found.T), upright, scale)
        found = np.ascontiguousarray(turned.T)
    return found


def _by_direction(segments: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The level segments, and the upright ones with rows and columns exchanged."""
    level = [one for one in segments if abs(one[2] - one[0]) >= abs(one[3] - one[1])]
    upright = [one for one in segments if abs(one[2] - one[0]) < abs(one[3] - one[1])]
    return level, [(top, x0, bottom, x1) for x0, top, x1, bottom in upright]


def _without_level(grey: Grey, segments: Sequence[Segment], scale: float) -> Grey:
    if not segments:
        return grey
    way = np.zeros(grey.shape, np.uint8)
    for x0, y0, x1, y1 in segments:
        ends = (round(x0), round(y0)), (round(x1), round(y1))
        cv2.line(way, *ends, (1,), round(_WAY / scale))
    ink = ink_mask(grey)
    flat = cv2.morphologyEx(
        ink & way, cv2.MORPH_OPEN, np.ones((1, max(2, round(ROWS.dash / scale))), np.uint8)
    ).astype(np.uint8)
    wider = cv2.dilate(flat, np.ones((3, 1), np.uint8))
    erased = np.where(_crossing(ink, flat) > 0, 0, wider)
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((9, 9), np.uint8)), 5)
    return np.where(erased > 0, paper, grey).astype(np.uint8)


def erase_segments(across: Grey, segments: Sequence[Segment], unit: float) -> None:
    """Take level lines of short dashes out of the mask of strokes along rows.

    Long dashes stay: a ruling can run among them, and what tells it from them is its place in the
    table.
    """
    segments, _ = _by_direction(segments)
    lengths = [abs(x1 - x0) for x0, _, x1, _ in segments]
    long_ones = [length for length in lengths if length >= _WHOLE * _CUT * unit]
    if sum(long_ones) > _FEW * sum(lengths):
        return
    for x0, y0, x1, y1 in segments:
        cv2.line(across, (round(x0), round(y0)), (round(x1), round(y1)), (0,), round(_WAY * unit))


def _crossing(ink: Grey, flat: Grey) -> Grey:
    """1 in the columns of pixels of a flat stroke where other ink touches it on both sides."""
    wider = cv2.dilate(flat, np.ones((3, 1), np.uint8))
    others = np.where(wider > 0, np.uint8(0), ink)
    found = np.zeros_like(ink)
    for x, y, wide, high, _ in connected(flat).tolist():
        above = others[max(0, y - _REACH) : y, x : x + wide].any(axis=0)
        below = others[y + high : y + high + _REACH, x : x + wide].any(axis=0)
        found[max(0, y - 1) : y + high + 1, x : x + wide] |= (above & below).astype(np.uint8)
    return found


def is_crossed(
    box: tuple[float, float, float, float], segments: Sequence[Segment], room: float
) -> bool:
    """Whether one of these segments runs through a box, or within ``room`` above or below it."""
    x0, top, x1, bottom = box
    return any(
        min(segment[0], segment[2]) < x1
        and max(segment[0], segment[2]) > x0
        and min(segment[1], segment[3]) < bottom + room
        and max(segment[1], segment[3]) > top - room
        for segment in segments
    )
