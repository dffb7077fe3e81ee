"""Watermarks and seals in grey are lightened; print over and under them, rulings, and pages without
them stay.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.overprint import without_marks
from tests.sample import layer
from tests.sample.build import programme_of, scanned_page
from tests.sample.overlay import Seals, Watermark
from tests.sample.scanner import DAMAGED, SCANNERS, Scanner
from tests.sample.test_damage import shown
from tests.sample.typeset import Printed, typeset
from tests.sample.variant import Variant

Picture = NDArray[np.uint8]
OFFICE = replace(SCANNERS["office"], skew=0.0)  # as it is straightened before


@pytest.fixture(scope="module")
def printing() -> Printed:
    return typeset(programme_of(Variant(small=True)), Variant(small=True))


def drawn(printing: Printed, scanner: Scanner, page_no: int, seed: int) -> Picture:
    words = layer.printed_words(printing.pdf)[page_no - 1]
    page = shown(scanned_page(printing, words, page_no, Variant(small=True, seed=seed), scanner))
    return np.ascontiguousarray(page[:, :, 0])


@pytest.mark.parametrize(
    ("scanner", "page_no", "left"),
    [
        (replace(OFFICE, watermark=Watermark("LUU HANH NOI BO", 38.0)), 5, 0.15),
        (replace(OFFICE, watermark=Watermark("DU THAO", 22.0, (0.7, 0.7, 0.7))), 2, 0.3),
        (replace(OFFICE, seals=Seals(on_text=2)), 4, 0.3),
    ],
    ids=["watermark", "darker watermark", "seals"],
)
def test_print_is_as_it_was_before_it_was_marked(
    printing: Printed, scanner: Scanner, page_no: int, left: float
) -> None:
    bare, marked = (
        drawn(printing, each, page_no, 31)
        for each in (replace(scanner, watermark=None, seals=None), scanner)
    )
    cleaned = without_marks(marked, 200)
    before, after = (np.abs(grey.astype(int) - bare) > 30 for grey in (marked, cleaned))
    assert before.sum() > 8000
    assert after.sum() < left * before.sum()
    under = (bare < 100) & (cv2.dilate(before.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0)
    assert (cleaned[under] < 150).mean() > 0.97


@pytest.mark.parametrize("scanner", list(SCANNERS))
@pytest.mark.parametrize("page_no", [1, 4])
def test_a_page_without_marks_stays_to_the_dot(
    printing: Printed, scanner: str, page_no: int
) -> None:
    page = drawn(printing, SCANNERS[scanner], page_no, 32)
    assert np.array_equal(without_marks(page, SCANNERS[scanner].dpi), page)


def test_a_black_letterhead_and_large_type_stay() -> None:
    """What is as dark as print is print, however large."""
    page = np.full((1100, 800), 240, np.uint8)
    cv2.putText(page, "UBND", (60, 300), cv2.FONT_HERSHEY_SIMPLEX, 6.0, (60,), 40, cv2.LINE_AA)
    cv2.putText(page, "Cong bao", (60, 600), cv2.FONT_HERSHEY_COMPLEX, 1.4, (70,), 3, cv2.LINE_AA)
    assert np.array_equal(without_marks(page, 100), page)


def test_rulings_run_on_through_a_seal(printing: Printed) -> None:
    sealed = drawn(printing, replace(OFFICE, seals=DAMAGED["sealed-grey"].seals), 2, 33)
    lines = [row for row in range(sealed.shape[0]) if (sealed[row, 300:1400] < 190).mean() > 0.6]
    cleaned = without_marks(sealed, 200)
    assert len(lines) > 10
    assert not np.array_equal(cleaned, sealed)
    assert [row for row in lines if (cleaned[row, 300:1400] < 190).mean() <= 0.55] == []
