"""The words of a text layer on the page as it is read, in its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from extract.engines.scan_layer import Box
from extract.engines.seen_word import SeenWord
from extract.engines.text_layer import LayerWord, TextLayer, turn_box
from extract.image.grid import GridCell
from extract.image.page_image import PageImage

_TRUST = 0.9  # the confidence of a layer's words, which tell none of their own


def layer_on_page(layer: TextLayer, page: PageImage) -> list[SeenWord]:
    """The layer's words with boxes in pixels of the straightened page; lines are not yet made of
    them.
    """
    return _placed(layer.words, layer, page)


def vector_blocks(
    layer: TextLayer, page: PageImage, cells: Sequence[GridCell]
) -> dict[int, list[SeenWord]]:
    """All words of a page of vector text by the index of their cell, in reading order.

    Those that stand sideways come after the others of their cell.
    """
    found = words_to_blocks(layer_on_page(layer, page), cells)
    for turn, words in layer.sideways:
        own = (turn - page.turn) % 360
        for index, several in _by_cell(_placed(words, layer, page), cells).items():
            lines = list(_turned_lines(several, own))
            before = max((word.line_no for word in found.get(index, [])), default=0)
            found.setdefault(index, []).extend(
                replace(word, line_no=word.line_no + before) for word in lines
            )
    return found


def _turned_lines(words: Sequence[SeenWord], turn: int) -> Iterator[SeenWord]:
    """Words that stand upright once the page is turned by so many degrees, in lines."""
    for word in _in_lines(_turned(word, turn) for word in words):
        yield _turned(word, (360 - turn) % 360)


def _turned(word: SeenWord, turn: int) -> SeenWord:
    """A word as it lies after the page was turned clockwise about its corner."""
    x0, top, x1, bottom = turn_box((word.x0, word.top, word.x1, word.bottom), turn, (0.0, 0.0))
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom)


def _placed(words: Iterable[LayerWord], layer: TextLayer, page: PageImage) -> list[SeenWord]:
    """A layer's words with their boxes in pixels of the page, all in one line."""
    placed = (
        (text, _to_page((x0, top, x1, bottom), layer, page))
        for text, x0, top, x1, bottom in words
        if text.strip()
    )
    return [SeenWord(1, n, text, _TRUST, *box) for n, (text, box) in enumerate(placed, 1)]


def words_to_blocks(
    words: Iterable[SeenWord], cells: Sequence[GridCell]
) -> dict[int, list[SeenWord]]:
    """A page's words by the index of the cell that holds their middle, in lines and in reading
    order.
    """
    return {index: list(_in_lines(found)) for index, found in _by_cell(words, cells).items()}


def _by_cell(words: Iterable[SeenWord], cells: Sequence[GridCell]) -> dict[int, list[SeenWord]]:
    """Words of a page by the index of the cell that holds their middle."""
    by_cell: dict[int, list[SeenWord]] = {}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        index = next(
            (
                i
                for i, cell in enumerate(cells)
                if cell.x0 <= x < cell.x1 and cell.top <= y < cell.bottom
            ),
            None,
        )
        if index is not None:
            by_cell.setdefault(index, []).append(word)
    return by_cell


def _to_page(box: Box, layer: TextLayer, page: PageImage) -> Box:
    """A box in points of the page as filed, in pixels of the page turned and straightened.

    Its size is kept.
    """
    size = (layer.width * page.zoom, layer.height * page.zoom)
    x0, top, x1, bottom = turn_box(
        (box[0] * page.zoom, box[1] * page.zoom, box[2] * page.zoom, box[3] * page.zoom),
        page.turn,
        size,
    )
    width, height = size if page.turn % 180 == 0 else size[::-1]
    angle = np.radians(page.skew)
    dx, dy = (x0 + x1 - width) / 2, (top + bottom - height) / 2
    x, y = (
        width / 2 + dx * np.cos(angle) + dy * np.sin(angle),
        height / 2 - dx * np.sin(angle) + dy * np.cos(angle),
    )
    if page.warp is not None:
        ((x, y),) = page.warp.target(np.array([[x, y]]), (width, height)).tolist()
    across, down = (x1 - x0) / 2, (bottom - top) / 2
    return (
        (x - across) / page.scale,
        (y - down) / page.scale,
        (x + across) / page.scale,
        (y + down) / page.scale,
    )


def _in_lines(words: Iterable[SeenWord]) -> Iterator[SeenWord]:
    """Words as lines from top to bottom.

    A word belongs to the line whose last word it overlaps by half of its height.
    """
    lines: list[list[SeenWord]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        line = next(
            (line for line in reversed(lines) if line[-1].top < middle < line[-1].bottom), None
        )
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    for line_no, line in enumerate(lines, 1):
        for word_no, word in enumerate(sorted(line, key=lambda word: word.x0), 1):
            yield replace(word, line_no=line_no, word_no=word_no)
