"""Draws a seal and a signature over a rendered page, as they come out in grey."""

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
SEAL_INK, PEN_INK = 128, 60
CENTIMETRE = 72 / 2.54


def star(centre: tuple[float, float], radius: float) -> NDArray[np.int32]:
    """Return the ten corners of a five-pointed star."""
    angles = -np.pi / 2 + np.arange(10) * np.pi / 5
    reach = np.where(np.arange(10) % 2 == 0, radius, radius * 0.4)
    return np.stack(
        [centre[0] + reach * np.cos(angles), centre[1] + reach * np.sin(angles)], axis=1
    ).astype(np.int32)


def seal(page: Grey, x: float, y: float, dpi: int) -> Grey:
    """Return the page with a round seal of 3.6 cm about the point (x, y), in points; print shows
    through the ink.
    """
    scale = dpi / 72
    centre = (int(x * scale), int(y * scale))
    radius = 1.8 * CENTIMETRE * scale
    ink = np.full(page.shape, 255, dtype=np.uint8)
    for share, width in ((1.0, 1.6), (0.93, 0.7), (0.6, 0.7)):
        cv2.circle(
            ink, centre, int(radius * share), SEAL_INK, max(1, round(width * scale)), cv2.LINE_AA
        )
    # the lettering along the rim, too small to read
    for angle in np.arange(0, 2 * np.pi, np.pi / 16):
        at = (
            int(centre[0] + 0.76 * radius * np.cos(angle)),
            int(centre[1] + 0.76 * radius * np.sin(angle)),
        )
        across = (
            int(at[0] + 0.1 * radius * np.cos(angle)),
            int(at[1] + 0.1 * radius * np.sin(angle)),
        )
        cv2.line(ink, at, across, SEAL_INK, max(1, round(1.4 * scale)), cv2.LINE_AA)
    cv2.fillPoly(ink, [star((float(centre[0]), float(centre[1])), 0.4 * radius)], (SEAL_INK,))
    return np.asarray(np.minimum(page, ink), dtype=np.uint8)


def signature(page: Grey, x: float, y: float, dpi: int, rng: np.random.Generator) -> Grey:
    """Return the page with a pen stroke about the point (x, y), in points."""
    scale = dpi / 72
    along = np.linspace(0, 1, 240)
    left, up = (np.sin(2 * np.pi * (f * along + rng.random())) for f in (3.0, 4.0))
    xs = x - 45 + 90 * along + 12 * left
    ys = y + 14 * up * (1 - 0.6 * along) - 10 * along
    stroke = (np.stack([xs, ys], axis=1) * scale).astype(np.int32)
    ink = page.copy()
    cv2.polylines(ink, [stroke], False, (PEN_INK,), max(1, round(1.1 * scale)), cv2.LINE_AA)
    return np.asarray(np.minimum(page, ink), dtype=np.uint8)
