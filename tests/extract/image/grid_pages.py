"""Pages with a ruled table, drawn and then bent as scanners bend them, for the tests of
the grid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.page_image import PageImage

Floats = NDArray[np.float64]
SIZE = (1654, 2339)  # A4 at 200 dpi
COLUMNS = (150, 260, 700, 1000, 1300, 1500)
ROWS = (400, 480, 620, 800, 900, 1200, 1500, 1900)
Bend = Callable[[Floats, Floats], tuple[Floats, Floats]]


def sheet() -> NDArray[np.uint8]:
    """White paper."""
    return np.full(SIZE[::-1], 245, np.uint8)


def write(grey: NDArray[np.uint8], x: int, y: int, width: int, lines: int = 1) -> None:
    """Lines of words from a place on, each line 34 pixels below the one before."""
    for line in range(lines):
        words = "chuong trinh hanh dong cua tinh"
        while cv2.getTextSize(words, cv2.FONT_HERSHEY_SIMPLEX, 0.7, 2)[0][0] > width and words:
            words = words.rpartition(" ")[0]
        cv2.putText(grey, words, (x, y + 34 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (30,), 2)


def table(
    grey: NDArray[np.uint8],
    columns: Sequence[int] = COLUMNS,
    rows: Sequence[int] = ROWS,
    worded: bool = True,
) -> None:
    """A table with a frame and, where it is ``worded``, a few words in each of its cells."""
    for x in columns:
        cv2.line(grey, (x, rows[0]), (x, rows[-1]), (20,), 2)
    for y in rows:
        cv2.line(grey, (columns[0], y), (columns[-1], y), (20,), 2)
    for top in rows[:-1] if worded else ():
        for left, right in pairwise(columns):
            write(grey, left + 8, top + 34, right - left - 16)


def bent(grey: NDArray[np.uint8], bend: Bend) -> NDArray[np.uint8]:
    """The picture whose point (x, y) shows what stood at ``bend(x, y)``."""
    height, width = grey.shape
    x, y = np.meshgrid(np.arange(width, dtype=float), np.arange(height, dtype=float))
    across, down = bend(x, y)
    shown = cv2.remap(
        grey,
        across.astype(np.float32),
        down.astype(np.float32),
        cv2.INTER_CUBIC,
        borderValue=(245,),
    )
    return np.asarray(shown, np.uint8)


def leaning(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Verticals lean by 0.9 degrees at the left and by -0.3 at the right."""
    lean = np.tan(np.radians(0.9 - 1.2 * x / SIZE[0]))
    return x + lean * (y - SIZE[1] / 2), y


def curled(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Lines of text rise towards the spine at the left, by 14 pixels."""
    return x, y + 14 * np.exp(-x / 400)


def page(grey: NDArray[np.uint8]) -> PageImage:
    """The picture as a page of a scan at 200 dpi."""
    return PageImage(1, grey, 200)
