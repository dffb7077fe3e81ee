"""Damage to a sheet, as printers, copiers and scanners do it, drawn at random.

A damaged sheet is then straightened, as pages are before they are read.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.sample.scanner import Scanner, scan
from training.kinds import Rng
from training.mixes import USUAL, Mix
from training.sheets import Grey, Sheet, moved

READING_DPI = 200
_A4_PIXELS = 1654 * 2339  # at 200 dpi: the page that a scanner's specks are counted on
MACHINES = ("print", "office", "poor", "fax", "copy", "dither")
_ORDER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], dtype=np.float32)
_SCREEN = _ORDER * 16 + 8  # Bayer's grey levels above which a pixel of a dithered scan is white


@dataclass(frozen=True)
class Damage:
    """What happens to a sheet: the kind of machine and its settings.

    ``thicker`` is the share of a pixel by which a copier made strokes thicker, ``threshold`` the
    grey level up to which a 1-bit scan is black (0: the scan is grey), ``seals`` how many there
    are.
    """

    kind: str
    scanner: Scanner
    thicker: float
    threshold: int
    seals: int


def draw_damage(rng: Rng, held_out: bool = False, mix: Mix = USUAL) -> Damage:
    """The settings of a machine of any kind, drawn at random.

    Seals over the print come only with ``held_out``: they are kept out of the lines that are
    learned.
    """
    kind = str(rng.choice(MACHINES, p=mix.machines))
    between = rng.uniform
    dpi = {"poor": 150, "fax": 200}.get(kind, int(rng.choice((150, 200, 200, 300))))
    specks, noise, fade, dropout = {
        "print": (2, between(0, 1.5), between(0.85, 1.0), between(0.0, 0.08)),
        "office": (25, between(1.0, 5.0), between(0.6, 0.95), between(0.05, 0.35)),
        "poor": (35, between(3.5, 9.5), between(0.42, 0.7), between(0.25, 0.5)),
        "fax": (60, between(4.0, 11.0), between(0.6, 0.9), between(0.15, 0.45)),
        "copy": (60, between(2.0, 6.0), between(0.75, 1.0), between(0.1, 0.4)),
        "dither": (30, between(1.0, 4.0), between(0.7, 1.0), between(0.05, 0.25)),
    }[kind]
    is_bits = kind in ("fax", "dither") or (kind == "copy" and rng.random() < 0.4)
    scanner = Scanner(
        dpi, float(between(0.0, 1.3)), float(between(0.35, 0.95)), float(fade), float(dropout),
        float(noise),
        specks, 0, 0 if is_bits else int(rng.integers(28, 80)),
    )  # fmt: skip
    thicker = float(between(0.2, 0.9)) if kind == "copy" else 0.0
    return Damage(
        kind, scanner, thicker, int(rng.integers(125, 185)) if is_bits else 0, 4 if held_out else 0
    )


def damaged(sheet: Sheet, damage: Damage, rng: Rng) -> Sheet:
    """The sheet as a reader gets it: scanned, stored as scanners store it, straightened, at 200
    dpi.

    The boxes of its lines are moved along.
    """
    picture = _thicker(sheet.picture, damage.thicker)
    for _ in range(damage.seals):
        picture = _sealed(picture, rng)
    height, width = picture.shape
    share = height * width / (_A4_PIXELS * (damage.scanner.dpi / READING_DPI) ** 2)
    scanner = damage.scanner
    here = Scanner(
        **{**vars(scanner), "specks": scanner.specks * share * float(rng.gamma(1.5, 1.0))}
    )
    grey, points = scan(picture, here, rng)
    skewed = np.asarray(points, dtype=np.float64).copy()
    skewed[:, 2] *= scanner.dpi / 72
    stored = _stored(grey, damage)
    back = _straightening(skewed, scanner.dpi, (width, height), rng)
    read_size = (
        round(width * READING_DPI / scanner.dpi),
        round(height * READING_DPI / scanner.dpi),
    )
    straight = cv2.warpAffine(
        stored,
        back,
        read_size,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(245.0,),
    )
    whole = back @ np.vstack([skewed, [0.0, 0.0, 1.0]])
    return Sheet(
        np.asarray(straight, dtype=np.uint8), tuple(moved(piece, whole) for piece in sheet.pieces)
    )


def _straightening(
    skewed: NDArray[np.float64], dpi: int, size: tuple[int, int], rng: Rng
) -> NDArray[np.float64]:
    """The matrix from scanned points to the straightened page; a little of the skew is left."""
    angle = float(np.degrees(np.arctan2(skewed[1, 0], skewed[0, 0]))) + float(rng.normal(0.0, 0.05))
    scale = READING_DPI / dpi
    matrix = np.asarray(
        cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), angle, 1.0), dtype=np.float64
    )
    return matrix * scale


def _thicker(picture: Grey, by: float) -> Grey:
    if by <= 0:
        return picture
    grown = cv2.erode(picture, np.ones((2, 2), np.uint8))
    return np.asarray(cv2.addWeighted(picture, 1 - by, grown, by, 0), dtype=np.uint8)


def _stored(grey: Grey, damage: Damage) -> Grey:
    """The scan as it comes out of its file: a JPEG, or black and white by a threshold or
    dithered.
    """
    if damage.kind == "dither":
        rows, columns = grey.shape
        screen = np.tile(_SCREEN, (rows // 4 + 1, columns // 4 + 1))[:rows, :columns]
        return np.asarray(np.where(grey.astype(np.float32) + 40 > screen, 255, 0), dtype=np.uint8)
    if damage.threshold:
        return np.asarray(np.where(grey > damage.threshold, 255, 0), dtype=np.uint8)
    packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, damage.scanner.quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def _sealed(picture: Grey, rng: Rng) -> Grey:
    """The picture with a round seal over the print, whose red is a middle grey."""
    rows, columns = picture.shape
    radius = int(rng.uniform(0.1, 0.2) * rows)
    over = np.full_like(picture, 255)
    centre = (int(rng.integers(columns)), int(rng.integers(rows)))
    ink = (float(rng.uniform(90, 170)),)
    cv2.circle(over, centre, radius, ink, max(2, radius // 25), cv2.LINE_AA)
    cv2.circle(over, centre, int(0.7 * radius), ink, max(1, radius // 40), cv2.LINE_AA)
    cv2.putText(
        over,
        "* SO *",
        (centre[0] - radius // 2, centre[1]),
        cv2.FONT_HERSHEY_DUPLEX,
        radius / 90,
        ink,
        2,
        cv2.LINE_AA,
    )
    return np.asarray(np.minimum(picture, over), dtype=np.uint8)
