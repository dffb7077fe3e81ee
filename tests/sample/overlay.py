"""Ink of another colour over the print: red seals, blue stamps, a watermark; each as how thickly it
covers the page, with its colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.sample.stamp import CENTIMETRE, star

Field = NDArray[np.float32]
Colour = tuple[float, float, float]  # red, green, blue from 0 to 1
Point = tuple[float, float]  # in points from the top left
# as measured on ten scans: 142 to 250 of red, 47 to 175 of green and blue
RED: Colour = (0.83, 0.24, 0.28)
BLUE: Colour = (0.2, 0.28, 0.72)
GREY: Colour = (0.78, 0.78, 0.78)


@dataclass(frozen=True)
class Seals:
    """Where seals lie: over the titles of appendices and the signature, over `on_text` places of
    printed words, half over an edge.

    `centimetres` is a seal's width, `ink` how thickly it is inked where it is best, `incoming`
    whether the first page bears the blue frame of the office that received it.
    """

    titles: bool = True
    on_text: int = 1
    on_edge: bool = False
    centimetres: float = 3.6
    ink: float = 0.95
    colour: Colour = RED
    incoming: bool = False


@dataclass(frozen=True)
class Watermark:
    """Large letters aslant over the middle of each page, as light as `colour`, under the print."""

    text: str = "BAN SAO"
    degrees: float = 30.0
    colour: Colour = GREY


@dataclass(frozen=True)
class Layer:
    """One ink: how thickly it lies on each pixel (0 to 1), and its colour."""

    cover: Field
    colour: Colour


def seal_layers(
    seals: Seals, page: tuple[int, int], dpi: int, heads: Sequence[Point], rng: np.random.Generator
) -> list[Layer]:
    """Return the inks of the seals about the points `heads`, and those of the edge, on a page of
    this height and width.
    """
    scale = dpi / 72
    cover = np.zeros(page, dtype=np.float32)
    radius = seals.centimetres / 2 * CENTIMETRE * scale
    at_edge = (
        [(page[1] / scale - rng.uniform(0, 12), page[0] / scale * rng.uniform(0.3, 0.7))]
        if seals.on_edge
        else []
    )
    for x, y in (*heads, *at_edge):
        np.maximum(cover, _seal(page, (x * scale, y * scale), radius, rng), out=cover)
    return [Layer(_inked(cover, seals.ink, rng), seals.colour)]


def incoming_layer(page: tuple[int, int], dpi: int, rng: np.random.Generator) -> Layer:
    """Return the blue frame of 7 by 2.6 cm with its lines of text that a receiving office puts on a
    first page.
    """
    scale = dpi / 72
    drawn = np.zeros(page, dtype=np.uint8)
    left, top = (round(part * scale) for part in (rng.uniform(60, 90), rng.uniform(95, 120)))
    width, height = round(7 * CENTIMETRE * scale), round(2.6 * CENTIMETRE * scale)
    thick = max(1, round(1.1 * scale))
    cv2.rectangle(drawn, (left, top), (left + width, top + height), 255, thick, cv2.LINE_AA)
    for line, text in enumerate(
        (
            "VAN THU - LUU TRU",
            f"DEN  So: {rng.integers(100, 9999)}",
            f"Ngay: {rng.integers(1, 28)}/11/2025",
        )
    ):
        place = (left + round(8 * scale), top + round((18 + 21 * line) * scale))
        cv2.putText(
            drawn, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.42 * scale, 255, thick, cv2.LINE_AA
        )
    return Layer(_inked(_share(drawn), 0.9, rng), BLUE)


def watermark_layer(watermark: Watermark, page: tuple[int, int], dpi: int) -> Layer:
    """Return the watermark's letters, some 2 cm high, aslant through the middle of the page."""
    height, width = page
    scale = dpi / 72
    face, thick = cv2.FONT_HERSHEY_SIMPLEX, max(1, round(9 * scale))
    (across, down), _ = cv2.getTextSize(watermark.text, face, 2.4 * scale, thick)
    drawn = np.zeros(page, dtype=np.uint8)
    cv2.putText(
        drawn,
        watermark.text,
        ((width - across) // 2, (height + down) // 2),
        face,
        2.4 * scale,
        255,
        thick,
        cv2.LINE_AA,
    )
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), watermark.degrees, 1.0)
    return Layer(
        _share(np.asarray(cv2.warpAffine(drawn, turn, (width, height)), dtype=np.uint8)),
        watermark.colour,
    )


def _share(drawn: NDArray[np.uint8]) -> Field:
    """Return what is drawn in 0 to 255 as shares."""
    return np.asarray(drawn.astype(np.float32) / np.float32(255), dtype=np.float32)


def _seal(page: tuple[int, int], centre: Point, radius: float, rng: np.random.Generator) -> Field:
    """Return a round seal: three rings, lettering between them, a star."""
    drawn = np.zeros(page, dtype=np.uint8)
    middle, unit = (round(centre[0]), round(centre[1])), radius / 51
    for share, width in ((1.0, 1.8), (0.93, 0.8), (0.6, 0.8)):
        cv2.circle(
            drawn, middle, round(radius * share), 255, max(1, round(width * unit)), cv2.LINE_AA
        )
    start = rng.uniform(0, np.pi)
    for number, angle in enumerate(np.arange(0, 2 * np.pi, np.pi / 13)):
        _letter(drawn, "TUBNDXHCQV"[number % 10], centre, 0.765 * radius, start + angle, unit)
    cv2.fillPoly(drawn, [star(centre, 0.38 * radius)], (255,))
    return _share(drawn)


def _letter(
    drawn: NDArray[np.uint8], letter: str, centre: Point, reach: float, angle: float, unit: float
) -> None:
    """Draw a letter of the rim, its foot towards the middle."""
    size = max(6, round(9 * unit))
    small = np.zeros((2 * size, 2 * size), dtype=np.uint8)
    cv2.putText(
        small,
        letter,
        (size // 2, 3 * size // 2),
        cv2.FONT_HERSHEY_SIMPLEX,
        size / 24,
        255,
        max(1, round(1.6 * unit)),
        cv2.LINE_AA,
    )
    turn = cv2.getRotationMatrix2D((float(size), float(size)), -float(np.degrees(angle)) - 90, 1.0)
    small = np.asarray(cv2.warpAffine(small, turn, (2 * size, 2 * size)), dtype=np.uint8)
    left, top = (round(centre[i] + reach * f(angle)) - size for i, f in enumerate((np.cos, np.sin)))
    rows, columns = (
        slice(max(0, top), max(0, top + 2 * size)),
        slice(max(0, left), max(0, left + 2 * size)),
    )
    under = drawn[rows, columns]
    over = small[max(0, -top) :, max(0, -left) :][: under.shape[0], : under.shape[1]]
    np.maximum(under, over, out=under)


def _inked(cover: Field, ink: float, rng: np.random.Generator) -> Field:
    """Return the seal as uneven as a hand presses it: fainter towards one side, with grain."""
    height, width = cover.shape
    pressed = cv2.resize(
        rng.uniform(0.55, 1.0, (9, 7)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    grain = cv2.GaussianBlur(rng.standard_normal(cover.shape, dtype=np.float32), (0, 0), 1.0)
    return np.asarray(
        cover * np.clip(ink * pressed * (1.0 - 0.9 * np.abs(grain)), 0.0, 1.0), dtype=np.float32
    )
