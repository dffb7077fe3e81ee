"""Marks at places of a page where what was read may belong elsewhere or be misread.

A mark is a word of ``INK`` with a sign of its own (``schemas.frames.MARK_RULES``): the cell it
stands in is in review, with the reason named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block
from extract.image.grid import GridCell
from extract.image.lines_across import is_crossed
from extract.image.page_image import PageImage, Segment
from extract.readings import Reading
from schemas.frames import ACROSS, HALF_WALL, INK
from schemas.witnesses import FIRST

_ROOM = 0.3  # of a word's height, above and below it: what so near a line can have been cut off


def place_marks(
    page: PageImage, blocks: Sequence[Block], readings: Iterable[Reading]
) -> Iterator[Reading]:
    """The marks of a page's blocks, whose readings' boxes lie on the page."""
    words = {reading.block_no: reading.words for reading in readings if reading.witness == FIRST}
    for block in blocks:
        if block.picture is None:
            continue
        marks = [*_half_walls(block), *_crossed(block, words.get(block.block_no, ()), page.across)]
        if marks:
            yield Reading(page.page_no, block.block_no, INK, tuple(marks))


def _half_walls(block: Block) -> Iterator[SeenWord]:
    """The mark of a cell of which a wall is half there.

    Its words may be two cells', or another's be missing.
    """
    if block.cell.doubtful:
        yield _cell_mark(block.cell, HALF_WALL)


def _cell_mark(cell: GridCell, sign: str) -> SeenWord:
    """A mark at the upper left corner of a cell: it stands before its words."""
    left = float(cell.x0)
    return SeenWord(1, 1, sign, 0.0, left, float(cell.top), left, float(cell.bottom))


def _crossed(
    block: Block, words: Sequence[SeenWord], across: Sequence[Segment]
) -> Iterator[SeenWord]:
    """A mark at each word through which the scanner drew a line, and one in a cell that holds
    such a line and not one word.
    """
    cell = block.cell
    box = (float(cell.x0), float(cell.top), float(cell.x1), float(cell.bottom))
    if not across or not is_crossed(box, across, 0.0):
        return
    for word in words:
        own = (word.x0, word.top, word.x1, word.bottom)
        if is_crossed(own, across, _ROOM * (word.bottom - word.top)):
            yield replace(word, text=ACROSS, confidence=0.0)
    if not words:
        yield _cell_mark(cell, ACROSS)
