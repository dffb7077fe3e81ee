"""Stamps in colour leave a scan before it is read; print under them, and all other ink in colour,
stays.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.colour import to_grey, without_stamps
from tests.sample import layer
from tests.sample.build import programme_of, scanned_page
from tests.sample.overlay import RED, Colour, Layer, Seals, Watermark, incoming_layer
from tests.sample.scanner import DAMAGED, Scanner, seen
from tests.sample.test_damage import shown
from tests.sample.typeset import Printed, typeset
from tests.sample.variant import Variant

Picture = NDArray[np.uint8]
OFFICE = replace(DAMAGED["sealed"], seals=None)
VIOLET: Colour = (0.42, 0.25, 0.62)


@pytest.fixture(scope="module")
def printing() -> Printed:
    return typeset(programme_of(Variant(small=True)), Variant(small=True))


def drawn(printing: Printed, scanner: Scanner, page_no: int, seed: int) -> Picture:
    words = layer.printed_words(printing.pdf)[page_no - 1]
    return np.ascontiguousarray(
        shown(scanned_page(printing, words, page_no, Variant(small=True, seed=seed), scanner))
    )


@pytest.mark.parametrize(
    ("seals", "page_no", "seed", "left"),
    [
        (Seals(on_text=2), 2, 21, 0.12),
        (Seals(on_text=1, on_edge=True, incoming=True), 1, 22, 0.12),
        (Seals(on_text=3, centimetres=3.4, colour=VIOLET), 4, 23, 0.25),  # nearly as dark as print
        (Seals(on_text=2, ink=0.6), 5, 24, 0.2),
    ],
    ids=["red", "edge and frame", "violet", "faint"],
)
def test_print_is_as_it_was_before_it_was_sealed(
    printing: Printed, seals: Seals, page_no: int, seed: int, left: float
) -> None:
    bare, sealed = (
        drawn(printing, scanner, page_no, seed)
        for scanner in (OFFICE, replace(OFFICE, seals=seals))
    )
    before, after = (
        np.abs(grey.astype(int) - to_grey(bare)) > 60
        for grey in (to_grey(sealed), without_stamps(sealed, 200))
    )
    assert before.sum() > 2000
    assert after.sum() < left * before.sum()
    print_there = (to_grey(bare) < 110) & (
        cv2.dilate(before.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0
    )
    assert (without_stamps(sealed, 200)[print_there] < 150).mean() > 0.97


def test_a_page_without_stamps_stays_to_the_dot(printing: Printed) -> None:
    bare = drawn(printing, OFFICE, 2, 3)
    assert np.array_equal(without_stamps(bare, 200), to_grey(bare))


def in_colour(page: Picture, strokes: Picture, colour: Colour) -> Picture:
    """The page with what is drawn at 255 in ``strokes`` printed on it in colour."""
    ink = Layer((strokes / 255).astype(np.float32), colour)
    return seen(to_grey(page).astype(np.float32), [ink], OFFICE)


@pytest.mark.parametrize("colour", [RED, VIOLET])
def test_words_in_colour_stay(printing: Printed, colour: Colour) -> None:
    """A paragraph, numbers written by hand and an underlined title are no stamps, whatever their
    colour.
    """
    page = drawn(printing, OFFICE, 3, 4)
    strokes = np.zeros(page.shape[:2], np.uint8)
    for line in range(6):
        cv2.putText(
            strokes,
            "Quyet dinh nay co hieu luc ke tu ngay ky",
            (300, 900 + 42 * line),
            cv2.FONT_HERSHEY_COMPLEX,
            1.1,
            255,
            2,
            cv2.LINE_AA,
        )
    cv2.putText(
        strokes, "2417", (400, 1250), cv2.FONT_HERSHEY_SCRIPT_COMPLEX, 2.2, 255, 3, cv2.LINE_AA
    )
    cv2.line(strokes, (300, 1300), (1100, 1302), 255, 3, cv2.LINE_AA)
    coloured = in_colour(page, strokes, colour)
    assert np.array_equal(without_stamps(coloured, 200), to_grey(coloured))


def test_rulings_in_colour_stay(printing: Printed) -> None:
    page = drawn(printing, OFFICE, 3, 5)
    strokes = np.zeros(page.shape[:2], np.uint8)
    for at in range(6):
        cv2.line(strokes, (200, 900 + 60 * at), (2000, 900 + 60 * at), 255, 2)
        cv2.line(strokes, (200 + 360 * at, 900), (200 + 360 * at, 1200), 255, 2)
    coloured = in_colour(page, strokes, (0.2, 0.3, 0.8))
    assert np.array_equal(without_stamps(coloured, 200), to_grey(coloured))


def test_a_frame_and_the_seal_over_it_both_go(printing: Printed) -> None:
    rng = np.random.default_rng(5)
    page = np.full((2339, 1654), 245, np.float32)
    framed = seen(page, [incoming_layer(page.shape, 200, rng)], OFFICE)
    assert (to_grey(framed) < 180).sum() > 3000
    assert (without_stamps(framed, 200) < 180).sum() < 100


def test_a_watermark_is_no_stamp(printing: Printed) -> None:
    marked = drawn(printing, replace(OFFICE, watermark=Watermark()), 4, 6)
    assert np.array_equal(without_stamps(marked, 200), to_grey(marked))
