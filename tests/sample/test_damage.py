"""The sample's scanners that lean, bend, cover and seal a page: what each does can be measured on
the page.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from numpy.typing import NDArray

from tests.sample import layer
from tests.sample.build import make_pdf, programme_of, scanned_page
from tests.sample.damage import Curl, Damage, Lean, Lid, Streak, bend, bent_point, cover
from tests.sample.overlay import Seals
from tests.sample.pdf import PageImage, ScannedPage, write_pdf
from tests.sample.scanner import DAMAGED, encode, group4
from tests.sample.typeset import Printed, typeset
from tests.sample.variant import Variant

Picture = NDArray[np.uint8]
SMALL = Variant(small=True, seed=3)


@cache
def printing() -> Printed:
    return typeset(programme_of(SMALL), SMALL)


def shown(page: ScannedPage) -> Picture:
    """A scanned page as PDFium draws it, dot by dot."""
    document = pdfium.PdfDocument(write_pdf([page]))
    try:
        return np.array(document[0].render(scale=page.image.dpi / 72).to_numpy())[:, :, 2::-1]
    finally:
        document.close()


def page_of(scanner: str, page_no: int, variant: Variant = SMALL) -> ScannedPage:
    words = layer.printed_words(printing().pdf)[page_no - 1]
    return scanned_page(printing(), words, page_no, variant, DAMAGED[scanner])


def upright_lines(damage: Damage) -> NDArray[np.float32]:
    """A page of 600 by 400 with an upright line at a tenth and at nine tenths of its
    width, bent.
    """
    page = np.full((600, 400), 255, np.float32)
    page[:, [40, 360]] = 0
    return bend(page, damage, 255.0)


def test_verticals_lean_by_another_angle_on_either_side() -> None:
    leaning = upright_lines(Damage(lean=Lean(0.8, -1.2)))
    for columns, degrees in ((slice(0, 200), 0.6), (slice(200, 400), -1.0)):
        places = leaning[:, columns].argmin(axis=1)
        slope = np.polyfit(np.arange(600), places, 1)[0]
        assert abs(float(np.degrees(np.arctan(-slope))) - degrees) < 0.1


def test_rows_bend_towards_the_spine_alone() -> None:
    page = np.full((600, 400), 255, np.float32)
    page[300] = 0
    bent = bend(page, Damage(curl=Curl(depth=0.03, width=0.2)), 255.0)
    heights = [float(bent[:, column].argmin()) for column in (2, 40, 79, 100, 390)]
    assert heights[0] < heights[1] - 3 < heights[2] - 3
    assert heights[3:] == [300.0, 300.0]


@pytest.mark.parametrize(
    "damage",
    [
        Damage(lean=Lean(0.9, -0.7)),
        Damage(curl=Curl(is_right=True)),
        Damage(Lean(0.4, 0.6), Curl()),
    ],
)
def test_a_point_of_the_flat_page_is_found_on_the_bent_one(damage: Damage) -> None:
    dots = np.full((800, 600), 255, np.float32)
    places = [(30, 40), (300, 410), (560, 770), (590, 60), (12, 700)]
    for x, y in places:
        cv2.circle(dots, (x, y), 2, (0.0,), -1)
    bent = bend(dots, damage, 255.0)
    for place in places:
        across, down = bent_point(*place, dots.shape, damage)
        assert bent[round(down), round(across)] < 60, place


def test_a_lid_and_streaks_darken_their_own_places() -> None:
    white = np.full((1000, 700), 255, np.float32)
    lid = cover(
        white, Damage(lid=Lid(("top", "right"), 6.0, 25.0, 0.0)), 100, np.random.default_rng(1)
    )
    assert lid[2, 350] == lid[500, -3] == 25.0
    assert lid[-3, 10] > 250
    struck = cover(
        white,
        Damage(streaks=(Streak("across", 1, 90.0, 0.0), Streak("down", 1, 120.0, 5.0))),
        100,
        np.random.default_rng(1),
    )
    rows, columns = (struck == 90.0).mean(axis=1), (struck == 120.0).mean(axis=0)
    assert 1 <= (rows > 0.99).sum() <= 2
    assert 0.3 < columns.max() < 0.7


@pytest.mark.parametrize("scanner", ["leaning", "spine", "copied"])
def test_a_text_layer_follows_the_bends(scanner: str) -> None:
    page = page_of(scanner, 4, replace(SMALL, text_layer=True, layer_errors=0.0))
    scale = page.image.dpi / 72
    dark = shown(page).mean(axis=2) < 150
    inked = [
        dark[
            round(word.top * scale) : round(word.bottom * scale),
            round(word.x0 * scale) : round(word.x1 * scale),
        ].mean()
        for word in page.words
    ]
    between = [
        dark[
            round(word.bottom * scale) - 1 : round(word.bottom * scale) + 1,
            round(word.x0 * scale) : round(word.x1 * scale),
        ].mean()
        for word in page.words
    ]
    assert np.mean(np.array(inked) > 0.05) > 0.97
    assert np.median(between) < 0.5 * np.median(inked)


def test_jbig2_holds_the_same_dots_as_group_4() -> None:
    grey = np.full((300, 417), 255, np.uint8)
    cv2.putText(grey, "Trang 12", (20, 160), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (0,), 5)
    fax = shown(ScannedPage(PageImage(417, 300, 72, group4(grey), "CCITTFaxDecode")))
    assert np.array_equal(fax, shown(ScannedPage(encode(grey, replace(DAMAGED["copied"], dpi=72)))))
    assert 0.01 < (fax == 0).mean() < 0.2


@pytest.mark.parametrize(("scanner", "levels"), [("leaning", 100), ("dithered", 2)])
def test_other_ways_of_storing_show_the_page(scanner: str, levels: int) -> None:
    wide = np.tile(np.linspace(40, 245, 512).astype(np.uint8), (256, 1))
    back = shown(ScannedPage(encode(wide, replace(DAMAGED[scanner], dpi=72)))).mean(axis=2)
    assert (len(np.unique(back.round())) <= 2) == (levels == 2)
    means = back.reshape(256, 8, 64).mean(axis=(0, 2))
    assert (np.diff(means) > 15).all()


def test_seals_keep_their_colour_and_let_print_through() -> None:
    settings = replace(
        DAMAGED["sealed"], seals=Seals(titles=False, on_text=3, on_edge=True, incoming=True)
    )
    words = layer.printed_words(printing().pdf)[0]
    page, bare = (
        shown(scanned_page(printing(), words, 1, SMALL, scanner)).astype(int)
        for scanner in (settings, replace(settings, seals=None))
    )
    red, green, blue = page[:, :, 0], page[:, :, 1], page[:, :, 2]
    sealed, framed = red - np.maximum(green, blue) > 60, blue - np.maximum(red, green) > 60
    assert 0.005 < sealed.mean() < 0.05
    assert 0.0002 < framed.mean() < 0.01
    print_under = (bare.mean(axis=2) < 90) & (
        cv2.dilate(sealed.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    )
    assert print_under.sum() > 300
    assert (page.mean(axis=2)[print_under] < 130).mean() > 0.95


@pytest.mark.parametrize("scanner", list(DAMAGED))
def test_a_page_is_scanned_the_same_for_the_same_seed(scanner: str) -> None:
    once, again, other = (
        page_of(scanner, 4, replace(SMALL, seed=seed)).image.data for seed in (3, 3, 4)
    )
    assert once == again != other


def test_inks_leave_all_else_as_it_is(tmp_path: Path) -> None:
    """With and without seals a page is skewed, faded and soiled alike, so that what they hide can
    be told.
    """
    words = layer.printed_words(printing().pdf)[3]
    grey, bare = (
        shown(scanned_page(printing(), words, 4, SMALL, scanner)).astype(int)
        for scanner in (DAMAGED["watermarked"], replace(DAMAGED["watermarked"], watermark=None))
    )
    differs = np.abs(grey - bare).max(axis=2) > 25
    assert 0.01 < differs.mean() < 0.1
    assert np.median(bare[differs] - grey[differs]) > 30


def test_damaged_scans_have_all_pages(tmp_path: Path) -> None:
    make_pdf(tmp_path / "x.pdf", tmp_path / "truth", Variant(small=True), "sealed-grey")
    document = pdfium.PdfDocument(tmp_path / "x.pdf")
    try:
        assert len(document) == 5
    finally:
        document.close()
