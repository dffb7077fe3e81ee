"""Watermarks and seals that a scan shows in grey are lightened before it is read.

Print over or under them stays. What is thicker than any letter's strokes and lighter than print is
no print. Its tone tells which pixels belong to it: those as light as it, in a watermark's letters
and around the star of a seal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.levels import median_level

Grey = NDArray[np.uint8]
_MILLIMETRES = 25.4
_LIGHTEST = 18  # grey levels by which a mark is darker than paper, at least
_DARKEST = 0.68  # of the way from paper to the darkest print that a mark is dark, at most
_THICK = 0.75  # millimetres: half of the thickness that bold letters' strokes stay under
_LEAST = 2.4  # millimetres that a piece measures both ways
_FULL = 0.85  # of its box that a piece fills at most; a shaded cell fills all
_EVEN = 24.0  # levels by which the middle half of a piece's dots may differ
# of the way from paper to print: darker pieces are the star of a seal, whose rings lie around it
_SEAL = 0.3
_RADIUS = 21.0  # millimetres from a seal's star to beyond its rim
_STAR = (6.0, 18.0)  # millimetres that a star measures
_ROOM = 1.2  # millimetres around a watermark's letters, for their blurred edges
_RULING = 13.0  # millimetres that no straight part of a seal's ring is long
_RAMP = 25.0  # levels from a mark's darkest dots to those that are surely print
_NOISE = 6.0  # levels by which dots of a mark can be darker than most of it
_APART = 40.0  # levels that print must be darker than a mark, or the two cannot be told


@dataclass(frozen=True)
class Mark:
    """A part of a page (1 within) in which dots down to the grey level ``tone`` are no print."""

    area: Grey
    tone: float


def without_marks(grey: Grey, dpi: int) -> Grey:
    """A straightened page's grey picture with its watermark and grey seals as light as the
    paper.
    """
    small = np.asarray(
        cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )
    marks = list(find_marks(small, dpi / 2))
    if not marks:
        return grey
    cleaned, paper = grey.copy(), median_level(small)
    rulings = _rulings(grey, paper, dpi)
    for mark in marks:
        _lighten(cleaned, mark, rulings, paper)
    return cleaned


def _rulings(grey: Grey, paper: float, dpi: int) -> NDArray[np.bool_]:
    """The dots of a straightened page that lie in long straight strokes, as no seal's ring does."""
    ink = (grey < paper - 2 * _LIGHTEST).astype(np.uint8)
    long = round(_RULING * dpi / _MILLIMETRES)
    across, down = (
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size, np.uint8))
        for size in ((1, long), (long, 1))
    )
    thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _disc(_THICK * dpi / _MILLIMETRES))
    return np.asarray(
        cv2.dilate(cv2.max(across, down), np.ones((3, 3), np.uint8))
        > cv2.dilate(thick, np.ones((3, 3), np.uint8))
    )


def find_marks(grey: Grey, dpi: float) -> Iterator[Mark]:
    """The watermark's letters and the seals of a page."""
    dots = dpi / _MILLIMETRES
    paper, dark = median_level(grey), float(np.percentile(grey[::2, ::2], 0.5))
    lightest, darkest = paper - _LIGHTEST, paper - _DARKEST * (paper - dark)
    between = cv2.inRange(grey, darkest, lightest) // 255
    thick = cv2.morphologyEx(between, cv2.MORPH_OPEN, _disc(_THICK * dots))
    if not thick.any():
        return
    count, labels, stats, centres = cv2.connectedComponentsWithStats(thick, connectivity=8)
    for n in range(1, count):
        width, height, area = stats[n, 2] / dots, stats[n, 3] / dots, stats[n, 4]
        if min(width, height) < _LEAST or area > _FULL * stats[n, 2] * stats[n, 3]:
            continue
        levels = grey[labels == n]
        # its edges, and print over it, left out
        tone, lighter = (float(np.percentile(levels, share)) for share in (25, 75))
        if lighter - tone > _EVEN or tone - dark < _APART:
            continue
        if np.median(levels) > paper - _SEAL * (paper - dark):
            yield Mark(
                np.asarray(
                    cv2.dilate((labels == n).astype(np.uint8), _disc((_THICK + _ROOM) * dots)),
                    dtype=np.uint8,
                ),
                tone,
            )
        elif _STAR[0] < min(width, height) and max(width, height) < _STAR[1]:
            yield Mark(_round(grey.shape, centres[n], _RADIUS * dots), tone)


def _round(shape: tuple[int, ...], centre: NDArray[np.float64], radius: float) -> Grey:
    area = np.zeros(shape, dtype=np.uint8)
    cv2.circle(area, (round(centre[0]), round(centre[1])), round(radius), (1,), -1)
    return area


def _disc(radius: float) -> Grey:
    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)


def _lighten(grey: Grey, mark: Mark, rulings: NDArray[np.bool_], paper: float) -> None:
    """Make the pixels of a mark's tone as light as the paper, in place.

    Darker pixels are changed the less, the darker they are.
    """
    left, top, width, height = (2 * edge for edge in cv2.boundingRect(mark.area))
    part = grey[top : top + height, left : left + width]
    inside = (
        cv2.resize(
            mark.area[top // 2 :, left // 2 :][: height // 2, : width // 2],
            (part.shape[1], part.shape[0]),
        )
        > 0
    )
    inside &= ~rulings[top : top + height, left : left + width]
    levels = np.arange(256, dtype=np.float32)
    share = np.clip((mark.tone - _NOISE - levels) / _RAMP, 0.0, 1.0)
    lighter = np.maximum(levels, paper - share * (paper - levels)).astype(np.uint8)
    part[inside] = cv2.LUT(part, lighter)[inside]
