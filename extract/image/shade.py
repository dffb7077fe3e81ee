"""Paper that lies in shade, as a book's does at its spine or a photographed sheet's, made even."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.page_image import PageImage

_SMALL = 8  # pixels a side that are looked at as one
_WIDE = 42.0  # points: what is dark and narrower is print or a filled field, and no shade
_SHADED = 0.9  # of the paper's grey: the lightest that is shade
_SHARE = 0.03  # of the page from which on its paper is uneven: 0.013 at most where none is
_MOST = 4.0  # times that shade is made lighter at most: what stays dark is no paper


def without_shade(page: PageImage) -> PageImage:
    """The page with its paper as light everywhere as where most light falls on it; any other as it
    is.
    """
    ground = _ground(page)
    paper = float(np.percentile(ground, 90))
    dark = ground < _SHADED * paper
    shade = _from_border(dark)
    if shade.mean() < _SHARE:
        return page
    lighter = np.clip(paper / np.maximum(1.0, ground), 1.0, _MOST).astype(np.float32)
    lighter[dark & ~shade] = 1.0  # a wide filled field
    height, width = page.grey.shape
    gain = cv2.resize(lighter, (width, height), interpolation=cv2.INTER_LINEAR)
    return replace(page, grey=np.clip(page.grey * gain, 0, 255).astype(np.uint8))


def _from_border(dark: NDArray[np.bool]) -> NDArray[np.bool]:
    """What is dark and reaches in from the page's border."""
    _, labels = cv2.connectedComponents(dark.astype(np.uint8))
    edges = (labels[0], labels[-1], labels[:, 0], labels[:, -1])
    return dark & np.isin(labels, np.unique(np.concatenate(edges)))


def _ground(page: PageImage) -> NDArray[np.float32]:
    """The grey of the paper at each square of small pixels."""
    small = cv2.resize(page.grey, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    side = 2 * round(_WIDE / page.scale / _SMALL / 2) + 1
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    return np.asarray(cv2.GaussianBlur(closed, (0, 0), side / 6), np.float32)
