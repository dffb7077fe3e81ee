"""What a scanner shows around a sheet of paper: a black frame, a lid's shadow, the sheet's edge."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.page_image import PageImage, connected, paper_of

_SMALL = 8  # pixels a side that are looked at as one
_DARK = 0.75  # of the paper's grey: the lightest that a thick edge is
_BORDER = 11.0  # points from the border of the page within which a stroke can be the sheet's edge
_BESIDE = 4  # pixels beside such a stroke that are looked at
_MET = 2  # strokes that must run up to it for it to be a table's frame
# of the paper's grey: what is darker is no shadow but black; and by how much small pixels with
# letters differ from those around them
_BLACK, _UNEVEN = 0.3, 0.04
_PRINTED = 0.02  # the share of such small pixels from which on a shadow has print in it
_FEW = 30  # small pixels inside an area that tell nothing
Mask = NDArray[np.uint8]


def without_edges(page: PageImage) -> PageImage:
    """The page with the thick dark areas that reach in from its border painted as paper."""
    height, width = page.grey.shape
    small = np.asarray(
        cv2.resize(page.grey, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA),
        np.uint8,
    )
    paper = paper_of(page.grey)
    edges = _reaching_in(_thick(small < _DARK * paper))
    if edges.any():
        edges = _without_print(edges, small, paper)
    if not edges.any():
        return page
    wide = cv2.dilate(edges, np.ones((3, 3), np.uint8))
    mask = cv2.resize(wide, (width, height), interpolation=cv2.INTER_NEAREST)
    return replace(page, grey=np.where(mask > 0, np.uint8(paper), page.grey))


def _thick(dark: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """1 where a dark area is more than one small pixel thick, or may be beyond the border."""
    framed = np.pad(dark.astype(np.uint8), 2, mode="edge")
    opened = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return np.asarray(opened[2:-2, 2:-2], np.uint8)


def _reaching_in(dark: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Those connected areas of a mask that touch its border."""
    _, labels = cv2.connectedComponents(dark, connectivity=4)
    border = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    found = np.isin(labels, np.unique(border[border > 0]))
    return np.asarray(found, np.uint8)


def _without_print(
    edges: NDArray[np.uint8], small: NDArray[np.uint8], paper: int
) -> NDArray[np.uint8]:
    """The areas of a mask but for shadows on the sheet that have print in them, which is read.

    What is black of such an area, as far as it reaches in from the border, stays one.
    """
    uneven = cv2.absdiff(small, cv2.medianBlur(small, 5)) > _UNEVEN * paper
    inner = cv2.erode(edges, np.ones((5, 5), np.uint8)) > 0
    count, labels = cv2.connectedComponents(edges, connectivity=4)
    kept = edges.copy()
    black = _reaching_in(_thick(small < _BLACK * paper))
    for number in range(1, count):
        area = inner & (labels == number)
        if np.count_nonzero(area) < _FEW or np.median(small[area]) < _BLACK * paper:
            continue
        if uneven[area].mean() >= _PRINTED:
            kept[(labels == number) & (black == 0)] = 0
    return kept


def clear_border(across: Mask, down: Mask, scale: float) -> None:
    """Remove the edge of the sheet from the masks of strokes along rows and along columns.

    An edge is a stroke at the border of the page that fewer than two strokes from inside run up to;
    more of them run up to the frame of a table. ``scale`` is points per pixel.
    """
    near = round(_BORDER / scale)
    _clear_sides(down, across, near)
    _clear_sides(across.T, down.T, near)


def _clear_sides(strokes: Mask, crossing: Mask, near: int) -> None:
    """Remove strokes at the left and right border that fewer than two strokes of ``crossing`` run
    up to.
    """
    width = strokes.shape[1]
    for first in (0, width - near):
        for x, y, wide, high, _ in connected(
            np.ascontiguousarray(strokes[:, first : first + near])
        ).tolist():
            if (x + wide if first == 0 else near - x) >= near:  # it runs on inside
                continue
            inner = x + wide + 1 if first == 0 else first + x - 1 - _BESIDE
            rows = slice(max(near, y - _BESIDE), min(y + high + _BESIDE, len(crossing) - near))
            met = crossing[rows, inner : inner + _BESIDE].any(axis=1)
            if np.count_nonzero(np.diff(met.astype(np.int8), prepend=0) == 1) < _MET:
                strokes[y : y + high, first + x : first + x + wide] = 0
