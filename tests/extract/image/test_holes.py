"""Punched holes go; dark spots among the text, filled fields and thick print stay."""

import cv2
import pytest

from extract.image.holes import without_holes
from tests.extract.image.grid_pages import COLUMNS, ROWS, SIZE, page, sheet, table


@pytest.mark.parametrize("place", [(80, 900), (SIZE[0] - 85, 1500), (600, 90)])
def test_a_hole_in_a_margin_becomes_paper_and_the_print_beside_it_stays(
    place: tuple[int, int],
) -> None:
    grey = sheet()
    table(grey)
    printed = grey[ROWS[0] : ROWS[-1], COLUMNS[0] : COLUMNS[-1]].copy()
    cv2.circle(grey, place, 24, (15,), -1)
    found = without_holes(page(grey)).grey
    assert found[place[1] - 30 : place[1] + 30, place[0] - 30 : place[0] + 30].min() > 230
    assert (found[ROWS[0] : ROWS[-1], COLUMNS[0] : COLUMNS[-1]] == printed).all()


def test_the_rim_of_a_hole_with_paper_left_in_it_goes_and_a_ruling_near_it_stays() -> None:
    grey = sheet()
    table(grey)
    ruling = grey[ROWS[0] : ROWS[-1], COLUMNS[0] - 1 : COLUMNS[0] + 2].copy()
    cv2.circle(grey, (110, 900), 24, (15,), -1)
    cv2.line(grey, (80, 890), (140, 890), (245,), 8)
    found = without_holes(page(grey)).grey
    assert found[870:930, 80:140].min() > 230
    assert (found[ROWS[0] : ROWS[-1], COLUMNS[0] - 1 : COLUMNS[0] + 2] == ruling).all()


def test_spots_on_the_text_wide_fields_and_letters_in_a_margin_stay() -> None:
    grey = sheet()
    table(grey)
    cv2.circle(grey, (700, 900), 24, (15,), -1)
    cv2.rectangle(grey, (40, 1000), (400, 1060), (40,), -1)
    cv2.putText(grey, "12", (60, 1400), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (20,), 6)
    assert without_holes(page(grey)).grey is grey
