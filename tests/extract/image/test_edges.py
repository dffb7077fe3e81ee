"""What a scanner shows around a sheet goes, and print in a shadow that falls on the sheet stays."""

import numpy as np
from numpy.typing import NDArray

from extract.image.dark_fills import without_dark_fills
from extract.image.edges import without_edges
from extract.image.flatten import page_to_read
from extract.image.grid import find_grid
from extract.image.rulings import GridSettings
from tests.extract.image.grid_pages import COLUMNS, ROWS, page, sheet, table


def in_shadow(grey: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    """The picture with a shadow from its left border that fades towards ``width``."""
    across = np.arange(grey.shape[1]) / width
    share = 1 - 0.32 * np.clip(1.6 - 1.6 * across, 0, 1)
    return np.asarray((grey * share).astype(np.uint8))


def test_print_in_a_shadow_from_the_border_is_not_painted_over() -> None:
    grey = sheet()
    table(grey)
    found = find_grid(page_to_read(page(in_shadow(grey, 700))), GridSettings())
    assert len(found.cells) == (len(ROWS) - 1) * (len(COLUMNS) - 1)


def test_a_shadow_without_print_is_painted_as_paper() -> None:
    grey = sheet()
    table(grey, [x + 150 for x in COLUMNS[:-1]])
    found = without_edges(page(in_shadow(grey, 200)))
    assert found.grey[:, :100].min() > 200


def test_a_black_frame_beside_a_shadow_with_print_is_painted_as_paper() -> None:
    grey = sheet()
    table(grey)
    shaded = in_shadow(grey, 700)
    shaded[:, :60] = 10
    found = without_edges(page(shaded)).grey
    assert found[:, :60].min() > 200
    assert found[ROWS[0] : ROWS[-1], COLUMNS[0] - 4 : COLUMNS[0] + 5].min() < 30


def test_a_shadow_over_half_of_a_sheet_is_no_field_filled_with_a_dark_colour() -> None:
    grey = sheet()
    table(grey)
    soft = np.clip((np.arange(grey.shape[0]) - 1000) / 60, 0, 1)[:, np.newaxis]
    shaded = (grey * (0.35 + 0.65 * soft)).astype(np.uint8)
    shown = without_dark_fills(page(shaded)).grey
    assert np.array_equal(shown, shaded)


def test_a_streak_that_begins_at_a_black_frame_is_one_and_a_table_s_ruling_is_none() -> None:
    grey = sheet()
    table(grey)
    grey[:, 1580:1582] -= 40
    grey[:90], grey[-60:] = 10, 10
    found = page_to_read(page(grey)).grey
    beside = found[200:-200, 1574:1588]
    assert np.median(beside, axis=0).min() > 235
    assert (
        found[ROWS[0] + 20 : ROWS[-1] - 20, COLUMNS[2] - 2 : COLUMNS[2] + 3].min(axis=1).max() < 60
    )
