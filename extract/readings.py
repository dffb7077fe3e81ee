"""Readings: what each witness sees in each block of a page.

Costs are bounded: the first model reads everything. Unless ``fast``, the second reads the words of
which the first is unsure, with their neighbours, and the ink that it left unread; the line
recogniser reads the words on which these two differ or of which the first is unsure still, for
their errors go together. Short cells, such as numbers and figures, which Tesseract reads badly,
are read by the second always, and by the others where the two do not settle one.

Long: which witness reads what depends on what the one before it read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

import cv2
import numpy as np

from extract.doubtful import Line, block_box, doubtful_lines, edges, printed_lines, runs, windows
from extract.engines.line_recogniser import LineRecogniser
from extract.engines.seen_word import SeenWord
from extract.engines.tesseract import installed_model, read_pictures, witness_model
from extract.image.blocks import Block
from extract.image.page_image import Grey
from extract.tasks import ReadingSettings
from extract.unread_lines import in_order, unread_lines
from schemas.witnesses import BINARY, FIRST, LINE, SECOND

# below this confidence of the first model the line recogniser is asked, whatever the second says
UNSURE = 0.6
# with these confidences of the two models, which read a short cell alike, it is not asked
_SETTLED = (0.9, 0.8)
Place = tuple[int, int]  # a page and a block


@dataclass(frozen=True)
class Reading:
    """A witness's words in one block, their boxes in pixels of the page."""

    page_no: int
    block_no: int
    witness: str
    words: tuple[SeenWord, ...]


def read_first(blocks: Sequence[Block], settings: ReadingSettings) -> list[Reading]:
    """The first model's readings of the blocks that hold ink, of one page or more.

    Several pages share one run, because each run costs the engine's start.
    """
    return list(_read_with_model(FIRST, _inked(blocks), settings))


def read_others(
    blocks: Sequence[Block],
    first: Sequence[Reading],
    settings: ReadingSettings,
    recogniser: LineRecogniser | None,
    unread: Mapping[Place, Sequence[SeenWord]] = MappingProxyType({}),
) -> list[Reading]:
    """What the other witnesses read in the blocks that hold ink, after the first model.

    ``unread`` are the places that the first model left.
    """
    if settings.fast:
        return []
    words = {
        (reading.page_no, reading.block_no): reading.words
        for reading in first
        if reading.witness == FIRST
    }
    lines = []
    for block in _inked(blocks):
        place = (block.page_no, block.block_no)
        own = _lines(block, words.get(place, ()), settings)
        lines += in_order(
            [*own, *unread_lines(block, unread.get(place, ()), words.get(place, ()), own)]
        )
    second = list(_read_lines(SECOND, lines, settings))
    third = (
        list(_recognise_lines(lines, second, recogniser, settings.runs))
        if recogniser is not None
        else []
    )
    return _joined([*second, *_read_again(lines, second, settings), *third])


def _lines(block: Block, words: Sequence[SeenWord], settings: ReadingSettings) -> list[Line]:
    """The lines of a block, or parts of them, that another witness reads: short cells always."""
    if block.is_short:
        return [Line(block, 1, block_box(block), tuple(words))]
    lines = [
        piece
        for line in doubtful_lines(block, words, settings.sure)
        for piece in printed_lines(line)
    ]
    return [window for line in lines for window in windows(line, settings.sure)]


def _reading(block: Block, witness: str, words: Iterable[SeenWord]) -> Reading:
    return Reading(block.page_no, block.block_no, witness, tuple(words))


def _joined(readings: Sequence[Reading]) -> list[Reading]:
    """One reading for each block and witness, its words in order of their lines."""
    found: dict[tuple[int, int, str], list[SeenWord]] = defaultdict(list)
    for reading in readings:
        found[reading.page_no, reading.block_no, reading.witness].extend(reading.words)
    return [Reading(*key, tuple(_numbered(words))) for key, words in found.items() if words]


def _numbered(words: Sequence[SeenWord]) -> Iterator[SeenWord]:
    numbers: dict[int, int] = defaultdict(int)
    for word in words:
        numbers[word.line_no] += 1
        yield replace(word, word_no=numbers[word.line_no])


def mean_confidence(readings: Iterable[Reading]) -> tuple[float, int]:
    """The first model's mean confidence by letter, and how many letters it read."""
    words = [word for reading in readings if reading.witness == FIRST for word in reading.words]
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(1, letters), letters


def _inked(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if block.picture is not None]


def _read_with_model(
    witness: str, blocks: Sequence[Block], settings: ReadingSettings
) -> Iterator[Reading]:
    """One model's words of each block, all in one run of Tesseract.

    A line in which it finds nothing, such as a lone `1`, is read once more as nothing but a line.
    """
    model = witness_model(witness) or witness  # a missing first model is Tesseract's to report
    found = _read(_pictures(blocks), model, 6, settings)
    silent = [n for n, words in enumerate(found) if not words and blocks[n].is_one_line]
    again = _read(_pictures([blocks[n] for n in silent]), model, 7, settings)
    for n, words in zip(silent, again, strict=True):
        found[n] = words
    for block, words in zip(blocks, found, strict=True):
        yield _reading(block, witness, _on_page(block, words))


def _read(
    pictures: Sequence[Grey], model: str, psm: int, settings: ReadingSettings
) -> list[list[SeenWord]]:
    return read_pictures(pictures, model, psm, settings.dpi, settings.seconds, settings.runs)


def _pictures(blocks: Iterable[Block]) -> list[Grey]:
    return [block.picture for block in blocks if block.picture is not None]


def _on_page(block: Block, words: Iterable[SeenWord]) -> tuple[SeenWord, ...]:
    """The words of a block's picture with their boxes moved to the page."""
    return tuple(
        SeenWord(
            w.line_no,
            w.word_no,
            w.text,
            w.confidence,
            w.x0 + block.left,
            w.top + block.top,
            w.x1 + block.left,
            w.bottom + block.top,
        )
        for w in words
    )


def _read_lines(
    witness: str, lines: Sequence[Line], settings: ReadingSettings
) -> Iterator[Reading]:
    """One model's words of single lines."""
    model = witness_model(witness)
    if model is None:
        return
    read = zip(lines, _read([line.picture() for line in lines], model, 7, settings), strict=True)
    for line, words in read:
        left, top = (
            max(round(line.box[0]), line.block.left),
            max(round(line.box[1]), line.block.top),
        )
        yield _reading(
            line.block,
            witness,
            (_moved(word, left, top, line.line_no, n) for n, word in enumerate(words, 1)),
        )


def _recognise_lines(
    lines: Sequence[Line], second: Sequence[Reading], recogniser: LineRecogniser, runs: int
) -> Iterator[Reading]:
    """The line recogniser's words where the two models differ or the first is unsure.

    It also reads all short cells and unread lines.
    """
    others: Sequence[Reading | None] = second or [None] * len(lines)
    # which onnxruntime and OpenCV leave free to each other
    with ThreadPoolExecutor(runs) as threads:
        found = (threads.map if runs > 1 else map)(partial(_recognise, recogniser), lines, others)
        yield from (
            _reading(line.block, LINE, words) for line, words in zip(lines, found, strict=True)
        )


def _recognise(recogniser: LineRecogniser, line: Line, other: Reading | None) -> list[SeenWord]:
    if not line.words or (line.block.is_short and not _is_settled(line, other)):
        return _recognised(line, line.box[0], line.box[2], recogniser)
    if line.block.is_short:
        return []
    texts = {word.text for word in other.words} if other is not None else None
    doubted = [
        n
        for n, word in enumerate(line.words)
        if word.confidence < UNSURE or (texts is not None and word.text not in texts)
    ]
    return [
        word
        for first, last in runs(doubted)
        for word in _recognised(line, *edges(line, first, last), recogniser)
    ]


def _read_again(
    lines: Sequence[Line], second: Sequence[Reading], settings: ReadingSettings
) -> Iterator[Reading]:
    """Short cells that the two models do not settle, in black and white, by the installed model: it
    errs elsewhere than this project's own.
    """
    others: Sequence[Reading | None] = second or [None] * len(lines)
    left = [
        line.block
        for line, other in zip(lines, others, strict=True)
        if line.block.is_short and not _is_settled(line, other)
    ]
    blocks = list({(block.page_no, block.block_no): block for block in left}.values())
    model = installed_model(FIRST)
    if model is None:
        return
    pictures = [_black_and_white(picture) for picture in _pictures(blocks)]
    for block, words in zip(blocks, _read(pictures, model, 7, settings), strict=True):
        yield _reading(block, BINARY, _on_page(block, words))


def _black_and_white(picture: Grey) -> Grey:
    return np.asarray(
        cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1], dtype=np.uint8
    )


def _is_settled(line: Line, other: Reading | None) -> bool:
    """Whether the two models read a short cell alike, and surely."""
    return (
        other is not None
        and [word.text for word in line.words] == [word.text for word in other.words]
        and all(word.confidence >= _SETTLED[0] for word in line.words)
        and all(word.confidence >= _SETTLED[1] for word in other.words)
    )


def _recognised(line: Line, x0: float, x1: float, recogniser: LineRecogniser) -> list[SeenWord]:
    picture = line.picture(x0, x1)
    if min(picture.shape) < 4:
        return []
    left = max(round(x0), line.block.left)
    words = [word for word in recogniser.read([picture])[0] if word.text]
    return [
        SeenWord(
            line.line_no,
            n,
            word.text,
            word.confidence,
            left + word.x0,
            line.box[1],
            left + word.x1,
            line.box[3],
        )
        for n, word in enumerate(words, 1)
    ]


def _moved(word: SeenWord, left: int, top: int, line_no: int, word_no: int) -> SeenWord:
    return SeenWord(
        line_no,
        word_no,
        word.text,
        word.confidence,
        word.x0 + left,
        word.top + top,
        word.x1 + left,
        word.bottom + top,
    )
