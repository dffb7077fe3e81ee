"""Every word of every page in reading order: the repaired ones, and those outside rows (headers, page numbers, recipients) as read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit.folder import records
from schemas.files import read
from schemas.frames import Blocks, Words

PLACED = ("page_no", "block_no", "x0", "top", "x1", "bottom")  # where a word stands
_SPACE = 0.2  # of a line's height


@dataclass(frozen=True)
class PageWord:
    """A word's text and its box on the straightened page, in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def page_lines(repaired: pd.DataFrame, extract: Path) -> dict[int, list[list[PageWord]]]:
    """The lines of words of each page, blocks from the top and from the left; ``extract`` holds blocks.parquet and words.parquet."""
    blocks, words = read(Blocks, extract / "blocks.parquet"), read(Words, extract / "words.parquet", *PLACED, "witness", "text")
    corners = {(int(b.page_no), int(b.block_no)): (round(float(b.top)), float(b.x0)) for b in records(blocks)}
    known = _by_block(
        repaired[repaired["x0"].notna()], "value"
    )  # a word that repair dropped or joined to another has no value, but a place
    read_words = _by_block(_leading(words), "text")
    lines: dict[int, list[list[PageWord]]] = {}
    for key in sorted({*known, *read_words}, key=lambda key: (key[0], corners.get(key, (0, 0.0)))):
        own = known.get(key, [])
        said = [word for word in own if word.text]
        lines.setdefault(key[0], []).extend(_to_lines([*said, *_elsewhere(read_words.get(key, []), own)]))
    return lines


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


def _by_block(frame: pd.DataFrame, column: str) -> dict[tuple[int, int], list[PageWord]]:
    """Words by page and block; one that stands in several rows (a merged cell) comes once."""
    found: dict[tuple[int, int], dict[PageWord, None]] = {}
    columns = [frame[name].tolist() for name in ("page_no", "block_no", column, "x0", "top", "x1", "bottom")]
    for page_no, block_no, text, *sides in zip(*columns, strict=True):
        found.setdefault((int(page_no), int(block_no)), {})[PageWord(str(text), *map(float, sides))] = None
    return {key: list(words) for key, words in found.items()}


def _leading(words: pd.DataFrame) -> pd.DataFrame:
    """The words of one witness for each block: of those that read it the one that read most words in the document."""
    counts = words["witness"].value_counts()
    order = {witness: place for place, witness in enumerate(sorted(counts.index, key=lambda witness: (-counts[witness], witness)))}
    rank = words["witness"].map(order)
    return words[rank == rank.groupby([words["page_no"], words["block_no"]]).transform("min")]


def _to_lines(words: Iterable[PageWord]) -> list[list[PageWord]]:
    """Words in lines, each as high as its line: one belongs to the line whose tallest word spans its middle."""
    lines: list[list[PageWord]] = []
    for word in sorted(words, key=lambda word: ((word.top + word.bottom) / 2, word.x0)):
        middle = (word.top + word.bottom) / 2
        if lines and _tallest(lines[-1]).top <= middle <= _tallest(lines[-1]).bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_evened(line) for line in lines]


def _evened(line: Sequence[PageWord]) -> list[PageWord]:
    """A line's words from the left, each as high as the line and ending where a reader of the PDF still sees a space before the next."""
    tallest = _tallest(line)
    words = sorted(line, key=lambda word: word.x0)
    space = _SPACE * (tallest.bottom - tallest.top)
    ends = [following.x0 - space for following in words[1:]] + [words[-1].x1]
    return [
        replace(word, top=tallest.top, bottom=tallest.bottom, x1=max(min(word.x1, end), (word.x0 + word.x1) / 2))
        for word, end in zip(words, ends, strict=True)
    ]


def _tallest(line: Sequence[PageWord]) -> PageWord:
    return max(line, key=lambda word: word.bottom - word.top)
