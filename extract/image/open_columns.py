"""Tables that are ruled along their rows alone: their columns are told by the paper between them.

Where rulings of one length stand below each other and no upright stroke stands between them, walls
are drawn where hardly a row has ink. A row whose text runs through such a place, a group's title,
has no wall there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.rulings import GridSettings, Mask, ruling_places

_WIDE = 0.4  # of the page's width: the least length of such a ruling
_EDGE = 8.0  # points by which rulings of one table may begin or end apart
_FEWEST_ROWS = 3  # that rulings enclose, the header among them
_FEWEST_COLUMNS = 3
_GUTTER = 4.0  # points: the least paper between two columns; a space between words is narrower
_EMPTY = 0.6  # of the rows: the least share that has no ink between two columns
_PART = 0.05  # of the table's width: the least length of a ruling below a label over others
_IN_DOUBT = 0.3  # of a row's height: a wall so high is none, and in doubt
_UPRIGHT = 0.5  # of a row's height: a stroke that is so long is a wall

Flags = NDArray[np.bool]


@dataclass(frozen=True)
class OpenTable:
    """Where the rulings of such a table stand, in pixels: their ends, and their places from the
    top.
    """

    x0: int
    x1: int
    rows: tuple[int, ...]


def with_open_columns(
    ink: Mask, across: Mask, down: Mask, settings: GridSettings, unit: float
) -> Mask:
    """The strokes along columns, with walls for the tables that have none.

    The masks are of one straightened page: its ink, its strokes along rows and along columns;
    ``unit`` is pixels per point. Example: nine rulings across, text in five columns between them:
    six upright walls from the first ruling to the last.
    """
    found = down
    for table in _open_tables(across, down, settings, unit):
        walls = _walls(table, ink, across, unit)
        if len(walls) > _FEWEST_COLUMNS:
            found = found.copy() if found is down else found
            for x, first, last in (wall for column in walls for wall in column):
                found[first:last, x] = 1
    return found


def _open_tables(
    across: Mask, down: Mask, settings: GridSettings, unit: float
) -> Iterator[OpenTable]:
    """Rulings of one length below each other, without an upright stroke between any two of them."""
    run: list[tuple[int, int, int]] = []
    for line in [*_long_rulings(across, settings, unit), None]:
        if line is not None and (not run or _end_alike(run[-1], line, unit)):
            run.append(line)
            continue
        is_open = not any(_has_upright(*pair, down, settings, unit) for pair in pairwise(run))
        if len(run) > _FEWEST_ROWS and is_open:
            x0, x1 = (int(np.median([one[end] for one in run])) for end in (1, 2))
            yield OpenTable(x0, x1, tuple(y for y, _, _ in run))
        run = [line] if line is not None else []


def _long_rulings(across: Mask, settings: GridSettings, unit: float) -> list[tuple[int, int, int]]:
    """Each long ruling's place from the top and its ends, in pixels."""
    reach = max(1, round(settings.reach * unit))
    places = ruling_places(across.sum(axis=1), _WIDE * across.shape[1], settings.apart * unit)
    found = []
    for y in places:
        inked = np.flatnonzero(across[max(0, y - reach) : y + reach + 1].any(axis=0))
        if len(inked):
            found.append((y, int(inked[0]), int(inked[-1]) + 1))
    return found


def _end_alike(above: tuple[int, int, int], below: tuple[int, int, int], unit: float) -> bool:
    apart = max(abs(above[1] - below[1]), abs(above[2] - below[2]))
    return apart <= _EDGE * unit


def _has_upright(
    above: tuple[int, int, int],
    below: tuple[int, int, int],
    down: Mask,
    settings: GridSettings,
    unit: float,
) -> bool:
    edge = round(settings.apart * unit)
    first, last = max(0, above[1] - edge), above[2] + edge
    between = down[above[0] + 1 : below[0], first:last]
    return bool((between.sum(axis=0) >= _UPRIGHT * (below[0] - above[0])).any())


def _walls(
    table: OpenTable, ink: Mask, across: Mask, unit: float
) -> list[list[tuple[int, int, int]]]:
    """For each place between columns, and for both edges, its walls (x, top, bottom)."""
    thick = np.ones((2 * round(unit) + 1, 1), np.uint8)
    text = (ink > 0) & (cv2.dilate(across, thick) == 0)
    own = text[:, table.x0 : table.x1]
    bands = [own[a:b].any(axis=0) for a, b in pairwise(table.rows)]
    low = _below_labels(table, across)
    gutters = _gutters([*bands], own[low : table.rows[1]].any(axis=0), unit)
    if len(gutters) < _FEWEST_COLUMNS - 1:
        return []
    edges = [[(x, table.rows[0], table.rows[-1] + 1)] for x in (table.x0, table.x1 - 1)]
    ends = sorted({*table.rows, *_partial(table, across)})
    least = round(_GUTTER * unit)
    return [
        *edges,
        *(
            [
                (table.x0 + x, a, a + round(share * (b + 1 - a)))
                for a, b in pairwise(ends)
                if (share := _share(own[a:b].any(axis=0), x, least)) > 0
            ]
            for x in gutters
        ),
    ]


def _share(inked: Flags, x: int, least: int) -> float:
    """How much of a row's height a wall at a place takes: all of it where the row has more paper
    there than between two words, a part, which is in doubt, where it has as much.
    """
    widths = [last - first for first, last in _runs(~inked) if first <= x < last]
    if not widths or 3 * widths[0] < least:
        return 0.0
    return 1.0 if widths[0] >= least else _IN_DOUBT


def _partial(table: OpenTable, across: Mask) -> list[int]:
    """The rulings within the first row that end before the table's edge: below a label over
    others.
    """
    top, bottom = table.rows[0], table.rows[1]
    strokes = across[top:bottom, table.x0 : table.x1].sum(axis=1)
    margin = max(2, (bottom - top) // 8)
    places = ruling_places(strokes, _PART * (table.x1 - table.x0), margin)
    return [top + y for y in places if margin < y < bottom - top - margin]


def _below_labels(table: OpenTable, across: Mask) -> int:
    """Where the lowest part of the first row begins."""
    return max(_partial(table, across), default=table.rows[0])


def _gutters(bands: Sequence[Flags], header: Flags, unit: float) -> list[int]:
    """Where the paper between two columns is emptiest, from the left.

    ``bands`` say of each row where it has ink, ``header`` the same of the row that names the
    columns: one wall stands between two of its labels, so that a column with hardly a filled cell
    is one, and one with short texts below a label in its middle no two.
    """
    inked = [band for band in bands if band.any()]
    if not inked:
        return []
    empty = 1 - np.mean(inked, axis=0)
    found = []
    for first, last in _runs(~header):
        part = empty[first:last]
        is_between = first > 0 and last < len(header) and last - first >= _GUTTER * unit
        if is_between and part.max() >= _EMPTY:
            best = max(_runs(part >= part.max() - 1e-9), key=lambda run: run[1] - run[0])
            found.append(first + (best[0] + best[1]) // 2)
    return found


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """The runs of true positions, as first and behind the last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
