"""How the headings and sentences of a prose are numbered: of a few ways the one that fits best."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.rows.numbering.decide import Decided, RowCandidate, solve
from normalize.rows.numbering.schemes import PROSE, TreeScheme

# 1, 1.1, 1.1.1, (1): no Roman parts above them
_COUNTED = TreeScheme(
    ("part", "chapter", "section", "point"),
    ("number", 0, 0, "bracket"),
    {0: (1,), 1: (2, 4), 2: (3, 4), 3: (4,)},
    frozenset(),
    "/",
    0.2,
)
# A, I, 1, 1.1
_LETTERED = TreeScheme(
    ("part", "chapter", "section", "point"),
    ("letter", "roman", "number", 2),
    {0: (1,), 1: (2, 3), 2: (3,), 3: (4,)},
    frozenset(),
    "/",
    0.2,
)
_FEWEST = 2  # as many letters or plain numbers must be read that another way is thought of


def decide_prose(candidates: Sequence[RowCandidate]) -> list[Decided]:
    """The likeliest numbers of a prose's paragraphs, one result for each candidate."""
    if not candidates:
        return []
    solved = [solve(candidates, scheme) for scheme in _schemes(candidates)]
    return min(solved, key=lambda one: one.cost).rows


def _schemes(candidates: Sequence[RowCandidate]) -> list[TreeScheme]:
    """The ways to number a prose of which there are signs, the usual one first."""
    first = [row.readings[0].strip(" .-–)") for row in candidates if row.readings]
    letters = sum(text in ("A", "B", "C", "D", "Đ", "E") for text in first)
    is_roman = any(text == "I" for text in first)
    found = [PROSE]
    if letters >= _FEWEST and (is_roman or first[:1] == ["A"]):
        found.append(_LETTERED)
    if not is_roman and sum(text in ("1", "2") for text in first) >= _FEWEST:
        found.append(_COUNTED)
    return found
