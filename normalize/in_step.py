"""One document's work divided among processes: each does a part of it, and after each step all learn what all parts found."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, TypeVar

_Made = TypeVar("_Made")
Found = list[Any]
Work = Generator[Found, Found, _Made]  # yields what its part shows, and is sent what all parts show, in the document's order
Part = tuple[int, int]  # which part, from 0, of how many
WHOLE: Part = (0, 1)


@dataclass(frozen=True)
class Done(Generic[_Made]):
    """What a part's work has come to in the end."""

    made: _Made


Ask = Callable[[Found | None], Callable[[], Found | Done[_Made]]]  # begins a step, here or elsewhere; what that gives waits for its end


def advance(work: Work[_Made], found: Found | None) -> Found | Done[_Made]:
    """One step of a part's work; ``found`` is what all parts showed in the step before, None in the first one."""
    try:
        return next(work) if found is None else work.send(found)
    except StopIteration as end:
        return Done(end.value)


def in_step(parts: Sequence[Ask[_Made]]) -> list[_Made]:
    """What each part comes to; every step of all parts is begun before the first is waited for."""
    found: Found | None = None
    while True:
        waiting = [ask(found) for ask in parts]
        answers = [answer() for answer in waiting]
        made = [answer.made for answer in answers if isinstance(answer, Done)]
        if made:
            return made
        found = list(chain.from_iterable(answer for answer in answers if not isinstance(answer, Done)))
