"""Readings: what each witness sees in each block of a page.

Costs are bounded: the first model reads everything, the second everything unless ``fast``, and the line recogniser only lines on which these
two differ or are unsure, and short cells, such as numbers and figures, which Tesseract reads badly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extract.blocks import Block
from extract.pages import Grey
from extract.recogniser import LineRecogniser, split_lines
from extract.tesseract import SeenWord, read_pictures, witness_model

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in pixels of the page
_SMALL = 60.0  # points: a cell no higher than this holds at most four lines
_THINNEST = 6.0  # points: a band of ink lower than this is no line of text, but the rest of a ruling or marks above letters
FIRST, SECOND, BINARY, LINE, LAYER, VECTOR = "vie", "script", "binary", "line", "layer", "vector"


@dataclass(frozen=True)
class ReadingSettings:
    """Which readings are made."""

    fast: bool = False  # only the first model
    seconds: float = 120.0  # time limit for one run of Tesseract
    sure: float = 0.85  # the line recogniser is not asked about a line whose words both models read alike with at least this confidence


@dataclass(frozen=True)
class Reading:
    """A witness's words in one block, their boxes in pixels of the page."""

    block_no: int
    witness: str
    words: tuple[SeenWord, ...]


def read_first(blocks: Sequence[Block], dpi: int, settings: ReadingSettings) -> list[Reading]:
    """The first model's readings of a page's blocks that hold ink."""
    return list(_read_with_model(FIRST, _inked(blocks), dpi, settings))


def read_others(
    blocks: Sequence[Block], first: Sequence[Reading], dpi: int, settings: ReadingSettings, recogniser: LineRecogniser | None
) -> list[Reading]:
    """What the other witnesses read in a page's blocks that hold ink, after the first model."""
    readings: list[Reading] = []
    if not settings.fast and witness_model(SECOND) is not None:
        readings += _read_with_model(SECOND, _inked(blocks), dpi, settings)
    if recogniser is not None:
        readings += _read_doubtful_lines(_inked(blocks), [*first, *readings], recogniser, settings)
    return readings


def mean_confidence(readings: Iterable[Reading]) -> tuple[float, int]:
    """The first model's mean confidence by letter, and how many letters it read."""
    words = [word for reading in readings if reading.witness == FIRST for word in reading.words]
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(1, letters), letters


def _inked(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if block.picture is not None]


def _read_with_model(witness: str, blocks: Sequence[Block], dpi: int, settings: ReadingSettings) -> Iterator[Reading]:
    """One model's words of each block; short ones, such as numbers, are read once more in black and white, which suits them better."""
    model = witness_model(witness) or witness  # a missing first model is Tesseract's to report
    many = [block for block in blocks if not block.is_one_line]
    one = [block for block in blocks if block.is_one_line]
    numbers = [block for block in one if block.is_short] if witness == FIRST else []
    for block, words in zip(many, read_pictures(_pictures(many), model, 6, dpi, settings.seconds), strict=True):
        yield Reading(block.block_no, witness, _on_page(block, words))
    pictures = _pictures(one) + [_black_and_white(picture) for picture in _pictures(numbers)]
    names = [witness] * len(one) + [BINARY] * len(numbers)
    for block, name, words in zip([*one, *numbers], names, read_pictures(pictures, model, 7, dpi, settings.seconds), strict=True):
        yield Reading(block.block_no, name, _on_page(block, words))


def _pictures(blocks: Iterable[Block]) -> list[Grey]:
    return [block.picture for block in blocks if block.picture is not None]


def _black_and_white(picture: Grey) -> Grey:
    return np.asarray(cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1], dtype=np.uint8)


def _on_page(block: Block, words: Iterable[SeenWord]) -> tuple[SeenWord, ...]:
    """The words of a block's picture with their boxes moved to the page."""
    return tuple(
        SeenWord(w.line_no, w.word_no, w.text, w.confidence, w.x0 + block.left, w.top + block.top, w.x1 + block.left, w.bottom + block.top)
        for w in words
    )


def _read_doubtful_lines(
    blocks: Sequence[Block], readings: Sequence[Reading], recogniser: LineRecogniser, settings: ReadingSettings
) -> Iterator[Reading]:
    """The line recogniser's words of the lines of the first reading that need another witness."""
    by_block: dict[int, dict[str, Reading]] = defaultdict(dict)
    for reading in readings:
        by_block[reading.block_no][reading.witness] = reading
    for block in blocks:
        found = by_block[block.block_no]
        lines = _doubtful_lines(block, found, settings)
        if lines:
            pieces = [piece for line_no, box in lines for piece in _printed_lines(block, line_no, box)]
            words = [_recognise(block, line_no, box, recogniser) for line_no, box in pieces]
            yield Reading(block.block_no, LINE, tuple(word for line in words for word in line))


def _doubtful_lines(block: Block, found: dict[str, Reading], settings: ReadingSettings) -> list[tuple[int, Box]]:
    """The numbers and boxes (on the page) of the first reading's lines on which the witnesses differ or are unsure."""
    assert block.picture is not None
    height, width = block.picture.shape
    whole = (float(block.left), float(block.top), float(block.left + width), float(block.top + height))
    first = found[FIRST].words if FIRST in found else ()
    if block.is_short or (block.is_one_line and not first):
        return [(1, whole)]
    second = {word.text for word in found[SECOND].words} if SECOND in found else None
    lines: dict[int, list[SeenWord]] = defaultdict(list)
    for word in first:
        lines[word.line_no].append(word)
    return [
        (line_no, _line_box(words, whole))
        for line_no, words in lines.items()
        if any(word.confidence < settings.sure / 2 or (second is not None and word.text not in second) for word in words)
    ]


def _line_box(words: Sequence[SeenWord], whole: Box) -> Box:
    """The line's box with room for the marks above and below its letters, within the block's picture."""
    x0, top = min(word.x0 for word in words), min(word.top for word in words)
    x1, bottom = max(word.x1 for word in words), max(word.bottom for word in words)
    room = 0.12 * (bottom - top)
    return (max(whole[0], x0 - 3), max(whole[1], top - room), min(whole[2], x1 + 3), min(whole[3], bottom + room))


def _printed_lines(block: Block, line_no: int, box: Box) -> list[tuple[int, Box]]:
    """A line of the first reading as the lines that are printed there: in a small cell the engine can have taken two for one."""
    assert block.picture is not None
    height, width = block.picture.shape
    if block.cell.table_no == 0 or block.is_one_line or height * block.scale > _SMALL:
        return [(line_no, box)]
    lines = [
        (top + block.top, bottom + block.top) for top, bottom in split_lines(block.picture) if (bottom - top) * block.scale >= _THINNEST
    ]
    within = [(top, bottom) for top, bottom in lines if min(bottom, box[3]) - max(top, box[1]) > 0.5 * (bottom - top)]
    return [(line_no, (float(block.left), float(top), float(block.left + width), float(bottom))) for top, bottom in within] or [
        (line_no, box)
    ]


def _recognise(block: Block, line_no: int, box: Box, recogniser: LineRecogniser) -> list[SeenWord]:
    assert block.picture is not None
    x0, top, x1, bottom = (round(edge) for edge in box)
    picture = block.picture[max(0, top - block.top) : bottom - block.top, max(0, x0 - block.left) : x1 - block.left]
    if min(picture.shape) < 4:
        return []
    words = recogniser.read([np.ascontiguousarray(picture)])[0]
    return [
        SeenWord(line_no, i, word.text, word.confidence, x0 + word.x0, top, x0 + word.x1, bottom)
        for i, word in enumerate(words, 1)
        if word.text
    ]
