"""The bar under ≤ and ≥: the engines know only < and >, so the picture is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from extract.blocks import Block
from extract.lines import ink_boxes
from extract.pages import Grey
from extract.readings import BINARY, Reading

SURE, UNSURE = 0.85, 0.6  # a bar's share of the sign's width; on four scanners < and > stay under 0.7, and ≤ and ≥ over 0.75
_OPEN, _CLOSED = re.compile(r"^[<‹«]+"), re.compile(r"^[>›»]+")


def with_bars(blocks: Sequence[Block], readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings of short blocks with ≤ for < and ≥ for > where a bar lies under the sign; where that is unsure, in one witness's alone."""
    shares = {block.block_no: bar_share(block.picture) for block in blocks if block.is_short and block.picture is not None}
    for reading in readings:
        share = shares.get(reading.block_no, 0.0)
        yield _barred(reading) if share >= SURE or (share >= UNSURE and reading.witness == BINARY) else reading


def _barred(reading: Reading) -> Reading:
    if not reading.words:
        return reading
    first, *rest = reading.words
    text = _CLOSED.sub("≥", _OPEN.sub("≤", first.text))
    return replace(reading, words=(replace(first, text=text), *rest))


def bar_share(picture: Grey) -> float:
    """How much of its width the longest row of ink at the foot of a line's first sign takes: all where that is a bar."""
    strokes = ink_boxes(picture)
    if not len(strokes):
        return 0.0
    height = int(strokes[:, 3].max())
    signs = strokes[strokes[:, 3] > 0.3 * height]
    left, width = (int(edge) for edge in signs[signs[:, 0].argmin(), [0, 2]])
    width = min(width, round(0.75 * height))  # a sign can touch the figure after it
    middles = strokes[:, 0] + strokes[:, 2] / 2
    over = strokes[(middles > left) & (middles < left + width)]
    if width < 0.4 * height or not len(over):
        return 0.0
    top, bottom = int(over[:, 1].min()), int((over[:, 1] + over[:, 3]).max())
    ink = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1] > 0
    foot = ink[bottom - max(2, round(0.3 * (bottom - top))) : bottom, left : left + width]
    return float(np.mean(foot, axis=1).max())
