"""Pages on which a library fails, or would: dithered paper, long strips, and what nobody
foresaw.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import cv2
import numpy as np
import pytest

from extract import read_pages
from extract.image.grid import find_grid
from extract.image.page_image import PageImage, connected, straighten, without_dots, without_streaks
from extract.image.rulings import GridSettings
from extract.tasks import ReadingSettings
from schemas.errors import BrokenPage
from tests.hostile import pdfs

HEIGHT, WIDTH = 1200, 900
BAYER = 16 * np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]])


def dithered(grey: np.ndarray) -> np.ndarray:
    """A grey picture in dots of black and white."""
    height, width = grey.shape
    pattern = np.tile(BAYER, (height // 4 + 1, width // 4 + 1))[:height, :width]
    return np.where(grey > pattern, 255, 0).astype(np.uint8)


def table(paper: int) -> np.ndarray:
    """A ruled table of three rows and two columns on paper of this grey."""
    grey = np.full((HEIGHT, WIDTH), paper, np.uint8)
    for y in (200, 400, 600, 800):
        cv2.line(grey, (100, y), (800, y), (0,), 3)
    for x in (100, 300, 800):
        cv2.line(grey, (x, 200), (x, 800), (0,), 3)
    return grey


def comb(teeth: int) -> np.ndarray:
    """Strokes that are one piece, which only their last row tells: each begins as a piece of its
    own.
    """
    ink = np.zeros((60, 2 * teeth), np.uint8)
    ink[:, ::2] = 1
    ink[-1] = 1
    return ink


def lattice(step: int) -> np.ndarray:
    """Single pixels that do not touch."""
    ink = np.zeros((700, 1000), np.uint8)
    ink[::step, ::step] = 1
    return ink


@pytest.mark.parametrize(
    ("ink", "pieces"),
    [
        (comb(66_000), 1),
        (np.tile(np.pad(comb(2_000), ((0, 1), (0, 0))), (40, 1)), 40),
        (lattice(2), 175_000),
        (lattice(3), 78_156),
        (lattice(4), 43_750),
        (np.ones((1, 200_000), np.uint8), 1),
        (np.tile(np.array([[1, 0]], np.uint8), (1, 100_000)), 100_000),
        (dithered(np.full((900, 900), 128)) // 255, None),
    ],
)
def test_pieces_are_counted_however_many_labels_they_take(
    ink: np.ndarray, pieces: int | None
) -> None:
    expected = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)[2][1:]
    found = connected(ink)
    assert found.tolist() == expected.tolist()
    assert pieces is None or len(found) == pieces


@pytest.mark.parametrize("paper", [90, 130, 170])
def test_the_table_of_a_dithered_page_is_found(paper: int) -> None:
    drawn = PageImage(1, dithered(table(paper)), 110)
    assert (
        len(find_grid(straighten(without_streaks(without_dots(drawn))), GridSettings()).cells) == 6
    )


def test_a_page_without_dots_stays_as_it_is() -> None:
    drawn = PageImage(1, table(255), 110)
    assert without_dots(drawn) is drawn


@pytest.mark.parametrize("shape", [(200, 200_000), (200_000, 200), (201, 40_000)])
def test_a_long_strip_is_straightened(shape: tuple[int, int]) -> None:
    grey = np.full(shape, 255, np.uint8)
    grey[::37] = 0
    assert sorted(straighten(PageImage(1, grey, 200)).grey.shape) == sorted(shape)


@pytest.mark.parametrize(
    "error", [cv2.error("x.cpp:1: error: overflow"), ZeroDivisionError("Tỉnh ủy"), IndexError(3)]
)
def test_a_page_that_a_library_fails_on_is_named_without_its_text(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise error

    monkeypatch.setattr(read_pages, "find_grid", fail)
    (tmp_path / "x.pdf").write_bytes(pdfs.lines_of_ink())
    with pytest.raises(BrokenPage) as caught:
        read_pages.read_pages(tmp_path / "x.pdf", [1], ReadingSettings())
    told = str(caught.value)
    assert told.startswith(
        f"x.pdf, page 1: the page cannot be read: {type(error).__module__}.{type(error).__name__}"
    )
    assert "extract/read_pages.py, line" in told
    assert "Tỉnh" not in told
