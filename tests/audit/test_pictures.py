"""What a reviewer sees of a page is what is printed on it."""

from __future__ import annotations

import numpy as np
from PIL import Image

from audit.display.pictures import _flattened
from schemas.warp import NODES, Warp


def printed() -> Image.Image:
    """A page of light paper with a dark bar across and one down."""
    grey = np.full((300, 420), 244, np.uint8)
    grey[100:112, 40:380] = 20
    grey[60:260, 200:208] = 20
    return Image.fromarray(grey)


def test_a_flattened_page_shows_its_print() -> None:
    flat = Warp(np.zeros((*NODES, 2), np.float32))
    assert np.array_equal(np.asarray(_flattened(printed(), flat, 72)), np.asarray(printed()))


def test_print_is_shown_where_it_lies_on_the_flattened_page() -> None:
    lower = np.zeros((*NODES, 2), np.float32)
    lower[..., 1] = 5.0  # points: what is printed stands so much further down on the scan
    shown = np.asarray(_flattened(printed(), Warp(lower), 72))
    assert (shown[95:107, 60:180] < 60).all()
    assert (shown[109:120, 60:180] > 200).all()
