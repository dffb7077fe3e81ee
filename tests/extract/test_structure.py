"""Doubt about a table's structure: a ruling through text, two columns' words in one cell."""

from __future__ import annotations

import cv2
import pytest

from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block, page_to_blocks
from extract.image.grid import find_grid
from extract.image.rulings import GridSettings
from extract.place_marks import place_marks
from extract.readings import Reading
from schemas.witnesses import RULED, TWO_CELLS
from tests.extract.image.grid_pages import COLUMNS, ROWS, page, sheet, table

Words = list[tuple[str, int, int]]


def marked(words: dict[tuple[int, int], Words], cut: bool = False, sunk: bool = False) -> set[str]:
    """The marks in the cells of a table, by row, column and sign.

    ``words`` are what was read in some of its cells: text, left and right edge in pixels. With
    ``cut`` the third row has no wall between its second and third column; with ``sunk`` its upper
    ruling runs through its text.
    """
    grey = sheet()
    table(grey)
    if cut:
        cv2.line(grey, (COLUMNS[2], ROWS[2] + 4), (COLUMNS[2], ROWS[3] - 4), (245,), 9)
    if sunk:
        cv2.line(grey, (COLUMNS[0], ROWS[2]), (COLUMNS[-1], ROWS[2]), (245,), 5)
        cv2.line(grey, (COLUMNS[0], ROWS[2] + 28), (COLUMNS[-1], ROWS[2] + 28), (20,), 2)
    drawn = page(grey)
    blocks = page_to_blocks(drawn, find_grid(drawn, GridSettings()))
    at = {(block.cell.row, block.cell.column): block for block in blocks if block.cell.table_no}
    readings = [read(at[place], found) for place, found in words.items()]
    by_number = {block.block_no: block.cell for block in blocks}
    return {
        f"{by_number[reading.block_no].row} {by_number[reading.block_no].column} {word.text}"
        for reading in place_marks(drawn, blocks, readings)
        for word in reading.words
    }


def read(block: Block, found: Words) -> Reading:
    top = float(block.cell.top + 20)
    words = (
        SeenWord(1, n, text, 0.9, float(x0), top, float(x1), top + 20)
        for n, (text, x0, x1) in enumerate(found, 1)
    )
    return Reading(1, block.block_no, "vie", tuple(words))


def test_a_table_in_order_has_no_mark() -> None:
    assert marked({(2, 1): [("chuong", 280, 360)], (2, 2): [("hanh", 720, 800)]}) == set()


def test_a_ruling_through_text_is_marked_in_the_cells_it_runs_through() -> None:
    found = marked({}, sunk=True)
    assert {f"2 {column} {RULED}" for column in range(1, 5)} <= found
    assert {mark[0] for mark in found} <= {"1", "2"}


@pytest.mark.parametrize(
    ("words", "is_two"),
    [
        ([("chuong", 280, 360), ("trinh", 372, 440), ("hanh", 720, 800)], True),
        ([("chuong", 280, 360), ("trinh", 660, 740), ("hanh", 752, 800)], False),
        ([("chuong", 600, 690), ("hanh", 708, 800)], False),
        ([("chuong", 280, 360), ("trinh", 372, 440)], False),
    ],
)
def test_words_of_two_columns_in_one_cell_are_marked(words: Words, is_two: bool) -> None:
    found = marked({(2, 1): words}, cut=True)
    assert (f"2 1 {TWO_CELLS}" in found) == is_two
