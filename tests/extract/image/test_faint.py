"""Rulings of faint print, which are lighter than ink."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.faint import ink_and_rulings
from extract.image.flatten import page_to_read
from extract.image.grid import find_grid
from extract.image.page_image import ink_mask
from extract.image.rulings import GridSettings
from tests.extract.image.grid_pages import COLUMNS, ROWS, page, sheet, table, write

FIELDS = (len(ROWS) - 1) * (len(COLUMNS) - 1)
UNIT = 200 / 72


def faded(grey: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    """The print of a page with a share of its darkness, on grainy paper, a little out of focus."""
    grain = np.random.default_rng(5).normal(0, 5, grey.shape)
    soft = cv2.GaussianBlur(grey, (0, 0), 0.8).astype(float)
    return np.clip(240 - (245 - soft) * share + grain, 0, 255).astype(np.uint8)


def thin() -> NDArray[np.uint8]:
    """A page with a table of thin rulings."""
    grey = sheet()
    write(grey, 150, 120, 1300, 6)
    for x in COLUMNS:
        cv2.line(grey, (x, ROWS[0]), (x, ROWS[-1]), (20,), 1)
    for y in ROWS:
        cv2.line(grey, (COLUMNS[0], y), (COLUMNS[-1], y), (20,), 1)
    for top in ROWS[:-1]:
        for left, right in pairwise(COLUMNS):
            write(grey, left + 8, top + 34, right - left - 16)
    return grey


@pytest.mark.parametrize("share", [0.2, 0.24])
def test_a_table_of_faint_print_has_all_its_cells(share: float) -> None:
    grey = faded(thin(), share)
    assert ink_mask(grey)[:, COLUMNS[0] - 2 : COLUMNS[0] + 3].any(axis=1).mean() < 0.4
    found = find_grid(page_to_read(page(grey)), GridSettings())
    assert len(found.cells) == FIELDS
    assert not any(cell.doubtful for cell in found.cells)


def test_faint_words_without_rulings_make_no_table() -> None:
    grey = sheet()
    write(grey, 150, 200, 1300, 50)
    assert find_grid(page_to_read(page(faded(grey, 0.2))), GridSettings()).cells == ()


def test_of_dark_print_nothing_but_ink_counts() -> None:
    grey = sheet()
    table(grey)
    cv2.line(grey, (100, 2100), (1500, 2100), (225,), 1)  # fainter than ink
    assert np.array_equal(ink_and_rulings(grey, UNIT), ink_mask(grey))


def test_a_page_without_ink_has_no_rulings() -> None:
    assert not ink_and_rulings(sheet(), UNIT).any()


def broken(grey: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    """The page in black and white, without a share of its rulings' pieces of five pixels."""
    chance = np.random.default_rng(6)
    height, width = grey.shape
    kept = np.where(grey < 128, np.uint8(0), np.uint8(255))
    for x in COLUMNS:
        lost = np.repeat(chance.random(height // 5 + 1) < share, 5)[:height]
        kept[lost, x] = 255
    for y in ROWS:
        lost = np.repeat(chance.random(width // 5 + 1) < share, 5)[:width]
        kept[y, lost] = 255
    return kept


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_a_table_whose_rulings_are_in_pieces_has_all_its_cells(share: float) -> None:
    found = find_grid(page(broken(thin(), share)), GridSettings())
    assert len(found.tables) == 1
    assert len(found.cells) == FIELDS


def test_a_table_of_which_a_corner_alone_is_whole_has_all_its_cells() -> None:
    grey = broken(thin(), 0.3)
    table(grey, COLUMNS[-3:], ROWS[-2:], worded=False)
    found = find_grid(page(grey), GridSettings())
    assert len(found.tables) == 1
    assert len(found.cells) == FIELDS


def test_two_tables_side_by_side_stay_two() -> None:
    grey = sheet()
    table(grey, COLUMNS[:3])
    table(grey, COLUMNS[3:])
    assert len(find_grid(page(grey), GridSettings()).tables) == 2


def test_a_page_on_which_no_table_is_found_by_broken_rulings_either_has_its_own_ink() -> None:
    grey = sheet()
    for y in range(200, 2200, 300):
        cv2.line(grey, (150, y), (1500, y), (20,), 2)
        cv2.line(grey, (150, y + 100), (1500, y + 100), (225,), 1)  # fainter than ink
    found = find_grid(page(grey), GridSettings())
    assert found.tables == ()
    assert np.array_equal(found.ink, ink_mask(grey))


def test_a_page_whose_table_is_whole_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*_: object) -> None:
        raise AssertionError("a second look")

    monkeypatch.setattr("extract.image.grid.with_rulings", again)
    grey = sheet()
    table(grey)
    assert len(find_grid(page(grey), GridSettings()).tables) == 1
