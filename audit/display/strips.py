"""Which piece of a page is shown for a doubtful place, and where in it the place is outlined."""

from __future__ import annotations

from audit.published.folder import Box

_WIDTH = 330.0  # points of the page shown: about six words on each side, as wide as a page allows
_LINES = 1.25  # heights of the word shown above and below it
_LEAST_AROUND = 9.0  # points above and below
_TALLEST = 150.0  # points of a cell of many lines; the rest is seen on the page itself
_PAD = 1.5  # points between a word and its outline


def strip_around(box: Box, page_width: float, page_height: float) -> Box:
    """The piece of the page around a box that has a position: its line with its neighbours.

    >>> strip_around(Box(1, 300, 100, 330, 110), 595, 842)
    Box(page_no=1, x0=150.0, top=87.5, x1=480.0, bottom=122.5)
    """
    x0, top, x1, bottom = _sides(box)
    bottom = min(bottom, top + _TALLEST)
    around = max(_LEAST_AROUND, _LINES * min(bottom - top, 14.0))
    width = min(page_width, max(_WIDTH, x1 - x0 + 2 * _LEAST_AROUND))
    left = min(max(0.0, (x0 + x1 - width) / 2), page_width - width)
    return Box(
        box.page_no,
        round(left, 1),
        round(max(0.0, top - around), 1),
        round(left + width, 1),
        round(min(page_height, bottom + around), 1),
    )


def outline_in(box: Box, crop: Box) -> list[float]:
    """A box within a piece: left, top, width and height in percent of the piece's sides."""
    x0, top, x1, bottom = _sides(box)
    left, upper, right, lower = _sides(crop)
    across, down = 100 / (right - left), 100 / (lower - upper)
    sides = (
        (x0 - _PAD - left) * across,
        (top - _PAD - upper) * down,
        (min(x1 + _PAD, right) - x0 + _PAD) * across,
        (min(bottom + _PAD, lower) - top + _PAD) * down,
    )
    return [round(side, 2) for side in sides]


def _sides(box: Box) -> tuple[float, float, float, float]:
    return (box.x0 or 0.0, box.top or 0.0, box.x1 or 0.0, box.bottom or 0.0)
