"""What the lines of a round are: how many of each kind, in which cuts, from which machines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mix:
    """Shares of lines.

    ``kinds`` has one for each of ``training.kinds.KINDS``, ``cuts`` for regular, bold, italic and
    bold italic, ``machines`` for each of ``training.damage.MACHINES``; the last two sum to one.
    ``capitals`` is the share of lines that are all in capitals.
    """

    kinds: tuple[float, ...]
    cuts: tuple[float, ...]
    machines: tuple[float, ...]
    capitals: float


USUAL = Mix(
    (0.21, 0.24, 0.11, 0.06, 0.05, 0.06, 0.05, 0.04, 0.02, 0.03, 0.03, 0.01, 0.02, 0.05, 0.02),
    (0.56, 0.21, 0.14, 0.09),
    (0.06, 0.26, 0.3, 0.25, 0.08, 0.05),
    0.09,
)
# what the reader that learned the usual mix still misreads: faint and 1-bit scans, cells of a few
# letters or figures, syllables that no list has, bold capitals
HARD = Mix(
    (0.14, 0.2, 0.16, 0.05, 0.05, 0.08, 0.07, 0.06, 0.02, 0.05, 0.02, 0.01, 0.03, 0.06, 0.02),
    (0.5, 0.28, 0.13, 0.09),
    (0.03, 0.18, 0.34, 0.33, 0.08, 0.04),
    0.2,
)
