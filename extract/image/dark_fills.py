"""Fields of a table filled with a dark colour, their words in white, become dark words on paper."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.levels import median_level
from extract.image.page_image import Grey, PageImage, connected, paper_of

_SMALL = 4  # pixels a side that are looked at as one
_DARK = 0.62  # of the paper's grey: the lightest that counts as a dark fill
_LETTERS = 9  # small pixels: in such a square words cover less than half
_FEW = 0.002  # the share of the page under which there is no dark field
_WIDE, _HIGH = 40.0, 9.0  # points: the least size of a dark field
_FULL = 0.8  # the share of its box that a field fills
# the share of a field's pixels that are near its own grey: a photograph's or a seal's are not
_EVEN = 0.5
_NEAR = 22  # grey levels that are near
_NOISE = 8  # grey levels by which a fill is uneven
# how much more a ruling on a dark fill is raised than its words
_FAINT = 2.0
_FRAME = 2  # pixels: a field's edge is a ruling


def without_dark_fills(page: PageImage) -> PageImage:
    """The straight page with its dark fields as light as paper, the words and rulings in
    them dark.
    """
    small = cv2.resize(page.grey, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    paper = paper_of(page.grey)
    dark = (small < _DARK * paper).astype(np.uint8)
    if cv2.countNonZero(dark) < _FEW * dark.size:
        return page
    solid = (cv2.medianBlur(small, _LETTERS) < _DARK * paper).astype(np.uint8)
    least = np.array([_WIDE, _HIGH]) / page.scale / _SMALL
    grey = page.grey
    for x, y, wide, high, area in connected(solid).tolist():
        if x == 0 or y == 0 or x + wide == solid.shape[1] or y + high == solid.shape[0]:
            continue  # it reaches in from the page's border: a shadow
        if wide >= least[0] and high >= least[1] and area >= _FULL * wide * high:
            box = (x * _SMALL, y * _SMALL, (x + wide) * _SMALL, (y + high) * _SMALL)
            grey = _lightened(grey, box, paper)
    return page if grey is page.grey else replace(page, grey=grey)


def _lightened(grey: Grey, box: tuple[int, int, int, int], paper: int) -> Grey:
    """The picture with the dark field that about fills this box turned light.

    Unchanged where the field is not of one even tone.
    """
    level = median_level(grey[box[1] : box[3], box[0] : box[2]])
    x0, top, x1, bottom = _true_box(grey, box, (level + paper) / 2)
    field = grey[top:bottom, x0:x1].astype(np.float32)
    if not field.size or np.mean(np.abs(field - level) <= _NEAR) < _EVEN:
        return grey
    ground = _ground(field)
    off = cv2.GaussianBlur(field, (3, 3), 0) - ground
    lighter = np.maximum(off - _NOISE, 0) * (paper / np.maximum(1.0, paper - ground))
    darker = np.maximum(-off - _NOISE, 0) * (_FAINT * paper / np.maximum(1.0, ground))
    found = grey.copy()
    found[top:bottom, x0:x1] = np.clip(paper - lighter - darker, 0, 255).astype(np.uint8)
    cv2.rectangle(found, (x0, top), (x1 - 1, bottom - 1), (0,), _FRAME)
    return found


def _ground(field: NDArray[np.float32]) -> NDArray[np.float32]:
    """The grey of a field's fill at each of its pixels; it can fade from one end to the other."""
    height, width = field.shape
    small = cv2.resize(
        field.astype(np.uint8), None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA
    )
    filled = cv2.medianBlur(small, 4 * _LETTERS + 1)
    return np.asarray(cv2.resize(filled, (width, height)), np.float32)


def _true_box(
    grey: Grey, box: tuple[int, int, int, int], middle: float
) -> tuple[int, int, int, int]:
    """The box of a dark field to the pixel: the rows and columns whose median is darker than
    ``middle``.
    """
    x0, top, x1, bottom = box
    upper, left = max(0, top - 4 * _SMALL), max(0, x0 - 4 * _SMALL)
    near = grey[upper : bottom + 4 * _SMALL, left : x1 + 4 * _SMALL]
    rows = _extent(np.median(near[:, x0 - left : x1 - left], axis=1) < middle)
    columns = _extent(np.median(near[top - upper : bottom - upper], axis=0) < middle)
    return left + columns[0], upper + rows[0], left + columns[1], upper + rows[1]


def _extent(marked: NDArray[np.bool]) -> tuple[int, int]:
    """From the first to behind the last place that is marked."""
    places = np.flatnonzero(marked)
    return (int(places[0]), int(places[-1]) + 1) if len(places) else (0, 0)
