"""Holes that were punched into a sheet, as a scanner with a dark lid sees them, become paper."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from extract.image.page_image import PageImage, connected, paper_of

_SMALL = 4  # pixels a side that are looked at as one
_DARK = 0.5  # of the paper's grey: the lightest that a hole is
_SOLID = 8.0  # points: no stroke of a letter is as thick
_WIDEST = 45.0  # points: a hole has 17, a torn one more; a dark field of a table is wider
_MARGIN = 0.08  # of the page's width or height: a hole's middle lies 12 mm from the sheet's edge
_LIGHT = 0.85  # of the paper's grey: the lightest that the rim of a hole is
_ROUND = 3.0  # points around what is that thick
_RIM = 8.0  # points around it in which pieces of a hole's rim lie: paper can be left in a hole


def without_holes(page: PageImage) -> PageImage:
    """The page with solid dark spots in its outermost margins painted as paper: an engine reads
    letters in them. Spots among the text stay, for they hide some of it.
    """
    small = cv2.resize(page.grey, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    paper, unit = paper_of(page.grey), 1 / (page.scale * _SMALL)
    dark = (small < _DARK * paper).astype(np.uint8)
    side = 2 * max(1, round(_SOLID * unit / 2)) + 1
    solid = cv2.morphologyEx(
        dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    )
    height, width = dark.shape
    spots = []
    for x, y, wide, high, _ in connected(solid.astype(np.uint8)).tolist():
        across, down = (x + wide / 2) / width, (y + high / 2) / height
        is_outside = min(across, 1 - across, down, 1 - down) <= _MARGIN
        if is_outside and max(wide, high) <= _WIDEST * unit:
            spots.append((x, y, x + wide, y + high))
    if not spots:
        return page
    holes, near = np.zeros_like(dark), round(_RIM * unit)
    for x0, top, x1, bottom in spots:
        holes[top:bottom, x0:x1] = solid[top:bottom, x0:x1]
    for x, y, wide, high, _ in connected((small < _LIGHT * paper).astype(np.uint8)).tolist():
        if any(
            x0 - near <= x
            and x + wide <= x1 + near
            and top - near <= y
            and y + high <= bottom + near
            for x0, top, x1, bottom in spots
        ):
            holes[y : y + high, x : x + wide] = 1
    around = 2 * max(1, round(_ROUND * unit)) + 1
    mask = cv2.resize(
        cv2.dilate(holes, np.ones((around, around), np.uint8)),
        page.grey.shape[::-1],
        interpolation=cv2.INTER_NEAREST,
    )
    return replace(page, grey=np.where(mask > 0, np.uint8(paper), page.grey))
