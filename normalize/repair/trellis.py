"""The likeliest words of a sentence, and the probability of each.

Candidates for every place and their costs are given.
"""

import dataclasses
from collections.abc import Callable, Sequence
from math import exp, inf, log


@dataclasses.dataclass(frozen=True, eq=False, slots=True)
class WordCandidate:
    """One possible text of a stretch of word slots."""

    start: int
    end: int
    text: str  # as it would be published, with its signs
    first: str  # the model's key of its first word
    last: str  # the history that it leaves to the next word
    cost: float  # of the readings given this text, and of the words inside it
    at: int = 0  # the slot that shows the text; the others of the stretch are empty
    core: str = ""  # the word itself


Shares = list[list[float]]
# histories, words, slot: for each history how likely each word is
PairShares = Callable[[Sequence[str], Sequence[str], int], Shares]


@dataclasses.dataclass(frozen=True, slots=True)
class Decoded:
    """The chosen candidates in order, and all candidates with the probability of each."""

    best: tuple[WordCandidate, ...]
    candidates: Sequence[WordCandidate]
    shares: Sequence[float]

    def probabilities(self) -> dict[WordCandidate, float]:
        """The probability of every candidate; made anew, as it takes much room."""
        return dict(zip(self.candidates, self.shares, strict=True))


class Trellis:
    """The candidates of a sentence, laid out once to be decoded with several language models.

    A candidate's number is its place. Plain numbers are used, no arrays: most slots have one
    candidate or a handful, for which an array's own cost is many times that of the sums.
    """

    def __init__(self, candidates: Sequence[WordCandidate], slots: int, start: str) -> None:
        self._lattice = candidates
        self._candidates = (*candidates, WordCandidate(-1, 0, "", "", start, 0.0))
        starts: list[list[int]] = [[] for _ in range(slots + 1)]
        ends: list[list[int]] = [[] for _ in range(slots + 1)]
        for n, candidate in enumerate(candidates):
            starts[candidate.start].append(n)
            ends[candidate.end].append(n)
        ends[0] = [len(candidates)]
        # places that some way passes by
        self._spanned = {place for c in candidates for place in range(c.start + 1, c.end)}
        self._steps = [
            (before, after) for before, after in zip(ends, starts, strict=True) if before and after
        ]
        self._final = ends[slots]

    def decode(self, pair_shares: PairShares) -> Decoded:
        """The best path and each candidate's probability (forward-backward algorithm).

        Of equal paths the first candidate's is taken.
        """
        edges = [self._edges(before, after, pair_shares) for before, after in self._steps]
        forward, path, came_from = self._forward(edges)
        backward = self._backward(edges)
        total = _log_sum([forward[n] for n in self._final])
        shares = [
            exp(ahead + behind - total)
            for ahead, behind in zip(forward[:-1], backward[:-1], strict=True)
        ]
        last = min(self._final, key=path.__getitem__)
        return Decoded(self._trace(last, came_from), self._lattice, shares)

    def _edges(self, before: list[int], after: list[int], pair_shares: PairShares) -> Shares:
        """How likely each pair of candidates is.

        Where every path goes over one pair, that pair is as good as certain.
        """
        known = self._candidates
        if len(before) == len(after) == 1 and known[after[0]].start not in self._spanned:
            return [[1.0]]
        return pair_shares(
            [known[n].last for n in before], [known[n].first for n in after], known[after[0]].start
        )

    def _forward(self, edges: list[Shares]) -> tuple[list[float], list[float], list[int]]:
        """For each candidate: the log of the sum over all paths to it, the best path's cost, its
        last step.
        """
        forward, path = [-inf] * len(self._candidates), [inf] * len(self._candidates)
        forward[-1] = path[-1] = 0.0
        came_from = [0] * len(self._candidates)
        for (before, after), shares in zip(self._steps, edges, strict=True):
            if len(before) == 1:
                most, least = forward[before[0]], path[before[0]]
                known = [(1.0, 1.0, before[0], shares[0])]
            else:
                most, least = max([forward[n] for n in before]), min([path[n] for n in before])
                known = [
                    (exp(forward[n] - most), exp(least - path[n]), n, row)
                    for n, row in zip(before, shares, strict=True)
                ]
            for column, to in enumerate(after):
                own, total, best, source = self._candidates[to].cost, 0.0, 0.0, 0
                for ways, way, n, row in known:
                    share = row[column]
                    total += ways * share
                    if way * share > best:
                        best, source = way * share, n
                forward[to], path[to], came_from[to] = (
                    most + log(total) - own,
                    least - log(best) + own,
                    source,
                )
        return forward, path, came_from

    def _backward(self, edges: list[Shares]) -> list[float]:
        """For each candidate the log of the sum over all ways from it to the end."""
        backward = [-inf] * len(self._candidates)
        for n in self._final:
            backward[n] = 0.0
        for (before, after), shares in zip(reversed(self._steps), reversed(edges), strict=True):
            known = [backward[n] - self._candidates[n].cost for n in after]
            most = max(known)
            ways = [exp(value - most) for value in known]
            for n, row in zip(before, shares, strict=True):
                backward[n] = most + log(
                    sum([way * share for way, share in zip(ways, row, strict=True)])
                )
        return backward

    def _trace(self, last: int, came_from: Sequence[int]) -> tuple[WordCandidate, ...]:
        path = []
        while last != len(self._lattice):
            path.append(self._candidates[last])
            last = came_from[last]
        return tuple(path[::-1])


def _log_sum(values: Sequence[float]) -> float:
    most = max(values)
    return most + log(sum(exp(value - most) for value in values))
