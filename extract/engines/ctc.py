"""The letters that a network trained with CTC reads.

At each step the likeliest label is taken, and runs of one label become one letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

# shape (steps, labels), natural logarithms, each row a distribution; label `BLANK`: no letter
LogProbs = NDArray[np.float32]

BLANK = 0


@dataclass(frozen=True)
class Letter:
    """One letter of the likeliest reading.

    Steps ``first`` to ``last`` (inclusive) carry it; ``confidence`` is its highest probability
    there.
    """

    label: int
    first: int
    last: int
    confidence: float


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
