"""The lean and the bend that a scanner leaves in a page's rulings, measured on them and undone.

A sheet that is pulled through a scanner unevenly, or lies curled on its glass, has rulings that
lean by up to a degree, by another angle at the left than at the right. What is measured is how far
each point must be shifted for its rulings to run along the rows and columns of pixels. The shift
changes smoothly over the page, so that it is kept only at the nodes of a coarse lattice.
"""

from __future__ import annotations

from functools import reduce

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.page_image import transposed
from schemas.warp import NODES, Floats, Warp, lattice_at, node_weights

Mask = NDArray[np.uint8]
_FLAT = 4  # rows of pixels of a stroke that are taken as one
_LEAST = 0.4  # points: a page whose shifts are all smaller is left as it is
_BAND = 6  # of these along a stroke whose middle is one measurement
_STIFF = 3.0  # how much a bend of the lattice costs, beside the measurements
_ALONG = 0.3  # the same for a change across the strokes: rulings side by side may lean differently
_STILL = 0.003  # how much any shift costs: keeps the lattice where nothing is measured
_ROUNDS = 4  # of fitting, each with less trust in what lay far off in the one before
_SLIM = 8  # times as long as wide is a stroke that is measured
_NEAR = 1.0  # pixels from the fit at which a measurement's weight has fallen to a half


def measure_warp(across: Mask, down: Mask, scale: float, least: float) -> Warp | None:
    """The warp of a page, from its strokes along rows and along columns; None where it has none.

    ``scale`` is points per pixel, ``least`` the length in points of strokes that are measured.
    """
    height, width = down.shape
    right = _fit_shifts(down, NODES, round(least / scale))
    lower = _fit_shifts(transposed(across), NODES[::-1], round(least / scale)).T
    measured = np.stack([right, lower], axis=2)
    nodes = np.stack(
        np.meshgrid(np.linspace(0, width, NODES[1]), np.linspace(0, height, NODES[0])), axis=2
    )
    flat = nodes.reshape(-1, 2)
    at_source = flat + lattice_at(measured, flat, (width, height))
    shifts = lattice_at(measured, at_source, (width, height)).reshape(measured.shape)
    return (
        Warp((shifts * scale).astype(np.float32))
        if np.abs(shifts).max() * scale >= _LEAST
        else None
    )


def _fit_shifts(strokes: Mask, nodes: tuple[int, int], least: int) -> Floats:
    """How far each node must be shifted to the right, so that each stroke down the page is
    upright.
    """
    points, starts = _stroke_points(strokes, least)
    if not len(points):
        return np.zeros(nodes)
    size = (float(strokes.shape[1]), float(strokes.shape[0]))
    weights = node_weights(points, size, nodes)
    cost = _lattice_cost(nodes)
    trust = np.ones(len(points))
    found: Floats = np.zeros(nodes[0] * nodes[1])
    for _ in range(_ROUNDS):
        matrix = weights - _means(weights, starts, trust)
        wanted = points[:, 0] - _means(points[:, :1], starts, trust)[:, 0]
        found = np.asarray(
            np.linalg.solve(
                matrix.T @ (matrix * trust[:, None]) + cost, matrix.T @ (wanted * trust)
            ),
            float,
        )
        off = wanted - matrix @ found
        trust = 1 / (1 + (off / _NEAR) ** 2)
    return found.reshape(nodes)


def _stroke_points(strokes: Mask, least: int) -> tuple[Floats, NDArray[np.intp]]:
    """The middles (x, y) of each stroke's bands, stroke after stroke, and where each
    stroke begins.
    """
    whole = strokes[: len(strokes) // _FLAT * _FLAT]
    flat = reduce(np.bitwise_or, (whole[row::_FLAT] for row in range(_FLAT)))
    points, starts, count = [], [], 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(flat, connectivity=8, ltype=cv2.CV_16U)
    for number in np.flatnonzero(stats[:, cv2.CC_STAT_HEIGHT] * _FLAT >= least)[1:].tolist():
        x, y, wide, high = stats[number, :4].tolist()
        if wide * _SLIM > high * _FLAT:
            continue
        found = _band_middles(labels[y : y + high, x : x + wide] == number)
        points.append((found + np.array([x, y])) * np.array([1, _FLAT]))
        starts.append(count)
        count += len(found)
    return (np.concatenate(points) if points else np.zeros((0, 2))), np.array(starts, np.intp)


def _band_middles(stroke: NDArray[np.bool]) -> Floats:
    """The middle (x, y) of the ink in each band of a stroke's picture, without the last, shorter
    band.
    """
    height, width = stroke.shape
    bands = stroke[: height // _BAND * _BAND].reshape(-1, _BAND, width)
    weight = bands.sum(axis=1)
    total = np.maximum(weight.sum(axis=1), 1)
    middles = weight @ np.arange(width) / total
    found = np.stack([middles, (np.arange(len(bands)) + 0.5) * _BAND], axis=1)
    return np.asarray(found[weight.any(axis=1)], float)


def _means(values: Floats, starts: NDArray[np.intp], trust: Floats) -> Floats:
    """For each row of values the mean over the stroke that it belongs to; strokes begin at
    ``starts``.
    """
    lengths = np.diff(starts, append=len(values))
    total = (
        np.add.reduceat(values * trust[:, None], starts) / np.add.reduceat(trust, starts)[:, None]
    )
    return np.repeat(total, lengths, axis=0)


def _lattice_cost(nodes: tuple[int, int]) -> Floats:
    """What the lattice's shape costs, as a matrix over its nodes."""
    number = np.arange(nodes[0] * nodes[1]).reshape(nodes)
    rows = [
        (number[:-2], number[1:-1], number[2:], _STIFF),
        (number[:, :-2], number[:, 1:-1], number[:, 2:], _ALONG),
    ]
    cost = _STILL * np.eye(number.size)
    for before, here, after, weight in rows:
        bend = np.zeros((here.size, number.size))
        for places, share in ((before, 1.0), (here, -2.0), (after, 1.0)):
            bend[np.arange(here.size), places.ravel()] += share
        cost += weight * bend.T @ bend
    return np.asarray(cost)
