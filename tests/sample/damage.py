"""What real scanning does to a page beyond noise: it leans and bends, lids and dirt show, ink of
another colour lies over print.

Every damage is a frozen setting; what differs from page to page is drawn from the page's own
generator, so that the same seed gives the same page. Ranges are those measured on 57 ruled pages of
public decisions, 150 to 300 dpi.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
Coordinates = NDArray[np.float64]


@dataclass(frozen=True)
class Lean:
    """Verticals that lean, by degrees that change evenly from the left edge to the right one; rows
    stay level.
    """

    left: float
    right: float


@dataclass(frozen=True)
class Curl:
    """The leaf's rise to the spine of a bound book: rows bend, letters narrow and paper darkens
    towards one edge.

    `depth` is how far a row bends at the edge and `width` how far the bend reaches, both in shares
    of the page's width; `squeeze` is the share of its width that print loses at the edge, `shade`
    the share of light.
    """

    depth: float = 0.012
    width: float = 0.12
    squeeze: float = 0.15
    shade: float = 0.45
    is_right: bool = False


@dataclass(frozen=True)
class Lid:
    """What the scanner saw beside a sheet smaller than its glass: a dark band along some edges,
    with a soft shadow on the sheet.

    `millimetres` is the widest band, `darkness` its grey level, and `slant` how far in degrees it
    leans against the page.
    """

    sides: tuple[str, ...] = ("left", "bottom")
    millimetres: float = 4.0
    darkness: float = 40.0
    slant: float = 0.3


@dataclass(frozen=True)
class Streak:
    """A line that dirt draws along one row of pixels ("across") or one column ("down"), in dashes
    of `dash` millimetres (0: whole).
    """

    direction: str = "across"
    count: int = 1
    grey: float = 110.0
    dash: float = 4.0


@dataclass(frozen=True)
class Damage:
    """All that one scanner does to its pages."""

    lean: Lean | None = None
    curl: Curl | None = None
    lid: Lid | None = None
    streaks: tuple[Streak, ...] = ()


NONE = Damage()


def sources(
    x: Coordinates, y: Coordinates, shape: tuple[int, int], damage: Damage
) -> tuple[Coordinates, Coordinates]:
    """Return for points of the bent page, in pixels, those of the flat page that they show."""
    height, width = shape
    if damage.lean is not None:
        degrees = damage.lean.left + (damage.lean.right - damage.lean.left) * x / width
        x = x + np.tan(np.radians(degrees)) * (y - height / 2)
    if damage.curl is not None:
        near = _nearness(x, width, damage.curl)
        inward = -1.0 if damage.curl.is_right else 1.0
        reach = damage.curl.width * width
        y = y + damage.curl.depth * width * near * (0.5 + y / height)
        x = x - inward * damage.curl.squeeze * reach * near / 2
    return x, y


def _nearness(x: Coordinates, width: int, curl: Curl) -> Coordinates:
    """Return 1 at the spine, falling to 0 over the width of the bend."""
    from_spine = width - x if curl.is_right else x
    return np.asarray(
        np.square(np.clip(1.0 - from_spine / (curl.width * width), 0.0, 1.0)), dtype=np.float64
    )


def bend(page: Field, damage: Damage, paper: float) -> Field:
    """Return the flat page bent; what lies beyond its edges is paper."""
    if damage.lean is None and damage.curl is None:
        return page
    height, width = page.shape
    columns, rows = np.meshgrid(
        np.arange(width, dtype=np.float64), np.arange(height, dtype=np.float64)
    )
    x, y = sources(columns, rows, (height, width), damage)
    moved = cv2.remap(
        page,
        x.astype(np.float32),
        y.astype(np.float32),
        cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(paper,),
    )
    return np.asarray(moved, dtype=np.float32)


def bent_point(x: float, y: float, shape: tuple[int, int], damage: Damage) -> tuple[float, float]:
    """Return where a point of the flat page, in pixels, stands on the bent one."""
    across, down = x, y
    for _ in range(8):  # the bends are slight: each step is some ten times nearer
        seen_x, seen_y = sources(np.array([across]), np.array([down]), shape, damage)
        across, down = across + x - float(seen_x[0]), down + y - float(seen_y[0])
    return across, down


def cover(page: Field, damage: Damage, dpi: int, rng: np.random.Generator) -> Field:
    """Return the page under the shadow of the spine, the lid's bands and the streaks."""
    covered = page
    if damage.curl is not None:
        near = _nearness(np.arange(page.shape[1], dtype=np.float64), page.shape[1], damage.curl)
        covered = np.asarray(covered * (1.0 - damage.curl.shade * near), dtype=np.float32)
    if damage.lid is not None:
        for side in damage.lid.sides:
            covered = _banded(covered, side, damage.lid, dpi, rng)
    for streak in damage.streaks:
        for _ in range(streak.count):
            covered = _streaked(covered, streak, dpi, rng)
    return covered


def _banded(page: Field, side: str, lid: Lid, dpi: int, rng: np.random.Generator) -> Field:
    """Return the page with the lid's band along one side."""
    turns = {"left": 0, "top": 1, "right": 2, "bottom": 3}[side]
    turned = np.rot90(page, turns).copy()
    height, width = turned.shape
    widest = lid.millimetres * dpi / 25.4 * rng.uniform(0.4, 1.0)
    lean = np.tan(np.radians(lid.slant * rng.uniform(-1.0, 1.0)))
    edge = np.maximum(widest + lean * (np.arange(height) - height / 2), 0.0)[:, np.newaxis]
    inside = np.arange(width)[np.newaxis, :] - edge
    shadow = 1.0 - 0.25 * np.exp(-np.maximum(inside, 0.0) / (1.5 * dpi / 25.4))
    turned = np.where(inside < 0, np.minimum(turned, lid.darkness), turned * shadow)
    return np.asarray(np.rot90(turned, -turns), dtype=np.float32)


def _streaked(page: Field, streak: Streak, dpi: int, rng: np.random.Generator) -> Field:
    """Return the page with one streak, one to two pixels thick, at a row or column between a tenth
    and nine tenths of the page.
    """
    along = page.copy() if streak.direction == "across" else page.T.copy()
    place, thick = int(rng.uniform(0.1, 0.9) * along.shape[0]), int(rng.integers(1, 3))
    drawn = np.ones(along.shape[1], dtype=bool)
    if streak.dash > 0:
        step = max(2.0, streak.dash * dpi / 25.4)
        drawn = np.sin(
            np.arange(along.shape[1]) * np.pi / step + rng.uniform(0, np.pi)
        ) > rng.uniform(-0.4, 0.4)
    lines = along[place : place + thick]
    along[place : place + thick] = np.where(drawn, np.minimum(lines, streak.grey), lines)
    return np.asarray(along if streak.direction == "across" else along.T, dtype=np.float32)
