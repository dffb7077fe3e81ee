"""Rulings of pages that were creased, folded, stamped or copied until their lines broke."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.grid import Grid, GridCell, find_grid
from extract.image.page_image import straighten
from extract.image.rulings import GridSettings
from tests.extract.image.grid_pages import COLUMNS, ROWS, SIZE, page, sheet, table, write

FIELDS = (len(ROWS) - 1) * (len(COLUMNS) - 1)


def grid_of(grey: NDArray[np.uint8]) -> Grid:
    return find_grid(page(grey), GridSettings())


def places(cells: list[GridCell]) -> set[tuple[int, int]]:
    return {(cell.row, cell.column) for cell in cells}


def doubted(grid: Grid) -> set[tuple[int, int]]:
    return places([cell for cell in grid.cells if cell.doubtful])


@pytest.mark.parametrize("aside", [-8, 8])
def test_a_ruling_that_a_crease_moved_aside_is_still_a_wall(aside: int) -> None:
    grey = sheet()
    table(grey, worded=False)
    x, y0, y1 = COLUMNS[3], ROWS[2], ROWS[3]
    grey[y0 + 3 : y1 - 3, x - 4 : x + 5] = 245
    cv2.line(grey, (x + aside, y0), (x + aside, y1), (20,), 2)
    found = grid_of(grey)
    assert len(found.cells) == FIELDS
    assert doubted(found) == {(2, 2), (2, 3)}


def test_words_at_the_place_of_a_ruling_that_its_row_lacks_are_no_wall() -> None:
    grey = sheet()
    table(grey, worded=False)
    y = ROWS[2]
    grey[y - 4 : y + 5, COLUMNS[1] + 3 : COLUMNS[2] - 3] = 245
    write(grey, COLUMNS[1] + 20, y + 8, 380)
    spans = {(cell.row, cell.column): cell.row_span for cell in grid_of(grey).cells}
    assert spans[1, 1] == 2


def test_cells_with_a_broken_line_between_them_are_in_doubt() -> None:
    grey = sheet()
    table(grey, worded=False)
    x = COLUMNS[3]
    for y in range(ROWS[3] + 4, ROWS[4] - 4, 28):
        grey[y : y + 10, x - 4 : x + 5] = 245
    assert doubted(grid_of(grey)) == {(3, 2), (3, 3)}


def test_the_edges_of_a_stamp_are_no_columns() -> None:
    grey = sheet()
    table(grey, worded=False)
    cv2.rectangle(grey, (780, ROWS[2] + 80), (930, ROWS[4] + 60), (60,), 3)
    columns = {x for cell in grid_of(grey).cells for x in (cell.x0, cell.x1)}
    assert not any(770 < x < 940 for x in columns)


@pytest.mark.parametrize(("first", "last"), [(ROWS[1] + 60, ROWS[4] + 90), (ROWS[1], ROWS[3] + 60)])
def test_a_column_ruling_that_ends_between_two_rows_is_in_doubt(first: int, last: int) -> None:
    """The edge of a high stamp, or what a fading left of a ruling."""
    grey = sheet()
    table(grey, worded=False)
    cv2.line(grey, (850, first), (850, last), (20,), 2)
    found = grid_of(grey)
    assert 850 in {cell.x0 for cell in found.cells if cell.row == 2}
    assert {(2, 2), (2, 3)} <= doubted(found)


@pytest.mark.parametrize("from_above", [True, False])
def test_a_fold_that_runs_into_a_table_from_outside_it_is_in_doubt(from_above: bool) -> None:
    grey = sheet()
    table(grey, worded=False)
    ends = (0, ROWS[4]) if from_above else (ROWS[3], len(grey) - 1)
    cv2.line(grey, (850, ends[0]), (850, ends[1]), (90,), 2)
    beside = {
        (cell.row, cell.column)
        for cell in grid_of(grey).cells
        if 850 - 4 < cell.x0 < 850 + 4 or 850 - 4 < cell.x1 < 850 + 4
    }
    assert beside
    assert beside <= doubted(grid_of(grey))


@pytest.mark.parametrize("width", [16, 36])
def test_a_fold_that_took_the_print_away_puts_what_it_crosses_in_doubt(width: int) -> None:
    grey = sheet()
    table(grey, worded=False)
    grey[:, 840 : 840 + width] = 245
    found = grid_of(grey)
    assert len(found.tables) == 1
    assert len(found.cells) == FIELDS
    assert doubted(found) == {(row, 2) for row in range(len(ROWS) - 1)}


def test_two_tables_beside_each_other_are_two_without_doubt() -> None:
    grey = sheet()
    table(grey, (150, 400, 700), worded=False)
    table(grey, (730, 1000, 1400), worded=False)
    found = grid_of(grey)
    assert len(found.tables) == 2
    assert not doubted(found)


def test_a_fold_that_is_lost_right_beside_the_table_is_in_doubt_too() -> None:
    grey = sheet()
    table(grey, worded=False)
    for first, last in ((0, ROWS[0] - 30), (ROWS[0], ROWS[4])):
        cv2.line(grey, (850, first), (850, last), (90,), 2)
    assert {(row, column) for row in range(4) for column in (2, 3)} <= doubted(grid_of(grey))


def test_a_ruling_that_lost_its_ends_is_in_doubt_there_alone() -> None:
    grey = sheet()
    table(grey, worded=False)
    x = COLUMNS[3]
    grey[ROWS[0] + 4 : ROWS[0] + 32, x - 4 : x + 5] = 245
    grey[ROWS[-1] - 150 : ROWS[-1] - 4, x - 4 : x + 5] = 245
    last = len(ROWS) - 2
    assert doubted(grid_of(grey)) == {(row, column) for row in (0, last) for column in (2, 3)}


def test_two_tables_under_one_line_have_no_fold_between_them() -> None:
    grey = sheet()
    table(grey, (150, 400, 700), worded=False)
    table(grey, (722, 1000, 1500), worded=False)
    cv2.line(grey, (700, ROWS[0]), (722, ROWS[0]), (20,), 2)
    assert not doubted(grid_of(grey))


def test_a_stroke_beside_a_ruling_that_hardly_a_row_has_is_no_wall() -> None:
    grey = sheet()
    table(grey, worded=False)
    cv2.line(grey, (850, ROWS[6]), (850, ROWS[7]), (20,), 2)
    cv2.line(grey, (858, ROWS[5] + 40), (858, ROWS[6] - 40), (20,), 2)
    spans = {(cell.row, cell.column): cell.column_span for cell in grid_of(grey).cells}
    assert spans[6, 2] == 1
    assert spans[5, 2] == 2


def test_underlined_words_at_the_place_of_a_ruling_that_its_row_lacks_are_no_wall() -> None:
    grey = sheet()
    table(grey, worded=False)
    x, y = COLUMNS[1], ROWS[2]
    grey[y - 4 : y + 5, x + 3 : COLUMNS[2] - 3] = 245
    words = "chuong trinh hanh dong cua"
    cv2.putText(grey, words, (x + 10, y + 3), cv2.FONT_HERSHEY_SIMPLEX, 0.95, (30,), 3)
    cv2.line(grey, (x + 10, y + 8), (COLUMNS[2] - 20, y + 8), (30,), 2)
    found = grid_of(grey)
    spans = {(cell.row, cell.column): cell.row_span for cell in found.cells}
    assert spans[1, 1] == 2
    assert not doubted(found)


@pytest.mark.parametrize("apart", [5, 7])
def test_a_fill_of_dots_has_no_rulings(apart: int) -> None:
    grey = sheet()
    table(grey, worded=False)
    for x in range(COLUMNS[3] + 6, COLUMNS[4] - 6, apart):
        for y in range(ROWS[0] + 6, ROWS[-1] - 6, apart):
            grey[y : y + 2, x : x + 2] = 40
    table(grey, worded=False)
    found = grid_of(grey)
    assert len(found.cells) == FIELDS
    assert not doubted(found)


def test_dots_that_lead_from_a_word_are_no_rulings() -> None:
    grey = sheet()
    table(grey, worded=False)
    for row in range(len(ROWS) - 1):
        y = ROWS[row] + 40
        write(grey, COLUMNS[1] + 10, y, 160)
        for x in range(COLUMNS[1] + 150, COLUMNS[2] - 40, 8):
            grey[y - 2 : y + 1, x : x + 3] = 40
    assert len(grid_of(grey).cells) == FIELDS


def test_dots_that_lead_from_a_word_in_each_line_of_a_text_are_no_rulings() -> None:
    grey = sheet()
    table(grey, worded=False)
    for y in range(ROWS[3] + 40, ROWS[-1] - 40, 34):
        write(grey, COLUMNS[1] + 10, y, 160)
        for x in range(COLUMNS[1] + 150, COLUMNS[2] - 40, 8):
            grey[y - 2 : y + 1, x : x + 3] = 40
    assert len(grid_of(grey).cells) == FIELDS


def test_dotted_rulings_with_words_on_them_are_no_leaders() -> None:
    grey = sheet()
    table(grey, rows=(ROWS[0], ROWS[-1]), worded=False)
    rows = range(ROWS[0] + 100, ROWS[-1], 100)
    for y in rows:
        for x in range(COLUMNS[0], COLUMNS[-1], 8):
            grey[y : y + 3, x : x + 3] = 40
        write(grey, COLUMNS[1] - 100, y - 6, 90)
    assert len(grid_of(grey).cells) == (len(rows) + 1) * (len(COLUMNS) - 1)


def figures() -> NDArray[np.uint8]:
    """A page of figures in columns, each row a little higher or lower in each of them."""
    grey = sheet()
    places = np.random.default_rng(5)
    for row in range(55):
        for column in range(14):
            at = (120 + 105 * column, 200 + 34 * row + int(places.integers(-8, 9)))
            cv2.putText(grey, "1000", at, cv2.FONT_HERSHEY_SIMPLEX, 0.6, (30,), 2)
    return grey


def test_figures_in_columns_do_not_turn_a_page() -> None:
    assert straighten(page(figures())).turn == 0


def test_a_mark_in_a_page_s_only_margin_does_not_take_the_row_ruling_beside_it() -> None:
    grey = sheet()
    columns = [*COLUMNS[:-1], SIZE[0] - 70]  # the other margin is too narrow to tell anything
    table(grey, columns)
    cv2.line(grey, (40, ROWS[2]), (120, ROWS[2]), (0,), 8)
    assert len(grid_of(grey).cells) == FIELDS


def test_walls_that_reach_a_little_into_a_title_are_no_doubt_about_it() -> None:
    grey = sheet()
    rows = [*ROWS[:3], ROWS[2] + 44, *ROWS[3:]]
    table(grey, rows=rows, worded=False)
    for x in COLUMNS[1:-1]:
        grey[rows[2] + 7 : rows[3] - 6, x - 2 : x + 3] = 245
    cells = [cell for cell in grid_of(grey).cells if cell.row == 2]
    assert [(cell.column_span, cell.doubtful) for cell in cells] == [(len(COLUMNS) - 1, False)]
