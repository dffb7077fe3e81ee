"""Cells whose words are turned by a quarter of a circle, such as the labels of narrow columns.

A block that cannot be read as it stands is read turned both ways, and stays turned where that is
surer: all witnesses then read the turned picture. Their words' boxes lie in that picture, at the
block's corner, until `words_upright` lays them back onto the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from extract.engines.seen_word import SeenWord
from extract.engines.text_layer import turn_box
from extract.image.blocks import TWO_LINES, Block
from extract.readings import Reading, mean_confidence, read_first
from extract.tasks import ReadingSettings

TURNS = (90, 270)  # degrees clockwise
_UNREADABLE = 0.65  # the mean confidence under which a cell may be turned
# of its width: the least height of turned ink; four lines of turned words are as high as wide
_TALL = 0.8
_READ = 0.55  # the least mean confidence of a cell that is taken as turned
_FEW = 3  # letters: fewer tell nothing
_BETTER = 1.5  # how much more must be read of it turned than as it stands


def with_turned(
    pages: Sequence[tuple[Sequence[Block], Sequence[Reading]]], settings: ReadingSettings
) -> list[tuple[list[Block], list[Reading]]]:
    """The blocks and the first readings of each page, its turned cells turned and read so.

    All cells that may be turned are read together; pages without such a cell cost nothing.
    """
    doubted = [block for blocks, readings in pages for block in _unreadable(blocks, readings)]
    if not doubted:
        return [(list(blocks), list(readings)) for blocks, readings in pages]
    ways = {
        turn: _by_place(read_first([turned(block, turn) for block in doubted], settings))
        for turn in TURNS
    }
    return [_choose(blocks, readings, ways) for blocks, readings in pages]


def turned(block: Block, degrees: int) -> Block:
    """A block with its picture turned clockwise by 90 or 270 degrees."""
    assert block.picture is not None
    picture = np.ascontiguousarray(np.rot90(block.picture, -(degrees // 90)))
    return replace(block, picture=picture, turn=degrees)


def words_upright(blocks: Iterable[Block], readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings with the boxes of words in turned blocks laid back onto the page."""
    turned_blocks = {block.block_no: block for block in blocks if block.turn}
    for reading in readings:
        block = turned_blocks.get(reading.block_no)
        if block is None:
            yield reading
        else:
            yield replace(reading, words=tuple(_on_page(word, block) for word in reading.words))


def _on_page(word: SeenWord, block: Block) -> SeenWord:
    """A word of a turned block with its box as it lies on the page."""
    assert block.picture is not None
    height, width = block.picture.shape
    left, top = block.left, block.top
    own = (word.x0 - left, word.top - top, word.x1 - left, word.bottom - top)
    x0, upper, x1, lower = turn_box(own, 360 - block.turn, (float(width), float(height)))
    return replace(word, x0=left + x0, top=top + upper, x1=left + x1, bottom=top + lower)


def _unreadable(blocks: Iterable[Block], readings: Sequence[Reading]) -> Iterator[Block]:
    """The cells of tables whose ink is higher than a line and hardly read as it stands."""
    by_place = _by_place(readings)
    for block in blocks:
        if block.picture is None or not block.cell.table_no:
            continue
        height, width = block.picture.shape
        if height < _TALL * width or height * block.scale < TWO_LINES:
            continue
        if _surely_read(by_place.get((block.page_no, block.block_no), []))[0] < _UNREADABLE:
            yield block


def _choose(
    blocks: Sequence[Block],
    readings: Sequence[Reading],
    ways: dict[int, dict[tuple[int, int], list[Reading]]],
) -> tuple[list[Block], list[Reading]]:
    """One page's blocks and readings, each block as it is read best."""
    as_they_are = _by_place(readings)
    kept: list[Block] = []
    found: list[Reading] = []
    for block in blocks:
        place = (block.page_no, block.block_no)
        own = as_they_are.get(place, [])
        turn = _best_turn(own, {turn: read.get(place, []) for turn, read in ways.items()})
        kept.append(turned(block, turn) if turn else block)
        found += ways[turn][place] if turn else own
    return kept, found


def _best_turn(own: Sequence[Reading], ways: dict[int, list[Reading]]) -> int:
    """The degrees by which a block is read best, 0 for as it stands."""
    turn = max(ways, key=lambda way: _read_in_all(ways[way]))
    confidence, letters = _surely_read(ways[turn])
    if confidence < _READ or letters < _FEW:
        return 0
    return turn if _read_in_all(ways[turn]) > _BETTER * _read_in_all(own) else 0


def _read_in_all(readings: Sequence[Reading]) -> float:
    confidence, letters = _surely_read(readings)
    return confidence * letters


def _surely_read(readings: Sequence[Reading]) -> tuple[float, int]:
    """The mean confidence by letter, and how many letters and digits were read in words."""
    confidence, _ = mean_confidence(readings)
    letters = sum(
        letter.isalnum() for reading in readings for word in reading.words for letter in word.text
    )
    return confidence, letters


def _by_place(readings: Iterable[Reading]) -> dict[tuple[int, int], list[Reading]]:
    found: dict[tuple[int, int], list[Reading]] = {}
    for reading in readings:
        found.setdefault((reading.page_no, reading.block_no), []).append(reading)
    return found
