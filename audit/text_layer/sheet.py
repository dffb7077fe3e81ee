"""Where a point of the straightened page lies in the coordinates of the PDF's own page."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from schemas.warp import Warp

Point = tuple[float, float]

# of a page in the PDF's coordinates: one point to the right, one point down
Axes = tuple[Point, Point]


@dataclass(frozen=True)
class Sheet:
    """A page of the PDF: its box in user space, its rotation, and how the extraction straightened
    it.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotate: int  # degrees clockwise by which a viewer turns it
    turn: int  # degrees clockwise by which the extraction turned it further
    skew: float  # degrees counter-clockwise by which it straightened it then
    warp: Warp | None = None  # how it flattened it after that
    # of the straightened page as it was read, in points; 0: as the file says
    read_width: float = 0.0

    def to_user_space(self, x: float, y: float) -> Point:
        """A point of the straightened page (in points from its top left) in the PDF's own
        coordinates.
        """
        width, height = self.right - self.left, self.top - self.bottom
        shown = (height, width) if self.rotate % 180 else (width, height)
        upright = (shown[1], shown[0]) if self.turn % 180 else shown
        zoom = self.read_width / upright[0] if self.read_width else 1.0
        if self.warp is not None:
            size = (upright[0] * zoom, upright[1] * zoom)
            ((x, y),) = self.warp.source(np.array([[x, y]]), size).tolist()
        x, y = x / zoom, y / zoom
        x, y = _turned_about((upright[0] / 2, upright[1] / 2), (x, y), -self.skew)
        x, y = _unturned((x, y), shown, self.turn)
        return {
            0: (self.left + x, self.top - y),
            90: (self.left + y, self.bottom + x),
            180: (self.right - x, self.bottom + y),
            270: (self.right - y, self.top - x),
        }[self.rotate % 360]

    @property
    def axes(self) -> Axes:
        """One point right and one point down on the straightened page, in user space.

        The page's warp is left out: it turns no letter by as much as a degree.
        """
        flat = replace(self, warp=None)
        corner, right, down = (
            flat.to_user_space(0, 0),
            flat.to_user_space(1, 0),
            flat.to_user_space(0, 1),
        )
        return (right[0] - corner[0], right[1] - corner[1]), (
            down[0] - corner[0],
            down[1] - corner[1],
        )


def _turned_about(centre: Point, point: Point, degrees: float) -> Point:
    """A point turned counter-clockwise about a centre; y runs down."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = point[0] - centre[0], point[1] - centre[1]
    return centre[0] + x * cosine + y * sine, centre[1] - x * sine + y * cosine


def _unturned(point: Point, shown: Point, turn: int) -> Point:
    """A point of a page that was turned clockwise by ``turn`` degrees, on the page as it was.

    ``shown`` is the turned page's width and height.
    """
    x, y = point
    return {
        0: (x, y),
        90: (y, shown[1] - x),
        180: (shown[0] - x, shown[1] - y),
        270: (shown[0] - y, x),
    }[turn % 360]
