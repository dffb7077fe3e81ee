"""Decoding of CTC log-probabilities: greedy, prefix beam search, exact score of a given text. Numbers only: no images, no letters."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

LogProbs = NDArray[np.float32]
"""Shape (steps, labels), natural logarithms, each row a distribution; label `BLANK` means no letter."""

BLANK = 0
NEVER = float("-inf")


@dataclass(frozen=True)
class Letter:
    """One label of the greedy path: steps first..last (inclusive) carry it, confidence is its highest probability there."""

    label: int
    first: int
    last: int
    confidence: float


@dataclass(frozen=True)
class Hypothesis:
    """A label sequence and the natural logarithm of its probability, summed over all its alignments that the beam kept."""

    labels: tuple[int, ...]
    log_probability: float


def restricted(log_probs: LogProbs, allowed: Sequence[int]) -> LogProbs:
    """The distributions over the allowed labels alone; all others get minus infinity."""
    kept = log_probs[:, allowed]
    narrowed = np.full_like(log_probs, NEVER)
    narrowed[:, allowed] = kept - np.logaddexp.reduce(kept, axis=1, keepdims=True)
    return narrowed


def greedy_letters(log_probs: LogProbs) -> list[Letter]:
    """The likeliest label of each step, runs collapsed and blanks dropped."""
    best = log_probs.argmax(axis=1)
    return [_letter(log_probs, label, run) for label, run in _runs(best) if label != BLANK]


def _runs(labels: NDArray[np.intp]) -> Iterator[tuple[int, list[int]]]:
    for label, run in groupby(range(len(labels)), key=lambda step: int(labels[step])):
        yield label, list(run)


def _letter(log_probs: LogProbs, label: int, run: list[int]) -> Letter:
    confidence = float(np.exp(log_probs[run[0] : run[-1] + 1, label].max()))
    return Letter(label, run[0], run[-1], min(confidence, 1.0))


def beam_search(log_probs: LogProbs, width: int = 8, floor: float = 1e-4) -> list[Hypothesis]:
    """The `width` likeliest label sequences, best first; labels less probable than `floor` at a step are not tried there."""
    beam: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, NEVER)}
    for step, labels in zip(log_probs, log_probs > np.log(floor), strict=True):
        tried = [
            (int(label), float(step[label])) for label in np.flatnonzero(labels) if label != BLANK
        ]
        beam = _best(_extended(beam, float(step[BLANK]), tried), width)
    return [Hypothesis(labels, float(np.logaddexp(*ends))) for labels, ends in beam.items()]


def _extended(
    beam: dict[tuple[int, ...], tuple[float, float]],
    blank: float,
    tried: Sequence[tuple[int, float]],
) -> dict[tuple[int, ...], tuple[float, float]]:
    """One step of the search; the pair is the log-probability of the prefix ending in a blank and ending in its last label."""
    grown: dict[tuple[int, ...], tuple[float, float]] = {}
    for prefix, (in_blank, in_label) in beam.items():
        both = _add(in_blank, in_label)
        _credit(grown, prefix, both + blank, NEVER)
        for label, score in tried:
            if prefix and prefix[-1] == label:
                _credit(grown, prefix, NEVER, in_label + score)
                _credit(grown, (*prefix, label), NEVER, in_blank + score)
            else:
                _credit(grown, (*prefix, label), NEVER, both + score)
    return grown


def _credit(
    grown: dict[tuple[int, ...], tuple[float, float]],
    prefix: tuple[int, ...],
    in_blank: float,
    in_label: float,
) -> None:
    if in_blank == in_label == NEVER:
        return
    before = grown.get(prefix, (NEVER, NEVER))
    grown[prefix] = (_add(before[0], in_blank), _add(before[1], in_label))


def _best(
    grown: dict[tuple[int, ...], tuple[float, float]], width: int
) -> dict[tuple[int, ...], tuple[float, float]]:
    """The likeliest prefixes, best first; equal ones in the order of their labels, so that the result is the same everywhere."""
    ranked = sorted(grown.items(), key=lambda entry: (-_add(*entry[1]), entry[0]))
    return dict(ranked[:width])


def _add(left: float, right: float) -> float:
    """log(exp(left) + exp(right)); plain Python, since NumPy's own is ten times slower on single numbers."""
    if left < right:
        left, right = right, left
    return left if right == NEVER else left + math.log1p(math.exp(right - left))


def log_probability(log_probs: LogProbs, labels: Sequence[int]) -> float:
    """The exact log-probability of one label sequence, summed over all its alignments (forward algorithm)."""
    states = np.full(2 * len(labels) + 1, BLANK)
    states[1::2] = labels
    may_skip = np.zeros(len(states), dtype=bool)
    may_skip[3::2] = states[3::2] != states[1:-2:2]
    forward = np.full(len(states), NEVER)
    forward[:2] = log_probs[0, states[:2]]
    for step in log_probs[1:]:
        stepped = np.append(NEVER, forward[:-1])
        skipped = np.where(may_skip, np.append([NEVER, NEVER], forward[:-2])[: len(states)], NEVER)
        forward = np.logaddexp(np.logaddexp(forward, stepped), skipped) + step[states]
    return float(np.logaddexp.reduce(forward[-2:]))
