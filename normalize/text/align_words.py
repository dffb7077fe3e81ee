"""Two readings of the same words side by side, by their letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

GAP = 0.75  # the cost of a word that one side lacks, in shares of a word

Span = tuple[int, int, int, int]  # words i to j of the leader are words k to l of the other


def align_words(lead: Sequence[str], other: Sequence[str]) -> list[Span]:
    """Which words of one reading stand for which of another.

    The spans cover both readings in order; one side of a span can be empty.
    """
    spans: list[Span] = []
    for tag, i, j, k, m in SequenceMatcher(None, lead, other, autojunk=False).get_opcodes():
        if tag == "equal":
            spans += [(i + n, i + n + 1, k + n, k + n + 1) for n in range(j - i)]
        elif tag == "replace" and (j - i) * (m - k) <= 40_000:
            spans += [
                (a + i, b + i, c + k, d + k) for a, b, c, d in _align_unlike(lead[i:j], other[k:m])
            ]
        else:
            spans.append((i, j, k, m)) if i == j or k == m else spans.extend(
                [(i, j, k, k), (j, j, k, m)]
            )
    return spans


def _align_unlike(lead: Sequence[str], other: Sequence[str]) -> list[Span]:
    """The cheapest alignment of words that all differ; two words may stand for one."""
    if len(lead) == len(other) == 1:
        return (
            [(0, 1, 0, 1)] if _cost(lead[0], other[0]) < 2 * GAP else [(0, 1, 0, 0), (1, 1, 0, 1)]
        )
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(lead) + 1):
        for k in range(len(other) + 1):
            if (i, k) != (0, 0):
                best[i, k] = min(_ways(lead, other, i, k, best))
    spans: list[Span] = []
    at = (len(lead), len(other))
    while at != (0, 0):
        before = best[at][1]
        spans.append((before[0], at[0], before[1], at[1]))
        at = before
    return spans[::-1]


def _ways(
    lead: Sequence[str],
    other: Sequence[str],
    i: int,
    k: int,
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]],
) -> Iterable[tuple[float, tuple[int, int]]]:
    for a, b in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1)):
        if i >= a and k >= b:
            cost = (
                GAP
                if not a or not b
                else _cost("".join(lead[i - a : i]), "".join(other[k - b : k])) * max(a, b)
                + 0.05 * (a + b - 2)
            )
            yield best[i - a, k - b][0] + cost, (i - a, k - b)


def _cost(a: str, b: str) -> float:
    """How unlike two words are: 0 the same, 2 nothing in common."""
    return 2 * Levenshtein.normalized_distance(a.lower(), b.lower())
