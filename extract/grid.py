"""Ruled tables of a straightened page: rulings, then the grid they form, then its cells with their spans.

Rulings are found with Camelot's own image functions. Its lattice parser is not used: it refuses pages without a text layer, and it takes
a ruling that fading has broken for an open wall; here a wall's presence is measured on the ink itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from camelot.image_processing import find_lines
from numpy.typing import NDArray

from extract.pages import Grey, PageImage, ink_mask

Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class GridSettings:
    """How rulings are told from text; lengths in points."""

    ruling_length: float = 11.0  # the shortest straight stroke that can be part of a ruling: longer than any capital is high
    column_support: float = 0.25  # the share of a table's height that the strokes of a column ruling must cover together
    row_support: float = 0.12  # the share of a table's width that the strokes of a row ruling must cover together
    wall: float = 0.6  # the share of a cell's side that must be inked for a wall to stand there
    wall_end: float = 0.3  # the same for the eighth of the side at either end, which no letter reaches
    streak: float = 0.3  # the share of the page outside the table that a scanner's streak or a fold covers in line with it
    reach: float = 0.8  # how far from its ideal line a ruling's ink may stray
    apart: float = 5.0  # rulings closer than this are one
    smallest_table: float = 40.0  # the least height and width of a table
    gap: float = 4.0  # breaks in a ruling up to this length are closed


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its place in the table's grid and its box in pixels, between the middles of its rulings."""

    table_no: int
    row: int
    column: int
    row_span: int
    column_span: int
    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True)
class Grid:
    """The tables of one page: their cells in reading order, their boxes, and the pixels that are rulings."""

    cells: tuple[Cell, ...]
    tables: tuple[tuple[int, int, int, int], ...]  # x0, top, x1, bottom in pixels
    rulings: Mask  # 1 where a ruling is


def find_grid(page: PageImage, settings: GridSettings) -> Grid:
    """The ruled tables of a straightened page, top to bottom."""
    ink = ink_mask(page.grey)
    unit = 1 / page.scale
    across, down = _ruling_masks(ink, settings, unit)
    cells: list[Cell] = []
    tables: list[tuple[int, int, int, int]] = []
    for box in _table_boxes(across, down, settings, unit):
        found = _cells_of_table(len(tables) + 1, box, (ink, across, down), settings, unit)
        if len(found) > 1:
            cells.extend(found)
            tables.append(box)
    return Grid(tuple(cells), tuple(tables), np.maximum(across, down))


def _ruling_masks(ink: Mask, settings: GridSettings, unit: float) -> tuple[Mask, Mask]:
    """The strokes along rows and along columns that are long enough for rulings; breaks are closed along the stroke."""
    length, gap = round(settings.ruling_length * unit), max(1, round(settings.gap * unit))
    masks = []
    for direction, size, kernel in (("horizontal", ink.shape[1], (1, gap)), ("vertical", ink.shape[0], (gap, 1))):
        strokes, _ = find_lines(ink * 255, direction=direction, line_scale=max(1, size // length))
        closed = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones(kernel, np.uint8))
        masks.append((closed > 0).astype(np.uint8))
    return masks[0], masks[1]


def _table_boxes(across: Mask, down: Mask, settings: GridSettings, unit: float) -> list[tuple[int, int, int, int]]:
    """The boxes of connected rulings that are large enough for a table, top to bottom."""
    joined = cv2.dilate(np.maximum(across, down), np.ones((5, 5), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    least = settings.smallest_table * unit
    boxes = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:] if w >= least and h >= least / 2]
    return _join_boxes(sorted(boxes, key=lambda box: (box[1], box[0])), settings.smallest_table * unit / 2)


def _join_boxes(boxes: list[tuple[int, int, int, int]], near: float) -> list[tuple[int, int, int, int]]:
    """Boxes that overlap or stand directly above each other as one: fading can cut a table in two."""
    joined: list[tuple[int, int, int, int]] = []
    for box in boxes:
        for i, other in enumerate(joined):
            if box[1] <= other[3] + near and min(box[2], other[2]) - max(box[0], other[0]) > 0.5 * min(
                box[2] - box[0], other[2] - other[0]
            ):
                joined[i] = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
                break
        else:
            joined.append(box)
    return joined


def _cells_of_table(
    table_no: int, box: tuple[int, int, int, int], masks: tuple[Mask, Mask, Mask], settings: GridSettings, unit: float
) -> list[Cell]:
    x0, top, x1, bottom = box
    ink, across, down = (mask[top:bottom, x0:x1] for mask in masks)
    reach = max(1, round(settings.reach * unit))
    streaks_down = _outside(masks[0][:, x0:x1], top, bottom, reach) >= settings.streak
    streaks_across = _outside(masks[0][top:bottom].T, x0, x1, reach) >= settings.streak
    xs = ruling_places(np.where(streaks_down, 0, down.sum(axis=0)), settings.column_support * (bottom - top), settings.apart * unit)
    ys = ruling_places(np.where(streaks_across, 0, across.sum(axis=1)), settings.row_support * (x1 - x0), settings.apart * unit)
    if len(xs) < 2 or len(ys) < 2:
        return []
    right = np.array([[_is_wall(ink[y0 + reach : y1 - reach, max(0, x - reach) : x + reach + 1].any(axis=1), settings) for x in xs[1:-1]]
                      for y0, y1 in pairwise(ys)], dtype=bool)  # fmt: skip
    below = np.array([[_is_wall(ink[max(0, y - reach) : y + reach + 1, a + reach : b - reach].any(axis=0), settings) for a, b in pairwise(xs)]
                      for y in ys[1:-1]], dtype=bool)  # fmt: skip
    spans = merge_cells(right.reshape(len(ys) - 1, -1), below.reshape(-1, len(xs) - 1))
    return [
        Cell(table_no, row, column, rows, columns, x0 + xs[column], top + ys[row], x0 + xs[column + columns], top + ys[row + rows])
        for row, column, rows, columns in spans
    ]


def ruling_places(support: NDArray[np.integer], least: float, apart: float) -> list[int]:
    """The middles of the runs of positions whose support reaches ``least``; runs closer than ``apart`` are one ruling."""
    places: list[list[int]] = []
    for position in np.flatnonzero(support >= least).tolist():
        if places and position - places[-1][-1] <= apart:
            places[-1].append(position)
        else:
            places.append([position])
    return [round(float(np.average(run, weights=support[run]))) for run in places]


def _is_wall(inked: NDArray[np.bool_], settings: GridSettings) -> bool:
    """Whether the ink along a cell's side is a wall: most of the side, both of its ends included."""
    end = max(1, len(inked) // 8)
    ends = min(inked[:end].mean(), inked[-end:].mean()) if len(inked) else 1.0
    return bool(len(inked) == 0 or (inked.mean() >= settings.wall and ends >= settings.wall_end))


def _outside(ink: Mask, top: int, bottom: int, reach: int) -> NDArray[np.float64]:
    """For each column of pixels the share of the page above and below the table that is inked in line with it."""
    margin = 4 * reach
    outside = np.concatenate([ink[: max(0, top - margin)], ink[bottom + margin :]])
    if len(outside) < 0.1 * len(ink):  # the table fills the page: nothing to compare with
        return np.zeros(ink.shape[1])
    return np.asarray(cv2.dilate(outside, np.ones((1, 4 * reach + 1), np.uint8)).mean(axis=0))


def merge_cells(right: NDArray[np.bool_], below: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """The cells (row, column, row span, column span) of a grid whose walls are given.

    ``right[r, c]`` is the wall between columns c and c+1 in row r, ``below[r, c]`` the one between rows r and r+1 in column c. Fields without
    a wall between them are one cell, and so is all that the rectangle around them holds.
    """
    rows, columns = right.shape[0], below.shape[1]
    label = np.arange(rows * columns).reshape(rows, columns)
    for r, c in zip(*np.nonzero(~right), strict=True):
        label[label == label[r, c + 1]] = label[r, c]
    for r, c in zip(*np.nonzero(~below), strict=True):
        label[label == label[r + 1, c]] = label[r, c]
    while True:
        boxes = {int(k): _bounds(label == k) for k in np.unique(label)}
        overlaps = [(k, box) for k, box in boxes.items() if (label[box[0] : box[1], box[2] : box[3]] != k).any()]
        if not overlaps:
            return sorted((r0, c0, r1 - r0, c1 - c0) for r0, r1, c0, c1 in boxes.values())
        k, (r0, r1, c0, c1) = overlaps[0]
        for other in np.unique(label[r0:r1, c0:c1]):
            label[label == other] = k


def _bounds(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def without_rulings(page: PageImage, grid: Grid, border: float = 2.0) -> Grey:
    """The page's grey pixels with the rulings within ``border`` points of the cells' edges painted in the colour of the paper there."""
    near = np.zeros_like(grid.rulings)
    width = 2 * round(border / page.scale)
    for cell in grid.cells:
        cv2.rectangle(near, (cell.x0, cell.top), (cell.x1, cell.bottom), (1,), width)
    mask = cv2.dilate(grid.rulings & near, np.ones((3, 3), np.uint8))
    small = cv2.resize(page.grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 5)
    return np.where(mask > 0, cv2.resize(paper, page.grey.shape[::-1]), page.grey).astype(np.uint8)
