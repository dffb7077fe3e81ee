"""Lean and bend of rulings are undone, and places on the flat page are found again on the scan."""

from dataclasses import replace

import numpy as np
import pytest

from extract.image.flatten import flatten, page_to_read
from extract.image.grid import find_grid
from extract.image.page_image import as_scanned, turn_page
from extract.image.rulings import GridSettings
from schemas.warp import NODES, Warp
from tests.extract.image.grid_pages import (
    COLUMNS,
    ROWS,
    Bend,
    bent,
    curled,
    leaning,
    page,
    sheet,
    table,
)


def places(shape: tuple[int, int]) -> list[tuple[int, int]]:
    rows, columns = shape
    return [(row, column) for row in range(rows) for column in range(columns)]


@pytest.mark.parametrize("bend", [leaning, curled])
@pytest.mark.parametrize("turn", [0, 90])
def test_a_bent_table_is_found_and_its_cells_are_placed_on_the_scan(bend: Bend, turn: int) -> None:
    flat = sheet()
    table(flat)
    scan = bent(flat, bend)
    found = flatten(page(np.ascontiguousarray(np.rot90(scan, turn // 90))), GridSettings())
    assert found.warp is not None
    cells = find_grid(found, GridSettings()).cells
    assert [(cell.row, cell.column) for cell in cells] == places((len(ROWS) - 1, len(COLUMNS) - 1))
    for cell in cells:
        ((x, y),) = as_scanned(found, [(cell.x0, cell.top)]).tolist()
        if turn:
            x, y = scan.shape[1] - y, x
        across, down = bend(np.array(float(x)), np.array(float(y)))
        assert abs(across - COLUMNS[cell.column]) < 3
        assert abs(down - ROWS[cell.row]) < 3


def test_a_straight_page_is_left_as_it_is() -> None:
    flat = sheet()
    table(flat, worded=False)
    found = flatten(page(flat), GridSettings())
    assert (found.warp, found.skew) == (None, 0.0)


def test_a_flattened_page_turned_upside_down_finds_its_places_too() -> None:
    flat = sheet()
    table(flat)
    upright = flatten(page(bent(flat, leaning)), GridSettings())
    height, width = upright.grey.shape
    over = turn_page(upright, 180)
    place = (400.0, 700.0)
    same = (width - place[0], height - place[1])
    assert np.abs(as_scanned(over, [same]) - as_scanned(upright, [place])).max() < 0.01


def test_a_warp_is_written_as_text_and_read_again() -> None:
    shifts = np.round(np.random.default_rng(3).normal(0, 4, (*NODES, 2)), 2).astype(np.float32)
    assert np.array_equal(Warp.from_text(Warp(shifts).to_text()).shifts, shifts)  # type: ignore[union-attr]
    assert Warp.from_text("") is None


def test_the_target_of_a_source_is_the_point_itself() -> None:
    shifts = np.zeros((*NODES, 2), np.float32)
    shifts[..., 0] = np.linspace(-9, 7, NODES[0])[:, None]
    warp, size = Warp(shifts), (595.0, 842.0)
    points = np.array([[10.0, 20.0], [300.0, 400.0], [580.0, 800.0]])
    assert np.abs(warp.target(warp.source(points, size), size) - points).max() < 0.01


def test_a_blank_page_has_no_warp() -> None:
    blank = flatten(page(sheet()), GridSettings())
    assert (blank.warp, blank.skew) == (None, 0.0)
    assert find_grid(replace(blank, dpi=200), GridSettings()).cells == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 500), (500, 3), (8, 8)])
def test_a_page_of_a_few_pixels_has_no_table(size: tuple[int, int]) -> None:
    grey = np.full(size, 245, np.uint8)
    grey[0] = 20
    assert find_grid(page_to_read(page(grey)), GridSettings()).cells == ()
