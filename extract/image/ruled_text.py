"""Cells whose rulings run through their text, as where a row was ruled too low for its words, or a
line that is no ruling was taken for one.

Letters touch a ruling from one side where print is tight, a tail from above, a mark from below.
Where letter after letter goes on at both sides of it, the ruling runs through the text.
"""

from __future__ import annotations

import numpy as np

from extract.image.page_image import connected
from extract.image.rulings import Mask, Rectangle

_BEYOND = 2.0  # points above and below a cell within which its own rulings stray
_BESIDE = 3.0  # points left and right of a cell's middle that upright rulings may take
_THICKEST = 3.0  # points: what is higher is no ruling
# points that a letter goes on beyond a ruling, straight from it; the ruling's own edge is thinner
_REACH = 1.5
_LETTERS = 4  # that go on at both sides of one ruling
_WIDEST = 15.0  # points: the widest of such a letter


def has_ruled_text(box: Rectangle, ink: Mask, rulings: tuple[Mask, Mask], unit: float) -> bool:
    """Whether a ruling along a cell's rows runs through letters, at its edges or inside it.

    ``rulings`` are the strokes along rows and along columns; ``unit`` is pixels per point.
    """
    x0, top, x1, bottom = box
    beyond, beside, reach = (round(length * unit) for length in (_BEYOND, _BESIDE, _REACH))
    rows = slice(max(0, top - beyond - reach), bottom + beyond + reach)
    columns = slice(x0 + beside, max(x0 + beside, x1 - beside))
    across, down = (mask[rows, columns] for mask in rulings)
    if not across.any():
        return False
    letters = np.pad(ink[rows, columns] & ~(across | down) & 1, ((reach, reach), (0, 0)))
    return any(
        _letters_through(across[y : y + high, x : x + wide], letters[:, x : x + wide], y, unit)
        >= _LETTERS
        for x, y, wide, high, _ in connected(np.ascontiguousarray(across)).tolist()
        if high <= _THICKEST * unit
    )


def _letters_through(stroke: Mask, letters: Mask, top: int, unit: float) -> int:
    """How many letters go on at both sides of a stroke.

    ``letters`` has room above and below; the stroke begins ``top`` rows below that room.
    """
    reach = round(_REACH * unit)
    first = stroke.argmax(axis=0) + top + reach
    last = len(stroke) - 1 - stroke[::-1].argmax(axis=0) + top + reach
    at, steps = np.arange(stroke.shape[1]), np.arange(1, reach + 1)[:, np.newaxis]
    above, below = letters[first - steps, at].all(axis=0), letters[last + steps, at].all(axis=0)
    both = stroke.any(axis=0) & above & below
    edges = np.flatnonzero(np.diff(np.concatenate(([0], both.astype(np.int8), [0]))))
    widths = edges[1::2] - edges[::2]
    return int(np.count_nonzero(widths <= _WIDEST * unit))
