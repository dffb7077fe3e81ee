"""What the witnesses read where two values differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from audit.published.folder import ELLIPSIS, Cell

_GAP = 0.7  # the cost of a word without a partner, where an unlike partner costs 1


@dataclass(frozen=True)
class Difference:
    """A run of words in which two values differ: its positions on both sides, the end not
    included.
    """

    a_from: int
    a_to: int
    b_from: int
    b_to: int


def differences(ours: Sequence[str], theirs: Sequence[str]) -> list[Difference]:
    """The runs of words in which two texts differ."""
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [Difference(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def readings_between(
    cell: Cell | None, words: Sequence[str], start: int, end: int
) -> dict[str, str]:
    """What each witness read in place of ``words[start:end]`` of the cell's value.

    A witness that did not read that place is left out.
    """
    if cell is None:
        return {}
    found = {}
    for witness, reading in cell.readings.items():
        read = reading.split()
        first, last = place_in(words, read, start, end)
        if ELLIPSIS not in read[first:last]:
            found[witness] = " ".join(read[first:last])
    return found


def is_doubtful(cell: Cell | None, words: Sequence[str], start: int, end: int) -> bool:
    """Whether one of the words ``words[start:end]`` of the cell's value is marked as doubtful."""
    if cell is None or not cell.doubtful:
        return False
    first, last = place_in(words, cell.printed.split(), start, end)
    return any(first < position <= max(last, first + 1) for position in cell.doubtful)


def is_hardly_read(cell: Cell) -> bool:
    """Whether so many of its words are doubtful that its own side takes the value for wrong."""
    return len(cell.doubtful) > max(1.0, len(cell.printed.split()) / 10)


def place_in(words: Sequence[str], read: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The run of ``read`` in place of ``words[start:end]``: between the partners of its
    neighbours.
    """
    at = partners(tuple(words), tuple(read))
    first = max((at[i] + 1 for i in range(start) if i in at), default=0)
    last = min((at[i] for i in range(end, len(words)) if i in at), default=len(read))
    return first, max(first, last)


def partners(words: tuple[str, ...], read: tuple[str, ...]) -> Mapping[int, int]:
    """The likeliest partner of each word in another reading of the same text, in order."""
    head = _common(words, read)
    tail = _common(words[head:][::-1], read[head:][::-1])
    found = {i: i for i in range(head)} | {
        len(words) - 1 - i: len(read) - 1 - i for i in range(tail)
    }
    middle = _align(words[head : len(words) - tail], read[head : len(read) - tail])
    return found | {head + i: head + j for i, j in middle}


def _common(words: Sequence[str], read: Sequence[str]) -> int:
    count = 0
    for word, other in zip(words, read, strict=False):
        if word != other:
            break
        count += 1
    return count


def _align(words: Sequence[str], read: Sequence[str]) -> list[tuple[int, int]]:
    if not words or not read:
        return []
    unlike = 1.0 - process.cdist(words, read, scorer=fuzz.ratio).astype(np.float64) / 100.0
    unlike[:, [j for j, word in enumerate(read) if word == ELLIPSIS]] = 0.1
    n, m = len(words), len(read)
    cost = [[(i + j) * _GAP if not i or not j else 0.0 for j in range(m + 1)] for i in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            cost[i][j] = min(
                cost[i - 1][j - 1] + unlike[i - 1, j - 1],
                cost[i - 1][j] + _GAP,
                cost[i][j - 1] + _GAP,
            )
    return _trace(cost, unlike)


def _trace(cost: Sequence[Sequence[float]], unlike: NDArray[np.float64]) -> list[tuple[int, int]]:
    i, j, pairs = len(cost) - 1, len(cost[0]) - 1, []
    while i and j:
        if cost[i][j] == cost[i - 1][j - 1] + unlike[i - 1, j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif cost[i][j] == cost[i - 1][j] + _GAP:
            i -= 1
        else:
            j -= 1
    return pairs
