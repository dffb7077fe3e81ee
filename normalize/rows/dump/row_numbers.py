"""The numbers of a dumped table's rows.

What was read, which rows share one number, and how the numbers count up decide together.

Long: the sharing of merged cells' numbers needs all of it, and nothing else uses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

import regex

from normalize.rows.dump.number_tokens import GROUP_NUMBER
from normalize.rows.dump.parts import TablePart
from normalize.rows.dump.segment import NUMBER, RowCells
from normalize.rows.dump.tokens import NEW_PAGE, Token
from normalize.rows.numbering.decide import SCHEMES, Decided, RowCandidate, solve
from normalize.rows.numbering.forms import possible_parts
from normalize.rows.numbering.schemes import TASKS, TASKS_DASHED, Scheme

# What it costs that these are no rows of their own: a row without a number below a header, only
# text there, only text elsewhere, a number alone.
_CUT, _CUT_TEXT, _LOST_TITLE, _LONE_DOTTED, _LONE = 1.5, 0.5, 2.2, 1.5, 0.3
_SHORT, _TWICE = ("deadline", "funding"), 5.0
_MERGED, _UNBALANCED, _BEFORE_FIRST = 1.0, 3.0, 3.0
_ALIKE_WORDS = 6  # names of a merged number's parts often begin alike
_GOES_ON = regex.compile(r"^\W*(?:[-–+•]|trong đó)", regex.IGNORECASE)


@dataclass(frozen=True)
class NumberedCells:
    """A row's cells with its number decided.

    ``shared``: its number is printed with another row of a merged cell.
    """

    row: RowCells
    decided: Decided
    shared: bool


def number_rows(
    rows: Sequence[RowCells], tokens: Sequence[Token], part: TablePart, scheme: Scheme
) -> list[NumberedCells]:
    """The rows of a table with their numbers; ``scheme`` is how they count."""
    if part.name == "indicators":
        rows = _without_lone(rows)
        shared = _share_numbers(rows, tokens, part.text)
    else:
        shared = {}
    before = [RowCells(), *rows]
    candidates = [
        _candidate(row, above, tokens, part, shared.get(i, ""))
        for i, (row, above) in enumerate(zip(rows, before, strict=False))
    ]
    if part.name == "tasks" and scheme not in (TASKS, TASKS_DASHED):
        candidates = [_below_groups(one) for one in candidates]
    if part.name == "indicators" and scheme is not SCHEMES["indicators"]:
        candidates = [replace(one, shares=i in shared) for i, one in enumerate(candidates)]
    decided = solve(candidates, scheme).rows if candidates else []
    return [
        NumberedCells(row, decision, i in shared)
        for i, (row, decision) in enumerate(zip(rows, decided, strict=True))
    ]


def _below_groups(candidate: RowCandidate) -> RowCandidate:
    """What is known of a row where groups have Roman numerals or capitals: such a number and its
    text alone are a group's.
    """
    reading = "".join(candidate.readings)
    if candidate.spanning is not True or not reading:
        return candidate
    return replace(candidate, spanning=True if GROUP_NUMBER.match(reading) else None)


def _without_lone(rows: Sequence[RowCells]) -> list[RowCells]:
    """Rows without those that are only a number; each such number goes to the row beside it without
    one.
    """
    found: list[RowCells] = []
    lone: list[tuple[int, int]] = []
    for row in rows:
        if set(row.cells) == {NUMBER}:
            if found and NUMBER not in found[-1].cells:
                found[-1].cells[NUMBER] = row.cells[NUMBER]
            else:
                lone = row.cells[NUMBER]
            continue
        if NUMBER not in row.cells and (row.stray or lone):
            row.cells[NUMBER] = row.stray[:1] or lone
        lone = []
        found.append(row)
    return found


def _reading(row: RowCells, tokens: Sequence[Token]) -> str:
    """What was read in a row's number cell, nothing where it has none."""
    return "".join(
        token.text for start, end in row.cells.get(NUMBER, [])[:1] for token in tokens[start:end]
    )


def _candidate(
    row: RowCells, above: RowCells, tokens: Sequence[Token], part: TablePart, shared: str
) -> RowCandidate:
    """What is known of a row's number: its reading, whether the row is a title, or can go on from
    above.

    A row that a page break cut does not have its deadline and funding twice.
    """
    others = [column for column in row.cells if column > part.text]
    reading = _reading(row, tokens) or shared
    if reading:
        lone = part.name == "tasks" and set(row.cells) == {NUMBER}
        return RowCandidate(
            (reading,),
            _spans(reading, others, part.name),
            drop=(_LONE_DOTTED if "." in reading else _LONE) if lone else None,
        )
    if row.after_page and part.name == "tasks":
        twice = any(
            column in row.cells and column in above.cells
            for column in others
            if part.columns[column] in _SHORT
        )
        return RowCandidate((), None, drop=_TWICE if twice else _CUT if others else _CUT_TEXT)
    return RowCandidate((), False if others else None, drop=None if others else _LOST_TITLE)


def _spans(reading: str, others: Sequence[int], name: str) -> bool | None:
    """Whether a row is a title, which has no other columns; None for a task.

    A task that only heads sub-rows has none either.
    """
    if others or name == "growth":
        return False
    return None if name == "tasks" and reading.count(".") > 1 else True


@dataclass(frozen=True)
class _Number:
    """A numbered row: its place, its value, and the rows without a number before it.

    Some of these may be rows that cannot be its parts.
    """

    row: int
    value: int
    before: tuple[int, ...]
    # a title stands between these and the number before: all of them are this number's
    closed: bool


def _share_numbers(rows: Sequence[RowCells], tokens: Sequence[Token], text: int) -> dict[int, str]:
    """For each row without a number, by its place, the number of the merged cell that it shares.

    A merged cell's number is printed in its middle, so that rows before it may be its parts as well
    as rows after it; or at its top. The likelier way for the whole table is taken. Where a number
    is missing between two others, the rows there have lost theirs and share none.
    """
    numbers, tail = _numbers(rows, tokens, text)
    if not numbers or not (tail or any(number.before for number in numbers)):
        return {}
    pages = list(accumulate(token.gap == NEW_PAGE for token in tokens))
    middle_cost, middle = _split_in_middle(rows, pages, _Names(rows, tokens, text), numbers, tail)
    top_cost, top = _split_at_top(numbers, tail)
    split = middle if middle_cost <= top_cost else top
    return {
        row: _reading(rows[number.row], tokens)
        for number, parts in zip(numbers, split, strict=True)
        for row in parts
    }


def _numbers(
    rows: Sequence[RowCells], tokens: Sequence[Token], text: int
) -> tuple[list[_Number], tuple[int, ...]]:
    """The numbered rows, and the rows without a number after the last of them."""
    found: list[_Number] = []
    waiting: list[int] = []
    closed = True
    for i, row in enumerate(rows):
        reading = _reading(row, tokens)
        value = (
            next((parts[0] for parts in possible_parts(reading) if len(parts) == 1), None)
            if reading
            else None
        )
        if reading and max(row.cells) <= text:  # a title
            waiting, closed = [], True
        elif value is None:
            waiting.append(i)
        else:
            lost = bool(found) and value > found[-1].value + 1
            found.append(_Number(i, value, () if lost else tuple(waiting), closed))
            waiting, closed = [], False
    return found, tuple(waiting)


Split = list[tuple[int, ...]]  # for each number the rows without one that are its parts


def _split_at_top(numbers: Sequence[_Number], tail: tuple[int, ...]) -> tuple[float, Split]:
    """Every row belongs to the number before it."""
    after = [*(number.before if not number.closed else () for number in numbers[1:]), tail]
    cost = sum(_MERGED for parts in after if parts) + sum(
        _BEFORE_FIRST for number in numbers if number.closed and number.before
    )
    for i, number in enumerate(numbers):
        if number.closed and number.before:
            after[i] = (*number.before, *after[i])
    return cost, after


class _Names:
    """The names of the rows, and how much two of them look like parts of one number."""

    def __init__(self, rows: Sequence[RowCells], tokens: Sequence[Token], text: int) -> None:
        self.words = [
            [token for start, end in row.cells.get(text, [])[:1] for token in tokens[start:end]]
            for row in rows
        ]

    def likeness(self, above: int, below: int) -> float:
        """How alike two rows begin, 0 to 1; also 1 where the lower one goes on from the
        upper one.
        """
        if _GOES_ON.match(" ".join(token.text for token in self.words[below][:2])):
            return 1.0
        pairs = zip(
            self.words[above][:_ALIKE_WORDS], self.words[below][:_ALIKE_WORDS], strict=False
        )
        return (
            sum(1 for _ in takewhile(lambda pair: pair[0].key == pair[1].key, pairs)) / _ALIKE_WORDS
        )


def _split_in_middle(
    rows: Sequence[RowCells],
    pages: Sequence[int],
    names: _Names,
    numbers: Sequence[_Number],
    tail: tuple[int, ...],
) -> tuple[float, Split]:
    """The rows between two numbers parted so that each number stands in the middle of its parts."""
    # by how many of the rows before it are a number's
    best: dict[int, tuple[float, Split]] = {len(numbers[0].before): (0.0, [])}
    for i, number in enumerate(numbers):
        between = numbers[i + 1].before if i + 1 < len(numbers) else tail
        ahead: dict[int, tuple[float, Split]] = {}
        for taken, (cost, split) in best.items():
            for given in _shares(numbers, i, len(between)):
                before = number.before[len(number.before) - taken :]
                after = between[: len(between) - given]
                cut = (number.row, *between)[len(after) : len(after) + 2]
                total = (
                    cost
                    + _imbalance(rows, pages, number, before, after)
                    + (names.likeness(*cut) if given else 0.0)
                )
                if given not in ahead or total < ahead[given][0]:
                    ahead[given] = (total, [*split, (*before, *after)])
        best = ahead
    return best[0]


def _shares(numbers: Sequence[_Number], i: int, between: int) -> Iterator[int]:
    """How many of the rows after a number can be the next number's.

    All where a title stands between; none after the last number or between equal ones.
    """
    if i + 1 == len(numbers) or numbers[i + 1].value == numbers[i].value:
        yield 0
    elif numbers[i + 1].closed:
        yield between
    else:
        yield from range(between + 1)


def _imbalance(
    rows: Sequence[RowCells],
    pages: Sequence[int],
    number: _Number,
    before: Sequence[int],
    after: Sequence[int],
) -> float:
    """What it costs that a number has these parts.

    To have parts is less likely than to have none; the number stands in the middle of those on its
    page.
    """
    if not before and not after:
        return 0.0
    page = pages[rows[number.row].cells[NUMBER][0][0]]
    above = sum(pages[_start(rows[i])] == page for i in before)
    below = sum(pages[_start(rows[i], own_number=False)] == page for i in (number.row, *after))
    return _MERGED + _UNBALANCED * max(0.0, abs(above - (above + below) / 2) - 0.5)


def _start(row: RowCells, own_number: bool = True) -> int:
    """The first token of a row, or of its text."""
    return min(spans[0][0] for column, spans in row.cells.items() if own_number or column != NUMBER)
