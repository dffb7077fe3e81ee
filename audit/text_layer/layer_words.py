"""Every word of every page in reading order, for the text layer.

Words in rows are the repaired ones; headers, page numbers and recipients are as they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit.published.folder import records
from schemas.files import read
from schemas.frames import Blocks, Words
from schemas.witnesses import INK

PLACED = ("page_no", "block_no", "x0", "top", "x1", "bottom")  # where a word stands
_SPACE = 0.2  # of a line's height


class PageWord(NamedTuple):
    """A word's text and its box on the straightened page, in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class PageLines:
    """The words of a document by page.

    A page's lines are made when they are asked for: those of a long document take much memory.
    """

    def __init__(self, repaired: pd.DataFrame, extract: Path) -> None:
        """``repaired`` is the table Repaired, or its values with places; ``extract`` is the folder
        of the stage.
        """
        blocks, words = (
            read(Blocks, extract / "blocks.parquet"),
            read(Words, extract / "words.parquet", *PLACED, "witness", "text"),
        )
        words = words[words["witness"] != INK]
        self._corners = {
            (int(b.page_no), int(b.block_no)): (round(float(b.top)), float(b.x0))
            for b in records(blocks)
        }
        # a word that repair dropped or joined to another has no value, but a place
        self._known, self._read = (
            _Pages(repaired[repaired["x0"].notna()], "value"),
            _Pages(_leading(words), "text"),
        )

    def of(self, page_no: int) -> list[list[PageWord]]:
        """The lines of words of a page, blocks from the top and from the left."""
        known, read_words = self._known.by_block(page_no), self._read.by_block(page_no)
        lines: list[list[PageWord]] = []
        for block in sorted(
            {*known, *read_words}, key=lambda block: self._corners.get((page_no, block), (0, 0.0))
        ):
            own = known.get(block, [])
            said = [word for word in own if word.text]
            lines.extend(_to_lines([*said, *_elsewhere(read_words.get(block, []), own)]))
        return lines


class _Pages:
    """A table's words by page."""

    def __init__(self, frame: pd.DataFrame, column: str) -> None:
        self._frame, self._column = frame, column
        self._places = frame.groupby("page_no").indices

    def by_block(self, page_no: int) -> dict[int, list[PageWord]]:
        """A page's words by block; one that stands in several rows (a merged cell) comes once."""
        page = self._frame.iloc[self._places.get(page_no, [])]
        found: dict[int, dict[PageWord, None]] = {}
        columns = [
            page[name].tolist() for name in ("block_no", self._column, "x0", "top", "x1", "bottom")
        ]
        for block_no, text, *sides in zip(*columns, strict=True):
            found.setdefault(int(block_no), {})[PageWord(str(text), *map(float, sides))] = None
        return {block_no: list(words) for block_no, words in found.items()}


def _elsewhere(words: Sequence[PageWord], known: Sequence[PageWord]) -> list[PageWord]:
    """The words of which no known one has the middle in its box, nor they a known one's."""
    if not words or not known:
        return list(words)
    one, other = _sides(words), _sides(known)
    is_known: list[bool] = np.any(_holds(one, other) | _holds(other, one).T, axis=1).tolist()
    return [word for word, known_already in zip(words, is_known, strict=True) if not known_already]


def _sides(words: Sequence[PageWord]) -> NDArray[np.float64]:
    return np.array([(word.x0, word.top, word.x1, word.bottom) for word in words])


def _holds(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """For each box and each other box whether the middle of the other lies in it."""
    x, y = (others[:, 0] + others[:, 2]) / 2, (others[:, 1] + others[:, 3]) / 2
    x0, top, x1, bottom = (boxes[:, [side]] for side in range(4))
    return (x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom)


def _leading(words: pd.DataFrame) -> pd.DataFrame:
    """The words of one witness for each block: the one that read most words in the whole
    document.
    """
    counts = words["witness"].value_counts()
    order = {
        witness: place
        for place, witness in enumerate(
            sorted(counts.index, key=lambda witness: (-counts[witness], witness))
        )
    }
    rank = words["witness"].map(order)
    return words[rank == rank.groupby([words["page_no"], words["block_no"]]).transform("min")]


def _to_lines(words: Iterable[PageWord]) -> list[list[PageWord]]:
    """Words in lines, each word as high as its line.

    A word belongs to the line whose tallest word spans the word's middle.
    """
    lines: list[list[PageWord]] = []
    tallest: PageWord | None = None
    for middle, _, word in sorted(
        [((word.top + word.bottom) / 2, word.x0, word) for word in words], key=itemgetter(0, 1)
    ):
        if tallest is not None and tallest.top <= middle <= tallest.bottom:
            lines[-1].append(word)
            tallest = _taller(tallest, word)
        else:
            lines.append([word])
            tallest = word
    return [_evened(line) for line in lines]


def _evened(line: Sequence[PageWord]) -> list[PageWord]:
    """A line's words from the left, each as high as the line.

    Each ends where a reader of the PDF still sees a space before the next.
    """
    tallest = reduce(_taller, line)
    words = sorted(line, key=attrgetter("x0"))
    space = _SPACE * (tallest.bottom - tallest.top)
    ends = [following.x0 - space for following in words[1:]] + [words[-1].x1]
    return [
        word._replace(
            top=tallest.top,
            bottom=tallest.bottom,
            x1=max(min(word.x1, end), (word.x0 + word.x1) / 2),
        )
        for word, end in zip(words, ends, strict=True)
    ]


def _taller(word: PageWord, other: PageWord) -> PageWord:
    return other if other.bottom - other.top > word.bottom - word.top else word
