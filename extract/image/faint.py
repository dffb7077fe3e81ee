"""Rulings of faint print, which are lighter than what counts as ink, and of a copy of a copy, which
are broken into dots.

One pixel of such a ruling is hardly darker than the grain of the paper, or is not there at all; the
mean of a few along it is darker.
"""

from __future__ import annotations

import cv2
import numpy as np

from extract.image.levels import median_level
from extract.image.page_image import Grey, ink_mask, paper_of, transposed

# grey levels from paper to the middle of all ink: below this a page's print is faint. Poor scans
# have 90 and more
_FAINT = 75
_AROUND = 31  # pixels whose mean is the paper of the one in their middle
_TOGETHER = 4.0  # points along a ruling that are looked at together, less than lines are apart
# points from a ruling to the strips on both sides that must be lighter: the foot of a row of
# letters has the letters there
_BESIDE = (1.6, 2.8)
_DARKER = 5  # grey levels by which a ruling is darker than that
_GAP = 2.0  # points that the grain hides
_LENGTH = 30.0  # the least length in points: grain, stems and rows of letters make shorter ones


def ink_and_rulings(grey: Grey, unit: float) -> Grey:
    """1 where a page has ink, else 0; on a page of faint print also where a faint ruling is.

    ``unit`` is pixels per point.
    """
    ink = ink_mask(grey)
    inked = grey[::4][ink[::4] > 0]
    if not inked.size or paper_of(grey) - median_level(inked) >= _FAINT:
        return ink
    return with_rulings(grey, ink, unit)


def with_rulings(grey: Grey, ink: Grey, unit: float) -> Grey:
    """The ink of a page and its rulings, faint and broken ones too."""
    darkness = np.asarray(cv2.subtract(cv2.blur(grey, (_AROUND, _AROUND)), grey), np.uint8)
    across = _rulings_across(darkness, unit)
    return np.asarray(ink | across | transposed(_rulings_across(transposed(darkness), unit)))


def _rulings_across(darkness: Grey, unit: float) -> Grey:
    """1 where a straight line along the rows of pixels is darker than what is on both sides."""
    along = cv2.blur(darkness, (round(_TOGETHER * unit), 1))
    near, far = (round(points * unit) for points in _BESIDE)
    strips = cv2.dilate(along, np.ones((far - near + 1, 1), np.uint8))
    away = (near + far) // 2
    framed = cv2.copyMakeBorder(strips, away, away, 0, 0, cv2.BORDER_REPLICATE)
    beside = np.maximum(framed[: -2 * away], framed[2 * away :])
    lines = (cv2.subtract(along, beside) >= _DARKER).astype(np.uint8)
    for operation, points in ((cv2.MORPH_CLOSE, _GAP), (cv2.MORPH_OPEN, _LENGTH)):
        kernel = np.ones((1, round(points * unit)), np.uint8)
        lines = cv2.morphologyEx(lines, operation, kernel).astype(np.uint8)
    return lines
