"""Seals and stamps in colour are taken out of a scan before it is read; black print under them
stays.

Only what has a stamp's shape is removed: a ring, an arc or a frame in red, blue or violet, and what
is in that colour within it. Other coloured ink, such as a number written by hand, stays as it is.

Long: one method, whose steps (colour, pieces, shape, lightening) share their measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Rgb = NDArray[np.uint8]  # rows, columns, (red, green, blue)
# levels between the strongest and the weakest colour at half the resolution; the fringes of black
# print stay below 20
_COLOURED = 24
# the share of a page that must be coloured for a stamp to be looked for; black pages have a
# tenth of it
_LEAST = 0.0002
_DEEPEST, _PICTURES = 3, 100  # forms within forms, and pictures of a page, that are looked at
_MILLIMETRES = 25.4
_GAP = 0.3  # millimetres by which a ring's grains may lie apart; lines of text lie further
# millimetres between parts of one stamp's rings or frame, where print broke them
_PARTS_APART = 25.0
_GRAINS_APART = 3.0  # and between those of a faint seal, which is known by being round
_ARC = 10.0  # millimetres: no letter is so high and so wide; a stamp's ring or frame is
# millimetres of a seal that the sheet's edge cut, its shorter and its longer side
_AT_EDGE = (4.0, 12.0)
_LARGEST = 100.0  # millimetres: what is larger is a table or a picture
_RADII = (13.0, 24.0)  # millimetres of round seals
# of the directions from its middle a faint seal has ink at its rim; a paragraph in colour has it at
# its corners
_ROUND = 0.6
_ROOM = 1.5  # millimetres around a stamp
# of 180 steps of hue to either side that show a stamp, and that are still its own within it
_SHADE, _SHADES = 25, 40
# the share of a stamp's darkness: what is left lighter than that was the stamp's, and no print
_REST = 0.4


@dataclass(frozen=True)
class Stamp:
    """A stamp on a page: 1 where it lies, rings filled, and its hue in OpenCV's 180 steps."""

    area: Grey
    hue: int


def may_have_colour(page: pdfium.PdfPage) -> bool:
    """Whether a page may hold a picture of more than grey levels.

    A JPEG 2000 picture always counts: only unpacking it would tell.
    """
    pictures = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST)
    try:
        return any(
            "JPXDecode" in picture.get_filters() or picture.get_metadata().bits_per_pixel > 8
            for picture in islice(pictures, _PICTURES)
        )
    except pdfium.PdfiumError:
        return False


def to_grey(rgb: Rgb) -> Grey:
    """A picture's grey levels, weighed as PDFium does."""
    return np.asarray(
        cv2.transform(rgb, np.array([[0.30, 0.59, 0.11]], dtype=np.float32)), dtype=np.uint8
    )


def without_stamps(rgb: Rgb, dpi: int) -> Grey:
    """The grey picture of a page in colour at ``dpi``, its stamps as light as the paper."""
    grey = to_grey(rgb)
    small = np.asarray(
        cv2.resize(rgb, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )
    coloured = (_chroma(small) > _COLOURED).astype(np.uint8)
    if cv2.countNonZero(coloured) < _LEAST * coloured.size:
        return grey
    paper = int(np.median(grey[::8, ::8]))
    for stamp in find_stamps(coloured, _hues(small), dpi / 2):
        _lighten(grey, rgb, stamp, paper)
    return grey


def _chroma(rgb: Rgb) -> Grey:
    """The levels between each pixel's strongest and weakest colour."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(
        cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)),
        dtype=np.uint8,
    )


def _hues(rgb: Rgb) -> Grey:
    """Each pixel's hue in OpenCV's 180 steps."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)[:, :, 0], dtype=np.uint8)


def find_stamps(coloured: Grey, hues: Grey, dpi: float) -> Iterator[Stamp]:
    """The stamps among a page's coloured pixels, one colour after the other."""
    dots = dpi / _MILLIMETRES
    for hue in _main_hues(coloured, hues):
        labels, stats = _pieces(coloured & _like(hues, hue, _SHADE), dots)
        rings = [n for n in range(1, len(stats)) if _is_ring(stats[n], coloured.shape, dots)]
        for cluster in _clusters(stats, rings, _PARTS_APART * dots, _LARGEST * dots):
            yield Stamp(_hull(np.isin(labels, cluster), _ROOM * dots), hue)
        grains = [n for n in range(1, len(stats)) if n not in rings and stats[n, 4] > dots]
        for cluster in _clusters(stats, grains, _GRAINS_APART * dots, 2 * _RADII[1] * dots):
            if len(cluster) > 1 and _is_round(np.isin(labels, cluster), dots):
                yield Stamp(_hull(np.isin(labels, cluster), _ROOM * dots), hue)


def _pieces(own: Grey, dots: float) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The connected pieces of one colour, with the grains of a ring joined.

    Returns the label of each pixel, and each label's box and area.
    """
    joined = cv2.morphologyEx(own, cv2.MORPH_CLOSE, _disc(_GAP * dots / 2))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32)


def _clusters(
    stats: NDArray[np.int32], pieces: Sequence[int], apart: float, largest: float
) -> list[list[int]]:
    """Pieces in groups whose boxes lie at most ``apart`` pixels from each other.

    A group grows no larger than ``largest``.
    """
    groups: list[tuple[list[int], list[float]]] = []
    for n in sorted(pieces, key=lambda n: (stats[n, 0], stats[n, 1])):
        members, box = (
            [n],
            [
                *map(
                    float,
                    (
                        stats[n, 0],
                        stats[n, 1],
                        stats[n, 0] + stats[n, 2],
                        stats[n, 1] + stats[n, 3],
                    ),
                )
            ],
        )
        for group in [group for group in groups if _gap(group[1], box) <= apart]:
            union = [*map(min, box[:2], group[1][:2]), *map(max, box[2:], group[1][2:])]
            if max(union[2] - union[0], union[3] - union[1]) <= largest:
                members, box = members + group[0], union
                groups.remove(group)
        groups.append((members, box))
    return [members for members, _ in groups]


def _gap(a: Sequence[float], b: Sequence[float]) -> float:
    """How far two boxes (x0, top, x1, bottom) lie apart across or down, whichever is more; 0 if
    they meet.
    """
    return max(0.0, a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3])


def _main_hues(coloured: Grey, hues: Grey) -> list[int]:
    """The hues of red and of blue or violet in which a page has most colour, where it has some."""
    counts = np.bincount(hues[coloured > 0], minlength=180).astype(float)
    around = np.convolve(np.concatenate([counts, counts, counts]), np.ones(21), mode="same")[
        180:360
    ]
    families = (np.r_[0:16, 160:180], np.r_[95:160])
    return [
        int(family[np.argmax(around[family])])
        for family in families
        if around[family].max() > _LEAST * coloured.size / 2
    ]


def _like(hues: Grey, hue: int, shade: int) -> Grey:
    """1 where a hue is near another on the circle."""
    apart = np.abs(hues.astype(np.int16) - hue)
    return np.asarray(np.minimum(apart, 180 - apart) <= shade, dtype=np.uint8)


def _is_ring(stats: NDArray[np.int32], shape: tuple[int, ...], dots: float) -> bool:
    """Whether a connected piece is so large both ways that it can only be a stamp's ring
    or frame.
    """
    left, top, width, height, area = (int(value) for value in stats[:5])
    if max(width, height) > _LARGEST * dots or area > 0.7 * width * height:
        return False
    short, long = sorted((width / dots, height / dots))
    at_edge = min(left, top, shape[1] - left - width, shape[0] - top - height) < 3 * dots
    return short >= _ARC or (at_edge and short >= _AT_EDGE[0] and long >= _AT_EDGE[1])


def _is_round(grains: NDArray[np.bool_], dots: float) -> bool:
    """Whether the grains of a faint seal lie in a circle: nearly all around its rim there
    is ink.
    """
    points = np.argwhere(grains).astype(np.float32)
    (row, column), radius = cv2.minEnclosingCircle(points)
    if not _RADII[0] * dots <= radius <= _RADII[1] * dots:
        return False
    away = points - np.array([row, column], dtype=np.float32)
    rim = away[np.hypot(away[:, 0], away[:, 1]) > 0.88 * radius]
    directions = np.floor((np.arctan2(rim[:, 0], rim[:, 1]) + np.pi) * 72 / (2 * np.pi)).astype(int)
    return len(np.unique(directions)) >= _ROUND * 72


def _hull(pieces: NDArray[np.bool_], room: float) -> Grey:
    """1 within the convex hull of a stamp's pieces and some room around them."""
    area = np.zeros(pieces.shape, dtype=np.uint8)
    points = np.argwhere(pieces)[:, ::-1].astype(np.int32)
    cv2.fillPoly(area, [cv2.convexHull(points)], (1,))
    return np.asarray(cv2.dilate(area, _disc(room)), dtype=np.uint8)


def _disc(radius: float) -> Grey:
    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)


def _lighten(grey: Grey, rgb: Rgb, stamp: Stamp, paper: int) -> None:
    """Make a stamp's ink as light as the paper, in place.

    The more colour a pixel has, the more of its darkness was the stamp's.
    """
    left, top, width, height = (2 * edge for edge in cv2.boundingRect(stamp.area))
    place = (
        slice(top, min(top + height, grey.shape[0])),
        slice(left, min(left + width, grey.shape[1])),
    )
    part, seen = rgb[place], grey[place]
    small = stamp.area[top // 2 :, left // 2 :][: height // 2, : width // 2]
    inside = cv2.resize(small, (seen.shape[1], seen.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    chroma = _chroma(part).astype(np.float32)
    own = inside & (_like(_hues(part), stamp.hue, _SHADES) > 0) & (chroma > _COLOURED)
    if not own.any():
        return
    strong = np.percentile(chroma[own], 70)
    darkness = paper - float(np.median(seen[own & (chroma >= strong)]))
    share = darkness / max(1.0, float(np.median(chroma[own & (chroma >= strong)])))
    near = cv2.dilate(own.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    lighter = np.where(own, seen + share * chroma, seen)
    left_over = np.maximum(0.0, paper - lighter)
    rest = _REST * darkness
    spread = np.where(left_over < rest, 0.0, np.minimum(left_over, (left_over - rest) * 3.0))
    cleaned = np.where(near & inside, paper - spread, seen)
    grey[place] = np.where(cleaned > seen, cleaned, seen).astype(np.uint8)
