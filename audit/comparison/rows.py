"""Which row of one extraction is which row of another.

Rows are matched by number, and by text where the number changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from audit.published.folder import Row

# least similarity (0 to 100) of two rows with the same number, and with different ones
_SAME_KEY, _OTHER_KEY = 45.0, 85.0
_LEFT_OVER = 70.0  # the same for rows with different numbers of which neither has a better partner
_KEY_BONUS = 12.0  # what the same number is worth when several rows have a similar text


@dataclass(frozen=True)
class Matching:
    """Pairs of positions in two lists of rows, and the positions without a partner."""

    pairs: tuple[tuple[int, int], ...]  # in the order of the first list
    removed: tuple[int, ...]
    added: tuple[int, ...]
    moved: frozenset[tuple[int, int]]  # pairs that stand in another order than the rest


def match_rows(ours: Sequence[Row], theirs: Sequence[Row]) -> Matching:
    """Pairs of rows, the best pair taken first.

    The same number counts for a pair, but a far more similar text with another number beats it.
    """
    left, right = set(range(len(ours))), set(range(len(theirs)))
    pairs = []
    for _, _, i, j in sorted(_candidates(ours, theirs)):
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((i, j))
    pairs.sort()
    return Matching(
        tuple(pairs), tuple(sorted(left)), tuple(sorted(right)), frozenset(_out_of_order(pairs))
    )


def _candidates(ours: Sequence[Row], theirs: Sequence[Row]) -> list[tuple[bool, float, int, int]]:
    """All pairs that could be one row, best first: (is a stopgap, cost, position, position).

    Among equal costs the pair whose positions are nearest comes first.
    """
    if not ours or not theirs:
        return []
    texts = [[utils.default_process(row.text) for row in rows] for rows in (ours, theirs)]
    alike = process.cdist(texts[0], texts[1], scorer=fuzz.ratio)
    found = []
    for i, row in enumerate(ours):
        for j, other in enumerate(theirs):
            score, same_key = (
                float(alike[i, j]),
                row.row_id == other.row_id or row.table == "document",
            )
            if same_key or score >= _LEFT_OVER:
                score = 100.0 if texts[0][i] == texts[1][j] else score
                if score >= _SAME_KEY or not texts[0][i] or not texts[1][j]:
                    cost = -score - _KEY_BONUS * same_key + abs(i - j) * 1e-6
                    found.append((not same_key and score < _OTHER_KEY, cost, i, j))
    return found


def _out_of_order(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The fewest pairs to leave out so that the rest stand in the same order on both sides.

    That is all but a longest rising run.
    """
    tails: list[int] = []
    at: list[int] = []
    for _, j in pairs:
        place = bisect_left(tails, j)
        tails[place : place + 1] = [j]
        at.append(place)
    kept, wanted = set(), len(tails) - 1
    for position in range(len(pairs) - 1, -1, -1):
        if at[position] == wanted:
            kept.add(pairs[position])
            wanted -= 1
    return set(pairs) - kept
