"""Strokes along rows that are no rulings: what underlines a text, and what a hand has drawn."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.grid import GridCell, find_grid
from extract.image.rulings import GridSettings
from tests.extract.image.grid_pages import COLUMNS, ROWS, page, sheet, table, write

FIELDS = (len(ROWS) - 1) * (len(COLUMNS) - 1)


def cells_of(grey: NDArray[np.uint8]) -> tuple[GridCell, ...]:
    return find_grid(page(grey), GridSettings()).cells


@pytest.mark.parametrize("column", [1, 3])
def test_an_underlined_text_stays_one_cell_without_doubt(column: int) -> None:
    grey = sheet()
    table(grey)
    left, right = COLUMNS[column], COLUMNS[column + 1]
    y = ROWS[5] + 80
    write(grey, left + 14, y - 8, right - left - 40)
    cv2.line(grey, (left + 14, y), (right - 30, y), (20,), 2)
    found = cells_of(grey)
    assert len(found) == FIELDS
    assert not any(cell.doubtful for cell in found)
    assert max(cell.row for cell in found) == len(ROWS) - 2


def test_an_underlined_title_over_all_columns_stays_one_cell() -> None:
    grey = sheet()
    table(grey)
    top, bottom = ROWS[3], ROWS[4]
    grey[top + 4 : bottom - 4, COLUMNS[0] + 4 : COLUMNS[-1] - 4] = 245
    write(grey, COLUMNS[0] + 14, top + 50, 900)
    cv2.line(grey, (COLUMNS[0] + 14, top + 58), (COLUMNS[3] + 80, top + 58), (20,), 2)
    (title,) = (cell for cell in cells_of(grey) if cell.row == 3)
    assert (title.column_span, title.row_span) == (len(COLUMNS) - 1, 1)


def test_cells_through_which_a_pen_drew_from_a_ruling_are_in_doubt() -> None:
    grey = sheet()
    table(grey, worded=False)
    y = ROWS[4] + 120
    cv2.line(grey, (COLUMNS[2] + 80, y), (COLUMNS[4] + 60, y), (20,), 2)
    found = cells_of(grey)
    drawn = [cell for cell in found if cell.top < y + 9 and cell.bottom > y - 9]
    assert {cell.column for cell in drawn if cell.doubtful} >= {2, 3}
    assert not any(cell.doubtful for cell in found if cell not in drawn)


def test_a_row_ruling_that_one_column_has_is_a_wall_without_doubt() -> None:
    grey = sheet()
    table(grey, worded=False)
    y = ROWS[5] + 150
    cv2.line(grey, (COLUMNS[1], y), (COLUMNS[2], y), (20,), 2)
    found = cells_of(grey)
    assert len(found) == FIELDS + 1
    assert not any(cell.doubtful for cell in found)


def test_a_row_ruling_whose_ends_faded_stays_in_doubt() -> None:
    grey = sheet()
    table(grey, worded=False)
    y = ROWS[3]
    grey[y - 2 : y + 3, COLUMNS[0] + 2 : COLUMNS[0] + 36] = 245
    grey[y - 2 : y + 3, COLUMNS[-2] - 36 : COLUMNS[-2] - 2] = 245
    grey[y - 2 : y + 3, COLUMNS[-2] + 2 : COLUMNS[-1] - 2] = 245
    found = cells_of(grey)
    assert len({cell.row for cell in found}) == len(ROWS) - 1
    assert any(cell.doubtful for cell in found if cell.row in (2, 3))
