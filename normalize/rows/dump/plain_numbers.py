"""Row numbers of a dumped table that are no dotted ones: Roman and whole ones."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.rows.dump.column_grammar import number_arc
from normalize.rows.dump.number_tokens import (
    INTEGER,
    WHOLE,
    YEAR,
    NumberToken,
    grouped_numbers,
    is_roman,
    task_number_arcs,
    to_candidates,
)
from normalize.rows.dump.segment import GROUP, LONG, Arc
from normalize.rows.dump.tokens import SAME_LINE, Token
from normalize.rows.numbering.decide import SCHEMES, solve
from normalize.rows.numbering.letters import letter_value
from normalize.rows.numbering.schemes import TASKS, TASKS_DASHED, Scheme

_CAPITAL = regex.compile(r"^[A-HĐ][.)]?$")  # the number of a group
_FEW_CAPITALS, _CAPITAL_GROUP = 2, 0.2
_PLAIN_ROMAN = regex.compile(r"^[IVX]+[.,\-–]*$")


def number_arcs(
    tokens: Sequence[Token], name: str, scheme: Scheme
) -> tuple[dict[int, list[Arc]], dict[int, float]]:
    """The arcs of a table's row numbers, and what it costs to take such a number for a word.

    ``name`` is what its kind is called, ``scheme`` how it is numbered.
    """
    if name == "tasks":
        return task_number_arcs(tokens, scheme)
    return plain_number_arcs(tokens, name, scheme)


def plain_number_arcs(
    tokens: Sequence[Token], name: str, scheme: Scheme
) -> tuple[dict[int, list[Arc]], dict[int, float]]:
    """The arcs of Roman or whole row numbers, and the cost of a number as a word.

    ``name`` is ``indicators`` or ``growth``, ``scheme`` how such a table is numbered.
    """
    arcs = {at: [number_arc(at + 1, _CAPITAL_GROUP, GROUP)] for at in _capitals(tokens)}
    for at, token in enumerate(tokens):
        cost = _plain_cost(tokens, at)
        if cost is not None:
            is_title = is_roman(token.text) and name == "indicators"
            arcs[at] = [number_arc(at + 1, cost, GROUP if is_title else LONG)]
            if is_title and token.text.strip(".-") in ("l", "I", "1", "n", "H", "T"):
                arcs[at].append(number_arc(at + 1, cost + 0.8, LONG))
    found = plain_numbers(tokens)
    shares = None if scheme is SCHEMES[name] else False
    decided = solve(to_candidates(found, shares), scheme).rows if found else []
    return arcs, {
        number.start: number.drop
        for number, decision in zip(found, decided, strict=True)
        if decision.status == "read"
    }


def row_numbers(tokens: Sequence[Token], name: str, scheme: Scheme) -> list[int]:
    """Where the numbers of rows that are no titles stand, in a table that is not numbered 1.1.1,
    else none; ``name`` is what its kind is called.
    """
    if scheme in (TASKS, TASKS_DASHED):
        return []
    found = grouped_numbers(tokens) if name == "tasks" else plain_numbers(tokens)
    decided = solve(to_candidates(found, shares=False), scheme).rows if found else []
    return [
        number.start
        for number, decision in zip(found, decided, strict=True)
        if decision.status != "dropped"
        and scheme.levels.index(decision.level) + 1 not in scheme.titles
    ]


def plain_numbers(tokens: Sequence[Token]) -> list[NumberToken]:
    """The Roman or whole numbers that may be those of rows, where they begin or end a line, and
    the capitals of groups.
    """
    capitals = _capitals(tokens)
    drops = ((at, _plain_drop(tokens, at)) for at in range(len(tokens)))
    return [
        NumberToken(at, at + 1, tokens[at].text, drop)
        for at, drop in drops
        if drop is not None and (at in capitals or _plain_cost(tokens, at) is not None)
    ]


def _capitals(tokens: Sequence[Token]) -> frozenset[int]:
    """Where capitals begin lines as the numbers of groups do: ``A``, ``B``, ... in order, a title
    behind each.
    """
    found: list[int] = []
    for at in range(len(tokens) - 1):
        text, following = tokens[at].text, tokens[at + 1].text
        is_next = _CAPITAL.match(text) and letter_value(text[0]) == len(found) + 1
        if is_next and tokens[at].gap != SAME_LINE and following[:1].isupper():
            found.append(at)
    return frozenset(found if len(found) >= _FEW_CAPITALS else ())


def _plain_drop(tokens: Sequence[Token], at: int) -> float | None:
    """What it costs that a Roman or whole number is no row's; None inside a line.

    It costs most where the number stands alone on its line.
    """
    starts, ends = (
        tokens[at].gap != SAME_LINE,
        at + 1 == len(tokens) or tokens[at + 1].gap != SAME_LINE,
    )
    if starts:
        return 2.5 if ends else 2.0
    return 0.7 if ends else None


def _plain_cost(tokens: Sequence[Token], at: int) -> float | None:
    token = tokens[at]
    if YEAR.match(token.text):
        return None
    place = 0.0 if token.gap != SAME_LINE else 0.4
    if is_roman(token.text):
        return place + (0.2 if _PLAIN_ROMAN.match(token.text) else 1.0)
    if WHOLE.match(token.text):
        return place + 0.3
    return (
        place + 1.5
        if INTEGER.match(token.text) and any(letter.isdigit() for letter in token.text)
        else None
    )
