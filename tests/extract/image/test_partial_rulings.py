"""Rulings that stand in a part of a table only, and walls that are missing."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.grid import Grid, find_grid
from extract.image.rulings import GridSettings
from tests.extract.image.grid_pages import COLUMNS, ROWS, page, sheet, table, write

LEFT, RIGHT = COLUMNS[0], COLUMNS[-1]


def grid_of(grey: NDArray[np.uint8]) -> Grid:
    return find_grid(page(grey), GridSettings())


def edges_of_row(grid: Grid, row: int) -> list[int]:
    """Where the cells of a row begin, and its right edge, to tens of pixels."""
    cells = [cell for cell in grid.cells if cell.row <= row < cell.row + cell.row_span]
    return [round(cell.x0, -1) for cell in cells] + [round(cells[-1].x1, -1)]


@pytest.mark.parametrize("row", [0, 3, 6])
def test_a_row_with_other_columns_than_the_rest_keeps_them(row: int) -> None:
    grey = sheet()
    table(grey, (LEFT, RIGHT), worded=False)
    for x in (420, 900):
        cv2.line(grey, (x, ROWS[row]), (x, ROWS[row + 1]), (20,), 2)
    found = grid_of(grey)
    assert [edges_of_row(found, r) for r in range(len(ROWS) - 1)] == [
        [LEFT, 420, 900, RIGHT] if r == row else [LEFT, RIGHT] for r in range(len(ROWS) - 1)
    ]
    assert not any(cell.doubtful for cell in found.cells)


def test_a_stroke_that_ends_between_two_rulings_is_no_column() -> None:
    grey = sheet()
    table(grey)
    for top, bottom in ((ROWS[0] + 2, ROWS[1] - 20), (ROWS[1] + 14, ROWS[2] - 14)):
        cv2.line(grey, (850, top), (850, bottom), (20,), 2)
    assert {cell.column_span for cell in grid_of(grey).cells} == {1}


def test_a_stroke_of_handwriting_that_fills_one_low_row_is_no_column() -> None:
    grey = sheet()
    table(grey, rows=(400, 500, 540, 580, 620, 900), worded=False)
    cv2.line(grey, (850, 502), (850, 538), (20,), 3)
    assert {cell.column_span for cell in grid_of(grey).cells} == {1}


def test_a_slanting_stroke_from_ruling_to_ruling_is_no_column() -> None:
    grey = sheet()
    table(grey, worded=False)
    cv2.line(grey, (840, ROWS[0]), (850, ROWS[1]), (20,), 3)
    assert {cell.column_span for cell in grid_of(grey).cells} == {1}


def test_letters_on_a_dark_field_are_no_columns() -> None:
    grey = sheet()
    rows = (400, 480, 900, 1400)
    table(grey, (200, 300, 700), rows, worded=False)
    grey[402:479, 202:299] = 20
    for x in (230, 240, 250, 260):
        grey[400:481, x : x + 3] = 245
    assert len(grid_of(grey).cells) == 6


def test_a_box_at_the_head_that_is_wider_than_its_table_stays_whole() -> None:
    grey = sheet()
    table(grey, (LEFT, 500, 800, 1100), ROWS[1:])
    cv2.rectangle(grey, (LEFT, 300), (RIGHT, ROWS[1]), (20,), 2)
    write(grey, 1200, 350, 250)
    head = [cell for cell in grid_of(grey).cells if cell.row == 0]
    assert [(round(cell.x0, -1), round(cell.x1, -1)) for cell in head] == [(LEFT, RIGHT)]


@pytest.mark.parametrize(
    ("seen", "cut"),
    [("beside", {(2, 1, 2, 1), (2, 2, 1, 1)}), ("below", {(2, 1, 1, 2), (3, 1, 1, 1)})],
)
def test_missing_walls_join_no_cell_that_has_all_of_its_walls(
    seen: str, cut: set[tuple[int, int, int, int]]
) -> None:
    """Two walls of a cell are gone, and of one of them a fourth is left: there it is cut."""
    grey = sheet()
    table(grey, worded=False)
    x0, x1, y0, y1 = *COLUMNS[1:3], *ROWS[2:4]
    left = (x1 - x0) // 4 if seen == "below" else 4
    cv2.line(grey, (x0 + 4, y1), (x1 - left, y1), (245,), 9)
    left = (y1 - y0) // 4 if seen == "beside" else 4
    cv2.line(grey, (x1, y0 + 4), (x1, y1 - left), (245,), 9)
    cells = grid_of(grey).cells
    doubted = {
        (cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells if cell.doubtful
    }
    assert cut <= doubted
    other = next(cell for cell in cells if (cell.row, cell.column) == (3, 2))
    assert (other.row_span, other.column_span) == (1, 1)
