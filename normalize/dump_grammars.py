"""What the columns of each appendix hold, as the arcs of normalize/dump_columns.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import log

from normalize.dump_columns import BULLETED, INFINITE, NUMBER, PLAIN, Arc, Grammar
from normalize.dump_parts import best_label
from normalize.dump_vocabulary import (
    BULLET,
    TEXT,
    Item,
    begins_deadline,
    begins_target,
    deadline_word,
    ends_badly,
    find_figures,
    find_phrases,
    find_units,
    funding_word,
    is_body_head,
    is_figure,
)
from normalize.dump_words import BLANK_LINE, NEW_LINE, NEW_PAGE, SAME_LINE, Token

_IN_LINE, _ON_NEW_LINE, _ON_PAGE = 0.9, 0.1, 0.3  # a cell that begins in the middle of a line is less likely
_MOST_EVIDENCE = 2.5
_UNKNOWN_BODY_WORD = 2.5
_BODY_IN_TEXT = 3.0  # more than the same body costs in a cell of its own
_FIGURE_IN_TEXT = 1.0
_STOP_IN_BODY = 3.0
_BAD_END = 2.5  # a cell that begins after a word with which none ends
_LIST_AFTER_PLAIN, _PLAIN_ITEM, _NEXT_ITEM = 1.2, 2.5, 0.3
_WORD_AFTER_FIGURE = 1.5
ABSENT = {
    "task": 4.0,
    "name": 4.0,
    "lead": 5.0,
    "coordinating": 1.5,
    "deadline": 3.0,
    "funding": 2.5,
    "unit": 1.5,
    "target": 5.0,
    "value": 4.0,
}
FIGURE, WORDS = "figure", "words"

ArcMaker = Callable[[int, int], Sequence[Arc]]  # column and token to arcs
Bodies = Mapping[int, tuple[float, int]]  # where a known body ends, to its cost and its place in the list
Roles = Mapping[int, tuple[float, float]]  # a body's place in the list to what it costs as lead and as coordinating body


def make_grammar(
    tokens: Sequence[Token], columns: Sequence[str], numbers: Mapping[int, Sequence[Arc]], firm_numbers: Mapping[int, float], roles: Roles
) -> Grammar:
    """The grammar of a table with these columns (the number's first), given the arcs of its row numbers and what it costs to read one as a word."""

    @lru_cache(maxsize=1 << 16)
    def bodies(at: int) -> dict[int, tuple[float, int]]:
        return find_phrases("body", tokens, at)

    layout = Layout(tokens, bodies)
    makers: dict[str, ArcMaker] = {
        "task": lambda c, at: _text_arcs(tokens, c, at, bodies(at)),
        "name": lambda c, at: _text_arcs(tokens, c, at, bodies(at)),
        "lead": lambda c, at: _body_arcs(tokens, layout, c, at, _in_role(bodies(at), roles, 0)),
        "coordinating": lambda c, at: _body_arcs(tokens, layout, c, at, _in_role(bodies(at), roles, 1)),
        "deadline": lambda c, at: _deadline_arcs(tokens, layout, c, at),
        "funding": lambda c, at: _funding_arcs(tokens, layout, c, at),
        "unit": lambda c, at: _unit_arcs(tokens, layout, c, at),
        "target": lambda c, at: _target_arcs(tokens, layout, c, at),
        "value": lambda c, at: _value_arcs(tokens, layout, c, at),
    }
    text = next(i for i, column in enumerate(columns) if column in ("task", "name"))

    firm = {at: cost for at, cost in firm_numbers.items() if cost}

    def arcs(at: int) -> list[Arc]:
        found = [arc for column, name in enumerate(columns[1:], 1) for arc in makers[name.partition(" ")[0]](column, at)]
        if firm:
            found = [_no_number(arc, sum(firm.get(i, 0.0) for i in range(at, arc.end))) for arc in found]
        return [*numbers.get(at, ()), *found]

    def list_break(form: str, arc: Arc, at: int) -> float:
        return _list_break(tokens, form, arc, at)

    return Grammar(tuple(columns), text, tuple(ABSENT.get(name.partition(" ")[0], 0.0) for name in columns), arcs, list_break)


class Layout:
    """What a blank line tells about cells, counted in the table itself: how often one stands before known funding, and how often within a body."""

    def __init__(self, tokens: Sequence[Token], bodies: Callable[[int], Bodies]) -> None:
        self.tokens = tokens
        breaks = [at for at in range(1, len(tokens)) if tokens[at].gap in (NEW_LINE, BLANK_LINE)]
        inner = {at for start in range(len(tokens)) for end in sorted(bodies(start))[-1:] for at in range(start + 1, end)}
        known = [tokens[at].gap == BLANK_LINE for at in breaks if at not in inner and find_phrases("funding", tokens, at)]
        within = [tokens[at].gap == BLANK_LINE for at in breaks if at in inner]
        yes, no = (sum(known) + 0.5) / (len(known) + 1), (sum(within) + 0.5) / (len(within) + 1)
        self.blank = min(_MOST_EVIDENCE, max(0.0, log(yes / no)))
        self.no_blank = min(_MOST_EVIDENCE, max(0.0, log((1 - no) / (1 - yes))))

    def start(self, at: int) -> float:
        """What it costs that a cell begins at a token, by what stands before it."""
        costs = {SAME_LINE: _IN_LINE, NEW_LINE: _ON_NEW_LINE + self.no_blank / 2, BLANK_LINE: 0.0, NEW_PAGE: _ON_PAGE}
        return costs[self.tokens[at].gap] + (_BAD_END if at and ends_badly(self.tokens[at - 1]) else 0.0)

    def inside(self, at: int) -> float:
        """What it costs that a cell goes on at a token."""
        return self.blank if self.tokens[at].gap == BLANK_LINE else 0.0


def _no_number(arc: Arc, cost: float) -> Arc:
    return replace(arc, begins=arc.begins + cost, goes_on=arc.goes_on + cost) if cost else arc


def _in_role(bodies: Bodies, roles: Roles, role: int) -> list[Item]:
    return [(end, cost + roles.get(index, (0.0, 0.0))[role]) for end, (cost, index) in bodies.items()]


def _text_arcs(tokens: Sequence[Token], column: int, at: int, bodies: Bodies) -> list[Arc]:
    """Any word; and bodies that the text names, so that a cell of bodies gains nothing by reaching back into the text."""
    token = tokens[at]
    cost = TEXT + (_FIGURE_IN_TEXT if token.text.startswith("%") or is_figure(token) else 0.0)
    small = 0.0 if token.text[:1].isupper() else 0.3
    found = [Arc(column, at + 1, cost + small, cost)]
    for end, (known, _) in bodies.items():
        cost = min(known + _BODY_IN_TEXT, TEXT * (end - at))
        found.append(Arc(column, end, cost + small, cost))
    return found


def _body_arcs(tokens: Sequence[Token], layout: Layout, column: int, at: int, bodies: Sequence[Item]) -> list[Arc]:
    """Known bodies; and, word by word, unknown ones that begin like a body's name, with a bullet, or with a capital on a new line."""
    token = tokens[at]
    form = BULLETED if BULLET.match(token.text) else PLAIN
    start, gap = layout.start(at), layout.inside(at)
    found = []
    for end, cost in bodies:
        likely = cost + _stop(tokens[end - 1])
        found.append(Arc(column, end, likely + start, likely + gap, form))
    word = _UNKNOWN_BODY_WORD + _stop(token)
    if form == BULLETED:
        return [*found, Arc(column, at + 1, start + 1.2 + word, gap + 1.2 + word, form)]
    return [*found, Arc(column, at + 1, _unknown_start(tokens, at) + start + word, word + gap)]


def _stop(token: Token) -> float:
    return _STOP_IN_BODY if token.text.endswith(".") else 0.0


def _unknown_start(tokens: Sequence[Token], at: int) -> float:
    if is_body_head(tokens, at):
        return 1.5
    return 3.0 if tokens[at].gap != SAME_LINE and tokens[at].text[:1].isupper() else INFINITE


def _list_break(tokens: Sequence[Token], form: str, arc: Arc, at: int) -> float:
    """What an item costs after the items before it in its cell, or a word after a figure."""
    if arc.form in (FIGURE, WORDS):
        return _WORD_AFTER_FIGURE if form == FIGURE else 0.0
    if arc.form == BULLETED:
        return _NEXT_ITEM if form == BULLETED else _LIST_AFTER_PLAIN
    if at and tokens[at - 1].text[-1:] in ",;" or tokens[at].key == "va":
        return _NEXT_ITEM
    return _PLAIN_ITEM


def _deadline_arcs(tokens: Sequence[Token], layout: Layout, column: int, at: int) -> list[Arc]:
    token = tokens[at]
    word, start = deadline_word(token), layout.start(at)
    known = [Arc(column, end, start + 1.5 * cost, 1.5 * cost) for end, (cost, _) in find_phrases("deadline", tokens, at).items()]
    return [*known, Arc(column, at + 1, start + (0.0 if begins_deadline(token.key) else 2.0) + word, word)]


def _funding_arcs(tokens: Sequence[Token], layout: Layout, column: int, at: int) -> list[Arc]:
    start, word = layout.start(at), funding_word(tokens[at])
    known = [Arc(column, end, start + cost, 0.6 + cost) for end, (cost, _) in find_phrases("funding", tokens, at).items()]
    return [*known, Arc(column, at + 1, start + 1.2 + word, word)]


def _unit_arcs(tokens: Sequence[Token], layout: Layout, column: int, at: int) -> list[Arc]:
    start = layout.start(at)
    return [Arc(column, end, start + cost) for end, cost in find_units(tokens, at)] + _label_arcs(tokens, layout, column, at, "unit")


def _value_arcs(tokens: Sequence[Token], layout: Layout, column: int, at: int) -> list[Arc]:
    """A value in figures; or the label of a period, in a second header row."""
    start = layout.start(at)
    return [Arc(column, end, start + cost) for end, cost in find_figures(tokens, at)] + _label_arcs(tokens, layout, column, at, "value")


def _label_arcs(tokens: Sequence[Token], layout: Layout, column: int, at: int, name: str) -> list[Arc]:
    likeness, end, label = best_label("growth", tokens, at, set())
    return [Arc(column, end, layout.start(at) + 0.5 + 0.3 * (100 - likeness))] if label == name else []


def _target_arcs(tokens: Sequence[Token], layout: Layout, column: int, at: int) -> list[Arc]:
    """A target in figures; or, word by word, one in words."""
    token = tokens[at]
    start = layout.start(at)
    found = [Arc(column, end, start + cost, INFINITE, FIGURE) for end, cost in find_figures(tokens, at)]
    begins = start + (1.0 if begins_target(tokens, at) else 3.0) + (0.5 if is_figure(token) else 0.0)
    return [*found, Arc(column, at + 1, begins + TEXT, TEXT + 0.05, WORDS)]


def number_arc(end: int, cost: float, form: str) -> Arc:
    """A row number's arc."""
    return Arc(NUMBER, end, cost, INFINITE, form)
