"""Signs that engines mix up, decided by the picture.

They are the bar under ≤ and ≥, and the thin tail of a semicolon or comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block
from extract.image.ink import Boxes, ink_boxes
from extract.image.page_image import Grey
from extract.readings import Reading
from schemas.witnesses import FIRST, SECOND

# a bar's share of the sign's width; on four scanners < and > stay under 0.7, and ≤ and ≥ over 0.75
SURE, UNSURE = 0.85, 0.6
# of a letter's height; on six scans 1 of 68 colons reached 0.1, 1 of 1,460 points 0.42
SEMICOLON, MAYBE, COMMA = 0.15, 0.08, 0.45
_DOT = 0.12  # of a letter's height: what is smaller over a comma is a speck
# the most confidence of a word whose colon may be a semicolon, or whose < may be ≤
_DOUBT = 0.5
_SIGN = re.compile(r"[.,:;](?=[\d\")”]|$)")
_TAILED = {":": ";", ".": ","}
_OPEN, _CLOSED = re.compile(r"^[<‹«]+"), re.compile(r"^[>›»]+")


def with_bars(blocks: Sequence[Block], readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings of short blocks with ≤ for < and ≥ for > where a bar lies under the sign.

    Where that is unsure, only the second model's reading is changed, so that they differ, and the
    first's is in doubt.
    """
    shares = {
        block.block_no: bar_share(block.picture)
        for block in blocks
        if block.is_short and block.picture is not None
    }
    for reading in readings:
        share = shares.get(reading.block_no, 0.0)
        is_unsure = UNSURE <= share < SURE and _barred(reading) != reading
        if share >= SURE or (is_unsure and reading.witness == SECOND):
            yield _barred(reading)
        elif is_unsure and reading.witness == FIRST:
            yield _doubted(reading)
        else:
            yield reading


def _doubted(reading: Reading) -> Reading:
    """A reading whose first word is in doubt."""
    first, *rest = reading.words
    doubted = replace(first, confidence=min(first.confidence, _DOUBT))
    return replace(reading, words=(doubted, *rest))


def _barred(reading: Reading) -> Reading:
    if not reading.words:
        return reading
    first, *rest = reading.words
    text = _CLOSED.sub("≥", _OPEN.sub("≤", first.text))
    return replace(reading, words=(replace(first, text=text), *rest))


def bar_share(picture: Grey) -> float:
    """Which share of its width the longest row of ink at the foot of a line's first sign takes.

    Under a bar that is 1.
    """
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


def with_tails(blocks: Sequence[Block], readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings, in the first model's ``;`` for ``:`` and ``,`` for ``.`` where the picture
    shows a tail.

    The other witnesses' readings stay, so that they differ and the word is looked at. A ``;``
    without a dot in the picture is in doubt.
    """
    by_number = {block.block_no: block for block in blocks}
    for reading in readings:
        block = by_number[reading.block_no]
        if (
            reading.witness == FIRST
            and block.picture is not None
            and any(_may_have_tail(word) for word in reading.words)
        ):
            yield replace(
                reading,
                words=tuple(
                    _with_tail(word, block.strokes) if _may_have_tail(word) else word
                    for word in reading.words
                ),
            )
        else:
            yield reading


def _may_have_tail(word: SeenWord) -> bool:
    return any(c in _TAILED or c == ";" for c in _SIGN.findall(word.text)) and any(
        c.isalnum() for c in word.text
    )


def _with_tail(word: SeenWord, strokes: Boxes) -> SeenWord:
    """The word with each sign that has a tail changed.

    Unchanged where it is not clear which stroke is which sign.
    """
    signs, found = list(_SIGN.finditer(word.text)), _strokes_on_baseline(word, strokes)
    if len(signs) == 1 and signs[0].end() == len(word.text):
        found = found[-1:]
    if len(found) != len(signs):
        return word
    text, confidence = list(word.text), word.confidence
    for sign, (depth, dot) in zip(signs, found, strict=True):
        if (sign[0] == ":" and dot and depth - dot > MAYBE) or (
            sign[0] == "." and not dot and depth > COMMA
        ):
            text[sign.start()] = _TAILED[sign[0]]
            confidence = (
                min(confidence, _DOUBT)
                if sign[0] == ":" and depth - dot <= SEMICOLON
                else confidence
            )
        elif sign[0] == ";" and dot < _DOT:  # what was read as its dot is a speck, or none
            confidence = min(confidence, _DOUBT)
    return replace(word, text="".join(text), confidence=confidence)


def _strokes_on_baseline(word: SeenWord, strokes: Boxes) -> list[tuple[float, float]]:
    """The small strokes on a word's baseline from left to right, with the dot above each (0: none).

    A stroke is given by its height and by what of it lies below the baseline, a dot by its height.
    All are shares of a letter's height.
    """
    own = _strokes_of(word, strokes)
    if not len(own):
        return []
    left, top, width, height = own[:, 0], own[:, 1], own[:, 2], own[:, 3]
    bottom = top + height
    letter = float(np.median(height[height > 0.45 * height.max()]))
    base = float(np.median(bottom[height > 0.6 * letter]))
    small = (height < 0.75 * letter) & (width < 0.5 * letter)
    low = (
        small
        & (bottom > base - 0.25 * letter)
        & (top > base - 0.6 * letter)
        & (top < base - 0.08 * letter)
    )
    dots = small & (height < 0.5 * letter) & (top > base - 1.2 * letter)
    found = []
    for n in sorted(np.flatnonzero(low), key=lambda n: left[n]):
        above = (
            dots
            & (np.abs(left + width / 2 - left[n] - width[n] / 2) < 0.25 * letter)
            & (bottom <= top[n] + 1)
        )
        dot = float(height[above][np.argmax(top[above])]) if above.any() else 0.0
        found.append(((float(height[n]) + float(bottom[n]) - base) / letter, dot / letter))
    return found


def _strokes_of(word: SeenWord, strokes: Boxes) -> Boxes:
    """The strokes whose middle stands in a word's box or close to it."""
    middles, centres = strokes[:, 0] + strokes[:, 2] / 2, strokes[:, 1] + strokes[:, 3] / 2
    return strokes[
        (middles > word.x0 - 1)
        & (middles < word.x1 + 2)
        & (centres > word.top - 3)
        & (centres < word.bottom + 6)
    ]
