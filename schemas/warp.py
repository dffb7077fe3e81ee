"""How a page was flattened: passed from the extraction to whoever shows a place of the scan."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NODES = (11, 13)  # of a warp's lattice: down the page, across it
# of looking for a point's target: shifts change so slowly that each is a hundred times nearer
_ROUNDS = 3


@dataclass(frozen=True)
class Warp:
    """Where the points of a flattened page lie on the page before: shifts right and down.

    ``shifts`` has the shape (nodes down, nodes across, 2), in points, on an even lattice from
    corner to corner of the page; between the nodes it is interpolated.
    """

    shifts: NDArray[np.float32]

    @classmethod
    def from_text(cls, text: str) -> Warp | None:
        """The warp that ``to_text`` wrote; None of an empty text, which stands for a flat page."""
        return cls(np.array(json.loads(text), np.float32).reshape(*NODES, 2)) if text else None

    def to_text(self) -> str:
        """The shifts to a hundredth of a point, row by row."""
        return json.dumps(
            np.round(self.shifts.astype(float), 2).ravel().tolist(), separators=(",", ":")
        )

    def upside_down(self) -> Warp:
        """The same for the page turned by 180 degrees."""
        return Warp(np.ascontiguousarray(-self.shifts[::-1, ::-1]))

    def source(self, points: Floats, size: tuple[float, float]) -> Floats:
        """Points (x, y) of the flattened page as points of the page before; ``size`` in points."""
        return np.asarray(points + lattice_at(self.shifts, points, size), float)

    def target(self, points: Floats, size: tuple[float, float]) -> Floats:
        """Points (x, y) of the page before on the flattened page."""
        found = points
        for _ in range(_ROUNDS):
            found = points - lattice_at(self.shifts, found, size)
        return found

    def places(self, shape: tuple[int, ...], scale: float) -> NDArray[np.float32]:
        """For each pixel of the flattened page its place (x, y) in the picture of the page before.

        ``shape`` is (rows, columns) of both pictures, ``scale`` points per pixel; the result has
        the shape (rows, columns, 2).
        """
        height, width = shape[:2]
        across, down = (NODES[1] - 1) / width, (NODES[0] - 1) / height
        found: NDArray[Any] = cv2.warpAffine(
            self.shifts / np.float32(scale),
            np.array([[across, 0, 0], [0, down, 0]]),
            (width, height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        found[..., 0] += np.arange(width, dtype=np.float32)[None, :]
        found[..., 1] += np.arange(height, dtype=np.float32)[:, None]
        return np.asarray(found, np.float32)


def lattice_at(lattice: NDArray[np.floating], points: Floats, size: tuple[float, float]) -> Floats:
    """The values of a lattice over a page of this width and height at points (x, y) of the page."""
    weights = node_weights(points, size, (lattice.shape[0], lattice.shape[1]))
    return np.asarray(weights @ lattice.reshape(-1, lattice.shape[2]), float)


def node_weights(points: Floats, size: tuple[float, float], nodes: tuple[int, int]) -> Floats:
    """What each node counts at each point: shape (points, nodes), at most four of a row not 0."""
    found = np.zeros((len(points), nodes[0] * nodes[1]))
    across = np.clip(points[:, 0] / size[0], 0, 1) * (nodes[1] - 1)
    down = np.clip(points[:, 1] / size[1], 0, 1) * (nodes[0] - 1)
    left = np.minimum(across.astype(int), nodes[1] - 2)
    upper = np.minimum(down.astype(int), nodes[0] - 2)
    x, y = across - left, down - upper
    corner, number = upper * nodes[1] + left, np.arange(len(points))
    found[number, corner] = (1 - x) * (1 - y)
    found[number, corner + 1] = x * (1 - y)
    found[number, corner + nodes[1]] = (1 - x) * y
    found[number, corner + nodes[1] + 1] = x * y
    return found
