"""Words that run up or down the page, such as the turned labels of narrow columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points

UPWARDS, DOWNWARDS = 90, 270  # the degrees clockwise by which they must be turned to be upright
_LONG = 3  # letters: a word of so many is wider than high where it is upright
_HIGH = 1.5  # times as high as wide are such words together where they run up or down


def turn_of(words: Sequence[tuple[str, int, Box]]) -> int:
    """The degrees clockwise by which words must be turned to stand upright, 0 for most.

    ``words`` are one witness's in reading order: text, line and box. Words that run up the page
    have each the next one above them, lines that run up the next one at their right.
    """
    boxes = [box for text, _, box in words if len(text) >= _LONG]
    wide, high = (sum(box[end] - box[end - 2] for box in boxes) for end in (2, 3))
    if high <= _HIGH * wide:
        return 0
    up = 0.0
    for (_, line, box), (_, other, following) in pairwise(words):
        if line == other:
            up += box[3] - following[3]
        else:
            up += following[0] - box[0]
    return UPWARDS if up >= 0 else DOWNWARDS


def turned(box: Box, degrees: int) -> Box:
    """A box after the page was turned clockwise about its corner, by 90 or 270 degrees."""
    x0, top, x1, bottom = box
    return (-bottom, x0, -top, x1) if degrees == UPWARDS else (top, -x1, bottom, -x0)
