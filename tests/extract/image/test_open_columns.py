"""Tables with rulings along their rows alone: columns are told by the paper between them."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.grid import Grid, find_grid
from extract.image.rulings import GridSettings
from tests.extract.image.grid_pages import COLUMNS, ROWS, page, sheet, write

FIELDS = (len(ROWS) - 1) * (len(COLUMNS) - 1)


def lined(rows: Sequence[int] = ROWS, columns: Sequence[int] = COLUMNS) -> NDArray[np.uint8]:
    """A table of words without upright rulings."""
    grey = sheet()
    for y in rows:
        cv2.line(grey, (COLUMNS[0], y), (COLUMNS[-1], y), (20,), 2)
    for top, bottom in pairwise(rows):
        for left, right in pairwise(columns):
            write(grey, left + 12, top + 34, right - left - 24, (bottom - top - 20) // 34)
    return grey


def grid_of(grey: NDArray[np.uint8]) -> Grid:
    return find_grid(page(grey), GridSettings())


def spans(grid: Grid) -> list[tuple[int, int, int]]:
    return [(cell.row, cell.column, cell.column_span) for cell in grid.cells]


def test_columns_without_rulings_are_found() -> None:
    grid = grid_of(lined())
    assert len(grid.tables) == 1
    assert len(grid.cells) == FIELDS
    assert not any(cell.doubtful for cell in grid.cells)
    edges = {cell.x0 for cell in grid.cells if cell.row == 0}
    for edge, wanted in zip(sorted(edges), COLUMNS, strict=False):
        assert abs(edge - wanted) < 60


def test_a_column_with_hardly_a_filled_cell_is_one_by_its_header() -> None:
    grey = lined()
    grey[ROWS[1] + 6 : ROWS[-1] - 4, COLUMNS[-2] + 4 : COLUMNS[-1] + 1][:, :-1] = 245
    for y in ROWS:
        cv2.line(grey, (COLUMNS[0], y), (COLUMNS[-1], y), (20,), 2)
    assert len(grid_of(grey).cells) == FIELDS


def test_short_texts_beside_a_label_in_the_middle_make_one_column() -> None:
    grey = sheet()
    for y in ROWS:
        cv2.line(grey, (COLUMNS[0], y), (COLUMNS[-1], y), (20,), 2)
    for left, right in pairwise(COLUMNS):
        write(grey, (left + right) // 2 - 45, ROWS[0] + 40, 100)
        for place, (top, bottom) in enumerate(pairwise(ROWS[1:])):
            width = (right - left) // (3 if place % 4 else 1) - 24
            write(grey, left + 12, top + 34, width, (bottom - top - 20) // 34)
    assert len(grid_of(grey).cells) == FIELDS


def test_a_title_over_the_columns_is_one_cell() -> None:
    grey = lined()
    grey[ROWS[3] + 6 : ROWS[4] - 4, COLUMNS[0] : COLUMNS[-1]] = 245
    at = (COLUMNS[1] + 12, ROWS[3] + 40)
    cv2.putText(grey, "thuyloiphongchaybienphong", at, cv2.FONT_HERSHEY_SIMPLEX, 1.2, (30,), 2)
    cells = spans(grid_of(grey))
    assert [span for row, column, span in cells if (row, column) == (3, 1)] == [2]
    assert len(cells) == FIELDS - 1


@pytest.mark.parametrize("what", ["prose", "few rows", "two columns", "frame", "half a wall"])
def test_what_is_no_such_table_stays_as_it_is(what: str) -> None:
    if what == "prose":  # lines to write on, with running text between them
        grey = lined(columns=(COLUMNS[0], COLUMNS[-1]))
    elif what == "few rows":
        grey = lined(rows=ROWS[:3], columns=(*COLUMNS[:3], *COLUMNS[-2:]))
    elif what == "two columns":
        grey = lined(columns=(COLUMNS[0], COLUMNS[2], COLUMNS[-1]))
    else:  # a table of which only the outer walls are left, or only the first rows of one
        grey = lined()
        last = ROWS[-1] if what == "frame" else ROWS[3]
        for x in (COLUMNS[0], COLUMNS[-1]):
            cv2.line(grey, (x, ROWS[0]), (x, last), (20,), 2)
    assert len(grid_of(grey).cells) in (0, 3, len(ROWS) - 1)


def running(grey: NDArray[np.uint8], top: int, lines: int) -> None:
    """Lines of text over the whole width."""
    for line in range(lines):
        at = (COLUMNS[0] + 4, top + 34 * line)
        words = "chuong trinh hanh dong cua tinh " * 3
        cv2.putText(grey, words.strip()[:82], at, cv2.FONT_HERSHEY_SIMPLEX, 1.0, (30,), 2)


def test_a_header_and_one_row_are_a_table_where_they_show_many_columns() -> None:
    """As what is left of a table on its last page, here with a label over two others."""
    grey = lined(rows=ROWS[1:4])
    low = (ROWS[1] + ROWS[2]) // 2
    grey[ROWS[1] + 6 : low, COLUMNS[2] : COLUMNS[4]] = 245
    write(grey, (COLUMNS[2] + COLUMNS[4]) // 2 - 120, ROWS[1] + 34, 300)
    cv2.line(grey, (COLUMNS[2], low), (COLUMNS[4], low), (20,), 2)
    cells = spans(grid_of(grey))
    assert [column for row, column, _ in cells if row == max(cells)[0]] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("stroke", [32, 54])
def test_a_letters_stroke_in_a_low_row_is_no_wall(stroke: int) -> None:
    rows, x = range(400, 790, 54), COLUMNS[3] + 40
    grey = lined(rows)
    grey[rows[3] + 3 : rows[4] - 3, COLUMNS[3] + 4 : COLUMNS[4]] = 245
    top = (rows[3] + rows[4] - stroke) // 2
    cv2.line(grey, (x, top), (x, top + stroke), (20,), 3)
    assert bool(grid_of(grey).cells) == (stroke < rows[4] - rows[3])


NEAR = (300, 380, 460, 540, 620)  # five rulings, and the same further down the page
FAR = tuple(y + 700 for y in NEAR)


def test_text_between_two_tables_is_in_neither() -> None:
    grey = np.minimum(lined(NEAR), lined(FAR))
    running(grey, NEAR[-1] + 60, 9)
    grid = grid_of(grey)
    assert len(grid.tables) == 2
    assert len(grid.cells) == 2 * (len(NEAR) - 1) * (len(COLUMNS) - 1)


@pytest.mark.parametrize("gap", [40, 70, 900])
def test_lines_at_the_head_and_at_the_foot_of_a_page_are_of_no_table(gap: int) -> None:
    grey = lined(NEAR)
    for y in (NEAR[0] - min(gap, 200), NEAR[-1] + gap):
        cv2.line(grey, (COLUMNS[0], y), (COLUMNS[-1], y), (20,), 2)
    write(grey, COLUMNS[0] + 12, NEAR[-1] + 34, 300)
    write(grey, COLUMNS[0] + 12, NEAR[-1] + gap - 30, 300) if gap > 800 else None
    cells = grid_of(grey).cells
    rows = len(NEAR) - 1 + (gap < 800)  # a note right below may be a row
    assert {cell.row for cell in cells if cell.column_span == 1} <= set(range(rows))
    assert max(cell.row for cell in cells) < rows


def test_a_space_between_words_parts_no_label_and_no_title() -> None:
    grey, font = sheet(), cv2.FONT_HERSHEY_SIMPLEX
    rows = range(300, 901, 100)
    for y in rows:
        cv2.line(grey, (COLUMNS[0], y), (COLUMNS[-1], y), (20,), 2)
        for x in COLUMNS[:-2] if 300 < y < 900 and y != 600 else ():  # hardly a filled last cell
            cv2.putText(grey, "hung", (x + 12, y + 60), font, 1.1, (30,), 2)
    for x in (*COLUMNS[:-1], 1350):  # a label of two words, 12 pixels apart
        cv2.putText(grey, "gh", (x + 12, rows[0] + 60), font, 1.1, (30,), 2)
    title = "nhom nhiem vu ve y te o cac xa dao va ve tre em"
    cv2.putText(grey, title, (COLUMNS[1] + 12, 660), font, 1.0, (30,), 2)
    cells = spans(grid_of(grey))
    assert [column for row, column, _ in cells if row == 0] == [0, 1, 2, 3, 4]
    assert [(column, span) for row, column, span in cells if row == 3][:2] == [(0, 1), (1, 2)]


def without_outer_walls(titles: tuple[int, ...], last: int = 7) -> NDArray[np.uint8]:
    """A page with a table whose rows ``titles`` (from 0) are titles over all its columns and that
    has no walls at its left and right.
    """
    grey = sheet()
    rows = [400 + 70 * row for row in range(last + 1)]
    for y in rows:
        cv2.line(grey, (150, y), (1500, y), (20,), 2)
    for row, top in enumerate(rows[:-1]):
        if row in titles:
            write(grey, 170, top + 45, 600)
            continue
        for x in (260, 700, 1100):
            cv2.line(grey, (x, top), (x, top + 70), (20,), 2)
        for x in (165, 280, 720, 1120):
            write(grey, x, top + 45, 80)
    return grey


@pytest.mark.parametrize("titles", [(3,), (0,), (6,), (0, 2, 5)])
def test_titles_over_all_columns_are_rows_of_a_table_without_outer_walls(
    titles: tuple[int, ...],
) -> None:
    found = find_grid(page(without_outer_walls(titles)), GridSettings())
    assert len(found.tables) == 1
    assert {
        cell.row: cell.column_span for cell in found.cells if cell.column_span > 1
    } == dict.fromkeys(titles, 4)
    assert len(found.cells) == 4 * (7 - len(titles)) + len(titles)


def test_two_tables_with_outer_walls_and_a_line_between_them_stay_two() -> None:
    grey = without_outer_walls((3,))
    for x in (150, 1500):
        for first, last in ((400, 610), (680, 890)):
            cv2.line(grey, (x, first), (x, last), (20,), 2)
    assert len(find_grid(page(grey), GridSettings()).tables) == 2


def test_two_tables_without_outer_walls_whose_columns_differ_stay_two() -> None:
    grey = without_outer_walls((), last=3)
    other = without_outer_walls((), last=3)
    grey[690:1000, 150:1450] = other[390:700, 200:1500]
    for y in (700, 770, 840, 910):
        cv2.line(grey, (150, y), (1500, y), (20,), 2)
    assert len(find_grid(page(grey), GridSettings()).tables) == 2
