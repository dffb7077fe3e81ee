"""The likeliest words of a sentence: a lattice of candidates, their costs, and the probability of each."""

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, eq=False, slots=True)
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


@dataclasses.dataclass(frozen=True, slots=True)
class Decoded:
    """The chosen candidates in order, with all candidates of the lattice and the probability of each."""

    best: tuple[Candidate, ...]
    candidates: Sequence[Candidate]
    shares: Floats

    def probabilities(self) -> dict[Candidate, float]:
        """The probability of every candidate; made anew, as it takes much room."""
        return dict(zip(self.candidates, self.shares.tolist(), strict=True))


@dataclasses.dataclass(frozen=True, slots=True)
class _Step:
    """The candidates that end before a slot and those that start at it, by number, and the keys that the model asks for."""

    before: Ints
    after: Ints
    lasts: tuple[str, ...]
    firsts: tuple[str, ...]
    pairs: tuple[Ints, Ints]  # what of the model's array each pair of candidates costs


class Trellis:
    """The candidates of a sentence, laid out once to be decoded with several models; the number of a candidate is its place."""

    def __init__(self, candidates: Sequence[Candidate], slots: int, start: str) -> None:
        self._lattice = candidates
        self._candidates = (*candidates, Candidate(-1, 0, "", "", start, 0.0))
        self._own = np.array([c.cost for c in self._candidates])
        starts: list[list[int]] = [[] for _ in range(slots + 1)]
        ends: list[list[int]] = [[] for _ in range(slots + 1)]
        for n, candidate in enumerate(candidates):
            starts[candidate.start].append(n)
            ends[candidate.end].append(n)
        ends[0] = [len(candidates)]
        self._steps = [self._step(before, after) for before, after in zip(ends, starts, strict=True) if before and after]
        self._final = np.array(ends[slots])

    def _step(self, before: list[int], after: list[int]) -> _Step:
        lasts = {key: n for n, key in enumerate(dict.fromkeys(self._candidates[i].last for i in before))}
        firsts = {key: n for n, key in enumerate(dict.fromkeys(self._candidates[i].first for i in after))}
        rows = np.array([lasts[self._candidates[i].last] for i in before])
        columns = np.array([firsts[self._candidates[i].first] for i in after])
        return _Step(np.array(before), np.array(after), tuple(lasts), tuple(firsts), (rows[:, None], columns[None, :]))

    def decode(self, pair_costs: PairCosts) -> Decoded:
        """The best path and each candidate's probability (forward-backward); ties go to the first candidate."""
        edges = [pair_costs(step.lasts, step.firsts, self._candidates[step.after[0]].start)[step.pairs] for step in self._steps]
        likely = [np.exp(-edge) for edge in edges]
        forward, path, came_from = self._forward(edges, likely)
        backward = self._backward(likely)
        total = _log_sum(forward[self._final])
        shares = np.exp(forward + backward - total)[:-1]
        last = int(self._final[path[self._final].argmin()])
        return Decoded(self._trace(last, came_from), self._lattice, shares)

    def _forward(self, edges: list[Floats], likely: list[Floats]) -> tuple[Floats, Floats, Ints]:
        forward, path = np.full(len(self._own), -np.inf), np.full(len(self._own), np.inf)
        forward[-1] = path[-1] = 0.0
        came_from = np.zeros(len(self._own), dtype=np.int64)
        for step, edge, shares in zip(self._steps, edges, likely, strict=True):
            own, known = self._own[step.after], forward[step.before]
            most = known.max()
            forward[step.after] = most + np.log(np.exp(known - most) @ shares) - own
            paths = path[step.before, None] + edge
            best = paths.argmin(axis=0)
            path[step.after] = paths[best, np.arange(len(best))] + own
            came_from[step.after] = step.before[best]
        return forward, path, came_from

    def _backward(self, likely: list[Floats]) -> Floats:
        backward = np.full(len(self._own), -np.inf)
        backward[self._final] = 0.0
        for step, shares in zip(reversed(self._steps), reversed(likely), strict=True):
            known = backward[step.after] - self._own[step.after]
            most = known.max()
            backward[step.before] = most + np.log(shares @ np.exp(known - most))
        return backward

    def _trace(self, last: int, came_from: Ints) -> tuple[Candidate, ...]:
        path = []
        while last != len(self._candidates) - 1:
            path.append(self._candidates[last])
            last = int(came_from[last])
        return tuple(path[::-1])


def _log_sum(values: Floats) -> float:
    most = values.max()
    return float(most + np.log(np.exp(values - most).sum()))
