"""Paper in shade becomes as light as the rest of its page; print, filled fields and pages that
light falls on evenly stay.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.shade import without_shade
from tests.extract.image.grid_pages import COLUMNS, ROWS, page, sheet, table


def in_shade(grey: NDArray[np.uint8], left: float, right: float) -> NDArray[np.uint8]:
    """The picture under light that goes from one share at the left to another in its middle."""
    across = np.clip(np.linspace(0, 2, grey.shape[1]), 0, 1)
    return np.asarray(grey * (left + (right - left) * across), np.uint8)


def test_paper_in_deep_shade_is_as_light_as_beside_it_and_print_as_dark() -> None:
    grey = sheet()
    table(grey)
    found = without_shade(page(in_shade(grey, 0.3, 1.0))).grey
    inside = found[ROWS[2] + 60 : ROWS[3] - 10, COLUMNS[0] + 10 : COLUMNS[1] - 10]
    assert inside.min() > 225
    assert found[ROWS[0] + 20 : ROWS[1] - 20, COLUMNS[0] - 1 : COLUMNS[0] + 2].min() < 60


def test_an_evenly_lit_page_stays_as_it_is_also_with_narrow_shade_at_its_border() -> None:
    grey = sheet()
    table(grey)
    assert without_shade(page(grey)).grey is grey
    grey[:, :30] = 90
    assert without_shade(page(grey)).grey is grey


def test_a_filled_field_of_a_shaded_page_stays_dark() -> None:
    grey = sheet()
    table(grey)
    cv2.rectangle(grey, (COLUMNS[0], ROWS[0]), (COLUMNS[-1], ROWS[1]), (60,), -1)
    found = without_shade(page(in_shade(grey, 0.5, 1.0))).grey
    assert np.median(found[ROWS[0] + 10 : ROWS[1] - 10, COLUMNS[0] : COLUMNS[-1]]) < 90


def test_a_wide_filled_field_is_no_shade() -> None:
    grey = sheet()
    table(grey)
    box = (COLUMNS[0], ROWS[0]), (COLUMNS[-2], ROWS[2])
    cv2.rectangle(grey, *box, (60,), -1)
    assert without_shade(page(grey)).grey is grey
    grey[:, -300:] = (grey[:, -300:] * np.linspace(1, 0.4, 300)).astype(np.uint8)
    found = without_shade(page(grey)).grey
    assert np.median(found[:, -150:-20]) > 225
    assert np.median(found[ROWS[0] + 10 : ROWS[2] - 10, COLUMNS[0] : COLUMNS[3]]) < 70
