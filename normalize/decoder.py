"""The likeliest words of a sentence: a lattice of candidates, their costs, and the probability of each."""

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclasses.dataclass(frozen=True, eq=False)
class Candidate:
    """One possible text of a stretch of word slots."""

    start: int
    end: int
    text: str  # as it would be published, with its signs
    first: str  # the model's key of its first word
    last: str  # the history that it leaves to the next word
    cost: float  # of the readings given this text, and of the words inside it
    at: int = 0  # the slot that shows the text; the others of the stretch are empty
    core: str = ""  # the word itself


PairCosts = Callable[[Sequence[str], Sequence[str], int], Floats]  # histories, words, slot: an array of histories by words


@dataclasses.dataclass(frozen=True)
class Decoded:
    """The chosen candidates in order, with the probability of every candidate of the lattice."""

    best: tuple[Candidate, ...]
    probabilities: dict[Candidate, float]


def _edges(before: Sequence[Candidate], after: Sequence[Candidate], pair_costs: PairCosts) -> Floats:
    lasts = {last: n for n, last in enumerate(dict.fromkeys(c.last for c in before))}
    firsts = {first: n for n, first in enumerate(dict.fromkeys(c.first for c in after))}
    costs = pair_costs(list(lasts), list(firsts), after[0].start)
    return costs[np.ix_([lasts[c.last] for c in before], [firsts[c.first] for c in after])]


def decode(candidates: Sequence[Candidate], slots: int, start: str, pair_costs: PairCosts) -> Decoded:
    """The best path through the slots and each candidate's probability (forward-backward); ties go to the first candidate."""
    starts: list[list[Candidate]] = [[] for _ in range(slots + 1)]
    ends: list[list[Candidate]] = [[] for _ in range(slots + 1)]
    for candidate in candidates:
        starts[candidate.start].append(candidate)
        ends[candidate.end].append(candidate)
    begin = Candidate(-1, 0, "", "", start, 0.0)
    ends[0] = [begin]
    forward: dict[Candidate, float] = {begin: 0.0}
    best: dict[Candidate, tuple[float, Candidate]] = {begin: (0.0, begin)}
    edges = [_edges(ends[i], starts[i], pair_costs) if ends[i] and starts[i] else np.empty((0, 0)) for i in range(slots)]
    for i in range(slots):
        if edges[i].size:
            _forward(ends[i], starts[i], edges[i], forward, best)
    backward = _backward(starts, ends, edges, slots)
    total = float(np.logaddexp.reduce([forward[c] for c in ends[slots]]))
    probabilities = {c: float(np.exp(forward[c] + backward[c] - total)) for c in candidates if c in backward and c in forward}
    last = min(ends[slots], key=lambda c: best[c][0])
    return Decoded(tuple(_trace(last, begin, best)), probabilities)


def _forward(
    before: list[Candidate],
    after: list[Candidate],
    edges: Floats,
    forward: dict[Candidate, float],
    best: dict[Candidate, tuple[float, Candidate]],
) -> None:
    own = np.array([c.cost for c in after])
    sums = np.logaddexp.reduce(np.array([forward[c] for c in before])[:, None] - edges, axis=0) - own
    paths = np.array([best[c][0] for c in before])[:, None] + edges
    arg = paths.argmin(axis=0)
    for j, candidate in enumerate(after):
        forward[candidate] = float(sums[j])
        best[candidate] = (float(paths[arg[j], j] + own[j]), before[int(arg[j])])


def _backward(starts: list[list[Candidate]], ends: list[list[Candidate]], edges: list[Floats], slots: int) -> dict[Candidate, float]:
    backward = dict.fromkeys(ends[slots], 0.0)
    for i in range(slots - 1, 0, -1):
        after = [c for c in starts[i] if c in backward]
        if not after or not ends[i]:
            continue
        keep = [j for j, c in enumerate(starts[i]) if c in backward]
        right = np.array([backward[c] - c.cost for c in after])
        sums = np.logaddexp.reduce(right[None, :] - edges[i][:, keep], axis=1)
        backward.update({c: float(s) for c, s in zip(ends[i], sums, strict=True)})
    return backward


def _trace(last: Candidate, begin: Candidate, best: dict[Candidate, tuple[float, Candidate]]) -> list[Candidate]:
    path = []
    while last is not begin:
        path.append(last)
        last = best[last][1]
    return path[::-1]
