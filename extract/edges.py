"""What a scanner shows of itself round a sheet of paper: a black frame, a lid's shadow, the sheet's own edge."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages import Grey, PageImage, connected, paper_of

_SMALL = 8  # pixels a side that are looked at as one
_DARK = 0.75  # of the paper's grey: the lightest that a thick edge is
_BORDER = 11.0  # points from the border of the page within which a stroke is the sheet's edge


def without_edges(page: PageImage) -> PageImage:
    """The page with the thick dark areas that reach in from its border painted as paper."""
    height, width = page.grey.shape
    small = cv2.resize(page.grey, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    paper = paper_of(page.grey)
    dark = (small < _DARK * paper).astype(np.uint8)
    thick = cv2.morphologyEx(np.pad(dark, 2, mode="edge"), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    edges = _reaching_in(thick[2:-2, 2:-2])
    if not edges.any():
        return page
    wide = cv2.dilate(edges, np.ones((3, 3), np.uint8))
    mask = cv2.resize(wide, (width, height), interpolation=cv2.INTER_NEAREST)
    return replace(page, grey=np.where(mask > 0, np.uint8(paper), page.grey))


def _reaching_in(dark: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Those connected areas of a mask that touch its border."""
    _, labels = cv2.connectedComponents(dark, connectivity=4)
    border = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    found = np.isin(labels, np.unique(border[border > 0]))
    return np.asarray(found, np.uint8)


def clear_border(strokes: NDArray[np.uint8], scale: float) -> None:
    """Take the strokes out of a mask that lie at the border of the page, at ``scale`` points per pixel."""
    height, width = strokes.shape
    near = round(_BORDER / scale)
    for x, y, wide, high, _ in connected(strokes).tolist():
        if x + wide <= near or y + high <= near or x >= width - near or y >= height - near:
            strokes[y : y + high, x : x + wide] = 0
