"""Lines that need another witness, because the first model was unsure there or left ink unread.

Long: one subject, the choice of lines and of windows on them; the pieces share Line and its boxes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block
from extract.image.ink import split_lines, word_window
from extract.image.page_image import Grey

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in pixels of the page
_SMALL = 60.0  # points: a cell no higher than this holds at most four lines
# points: a band of ink lower than this is no line of text, but the rest of a ruling or marks above
# letters
_THINNEST = 6.0
# a word this many times as high as the others of its block holds ink of two lines
_TWO_LINES = 1.8
# unread ink counts from the lower to the upper share of a line's height: no dot or speck, no ruling
# or stamp
_LETTER = (0.45, 1.6)


@dataclass(frozen=True)
class Line:
    """A line of a block with the first model's words on it, if any; the box is in pixels of the
    page.
    """

    block: Block
    line_no: int
    box: Box
    words: tuple[SeenWord, ...]

    def picture(self, x0: float | None = None, x1: float | None = None) -> Grey:
        """The line's picture, or the part of it between two columns of the page."""
        assert self.block.picture is not None
        left, right = (
            round(self.box[0] if x0 is None else x0),
            round(self.box[2] if x1 is None else x1),
        )
        top, bottom = round(self.box[1]) - self.block.top, round(self.box[3]) - self.block.top
        return np.ascontiguousarray(
            self.block.picture[
                max(0, top) : max(0, bottom),
                max(0, left - self.block.left) : max(0, right - self.block.left),
            ]
        )


def doubtful_lines(block: Block, words: Sequence[SeenWord], sure: float) -> list[Line]:
    """The lines of a block with a word less sure than ``sure``, or with ink that was not read."""
    lines: dict[int, list[SeenWord]] = defaultdict(list)
    for word in words:
        lines[word.line_no].append(word)
    usual = float(np.median([word.bottom - word.top for word in words])) if words else 0.0
    found = [
        Line(block, line_no, _line_box(line, block_box(block), usual), tuple(line))
        for line_no, line in lines.items()
    ]
    unread = _unread(block, words)
    doubted = [
        line
        for line in found
        if any(word.confidence < sure for word in line.words) or _holds(line.box, unread)
    ]
    wider = [Line(block, line.line_no, _with_ink(line.box, unread), line.words) for line in doubted]
    return [*wider, *_unread_lines(block, found, unread)]


def block_box(block: Block) -> Box:
    """The box of a block's picture."""
    assert block.picture is not None
    height, width = block.picture.shape
    return (
        float(block.left),
        float(block.top),
        float(block.left + width),
        float(block.top + height),
    )


def printed_lines(line: Line) -> list[Line]:
    """The lines that are really printed where the first model saw one.

    In a small cell it can have taken two lines for one.
    """
    block = line.block
    assert block.picture is not None
    if (
        block.cell.table_no == 0
        or block.is_one_line
        or block.picture.shape[0] * block.scale > _SMALL
    ):
        return [line]
    x0, _, x1, _ = block_box(block)
    bands = [
        band
        for band in _bands(block)
        if min(band[1], line.box[3]) - max(band[0], line.box[1]) > 0.5 * (band[1] - band[0])
    ]
    if len(bands) == 1:
        return [
            Line(
                block,
                line.line_no,
                (line.box[0], bands[0][0], line.box[2], bands[0][1]),
                line.words,
            )
        ]
    return [Line(block, line.line_no, (x0, upper, x1, lower), ()) for upper, lower in bands] or [
        line
    ]


def windows(line: Line, sure: float) -> list[Line]:
    """The parts of a line around the words that are less sure than ``sure``, a word more on either
    side.

    If no word is unsure, the whole line.
    """
    doubted = [n for n, word in enumerate(line.words) if word.confidence < sure]
    if line.block.is_short or not doubted:
        return [line]
    found = []
    for first, last in runs(doubted):
        first, last = max(0, first - 1), min(len(line.words) - 1, last + 1)  # noqa: PLW2901
        x0, x1 = edges(line, first, last)
        found.append(
            replace(
                line, box=(x0, line.box[1], x1, line.box[3]), words=line.words[first : last + 1]
            )
        )
    return found


def runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring places as runs; one or two places between them do not part a run.

    Their windows would overlap.
    """
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place - found[-1][1] <= 3:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def edges(line: Line, first: int, last: int) -> tuple[float, float]:
    """The columns of pixels between which words ``first`` to ``last`` stand, halfway to their
    neighbours.
    """
    x0, x1 = word_window([(word.x0, word.x1) for word in line.words], first, last)
    return (line.box[0] if first == 0 else x0, line.box[2] if last == len(line.words) - 1 else x1)


def _bands(block: Block) -> list[tuple[float, float]]:
    """The printed lines of a block by their ink, as top and bottom on the page."""
    assert block.picture is not None
    found = split_lines(block.picture)
    return [
        (top + block.top, bottom + block.top)
        for top, bottom in found
        if (bottom - top) * block.scale >= _THINNEST
    ]


def _line_box(words: Sequence[SeenWord], whole: Box, usual: float) -> Box:
    """The line's box with room for the marks above and below its letters, within the block's
    picture.

    A word much higher than ``usual`` has ink of the line above or below, which would be read in
    place of this one: the others tell how high the line is.
    """
    of_line = [word for word in words if word.bottom - word.top < _TWO_LINES * usual] or words
    x0, top = min(word.x0 for word in words), min(word.top for word in of_line)
    x1, bottom = max(word.x1 for word in words), max(word.bottom for word in of_line)
    room = 0.12 * (bottom - top)
    return (
        max(whole[0], x0 - 3),
        max(whole[1], top - room),
        min(whole[2], x1 + 3),
        min(whole[3], bottom + room),
    )


def _unread(block: Block, words: Sequence[SeenWord]) -> NDArray[np.float64]:
    """Boxes of letters, shape (n, 4) on the page, whose middle lies in none of the first model's
    words.
    """
    strokes = block.strokes.astype(float)
    boxes = np.column_stack(
        (strokes[:, 0], strokes[:, 1], strokes[:, 0] + strokes[:, 2], strokes[:, 1] + strokes[:, 3])
    )
    if not words or not len(boxes):
        return boxes if not words else boxes[:0]
    height = float(np.median([word.bottom - word.top for word in words]))
    tall = strokes[:, 3]
    boxes = boxes[
        (tall > _LETTER[0] * height) & (tall < _LETTER[1] * height) & (strokes[:, 2] < 4 * height)
    ]
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    room = 0.3 * height
    read = np.zeros(len(boxes), dtype=bool)
    for word in words:
        read |= (
            (x > word.x0 - room)
            & (x < word.x1 + room)
            & (y > word.top - room)
            & (y < word.bottom + room)
        )
    return boxes[~read]


def _holds(box: Box, unread: NDArray[np.float64]) -> bool:
    return bool(_within(box, unread).any())


def _within(box: Box, unread: NDArray[np.float64]) -> NDArray[np.bool_]:
    middle = (unread[:, 1] + unread[:, 3]) / 2
    return np.asarray((middle > box[1]) & (middle < box[3]))


def _with_ink(box: Box, unread: NDArray[np.float64]) -> Box:
    """The box widened to the unread ink beside it."""
    beside = unread[_within(box, unread)]
    if not len(beside):
        return box
    return (
        min(box[0], float(beside[:, 0].min()) - 3),
        box[1],
        max(box[2], float(beside[:, 2].max()) + 3),
        box[3],
    )


def _unread_lines(block: Block, found: Sequence[Line], unread: NDArray[np.float64]) -> list[Line]:
    """Printed lines of which the first model read nothing, numbered after its own."""
    left = (
        unread[
            [
                not any(line.box[1] < (box[1] + box[3]) / 2 < line.box[3] for line in found)
                for box in unread
            ]
        ]
        if len(unread)
        else unread
    )
    if not len(left):
        return []
    x0, _, x1, _ = block_box(block)
    middles = (left[:, 1] + left[:, 3]) / 2
    bands = [
        (top, bottom)
        for top, bottom in _bands(block)
        if ((middles > top) & (middles < bottom)).any()
    ]
    free = [
        band
        for band in bands
        if not any(band[0] < (line.box[1] + line.box[3]) / 2 < band[1] for line in found)
    ]
    return [
        Line(block, number, (x0, top, x1, bottom), ())
        for number, (top, bottom) in enumerate(
            free, max((line.line_no for line in found), default=0) + 1
        )
    ]
