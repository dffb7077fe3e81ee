"""Columns whose width jumps from one page of a table to the next.

A table's columns stand at the same places on all its pages, but for the size at which each was
scanned or photographed. Where one is wider or narrower than on the pages beside, a wall was not
seen there, or a line that is none was taken for one: its cells on that page are marked, and so put
into review.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from normalize.rows.scan.layout import Box, marked
from schemas.witnesses import MOVED

_NEAR = 9.0  # points from an edge to the same one on another page, at most
_FEWEST = 3  # rows of a page that tell where its columns stand
_USUAL = 0.5  # of its rows that have an edge where a column ends
_SIZES = 0.06  # the share by which one page's table may be larger than another's

Rows = Sequence[Sequence[Box]]


def with_moved_marked(pages: Sequence[Rows]) -> list[list[list[Box]]]:
    """The rows of each page of a table, with marks in the cells at edges of columns that stand
    elsewhere on the pages beside.
    """
    sizes = _sizes(pages)
    edges = [
        [x / size for x in _column_edges(rows)] for rows, size in zip(pages, sizes, strict=True)
    ]
    return [
        _marked(rows, [x * size for x in _moved(edges, n)])
        if edges[n]
        else [list(row) for row in rows]
        for n, (rows, size) in enumerate(zip(pages, sizes, strict=True))
    ]


def _sizes(pages: Sequence[Rows]) -> list[float]:
    """How large each page is beside the usual one; 1 where its table is too much wider or narrower
    for the same columns.
    """
    widths = [right - left for left, right in map(_sides, pages)]
    usual = median(width for width in widths if width) if any(widths) else 1.0
    sizes = [width / usual for width in widths]
    return [size if abs(size - 1) <= _SIZES else 1.0 for size in sizes]


def _sides(rows: Rows) -> tuple[float, float]:
    """Where a page's rows begin and end; twice nothing where it has none."""
    boxes = [box for row in rows for box in row]
    return min((box.x0 for box in boxes), default=0.0), max((box.x1 for box in boxes), default=0.0)


def _column_edges(rows: Rows) -> list[float]:
    """Where the columns of a page end, from its left edge; none where its rows are too few."""
    boxes = [box for row in rows for box in row]
    if len(rows) < _FEWEST or not boxes:
        return []
    left, right = _sides(rows)
    places: list[list[float]] = []
    for x in sorted(box.x0 for box in boxes):
        if places and x - places[-1][-1] <= _NEAR / 2:
            places[-1].append(x)
        else:
            places.append([x])
    usual = [sum(own) / len(own) for own in places if len(own) >= _USUAL * len(rows)]
    return [x - left for x in usual if x - left > _NEAR and x < right - _NEAR]


def _moved(edges: Sequence[Sequence[float]], page: int) -> list[float]:
    """The edges of a page that no page beside has, and those that it alone lacks."""
    beside = [edges[n] for n in (page - 1, page + 1) if 0 <= n < len(edges) and edges[n]]
    if not beside:
        return []
    own = edges[page]
    gained = [x for x in own if not any(_has(other, x) for other in beside)]
    lost = [x for x in beside[0] if not _has(own, x) and all(_has(other, x) for other in beside)]
    return [*gained, *lost]


def _has(edges: Sequence[float], x: float) -> bool:
    return any(abs(edge - x) <= _NEAR for edge in edges)


def _marked(rows: Rows, moved: Sequence[float]) -> list[list[Box]]:
    """A page's rows with a mark in each cell with words that begins, ends or goes on at an edge."""
    left, _ = _sides(rows)
    return [
        [
            marked(box, MOVED)
            if box.slots and any(box.x0 - _NEAR <= left + x <= box.x1 + _NEAR for x in moved)
            else box
            for box in row
        ]
        for row in rows
    ]
