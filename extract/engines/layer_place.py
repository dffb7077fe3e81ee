"""Whether a text layer lies where its words are printed: it is believed, moved or left out."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block
from extract.image.levels import median_level

_FEWEST = 8  # words read alike: with fewer the layer's place cannot be told
_REACH = 4.0  # lines of text, up, down and to either side, by which a layer may be out of place
_NEAR = 0.4  # of a line's height: words that near each other are the same printed word
# of the layer's words must be read alike at their place; a bad layer has one wrong word in five
_SHARE = 0.5
_WORTH = 1.5  # so many times as many words must be met elsewhere before a layer is moved
_CONTRAST = 45.0  # grey levels by which ink is darker than the paper
_INKED = 0.02  # of the pixels under a word
_EVERY = 3  # rows and columns of which one is looked at to tell the paper
_Offset = tuple[float, float]


def settled(words: Sequence[SeenWord], seen: Sequence[SeenWord]) -> list[SeenWord]:
    """The words of a page's layer where they are printed, as far as a reading of the page can tell.

    ``seen`` are the first model's words; all boxes are in pixels of the page. A layer that was
    filed a line too low is moved up by a line. If its words are found nowhere near, the whole
    page's layer is left out.
    """
    height = _line_height(words)
    ways = _ways(words, seen, _REACH * height)
    if len(np.unique(ways[:, 0])) < _FEWEST:
        return list(words)
    comparable = sum(_key(word) != "" for word in words)
    offset = _likeliest(ways, _NEAR * height)
    here, there = (_met(ways, at, _NEAR * height) for at in ((0.0, 0.0), offset))
    if there > _WORTH * here and there > _SHARE * comparable:
        return [_moved(word, offset) for word in words]
    return list(words) if here > _SHARE * min(comparable, len(seen)) else []


def on_ink(block: Block, words: Sequence[SeenWord]) -> list[SeenWord]:
    """A layer's words of a block under which there is ink: none where the block is blank."""
    if block.picture is None:
        return []
    paper = median_level(block.picture[::_EVERY, ::_EVERY])
    dark = (block.picture < paper - _CONTRAST).astype(np.uint8)
    # the dark pixels above and to the left of each: four of these tell a word's
    counts = cv2.integral(dark)
    return [word for word in words if _dark_share(block, word, counts) > _INKED]


def _dark_share(block: Block, word: SeenWord, counts: NDArray[Any]) -> float:
    """The share of dark pixels under a word."""
    height, width = counts.shape[0] - 1, counts.shape[1] - 1
    top, bottom = (min(height, max(0, round(y) - block.top)) for y in (word.top, word.bottom))
    left, right = (min(width, max(0, round(x) - block.left)) for x in (word.x0, word.x1))
    pixels = max(0, bottom - top) * max(0, right - left)
    if not pixels:
        return 0.0
    dark = counts[bottom, right] - counts[top, right] - counts[bottom, left] + counts[top, left]
    return float(dark / pixels)


def _line_height(words: Sequence[SeenWord]) -> float:
    return float(np.median([word.bottom - word.top for word in words])) if words else 0.0


def _key(word: SeenWord) -> str:
    """What two readings of a word have in common if one has a mark wrong: its letters without
    marks.

    Empty for words of one letter.
    """
    letters = [c for c in unicodedata.normalize("NFD", word.text.casefold()) if c.isalnum()]
    return "".join(letters) if len(letters) > 1 else ""


def _ways(words: Sequence[SeenWord], seen: Sequence[SeenWord], reach: float) -> NDArray[np.float64]:
    """The shifts from words of the layer to words nearby that read alike.

    Rows of the word's number, the way across and the way down: shape (ways, 3).
    """
    by_key: dict[str, list[SeenWord]] = defaultdict(list)
    for word in seen:
        by_key[_key(word)].append(word)
    found = [
        (number, *_way(word, other))
        for number, word in enumerate(words)
        if (key := _key(word))
        for other in by_key.get(key, ())
    ]
    ways = np.array(found, dtype=float).reshape(-1, 3)
    return _close(ways, np.zeros(2), reach)


def _way(word: SeenWord, other: SeenWord) -> _Offset:
    """The way from a word's middle to another's."""
    return (
        (other.x0 + other.x1 - word.x0 - word.x1) / 2,
        (other.top + other.bottom - word.top - word.bottom) / 2,
    )


def _likeliest(ways: NDArray[np.float64], near: float) -> _Offset:
    """The way that most words of the layer have to a word read alike."""
    steps = np.round(ways[:, 1:] / near)
    places, counts = np.unique(steps, axis=0, return_counts=True)
    best, most = (0.0, 0.0), -1
    for step in places[np.argsort(-counts, kind="stable")[:5]]:
        middle = np.median(_close(ways, step * near, near)[:, 1:], axis=0)
        at = (float(middle[0]), float(middle[1]))
        met = _met(ways, at, near)
        if met > most:
            best, most = at, met
    return best


def _met(ways: NDArray[np.float64], offset: _Offset, near: float) -> int:
    """How many words of the layer meet a word read alike when all are moved by ``offset``."""
    return len(np.unique(_close(ways, np.array(offset), near)[:, 0]))


def _close(
    ways: NDArray[np.float64], offset: NDArray[np.float64], near: float
) -> NDArray[np.float64]:
    """The ways that differ from ``offset`` by at most ``near`` in either direction."""
    return np.asarray(ways[np.abs(ways[:, 1:] - offset).max(axis=1, initial=0.0) <= near])


def _moved(word: SeenWord, offset: _Offset) -> SeenWord:
    across, down = offset
    return replace(
        word,
        x0=word.x0 + across,
        top=word.top + down,
        x1=word.x1 + across,
        bottom=word.bottom + down,
    )
