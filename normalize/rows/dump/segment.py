"""Which words of a dump belong to which column of which row.

It is one decision over a whole table, by dynamic programming. Every run of tokens has a cost for
each column (normalize/rows/dump/column_grammar.py); columns follow each other within a row, and
rows follow each other. The cheapest reading of the table wins. Where a reading that puts a word
into another column is nearly as cheap, both columns are in doubt.

Long: one dynamic program (moves, costs ahead and behind, rivals); parts of it mean nothing alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from normalize.rows.dump.tokens import NEW_PAGE, Token

INFINITE = float("inf")
NUMBER = 0  # the first column of every table holds the row's number
DOUBT = 2.0
_BEAM = 16.0

# a title, a title or row, a row, a sub-row, a row without a number
GROUP, TITLE, LONG, SUB, NONE = "group", "title", "long", "sub", "none"
ONE, BULLETED, PLAIN, WORD = "bulleted1", "bulleted", "plain", "~"
# a row of text alone, by its number: a title has no other columns
_LONE_TEXT = {GROUP: 0.3, TITLE: 0.3, LONG: 9.0, SUB: 9.0, NONE: 2.0}
_HEADS_SUB_ROWS = 0.8
_GROUP_WITH_CELLS = 12.0
_ONE_BULLET = 1.5  # a list of one item is seldom bulleted
_SMALL_ROW = 3.0  # a row without a number that begins with a small letter
_LONE_NUMBER = 5.0  # the number of merged cells can stand apart from their rows


@dataclass(frozen=True)
class Arc:
    """One way to read the tokens up to ``end``, for one column.

    It says what it costs to begin the cell with them and what to go on with them. ``form``: of a
    number what kind of row it begins (title, long, sub); of a list's item whether it is bulleted or
    plain.
    """

    column: int
    end: int
    begins: float
    goes_on: float = INFINITE
    form: str = ""


ROW = -3  # in place of a column: the doubt whether a row begins
STRAY = -2  # the column of an arc that steps over a number that stands apart within a row


@dataclass(frozen=True)
class Grammar:
    """A table's columns, the number's first, and the arcs at each token.

    ``text`` is the column of free text, ``absent`` what it costs that a column is empty.
    """

    columns: tuple[str, ...]
    text: int
    absent: tuple[float, ...]
    unnumbered: tuple[float, ...]  # what a row without a number costs, by the gap before it
    arcs: Callable[[int], Sequence[Arc]]
    # what an item costs after one of that form, at a token
    list_break: Callable[[str, Arc, int], float]
    leave_text: Callable[[int], float]  # what it costs that the free text ends before a token

    @cached_property
    def absent_before(self) -> tuple[float, ...]:
        """For each column what it costs that all before it are empty, but for the number's."""
        return (0.0, *accumulate(self.absent[1:], initial=0.0))


@dataclass
class RowCells:
    """One row of a dumped table: where each column's words stand, and the columns in doubt.

    ``stray``: where a number stands apart within the row. ``after_page``: whether a page begins
    with it.
    """

    cells: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    stray: list[tuple[int, int]] = field(default_factory=list)
    doubt: set[int] = field(default_factory=set)
    after_page: bool = False


# the column that was read last (-1 before the first row), and the form of the row or of the list
State = tuple[int, str]
_START: State = (-1, "")


class _Move(NamedTuple):
    """A step of the decision: from a token and state over an arc to the next state.

    ``new_row``: it begins a row.
    """

    start: int
    state: State
    arc: Arc
    after: State
    new_row: bool
    cost: float


def segment(tokens: Sequence[Token], grammar: Grammar) -> list[RowCells]:
    """The rows of a table's tokens."""
    if not tokens:
        return []
    costs, arrivals, moves = _forward(tokens, grammar)
    path = _best_path(costs[-1], arrivals, grammar)
    rows = _path_to_rows(path, tokens)
    _mark_doubt(rows, _rival_columns(costs, moves, grammar, path))
    return rows


def row_end(state: State, following: str, grammar: Grammar) -> float:
    """What it costs that a row ends in a state, before a row of the form ``following``."""
    column, form = state
    if column < 0:
        return 0.0
    if column > grammar.text:
        return sum(grammar.absent[column + 1 :]) + _one_bullet(form)
    if column < grammar.text:
        return _LONE_NUMBER
    return _HEADS_SUB_ROWS if form == LONG and following == SUB else _LONE_TEXT.get(form, 6.0)


def _steps(
    state: State, arcs: Sequence[Arc], at: int, token: Token, grammar: Grammar
) -> list[_Move]:
    """The ways in which arcs that begin at a token can follow a state."""
    column, form = state
    may_lack_number = column < 0 or form in (GROUP, TITLE)
    leave = _leave(state, at, grammar) if column >= 0 else 0.0
    lost: float | None = None
    moves: list[_Move] = []
    for arc in arcs:
        to = arc.column
        if to == STRAY:
            if column > NUMBER:
                moves.append(_Move(at, state, arc, state, False, arc.begins))
            continue
        if to == NUMBER:
            moves.append(_to_numbered_row(state, arc, at, grammar))
            continue
        if to == column and arc.goes_on < INFINITE:
            moves.append(_on_in_cell(state, arc, at, grammar))
        if arc.begins == INFINITE:
            continue
        if 0 <= column < to:
            moves.append(_to_next_cell(state, arc, at, leave, grammar))
        elif to < column or may_lack_number:
            if lost is None:
                lost = _lost_number(state, token, grammar)
            moves.append(_to_unnumbered_row(state, arc, at, lost, grammar))
    return moves


def _to_numbered_row(state: State, arc: Arc, at: int, grammar: Grammar) -> _Move:
    """The row ends, and the arc's number begins the next one."""
    cost = row_end(state, arc.form, grammar) + arc.begins
    return _Move(at, state, arc, (NUMBER, arc.form), True, cost)


def _on_in_cell(state: State, arc: Arc, at: int, grammar: Grammar) -> _Move:
    """The arc's words belong to the same cell as those before."""
    cost = arc.goes_on + _list_break(state, arc, at, grammar)
    return _Move(at, state, arc, _after(state, arc, grammar), False, cost)


def _to_next_cell(state: State, arc: Arc, at: int, leave: float, grammar: Grammar) -> _Move:
    """The arc begins a cell further right in the same row; those between are empty.

    ``leave``: what it costs that the cell before ends here.
    """
    before = grammar.absent_before
    skipped = before[arc.column] - before[state[0] + 1] + leave
    return _Move(at, state, arc, _entered(arc, state[1], grammar), False, arc.begins + skipped)


def _to_unnumbered_row(state: State, arc: Arc, at: int, lost: float, grammar: Grammar) -> _Move:
    """The arc begins a row whose number was lost, at that cost; cells left of it are empty."""
    cost = lost + grammar.absent_before[arc.column] + arc.begins
    return _Move(at, state, arc, _entered(arc, NONE, grammar), True, cost)


def _lost_number(state: State, token: Token, grammar: Grammar) -> float:
    """What it costs that a row without a number begins with a token."""
    return (
        row_end(state, NONE, grammar)
        + grammar.unnumbered[token.gap]
        + (_SMALL_ROW if token.text[:1].islower() else 0.0)
    )


def _entered(arc: Arc, row_form: str, grammar: Grammar) -> State:
    """The state after the first arc of a cell.

    The text keeps the form of its row; a list begins with one item.
    """
    if arc.column == grammar.text:
        return arc.column, row_form
    return arc.column, ONE if arc.form == BULLETED else arc.form


def _leave(state: State, at: int, grammar: Grammar) -> float:
    """What it costs that a cell of this row ends before a token and another one follows."""
    column, form = state
    if column == grammar.text:
        return grammar.leave_text(at) + (_GROUP_WITH_CELLS if form == GROUP else 0.0)
    return _one_bullet(form)


def _one_bullet(form: str) -> float:
    return _ONE_BULLET if form.startswith(ONE) else 0.0


def _list_break(state: State, arc: Arc, at: int, grammar: Grammar) -> float:
    return grammar.list_break(state[1], arc, at) if state[0] > grammar.text and arc.form else 0.0


def _after(state: State, arc: Arc, grammar: Grammar) -> State:
    """The state after an arc in the same cell.

    A list stays bulleted or plain; while its last item is an unknown name, more words may join
    that.
    """
    column, form = state
    if column <= grammar.text or arc.form not in (WORD, BULLETED, PLAIN):
        return state
    kind = form.rstrip(WORD)
    if arc.form == BULLETED and kind == ONE:
        kind = BULLETED
    return column, kind + (WORD if arc.form == WORD else "")


Costs = list[dict[State, float]]


def _forward(
    tokens: Sequence[Token], grammar: Grammar
) -> tuple[Costs, list[dict[State, _Move]], list[list[_Move]]]:
    """The least cost of reading all tokens before each place, by state, with the move that reaches
    it.

    All moves from each place are returned too.
    """
    costs: Costs = [{} for _ in range(len(tokens) + 1)]
    arrivals: list[dict[State, _Move]] = [{} for _ in range(len(tokens) + 1)]
    moves: list[list[_Move]] = [[] for _ in range(len(tokens) + 1)]
    costs[0][_START] = 0.0
    # what no state may cost that is to go on, as far as is known
    limits = [INFINITE] * (len(tokens) + 1)
    for at, token in enumerate(tokens):
        if not costs[at]:
            continue
        arcs = [arc for arc in grammar.arcs(at) if arc.end <= len(tokens)]
        for state, cost in costs[at].items():
            if cost > limits[at]:
                continue
            for move in _steps(state, arcs, at, token, grammar):
                end, reached = move.arc.end, cost + move.cost
                if reached > limits[end]:
                    continue
                moves[at].append(move)
                if reached < costs[end].get(move.after, INFINITE):
                    costs[end][move.after] = reached
                    arrivals[end][move.after] = move
                    if reached + _BEAM < limits[end] and end < len(tokens):
                        limits[end] = reached + _BEAM
    return costs, arrivals, moves


def _best_path(
    last: dict[State, float], arrivals: Sequence[dict[State, _Move]], grammar: Grammar
) -> list[_Move]:
    state = min(last, key=lambda found: (last[found] + row_end(found, "", grammar), found))
    path: list[_Move] = []
    at = len(arrivals) - 1
    while at > 0:
        path.append(arrivals[at][state])
        at, state = path[-1].start, path[-1].state
    return path[::-1]


def _path_to_rows(path: Sequence[_Move], tokens: Sequence[Token]) -> list[RowCells]:
    rows: list[RowCells] = []
    for move in path:
        if move.new_row or not rows:
            rows.append(RowCells(after_page=tokens[move.start].gap == NEW_PAGE))
        spans = (
            rows[-1].stray
            if move.arc.column == STRAY
            else rows[-1].cells.setdefault(move.arc.column, [])
        )
        if spans and spans[-1][1] == move.start:
            spans[-1] = (spans[-1][0], move.arc.end)
        else:
            spans.append((move.start, move.arc.end))
    return rows


def _rival_columns(
    costs: Costs, moves: Sequence[Sequence[_Move]], grammar: Grammar, path: Sequence[_Move]
) -> dict[int, set[int]]:
    """For each token the other columns in which a nearly as cheap reading of the whole table puts
    it.

    ROW stands for a row that begins there in one reading and not in the other.
    """
    rest: Costs = [{} for _ in costs]
    rest[-1] = {state: row_end(state, "", grammar) for state in costs[-1]}
    total = min(costs[-1][state] + end for state, end in rest[-1].items())
    taken = {i: move.arc.column for move in path for i in range(move.start, move.arc.end)}
    begins = {move.start for move in path if move.new_row}
    rivals: dict[int, set[int]] = {}
    for at in range(len(costs) - 2, -1, -1):
        for move in moves[at]:
            ahead = rest[move.arc.end].get(move.after, INFINITE) + move.cost
            if ahead < rest[at].get(move.state, INFINITE):
                rest[at][move.state] = ahead
            if costs[at][move.state] + ahead < total + DOUBT:
                for i in range(at, move.arc.end):
                    if taken[i] != move.arc.column:
                        rivals.setdefault(i, set()).add(move.arc.column)
                if move.new_row != (at in begins) and at:
                    rivals.setdefault(at, set()).add(ROW)
                    rivals.setdefault(at - 1, set()).add(ROW)
    return rivals


def _mark_doubt(rows: Sequence[RowCells], rivals: dict[int, set[int]]) -> None:
    for row in rows:
        for column, spans in row.cells.items():
            others = {
                other
                for start, end in spans
                for i in range(start, end)
                for other in rivals.get(i, ())
            }
            if others - {STRAY}:
                row.doubt |= {column, *others} - {STRAY, ROW}
