"""Kinds of rulings, and the doubt about a ruling that is half there."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from extract.image.flatten import page_to_read
from extract.image.grid import Grid, find_grid
from extract.image.page_image import letter_height, render_page
from extract.image.rulings import GridSettings
from tests.extract.image.grid_pages import COLUMNS, ROWS, page, sheet, table, write

FIELDS = (len(ROWS) - 1) * (len(COLUMNS) - 1)


def grid_of(grey: NDArray[np.uint8]) -> Grid:
    return find_grid(page(grey), GridSettings())


def test_a_dotted_table_has_all_its_cells() -> None:
    grey = sheet()
    for y in ROWS:
        for x in range(COLUMNS[0], COLUMNS[-1] + 1, 10):
            cv2.rectangle(grey, (x, y), (x + 2, y + 2), (40,), -1)
    for x in COLUMNS:
        for y in range(ROWS[0], ROWS[-1] + 1, 10):
            cv2.rectangle(grey, (x, y), (x + 2, y + 2), (40,), -1)
    assert len(grid_of(grey).cells) == FIELDS


def test_a_ruling_that_is_half_there_puts_the_cells_beside_it_in_doubt() -> None:
    grey = sheet()
    table(grey, worded=False)
    grey[ROWS[2] + 6 : ROWS[2] + 120, COLUMNS[2] - 4 : COLUMNS[2] + 6] = 245
    doubtful = {(cell.row, cell.column) for cell in grid_of(grey).cells if cell.doubtful}
    assert doubtful == {(2, 1)}


def test_a_ruling_whose_strokes_are_broken_leaves_no_doubt_where_its_ink_goes_through() -> None:
    """Over half of a cell's side the ruling is thin and jumps from side to side."""
    grey = sheet()
    table(grey, worded=False)
    x, first, last = COLUMNS[2], ROWS[4] + 4, ROWS[4] + 160
    grey[first:last, x - 4 : x + 6] = 245
    for number, y in enumerate(range(first, last, 16)):
        grey[y : min(y + 16, last), x - 1 + 2 * (number % 2)] = 20
    cells = grid_of(grey).cells
    assert len(cells) == FIELDS
    assert not any(cell.doubtful for cell in cells)


def test_no_cell_of_a_whole_table_is_in_doubt() -> None:
    grey = sheet()
    table(grey)
    cells = grid_of(grey).cells
    assert len(cells) == FIELDS
    assert not any(cell.doubtful for cell in cells)


@pytest.mark.parametrize("open_sides", ["left", "right", "both"])
def test_a_table_without_outer_walls_keeps_its_outer_columns(open_sides: str) -> None:
    grey = sheet()
    table(grey)
    for side, x in (("left", COLUMNS[0]), ("right", COLUMNS[-1])):
        if open_sides in (side, "both"):
            column = grey[ROWS[0] - 4 : ROWS[-1] + 4, x - 3 : x + 4]
            column[:] = 245
    cells = grid_of(grey).cells
    assert len(cells) == FIELDS
    assert {cell.column for cell in cells} == set(range(len(COLUMNS) - 1))


def test_a_line_that_runs_on_beside_a_table_makes_no_column() -> None:
    grey = sheet()
    table(grey)
    cv2.line(grey, (20, ROWS[2]), (COLUMNS[0], ROWS[2]), (20,), 2)
    cv2.line(grey, (20, ROWS[4]), (COLUMNS[0], ROWS[4]), (20,), 2)
    cells = grid_of(grey).cells
    assert len(cells) == FIELDS
    assert abs(min(cell.x0 for cell in cells) - COLUMNS[0]) < 5


def test_a_black_frame_round_the_sheet_is_no_table() -> None:
    grey = sheet()
    write(grey, 300, 600, 1000, 20)
    grey[:, :60] = grey[:, -50:] = grey[:40] = grey[-70:] = 10
    assert find_grid(page_to_read(page(grey)), GridSettings()).cells == ()


def test_the_size_of_letters_decides_where_the_file_says_a_false_size(tmp_path: Path) -> None:
    grey = sheet()
    for top in range(200, 2000, 400):
        write(grey, 200, top, 1200, 8)
    path = tmp_path / "small.pdf"
    Image.fromarray(grey).save(path, resolution=500.0)  # as if the sheet were 3.3 inches wide
    found = render_page(path, 1, 200)
    assert found.zoom > 2
    assert 16 < letter_height(found.grey) < 21


@pytest.mark.parametrize("share", [0.03, 0.12, 0.35])
def test_paper_of_dots_is_no_field_of_dotted_rulings(share: float) -> None:
    """Grey paper that a scanner made of black dots, from nearly white to dark."""
    grey = sheet()
    table(grey, worded=False)
    write(grey, COLUMNS[1] + 8, ROWS[2] + 34, 400)
    drawn = Image.fromarray(np.where(grey > 200, np.uint8(255 - round(255 * share)), grey))
    dithered = np.asarray(drawn.convert("1"), np.uint8) * 255
    found = find_grid(page_to_read(page(dithered)), GridSettings())
    assert len(found.cells) == FIELDS


def test_specks_and_pieces_of_broken_letters_are_not_taken_for_letters() -> None:
    grey = sheet()
    write(grey, 200, 700, 1200, 20)
    height = letter_height(grey)
    chance = np.random.default_rng(7)
    for x, y in chance.integers((60, 100), (1600, 2300), (2400, 2)):
        grey[y : y + 3, x : x + 3] = 30
    assert letter_height(grey) == pytest.approx(height, abs=2)


def test_the_large_letters_of_a_title_and_blots_do_not_count_as_the_text() -> None:
    grey = sheet()
    write(grey, 200, 640, 1200, 15)
    height = letter_height(grey)
    for line in range(3):
        at = (100, 1260 + 110 * line)
        cv2.putText(grey, "KE HOACH CUA TINH", at, cv2.FONT_HERSHEY_SIMPLEX, 3.2, (30,), 5)
    for x in (300, 700, 1100):
        cv2.circle(grey, (x, 1650), 90, (30,), -1)
    assert letter_height(grey) == pytest.approx(height, abs=5)
