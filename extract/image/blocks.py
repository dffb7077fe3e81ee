"""Blocks: the pieces of a page that are read by themselves, as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from extract.image.grid import Grid, GridCell, without_rulings
from extract.image.ink import Boxes, ink_boxes, split_lines
from extract.image.lines_across import without_segments
from extract.image.page_image import Grey, PageImage, connected, ink_mask
from extract.image.rulings import Rectangle

ONE_LINE = 17.0  # points: ink no higher than this is one line of text
# points: ink at least this high is more than one (14 pt with stacked marks and a tail is 19)
TWO_LINES = 22.0
SHORT = 60.0  # points: ink no wider than this can be a row's number or a figure
_PAD = 2.5  # points of paper kept around the ink
# points: ink no larger than this in either direction is a speck, unless it is near larger ink
_SPECK = 2.2


@dataclass(frozen=True)
class Block:
    """One piece of a page: its cell, its box and the picture of its ink, all in pixels.

    The cell's ``table_no`` is 0 for a piece outside tables.
    """

    page_no: int
    block_no: int  # unique on its page
    cell: GridCell
    picture: Grey | None  # None where there is no ink
    left: int  # of the picture on the page
    top: int
    scale: float  # points per pixel
    turn: int = 0  # degrees clockwise by which the picture was turned, its corner staying

    @cached_property
    def is_one_line(self) -> bool:
        """Whether the ink is a single line of text."""
        if self.picture is None:
            return False
        height = self.picture.shape[0] * self.scale - 2 * _PAD
        return height <= ONE_LINE or (height < TWO_LINES and len(split_lines(self.picture)) <= 1)

    @cached_property
    def strokes(self) -> Boxes:
        """The connected strokes of ink, on the page."""
        if self.picture is None:
            return np.empty((0, 5), dtype=np.int32)
        corner = np.array([self.left, self.top, 0, 0, 0], dtype=np.int32)
        return ink_boxes(self.picture) + corner

    @property
    def is_short(self) -> bool:
        """Whether so little is printed in it that it may be a row's number or a figure."""
        return (
            self.is_one_line
            and self.picture is not None
            and self.picture.shape[1] * self.scale <= SHORT
        )


def page_to_blocks(page: PageImage, grid: Grid) -> list[Block]:
    """The blocks of a page in reading order: cells of tables, and what stands around tables.

    Together they cover the page without a gap or an overlap.
    """
    clean = without_segments(without_rulings(page, grid), page.across, page.scale)
    ink = ink_mask(clean) if grid.cells or page.across else grid.ink
    height, width = page.grey.shape
    strips = [
        GridCell(0, i, 0, 1, 1, *box)
        for i, box in enumerate(strips_around(grid.tables, width, height))
    ]
    cells = sorted([*grid.cells, *strips], key=lambda cell: _place(cell, grid))
    inset = round(0.7 / page.scale)
    return [
        _cut_block(
            (page.page_no, number), cell, clean, ink, page.scale, 0 if cell.table_no == 0 else inset
        )
        for number, cell in enumerate(cells, 1)
    ]


def _place(cell: GridCell, grid: Grid) -> tuple[float, float, int, int]:
    """What orders cells for reading: by their table's top, within a table by row."""
    if cell.table_no == 0:
        return (cell.top, cell.x0, 0, 0)
    x0, top, _, _ = grid.tables[cell.table_no - 1]
    return (top, x0, cell.row, cell.column)


def strips_around(tables: Sequence[Rectangle], width: int, height: int) -> list[Rectangle]:
    """The rest of a page of this size around tables that do not overlap.

    It is cut into strips over the whole width, and pieces beside a table.
    """
    edges = sorted({0, height, *(edge for box in tables for edge in (box[1], box[3]))})
    strips: list[Rectangle] = []
    for top, bottom in pairwise(edges):
        beside = sorted((box[0], box[2]) for box in tables if box[1] <= top and bottom <= box[3])
        limits = [0, *(edge for ends in beside for edge in ends), width]
        strips += [
            (x0, top, x1, bottom)
            for x0, x1 in zip(limits[::2], limits[1::2], strict=True)
            if x1 > x0
        ]
    return strips


def _cut_block(
    name: tuple[int, int], cell: GridCell, clean: Grey, ink: Grey, scale: float, inset: int
) -> Block:
    x0, top, x1, bottom = cell.x0 + inset, cell.top + inset, cell.x1 - inset, cell.bottom - inset
    box = ink_box(ink[top:bottom, x0:x1], _SPECK / scale)
    if box is None:
        return Block(*name, cell, None, x0, top, scale)
    pad = round(_PAD / scale)
    left, upper = max(x0, x0 + box[0] - pad), max(top, top + box[1] - pad)
    right, lower = min(x1, x0 + box[2] + pad), min(bottom, top + box[3] + pad)
    return Block(
        *name, cell, np.ascontiguousarray(clean[upper:lower, left:right]), left, upper, scale
    )


def ink_box(ink: Grey, speck: float) -> tuple[int, int, int, int] | None:
    """The box (x0, top, x1, bottom) of a picture's ink.

    Specks do not count, but marks near letters (dots, accents, dashes) do.
    """
    if ink.size == 0:
        return None
    found = connected(ink)
    if not len(found):
        return None
    solid = found[(np.maximum(found[:, 2], found[:, 3]) > speck) & (found[:, 4] > speck)]
    if not len(solid):
        return None
    reach = 3 * speck
    x0, top = int(solid[:, 0].min()), int(solid[:, 1].min())
    x1, bottom = int((solid[:, 0] + solid[:, 2]).max()), int((solid[:, 1] + solid[:, 3]).max())
    near = found[
        (found[:, 4] > 2)
        & (found[:, 0] > x0 - reach)
        & (found[:, 0] < x1 + reach)
        & (found[:, 1] > top - speck)
        & (found[:, 1] < bottom + speck)
    ]
    return (
        min(x0, int(near[:, 0].min())),
        top,
        max(x1, int((near[:, 0] + near[:, 2]).max())),
        bottom,
    )
