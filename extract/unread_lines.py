"""A second look at ink that the first model did not read.

The place is cut out by itself, and everything lighter than print is taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.doubtful import Line
from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block
from extract.image.levels import share_below
from extract.image.page_image import Grey
from extract.unread import print_level

_ROOM = 0.3  # of a place's height, above and below it
_WIDER = 1.5  # of a place's height, to either side, as far as no word stands there
_COVERED = 0.5  # of a place's width that lies in a line which is read again anyway


def unread_lines(
    block: Block, places: Sequence[SeenWord], words: Sequence[SeenWord], lines: Sequence[Line]
) -> list[Line]:
    """The unread ``places`` of a block that no line of ``lines`` covers, as lines without words.

    ``words`` are the first model's.
    """
    places = [place for place in places if not any(_lies_in(place, line) for line in lines)]
    if not places:
        return []
    cleaned = replace(block, picture=print_alone(block, words))
    return [Line(cleaned, place.line_no, _box(place, words), ()) for place in places]


def in_order(lines: list[Line]) -> list[Line]:
    """Lines and their parts from left to right, if places between them were added; else as they
    are.
    """
    first = {line.line_no: n for n, line in reversed(list(enumerate(lines)))}
    added = {line.line_no for n, line in enumerate(lines) if first[line.line_no] < n}
    return sorted(
        lines, key=lambda line: (first[line.line_no], line.box[0] if line.line_no in added else 0.0)
    )


def print_alone(block: Block, words: Sequence[SeenWord]) -> Grey:
    """The block's picture with everything lighter than halfway from paper to print made paper.

    That takes a watermark or a grey seal away.
    """
    assert block.picture is not None
    paper, dark = share_below(block.picture, 0.5), print_level(block, words)
    middle = (paper + dark) / 2
    share = np.clip((middle - block.picture.astype(np.float32)) / max(1.0, middle - dark), 0.0, 1.0)
    return np.asarray(paper - share * (paper - dark), dtype=np.uint8)


def _box(place: SeenWord, words: Sequence[SeenWord]) -> tuple[float, float, float, float]:
    """The place with room for marks and thin letters, but none for the words beside it."""
    height = place.bottom - place.top
    beside = [word for word in words if word.top < (place.top + place.bottom) / 2 < word.bottom]
    left = max(
        (word.x1 for word in beside if word.x1 <= place.x0), default=place.x0 - _WIDER * height
    )
    right = min(
        (word.x0 for word in beside if word.x0 >= place.x1), default=place.x1 + _WIDER * height
    )
    return (
        max(left, place.x0 - _WIDER * height),
        place.top - 2 * _ROOM * height,
        min(right, place.x1 + _WIDER * height),
        place.bottom + _ROOM * height,
    )


def _lies_in(place: SeenWord, line: Line) -> bool:
    x0, top, x1, bottom = line.box
    level = top < (place.top + place.bottom) / 2 < bottom
    return level and min(x1, place.x1) - max(x0, place.x0) > _COVERED * (place.x1 - place.x0)
