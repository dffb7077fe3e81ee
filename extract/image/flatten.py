"""Pages made upright, straight and flat.

They are turned, their skew is undone, and then the lean and bend of their rulings.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from extract.image.dark_fills import without_dark_fills
from extract.image.edges import without_edges
from extract.image.faint import ink_and_rulings
from extract.image.holes import without_holes
from extract.image.lines_across import lines_across, segments_on
from extract.image.overprint import without_marks
from extract.image.page_image import (
    Grey,
    PageImage,
    paper_of,
    straighten,
    turn_page,
    without_dots,
    without_streaks,
)
from extract.image.rulings import GridSettings, ruling_masks
from extract.image.shade import without_shade
from extract.image.warp import measure_warp
from schemas.warp import Warp

# points: the least length of a stroke whose lean is measured; no letter's is as long
_MEASURED = 40.0
_ENOUGH = 3.0  # of the page's width: what whole strokes along the rows of a ruled page have
_READABLE = 16  # pixels: pictures of fewer a side have nothing to measure


def page_to_read(drawn: PageImage) -> PageImage:
    """A drawn page as it is to be read: flat, without shade, streaks, dark edges, punched
    holes, marks of seals, dark fills. One so small that no letter stands on it stays as it is.
    """
    if min(drawn.grey.shape) < _READABLE:
        return drawn
    scanned = without_holes(without_edges(without_streaks(without_shade(without_dots(drawn)))))
    flat = flatten(scanned, GridSettings())
    upright, first = (turn_page(one, (flat.turn - one.turn) % 360) for one in (scanned, drawn))
    across = segments_on(flat, lines_across(upright, first.grey))
    clean = replace(flat, grey=without_marks(flat.grey, flat.dpi), across=across)
    return without_dark_fills(clean)


def flatten(page: PageImage, settings: GridSettings) -> PageImage:
    """The page as it is read: text along the rows of pixels, rulings along rows and columns."""
    straight = straighten(page)
    unit = 1 / straight.scale
    ink = ink_and_rulings(straight.grey, unit)
    across, down = ruling_masks(ink, settings, unit, _ENOUGH)
    warp = measure_warp(across, down, straight.scale, _MEASURED)
    if warp is None:
        return straight
    upright = turn_page(page, straight.turn - page.turn)
    return replace(straight, grey=_warped(upright.grey, straight, warp), warp=warp)


def _warped(grey: Grey, straight: PageImage, warp: Warp) -> Grey:
    """An upright picture straightened and flattened in one step, so that letters are blurred only
    once.
    """
    height, width = grey.shape
    places = warp.places(grey.shape, straight.scale)
    if straight.skew:
        turning = cv2.getRotationMatrix2D((width / 2, height / 2), straight.skew, 1.0)
        places = np.asarray(cv2.transform(places, cv2.invertAffineTransform(turning)), np.float32)
    paper = paper_of(grey)
    found = cv2.remap(grey, places, np.empty(0), cv2.INTER_CUBIC, borderValue=(paper,))
    return np.asarray(found, np.uint8)
