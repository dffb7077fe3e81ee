"""Text lines in a grey picture of a cell or a paragraph, and the pictures cut out of them."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.levels import median_level
from extract.image.page_image import Grey, connected

# paper around a line as a share of its height: none costs some three words in a hundred, 0.35 as
# many; 0.15 and 0.2 are alike
ROOM = 0.15
_SPECK = 3  # pixels of ink: the dot of an i has nine on a scan of 150 dpi
_FAINTEST = 50  # grey levels between paper and ink; noise on blank paper stays below

Boxes = NDArray[np.int32]  # shape (strokes, 5): left, top, width, height, area in pixels


def word_window(spans: Sequence[tuple[float, float]], first: int, last: int) -> tuple[float, float]:
    """The left and right edge at which words ``first`` to ``last`` are cut out of a line.

    The cut is halfway to the words beside them, or a little beyond the line.
    """
    beyond = (spans[last][1] - spans[first][0]) * 0.02 + 4
    left = spans[first][0] - beyond if first == 0 else (spans[first - 1][1] + spans[first][0]) / 2
    right = (
        spans[last][1] + beyond
        if last == len(spans) - 1
        else (spans[last][1] + spans[last + 1][0]) / 2
    )
    return left, right


def split_lines(cell: Grey) -> list[tuple[int, int]]:
    """The text lines of a grey cell or paragraph as (top, bottom) rows with some room, bottom
    exclusive.

    An empty list where it is blank.
    """
    strokes = _without_rulings(ink_boxes(cell), cell.shape)
    if len(strokes) == 0:
        return []
    height = _letter_height(strokes)
    letters = strokes[(strokes[:, 3] > 0.55 * height) & (strokes[:, 3] < 2.2 * height)]
    return [
        _with_room(rows, cell.shape[0])
        for rows in _strokes_to_rows(strokes, _letters_to_centres(letters, height), height)
    ]


def ink_boxes(picture: Grey) -> Boxes:
    """Connected strokes as rows of left, top, width, height, area, without specks.

    No rows where the darkest pixel is hardly darker than paper.
    """
    ink = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    if not ink.any() or median_level(picture) - cv2.mean(picture, ink)[0] < _FAINTEST:
        return np.empty((0, 5), dtype=np.int32)
    found = connected(np.asarray(ink, dtype=np.uint8))
    return found[found[:, 4] > _SPECK]


def _without_rulings(strokes: Boxes, shape: tuple[int, ...]) -> Boxes:
    """Without the rests of rulings along the edges of a cell."""
    wide, tall = strokes[:, 2], strokes[:, 3]
    ruling = ((wide > 0.5 * shape[1]) & (tall < 6)) | ((tall > 0.9 * shape[0]) & (wide < 6))
    return strokes[~ruling]


def _letter_height(strokes: Boxes) -> float:
    """The height of the stroke in which the middle pixel of ink lies.

    Letters hold most of the ink, however many dots, specks and slivers there are.
    """
    by_height = strokes[np.argsort(strokes[:, 3], kind="stable")]
    ink = np.cumsum(by_height[:, 4])
    return float(by_height[np.searchsorted(ink, ink[-1] / 2), 3])


def _letters_to_centres(letters: Boxes, height: float) -> NDArray[np.float64]:
    """The height of each line's middle: between two lines the letters' sorted middles leave a gap.

    It lies a little above the letters' own middle, because marks stacked on a capital reach further
    up than a dot below reaches down.
    """
    middles = np.sort(letters[:, 1] + letters[:, 3] / 2)
    lines = np.split(middles, np.flatnonzero(np.diff(middles) > 0.5 * height) + 1)
    return np.array([np.median(line) for line in lines]) - 0.1 * height


def _strokes_to_rows(
    strokes: Boxes, centres: NDArray[np.float64], height: float
) -> list[tuple[int, int]]:
    """Each line from top to bottom of the strokes nearest to its centre, without specks far from
    all.
    """
    distances = np.abs(strokes[:, 1] + strokes[:, 3] / 2 - centres[:, np.newaxis])
    near = distances.min(axis=0) < 1.3 * height
    lines = [strokes[near & (distances.argmin(axis=0) == number)] for number in range(len(centres))]
    return [
        (int(line[:, 1].min()), int((line[:, 1] + line[:, 3]).max()))
        for line in lines
        if len(line) > 0
    ]


def _with_room(rows: tuple[int, int], height: int) -> tuple[int, int]:
    room = round(ROOM * (rows[1] - rows[0]))
    return max(0, rows[0] - room), min(height, rows[1] + room)
