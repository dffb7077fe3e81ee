"""Tables that are ruled along their rows alone: their columns are told by the paper between them.

Where rulings of one length stand below each other and no upright stroke stands between them, walls
are drawn where hardly a row has ink. A row whose text runs through such a place, a group's title,
has no wall there.

Long: rulings, rows and columns use the same limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.rulings import GridSettings, Mask
from extract.image.table_rulings import ruling_places

_WIDE = 0.4  # of the page's width: the least length of such a ruling
_EDGE = 8.0  # points by which rulings of one table may begin or end apart
_FEWEST_ROWS = 2  # that rulings enclose, the header among them
_FEWEST_COLUMNS = 3
_OF_FEW_ROWS = 5  # the fewest columns where a header has but one row below it
_GUTTER = 4.0  # points: the least paper between two columns
_SPACE = 0.45  # of a line's height: the widest paper between two words, in justified text too
_LOW = 4.0  # points: what is lower is no line of text
_EMPTY = 0.6  # of the rows: the least share that has no ink between two columns
_PART = 0.05  # of the table's width: the least length of a ruling below a label over others
_IN_DOUBT = 0.3  # of a row's height: a wall so high is none, and in doubt
_LOOSE = 36.0  # points: paper below each other that no row of a table has
_LINE = 0.75  # of the table's width: no column is so wide
_MOST_LINES = 3  # of a group's title over the columns
_UPRIGHT = 0.5  # of a row's height: a stroke that is so long is a wall, where it is no letter's
_STEM = 16.0  # points: no letter's stroke is so long, nor so much of a row that it is in
_STEM_IN_ROW = 0.85

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
    for table in _open_tables(ink, across, down, settings, unit):
        walls = _walls(table, ink, across, unit)
        is_short = len(table.rows) <= _FEWEST_ROWS + 1
        if len(walls) > (_OF_FEW_ROWS if is_short else _FEWEST_COLUMNS):
            found = found.copy() if found is down else found
            for x, first, last in (wall for column in walls for wall in column):
                found[first:last, x] = 1
    return found


def _open_tables(
    ink: Mask, across: Mask, down: Mask, settings: GridSettings, unit: float
) -> Iterator[OpenTable]:
    """Rulings of one length below each other, without an upright stroke between any two of them,
    and with nothing but rows of a table between them.
    """
    run: list[tuple[int, int, int]] = []
    for line in [*_long_rulings(across, settings, unit), None]:
        if line is not None and (not run or _end_alike(run[-1], line, unit)):
            run.append(line)
            continue
        is_open = not any(_has_upright(*pair, down, settings, unit) for pair in pairwise(run))
        if len(run) > _FEWEST_ROWS and is_open:
            x0, x1 = (int(np.median([one[end] for one in run])) for end in (1, 2))
            yield from _parts(OpenTable(x0, x1, tuple(y for y, _, _ in run)), ink, across, unit)
        run = [line] if line is not None else []


def _parts(table: OpenTable, ink: Mask, across: Mask, unit: float) -> Iterator[OpenTable]:
    """The tables that rulings of one length enclose: the text between two tables, and that between
    a table and a line at the foot of the page, belongs to none.
    """
    text = _text(table, ink, across, unit)
    space = _space(text, unit)
    bands = [text[a:b] for a, b in pairwise(table.rows)]
    rows = [place for place, band in enumerate(bands) if _is_row(band, space, unit)]
    breaks = [0, *(i for i in range(1, len(rows)) if rows[i] > rows[i - 1] + 1), len(rows)]
    for part in (rows[a:b] for a, b in pairwise(breaks)):
        filled = [place for place in part if bands[place].any()]  # a line may stand right above
        if filled and filled[-1] - filled[0] + 1 >= _FEWEST_ROWS:
            yield replace(table, rows=table.rows[filled[0] : filled[-1] + 2])


def _text(table: OpenTable, ink: Mask, across: Mask, unit: float) -> Flags:
    """The ink between a table's edges without its rulings."""
    thick = np.ones((2 * round(unit) + 1, 1), np.uint8)
    edges = slice(table.x0, table.x1)
    return np.asarray((ink[:, edges] > 0) & (cv2.dilate(across[:, edges], thick) == 0), np.bool)


def _space(text: Flags, unit: float) -> int:
    """The paper in pixels, at most, between two words of such text."""
    heights = [b - a for a, b in _runs(_shadow(text, 1)) if b - a >= _LOW * unit]
    line = float(np.percentile(heights, 25)) if heights else 0.0  # texts beside each other add up
    return round(max(_GUTTER * unit, _SPACE * line))


def _closed(text: Flags, space: int) -> Flags:
    """Where the text of some lines stands along the table's width, words joined."""
    inked = _shadow(text, 0).astype(np.uint8).reshape(1, -1)
    joined = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((1, space), np.uint8))
    return np.asarray(joined.reshape(-1) > 0, np.bool)


def _shadow(text: Flags, axis: int) -> Flags:
    """Which rows (``axis`` 1) or columns (0) of pixels have ink."""
    return np.asarray(text.any(axis=axis), np.bool)


def _is_row(band: Flags, space: int, unit: float) -> bool:
    """Whether what stands between two rulings can be a row: a row has no more paper above, below
    and between its lines than a table has, and few lines if one runs over all its width.
    """
    lines = _runs(_shadow(band, 1))
    ends = [0, *(end for line in lines for end in line), len(band)]
    if max(b - a for a, b in zip(ends[::2], ends[1::2], strict=True)) > _LOOSE * unit:
        return False
    runs_over = any(_runs_over(_closed(band[a:b], space)) for a, b in lines)
    return len(lines) <= _MOST_LINES or not runs_over


def _runs_over(inked: Flags) -> bool:
    """Whether a text runs over so much of the table's width that it is in no column."""
    return max((b - a for a, b in _runs(inked)), default=0) >= _LINE * len(inked)


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
    """Whether a stroke stands between two rulings that is longer than those of letters."""
    edge = round(settings.apart * unit)
    first, last = max(0, above[1] - edge), above[2] + edge
    between = down[above[0] + 1 : below[0], first:last]
    height = below[0] - above[0]
    least = max(_UPRIGHT * height, min(_STEM * unit, _STEM_IN_ROW * height))
    return bool((between.sum(axis=0) >= least).any())


def _walls(
    table: OpenTable, ink: Mask, across: Mask, unit: float
) -> list[list[tuple[int, int, int]]]:
    """For each place between columns, and for both edges, its walls (x, top, bottom)."""
    own = _text(table, ink, across, unit)
    space = _space(own, unit)
    header = own[_below_labels(table, across) : table.rows[1]]
    rows = (own[a:b] for a, b in pairwise(table.rows[1:]))
    gutters = _gutters([_closed(row, space) for row in (header, *rows)])
    if len(gutters) < _FEWEST_COLUMNS - 1:
        return []
    edges = [[(x, table.rows[0], table.rows[-1] + 1)] for x in (table.x0, table.x1 - 1)]
    ends = sorted({*table.rows, *_partial(table, across)})
    return [
        *edges,
        *(
            [
                (table.x0 + x, a, a + round(share * (b + 1 - a)))
                for a, b in pairwise(ends)
                if (share := _share(own[a:b], x, space)) > 0
            ]
            for x in gutters
        ),
    ]


def _share(row: Flags, x: int, space: int) -> float:
    """How much of a row's height a wall at a place takes: all of it where the row has more paper
    there than between two words, a part, which is in doubt, where it has as much. A title that runs
    over the columns has none within it.
    """
    joined = _closed(row, space)
    if not joined[x]:
        return 1.0
    widths = [last - first for first, last in _runs(~_shadow(row, 0)) if first <= x < last]
    is_narrow = bool(widths) and 3 * widths[0] >= space
    return _IN_DOUBT if is_narrow and not _runs_over(joined) else 0.0


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


def _gutters(bands: Sequence[Flags]) -> list[int]:
    """Where the paper between two columns is emptiest, from the left.

    ``bands`` say of each row where it has ink, the first of the row that names the columns: one
    wall stands between two of its labels, so that a column with hardly a filled cell is one, and
    one with short texts below a label in its middle no two. Titles that run over the columns do
    not count.
    """
    inked = [band for band in bands if band.any() and not _runs_over(band)]
    if not inked:
        return []
    empty = 1 - np.mean(inked, axis=0)
    found = []
    for first, last in _runs(~bands[0]):
        part = empty[first:last]
        is_between = first > 0 and last < len(empty)
        if is_between and part.max() >= _EMPTY:
            best = max(_runs(part >= part.max() - 1e-9), key=lambda run: run[1] - run[0])
            found.append(first + (best[0] + best[1]) // 2)
    return found


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """The runs of true positions, as first and behind the last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
