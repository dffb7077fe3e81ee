"""Dark lines that a scanner draws straight across the sheet, from one border to the other, whole or
in dashes.

They are looked for in the page as it was drawn, in which they run along its rows or columns of
pixels, while its text may lean. Rulings do not reach the borders of a sheet.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.image.page_image import (
    Grey,
    PageImage,
    Segment,
    connected,
    ink_mask,
    on_straightened,
)

_BORDER = 0.03  # the share of the sheet's width that is looked at on either side
_INKED = 0.4  # the share of it over which a line must run there
_MOST = 3  # lines across one sheet: more are a table as wide as it
_LEAN = 0.012  # of the sheet's width: how much higher a line may end than it begins
_STRAY = 5.0  # points by which its pieces may stray from the straight way
_PIECE = 11.0  # points: the least length of a piece
_THIN = 2.2  # points: the greatest height of a line and its steps
_COVERED = 0.5  # the share of the way that pieces must cover together
_REACH = 3  # pixels beside a piece within which what crosses it goes on


def lines_across(page: PageImage) -> list[Segment]:
    """The pieces of the lines across a page as it was drawn."""
    unit = 1 / page.scale
    down = [
        (y0, x0, y1, x1) for x0, y0, x1, y1 in _along_rows(np.ascontiguousarray(page.grey.T), unit)
    ]
    return [*_along_rows(page.grey, unit), *down]


def segments_on(page: PageImage, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Where segments of a page as it was drawn lie on it once it was straightened."""
    if not segments:
        return ()
    ends = on_straightened(page, [point for s in segments for point in (s[:2], s[2:])])
    return tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in ends.reshape(-1, 4).tolist())


def _along_rows(grey: Grey, unit: float) -> list[Segment]:
    width = grey.shape[1]
    band = round(_BORDER * width)
    left = _ends(grey[:, : 2 * band], slice(0, band), unit)
    right = _ends(grey[:, -2 * band :], slice(band, None), unit) if left else []
    if not 1 <= min(len(left), len(right)) <= max(len(left), len(right)) <= _MOST:
        return []
    pairs = [(y0, y1) for y0 in left for y1 in right if abs(y0 - y1) <= _LEAN * width]
    if not pairs:
        return []
    strokes = cv2.morphologyEx(
        ink_mask(grey), cv2.MORPH_OPEN, np.ones((1, round(_PIECE * unit)), np.uint8)
    ).astype(np.uint8)
    return [piece for pair in pairs for piece in _pieces(strokes, pair, unit)]


def _ends(border: Grey, own: slice, unit: float) -> list[int]:
    """The rows in which thin strokes run over the outer part of one border."""
    inked = ink_mask(np.ascontiguousarray(border))[:, own]
    rows = cv2.dilate(inked, np.ones((3, 1), np.uint8)).mean(axis=1) >= _INKED
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    thin = [(first, last) for first, last in edges.reshape(-1, 2) if last - first <= 3 * unit]
    return [int(first + last) // 2 for first, last in thin]


def _pieces(strokes: Grey, ends: tuple[int, int], unit: float) -> list[Segment]:
    """The strokes along the way from one end to the other; none where they are too few."""
    width = strokes.shape[1]
    top = max(0, round(min(ends) - _STRAY * unit))
    corridor = np.ascontiguousarray(strokes[top : round(max(ends) + _STRAY * unit) + 1])
    found = [
        (float(x), top + y + (high - 1) / 2, float(x + wide), top + y + (high - 1) / 2)
        for x, y, wide, high, _ in connected(corridor).tolist()
        if high <= _THIN * unit
    ]
    covered = np.zeros(width, bool)
    for x0, _, x1, _ in found:
        covered[round(x0) : round(x1)] = True
    return found if covered.mean() >= _COVERED else []


def without_segments(grey: Grey, segments: Sequence[Segment], scale: float) -> Grey:
    """A picture with the ink along these segments as light as paper, but for what crosses them.

    ``scale`` is points per pixel. Strokes of letters that go on above and below stay.
    """
    if not segments:
        return grey
    way = np.zeros(grey.shape, np.uint8)
    for x0, y0, x1, y1 in segments:
        ends = (round(x0), round(y0)), (round(x1), round(y1))
        cv2.line(way, *ends, (1,), round(_THIN / scale))
    ink = ink_mask(grey)
    flat = cv2.morphologyEx(
        ink & way, cv2.MORPH_OPEN, np.ones((1, round(_PIECE / 2 / scale)), np.uint8)
    ).astype(np.uint8)
    wider = cv2.dilate(flat, np.ones((3, 1), np.uint8))
    erased = np.where(_crossing(ink, flat) > 0, 0, wider)
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((9, 9), np.uint8)), 5)
    return np.where(erased > 0, paper, grey).astype(np.uint8)


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
