"""Votes of witnesses on a short text.

Engines count before readings, since the readings of one engine err together.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Vote:
    """What most engines read, and whether that is settled.

    It is where nothing else was read, or two engines stand against one for each other value.
    """

    value: str
    unanimous: bool
    settled: bool


def engine_of(engines: Sequence[str], place: int) -> str:
    """The engine of a reading; unknown ones count as one and the same."""
    return engines[place] if place < len(engines) else ""


def weigh(values: Sequence[str], engines: Sequence[str]) -> Vote:
    """The vote on values, given in the readings' order with the engine of each.

    Most engines win, then most readings, then the first.
    """
    seen: dict[str, list[str]] = {}
    for place, value in enumerate(values):
        seen.setdefault(value, []).append(engine_of(engines, place))
    best = max(seen, key=lambda value: (len(set(seen[value])), len(seen[value])))
    others = [set(names) for value, names in seen.items() if value != best]
    outvoted = len(set(seen[best])) > 1 and all(len(names) == 1 for names in others)
    return Vote(best, not others, not others or outvoted)
