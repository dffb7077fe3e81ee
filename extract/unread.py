"""Ink as large as letters that no witness read.

Its place is put among the words, so that nothing is lost without a doubt.

Long: what is print, what is a mark, and the place of either use the same strokes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block
from extract.image.levels import share_below
from extract.image.page_image import connected
from schemas.witnesses import UNREAD

MARK = UNREAD
_SURE = 0.3  # the confidence from which on a word's letters show how dark print is
# of a line's height: what is lower is a mark or a dot, what is higher a ruling or a seal
_LETTER = (0.35, 1.35)
_WIDEST = 2.2  # of a line's height: letters that touch
_READ = 0.6  # of a place's width that other witnesses' words lie over
_ASKED = 12  # words whose darkness is looked at
_FULL = (0.1, 0.8)  # the share of its box that a letter fills; a bar fills all
_ROOM = 0.25  # of a line's height around a word that its box can be too small by
# of a line's height beside a line of prose; further off are margins, seals and signatures
_REACH = 1.5
# a dash's least and greatest width and greatest height, of a line's height
_DASH = (0.25, 0.9, 0.22)
_FAINTEST = 50.0  # grey levels between paper and print; noise on blank paper stays below
_POINTS = 10.0  # a line's height where no word was read
Boxes = NDArray[np.float64]  # shape (n, 4): x0, top, x1, bottom in pixels of the page


@dataclass(frozen=True)
class _Line:
    """The words of one line, from left to right; edges in pixels of the page."""

    line_no: int
    top: float
    bottom: float
    words: tuple[SeenWord, ...]


def unread_places(block: Block, words: Sequence[SeenWord]) -> list[SeenWord]:
    """Where a block holds ink as large as letters, or a dash between words, under none of
    ``words``.

    ``words`` are all that was read of the block. Each place is a word with the text ``MARK`` and no
    confidence, in the line in which it stands, or in a line of its own.
    """
    if block.picture is None:
        return []
    height = _height(block, words)
    strokes = _strokes(block, words)
    letters = strokes[_are_letters(strokes, height)]
    lines = _lines(words)
    loose = letters[~_covered(letters, words, _ROOM * height, block)]
    found = [
        *_in_lines(lines, loose, height, block),
        *_dashes(lines, strokes, words, height, block),
    ]
    if block.cell.table_no:
        found += _beside_lines(lines, loose, height)
    return found


def still_unread(places: Sequence[SeenWord], words: Sequence[SeenWord]) -> list[SeenWord]:
    """The places over most of which none of ``words`` lies."""
    return [place for place in places if _share_read(place, words) < _READ]


def _share_read(place: SeenWord, words: Sequence[SeenWord]) -> float:
    """The share of a place's width over which words of its line lie."""
    middle = (place.top + place.bottom) / 2
    spans = sorted((word.x0, word.x1) for word in words if word.top < middle < word.bottom)
    read, reached = 0.0, place.x0
    for x0, x1 in spans:
        read += max(0.0, min(x1, place.x1) - max(x0, reached))
        reached = max(reached, min(x1, place.x1))
    return read / max(1.0, place.x1 - place.x0)


def _height(block: Block, words: Sequence[SeenWord]) -> float:
    heights = [word.bottom - word.top for word in words if word.confidence >= _SURE]
    return median(heights) if heights else _POINTS / block.scale


def _strokes(block: Block, words: Sequence[SeenWord]) -> Boxes:
    """Connected strokes as dark as the block's print, with the share of their box that they fill.

    Shape (n, 5).
    """
    assert block.picture is not None
    paper = share_below(block.picture, 0.5)
    dark = print_level(block, words)
    if paper - dark < _FAINTEST:
        return np.empty((0, 5))
    ink = cv2.threshold(block.picture, (paper + dark) / 2, 1, cv2.THRESH_BINARY_INV)[1].astype(
        np.uint8
    )
    found = connected(ink).astype(float)
    left, top, width, high, area = found.T
    x0, y0 = left + block.left, top + block.top
    return np.column_stack((x0, y0, x0 + width, y0 + high, area / np.maximum(1.0, width * high)))


def print_level(block: Block, words: Sequence[SeenWord]) -> float:
    """How dark the print is in the words that were read; without words, the block's
    darkest pixels.
    """
    assert block.picture is not None
    sure = [word for word in words if word.confidence >= _SURE]
    parts = []
    for word in sure[:: max(1, len(sure) // _ASKED)]:
        rows = slice(max(0, round(word.top) - block.top), max(0, round(word.bottom) - block.top))
        columns = slice(max(0, round(word.x0) - block.left), max(0, round(word.x1) - block.left))
        if block.picture[rows, columns].size:
            parts.append(share_below(block.picture[rows, columns], 0.05))
    return median(parts) if parts else share_below(block.picture, 0.01)


def _are_letters(strokes: Boxes, height: float) -> NDArray[np.bool_]:
    wide, high, full = strokes[:, 2] - strokes[:, 0], strokes[:, 3] - strokes[:, 1], strokes[:, 4]
    is_size = (
        (high > _LETTER[0] * height) & (high < _LETTER[1] * height) & (wide < _WIDEST * height)
    )
    return np.asarray(is_size & (wide > 0.08 * height) & (full > _FULL[0]) & (full < _FULL[1]))


def _covered(
    strokes: Boxes, words: Iterable[SeenWord], room: float, block: Block
) -> NDArray[np.bool_]:
    """Which strokes of a block have their middle in a word's box, or a little beside it."""
    assert block.picture is not None
    if not len(strokes):
        return np.zeros(0, dtype=bool)
    boxes = np.zeros(block.picture.shape, dtype=bool)
    for word in words:
        rows = slice(
            max(0, round(word.top - room) - block.top),
            max(0, round(word.bottom + room) - block.top),
        )
        boxes[
            rows,
            max(0, round(word.x0 - room) - block.left) : max(0, round(word.x1 + room) - block.left),
        ] = True
    x, y = (
        (strokes[:, 0] + strokes[:, 2]) / 2 - block.left,
        (strokes[:, 1] + strokes[:, 3]) / 2 - block.top,
    )
    return np.asarray(boxes[y.astype(int), x.astype(int)])


def _lines(words: Sequence[SeenWord]) -> list[_Line]:
    """The words of the witness with most of them, line by line."""
    by_line: dict[int, list[SeenWord]] = {}
    for word in words:
        by_line.setdefault(word.line_no, []).append(word)
    return [
        _Line(
            line_no,
            median(word.top for word in own),
            median(word.bottom for word in own),
            tuple(sorted(own, key=lambda word: word.x0)),
        )
        for line_no, own in by_line.items()
    ]


def _in_lines(
    lines: Sequence[_Line], loose: Boxes, height: float, block: Block
) -> Iterator[SeenWord]:
    """Loose letters that stand in a line, those beside each other as one place."""
    middle = (loose[:, 1] + loose[:, 3]) / 2
    taken = np.zeros(len(loose), dtype=bool)
    for line in lines:
        own = (middle > line.top) & (middle < line.bottom) & ~taken
        taken |= own
        for place in _groups(loose[own], height):
            if block.cell.table_no or _is_near(place, line, _REACH * height):
                yield _mark(place, line.line_no)


def _beside_lines(lines: Sequence[_Line], loose: Boxes, height: float) -> Iterator[SeenWord]:
    """Loose letters in a cell where no line was read, at least two beside each other."""
    middle = (loose[:, 1] + loose[:, 3]) / 2
    inside = np.zeros(len(loose), dtype=bool)
    for line in lines:
        inside |= (middle > line.top - 0.3 * height) & (middle < line.bottom + 0.3 * height)
    rest, number = loose[~inside], max((line.line_no for line in lines), default=0)
    while len(rest):
        y = (rest[0, 1] + rest[0, 3]) / 2
        level = np.abs((rest[:, 1] + rest[:, 3]) / 2 - y) < 0.6 * height
        number += 1
        if level.sum() > 1:
            yield from (_mark(place, number) for place in _groups(rest[level], height))
        rest = rest[~level]


def _dashes(
    lines: Sequence[_Line], strokes: Boxes, words: Sequence[SeenWord], height: float, block: Block
) -> Iterator[SeenWord]:
    """Dashes between two words of a line that no witness read."""
    wide, high = strokes[:, 2] - strokes[:, 0], strokes[:, 3] - strokes[:, 1]
    is_dash = (
        (wide > _DASH[0] * height)
        & (wide < _DASH[1] * height)
        & (high < _DASH[2] * height)
        & (strokes[:, 4] > 0.6)
    )
    flat = strokes[is_dash & (wide > 2.0 * high)]
    flat = flat[~_covered(flat, words, 0.05 * height, block)]
    for line in lines:
        depth = line.bottom - line.top
        level = (flat[:, 1] > line.top + 0.3 * depth) & (flat[:, 3] < line.bottom - 0.2 * depth)
        for stroke in flat[level]:
            if any(word.x1 < stroke[0] for word in line.words) and any(
                word.x0 > stroke[2] for word in line.words
            ):
                yield _mark(stroke[:4], line.line_no)


def _groups(strokes: Boxes, height: float) -> Iterator[Boxes]:
    """The boxes around strokes of a line that stand no further apart than letters and words do."""
    if not len(strokes):
        return
    strokes = strokes[np.argsort(strokes[:, 0])]
    ends = np.maximum.accumulate(strokes[:, 2])
    cuts = np.flatnonzero(strokes[1:, 0] - ends[:-1] > height) + 1
    for group in np.split(strokes, cuts):
        yield np.array([group[:, 0].min(), group[:, 1].min(), group[:, 2].max(), group[:, 3].max()])


def _is_near(place: Boxes, line: _Line, reach: float) -> bool:
    """Whether a place is between the words of a line or close beside them."""
    return bool(
        place[2] > line.words[0].x0 - reach
        and place[0] < max(word.x1 for word in line.words) + reach
    )


def _mark(place: Boxes, line_no: int) -> SeenWord:
    x0, top, x1, bottom = (float(edge) for edge in place[:4])
    return SeenWord(line_no, 1, MARK, 0.0, x0, top, x1, bottom)
