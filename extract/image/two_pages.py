"""Sheets that show two pages side by side, as a book on a scanner's glass or a print with two
pages a sheet does.

Read as one page their lines and tables would run into each other. Told by what stands there: a
gutter without print runs down the whole of the sheet near its middle, and either side of it is full
of lines or rulings of its own. A landscape page has a table, a title or its number across the
middle; a letter's two columns of heads or signatures are short lines.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.page_image import Grey, PageImage, connected, ink_mask

_WIDE = 1.15  # times as wide as high is a sheet with two pages, at least
_SMALL = 2  # pixels a side that are looked at as one
_MIDDLE = (0.4, 0.6)  # the share of the sheet's width within which the gutter's middle lies
_GUTTER = 18.0  # points: the least width of a gutter
_LETTER = (2.5, 40.0)  # points: the height of print; what is lower is a speck or a streak's piece
_STREAK = 4.0  # points: the width of a fold, or of a streak down the sheet
_SPINE = (30.0, 0.6)  # points: the width of a spine's shadow; the share of the height it has
_JOINED = 9.0  # points: what stands no further apart in a line is one line
_LINE = 0.5  # of a side's width: the least length of its full lines and rulings
_LINES = 6  # full lines or rulings that make a side a page


def is_two_pages(page: PageImage) -> bool:
    """Whether a straightened sheet shows two pages side by side."""
    height, width = page.grey.shape
    if width < _WIDE * height:
        return False
    small = cv2.resize(
        page.grey, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA
    ).astype(np.uint8)
    unit = 1 / (page.scale * _SMALL)
    print_only = _print(small, unit)
    gutter = _gutter(print_only, unit)
    if gutter is None:
        return False
    sides = (print_only[:, : gutter[0]], print_only[:, gutter[1] :])
    return all(_full_lines(side, unit) >= _LINES for side in sides)


def _print(grey: Grey, unit: float) -> Grey:
    """1 where letters or rulings are, without specks, folds and streaks down the sheet.

    ``unit`` is pixels per point.
    """
    ink = ink_mask(grey)
    print_only = np.zeros_like(ink)
    for x, y, wide, high, _ in connected(ink).tolist():
        is_fold = wide <= _STREAK * unit and high > _LETTER[1] * unit
        is_spine = wide <= _SPINE[0] * unit and high > _SPINE[1] * len(grey)
        if max(wide, high) >= _LETTER[0] * unit and not (is_fold or is_spine):
            print_only[y : y + high, x : x + wide] |= ink[y : y + high, x : x + wide]
    return print_only


def _gutter(print_only: Grey, unit: float) -> tuple[int, int] | None:
    """The widest band near the sheet's middle, from its top to its foot, without print."""
    blank = np.concatenate(([False], ~print_only.any(axis=0), [False]))
    edges = np.flatnonzero(np.diff(blank.astype(np.int8))).reshape(-1, 2)
    width = print_only.shape[1]
    middles = edges.mean(axis=1) / width
    near = edges[(middles >= _MIDDLE[0]) & (middles <= _MIDDLE[1])]
    if not len(near):
        return None
    first, last = near[np.argmax(near[:, 1] - near[:, 0])].tolist()
    return (first, last) if last - first >= _GUTTER * unit else None


def _full_lines(side: Grey, unit: float) -> int:
    """How many lines of text or rulings of a table run over most of a side's print."""
    columns = np.flatnonzero(side.any(axis=0))
    if not len(columns):
        return 0
    joined = cv2.morphologyEx(
        side, cv2.MORPH_CLOSE, np.ones((1, max(1, round(_JOINED * unit))), np.uint8)
    )
    longest = np.array([_longest_run(row) for row in joined])
    is_full = longest >= _LINE * (columns[-1] - columns[0])
    return int(np.count_nonzero(np.diff(is_full.astype(np.int8), prepend=0) == 1))


def _longest_run(row: NDArray[np.uint8]) -> int:
    """The length of the longest run of ink in a row of pixels."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row, [0])).astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max(initial=0))
