"""Marks at places of a page where what was read may belong elsewhere or be misread.

A mark is a word of ``INK`` with a sign of its own (``schemas.witnesses.MARK_RULES``): the cell it
stands in is in review, with the reason named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block
from extract.image.grid import GridCell
from extract.image.lines_across import is_crossed
from extract.image.page_image import PageImage, Segment
from extract.readings import Reading
from schemas.witnesses import ACROSS, FIRST, HALF_WALL, INK, RULED, TWO_CELLS

_APART = 12.0  # points: the least gap between the words of two columns; words stand 3 to 6 apart
_ROOM = 0.3  # of a word's height, above and below it: what so near a line can have been cut off


def place_marks(
    page: PageImage, blocks: Sequence[Block], readings: Iterable[Reading]
) -> Iterator[Reading]:
    """The marks of a page's blocks, whose readings' boxes lie on the page."""
    words = {reading.block_no: reading.words for reading in readings if reading.witness == FIRST}
    edges = {(block.cell.table_no, block.cell.column): block.cell.x0 for block in blocks}
    for block in blocks:
        if block.picture is None:
            continue
        own = words.get(block.block_no, ())
        marks = [*_structure(block, own, edges), *_crossed(block, own, page.across)]
        if marks:
            yield Reading(page.page_no, block.block_no, INK, tuple(marks))


def _structure(
    block: Block, words: Sequence[SeenWord], edges: Mapping[tuple[int, int], int]
) -> Iterator[SeenWord]:
    """The marks of a cell whose words may be two cells', or be missing.

    A wall of it is half there; a ruling runs through its words; they stand in two groups. ``edges``
    are the left edges of the columns (table_no, column).
    """
    cell = block.cell
    inner = [edges.get((cell.table_no, cell.column + n)) for n in range(1, cell.column_span)]
    if cell.doubtful:
        yield _cell_mark(cell, HALF_WALL)
    if cell.ruled:
        yield _cell_mark(cell, RULED)
    if not block.turn and any(
        edge is not None and _are_apart(words, edge, _APART / block.scale) for edge in inner
    ):
        yield _cell_mark(cell, TWO_CELLS)


def _are_apart(words: Sequence[SeenWord], edge: float, apart: float) -> bool:
    """Whether words stand on both sides of a column's edge, and far from it on one."""
    solid = [word for word in words if any(letter.isalnum() for letter in word.text)]
    left = [word.x1 for word in solid if word.x1 <= edge]
    right = [word.x0 for word in solid if word.x0 >= edge]
    is_parted = len(left) + len(right) == len(solid)
    return is_parted and bool(left and right) and min(right) - max(left) >= apart


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
