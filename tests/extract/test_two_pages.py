"""Sheets with two pages side by side are told from landscape pages, and refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.page_image import PageImage, render_page, straighten
from extract.image.two_pages import is_two_pages
from extract.read_pages import read_pages
from extract.tasks import ReadingSettings
from schemas.errors import TwoPagesOnASheet
from tests.extract.image.grid_pages import table, write
from tests.places import PROJECT
from tests.sample.pdf import ScannedPage, write_pdf
from tests.sample.scanner import SCANNERS, encode

WIDTH, HEIGHT = 2339, 1654  # A4 lying down at 200 dpi
Grey = NDArray[np.uint8]


def sheet() -> Grey:
    return np.full((HEIGHT, WIDTH), 245, np.uint8)


def prose(grey: Grey, x: int, width: int, lines: int = 30) -> None:
    """A page of prose, its text as wide as this."""
    words = "chuong trinh hanh dong thuc hien nghi quyet cua hoi dong nhan dan huyen ve xay dung"
    for line in range(lines):
        cv2.putText(
            grey, words, (x, 200 + 40 * line), cv2.FONT_HERSHEY_SIMPLEX, width / 1500, (30,), 2
        )


def two_of_prose() -> Grey:
    """An open book: the spine's shadow between two pages of prose."""
    grey = sheet()
    prose(grey, 150, 860)
    prose(grey, 1320, 860)
    grey[:, 1150:1180] = 120
    return grey


def prose_and_table() -> Grey:
    grey = sheet()
    prose(grey, 150, 860)
    table(grey, (1280, 1350, 1700, 2000, 2200), (200, 300, 420, 540, 700, 900, 1100, 1300))
    return grey


def two_tables() -> Grey:
    """Two pages of one table with a fold between them."""
    grey = sheet()
    for left in (100, 1250):
        columns = tuple(left + step for step in (0, 90, 500, 760, 980))
        table(grey, columns, tuple(range(200, 1500, 130)))
    cv2.line(grey, (1165, 0), (1170, HEIGHT), (150,), 3)
    return grey


def one_table() -> Grey:
    grey = sheet()
    table(grey, (100, 200, 1100, 1240, 1800, 2200), (200, 300, 420, 540, 700, 900, 1100, 1300))
    return grey


def two_small_tables_under_a_title() -> Grey:
    grey = two_tables()
    write(grey, 900, 150, 600)
    return grey


def signatures() -> Grey:
    """Recipients at the left, a signature at the right, nothing between."""
    grey = sheet()
    write(grey, 150, 300, 520, 9)
    write(grey, 1600, 300, 300, 2)
    write(grey, 1560, 640, 380)
    return grey


def heads() -> Grey:
    """A letter's two heads over prose across the sheet."""
    grey = signatures()
    prose(grey, 150, 2000, 12)
    return grey


def picture_of(drawn: Grey) -> PageImage:
    return straighten(PageImage(1, drawn, 200))


@pytest.mark.parametrize("drawn", [two_of_prose, prose_and_table, two_tables])
def test_two_pages_are_told(drawn: object) -> None:
    assert callable(drawn)
    assert is_two_pages(picture_of(drawn()))


@pytest.mark.parametrize("drawn", [one_table, two_small_tables_under_a_title, signatures, heads])
def test_landscape_pages_are_one(drawn: object) -> None:
    assert callable(drawn)
    assert not is_two_pages(picture_of(drawn()))


def test_an_upright_page_is_one() -> None:
    assert not is_two_pages(PageImage(1, np.ascontiguousarray(two_of_prose()[:, :1400]), 200))


def test_the_samples_landscape_pages_are_one() -> None:
    pages = [straighten(render_page(PROJECT / "raw" / "sample.pdf", n, 100)) for n in (8, 13)]
    assert [page.grey.shape[1] > page.grey.shape[0] for page in pages] == [True, True]
    assert not any(is_two_pages(page) for page in pages)


def test_the_document_is_refused_with_the_sheet_named(tmp_path: Path) -> None:
    pages = [ScannedPage(encode(drawn(), SCANNERS["office"])) for drawn in (one_table, two_tables)]
    (tmp_path / "x.pdf").write_bytes(write_pdf(pages))
    with pytest.raises(TwoPagesOnASheet) as caught:
        read_pages(tmp_path / "x.pdf", [2], ReadingSettings())
    assert str(caught.value).startswith("x.pdf, page 2: two pages stand side by side")
    assert "one page a sheet" in str(caught.value)
