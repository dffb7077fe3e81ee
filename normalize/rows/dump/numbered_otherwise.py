"""Tables of a dump whose rows are numbered in a way that a dump does not tell: refused, for they
would be published under invented numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.number_tokens import grouped_numbers, to_candidates
from normalize.rows.dump.parts import TablePart
from normalize.rows.dump.phrases import find_phrases
from normalize.rows.dump.plain_numbers import plain_numbers
from normalize.rows.dump.tokens import BLANK_LINE, SAME_LINE, Token
from normalize.rows.dump.word_costs import begins_deadline
from normalize.rows.numbering.clear_scheme import (
    grouped_tasks,
    plain_indicators,
    plain_tasks,
)
from normalize.rows.numbering.decide import SCHEMES, Decided
from normalize.rows.numbering.forms import roman_value
from normalize.rows.numbering.letters import letter_value
from normalize.rows.numbering.schemes import TASKS, Scheme
from schemas.errors import TwoTablesOfOneKind, UnknownNumbering

# of a table's rows: whose numbers may be lost or misread at most; parts of merged cells have none
_MOST_UNLIKE = {"tasks": 0.4, "indicators": 0.8, "growth": 0.6}
_FEW_NUMBERS = 5
_FEW_GROUPS = 2
_FEW_AGAIN = 3  # rows that count up tell that numbers begin again, and are not one misread
_FIRST = frozenset(("1", "01", "I"))  # what may follow a group's title
_FIRST_GROUPS = frozenset(("1", "I", "A"))
_LONGEST_FUNDING, _LONGEST_TITLE = 12, 30  # words
_ENDS_CELL = regex.compile(r"(?:[.!?]|20\d\d)$")
_OF_THREE_PARTS = regex.compile(r"^\W?\d{1,2}(?:\.\d{1,2}){2}\W?$")
_ROMAN, _CAPITAL = regex.compile(r"^[IVX]+$"), regex.compile(r"^[A-HĐ]$")


def scheme_of(part: TablePart) -> Scheme:
    """The numbering of a table that fits its numbers best: of tasks 1.1.1, whole numbers, or one
    below groups with Roman numerals or capitals.

    Raises UnknownNumbering where tasks have such groups and none of these fits clearly.
    """
    if part.name == "indicators":
        return plain_indicators(to_candidates(plain_numbers(part.tokens), shares=False))
    counted = max((_counted(part.tokens, value_of) for value_of in (_roman, _capital)), key=len)
    if part.name != "tasks" or len(counted) < _FEW_GROUPS:
        return _plain_scheme(part)
    scheme = grouped_tasks(to_candidates(grouped_numbers(part.tokens)))
    if scheme is not None:
        return scheme
    raise UnknownNumbering(
        f"the table of {part.name} has groups numbered {', '.join(counted)}, and how its rows are "
        "numbered can be taken in more than one way",
        f"the text, page {part.tokens[0].page_no}",
        "give the scan itself, in which the columns tell the numbers, or mend the text",
    )


def _plain_scheme(part: TablePart) -> Scheme:
    """The numbering of growth, or of tasks without such groups: whole numbers only where no line
    begins with one of three parts.
    """
    if part.name != "tasks":
        return SCHEMES[part.name]
    lines = (token.text for token in part.tokens if token.gap != SAME_LINE)
    if any(map(_OF_THREE_PARTS.match, lines)):
        return TASKS
    return plain_tasks(to_candidates(grouped_numbers(part.tokens)))


def _counted(tokens: Sequence[Token], value_of: Callable[[str], int | None]) -> list[str]:
    """The numbers of one style that begin lines below a cell's end, have a title behind them, and
    count up from the first.

    ``Quý`` above ``I`` is a deadline, and ``A Lưới`` a place.
    """
    found: list[str] = []
    for at in range(len(tokens) - 1):
        if value_of(tokens[at].text.rstrip(".")) != len(found) + 1 or not _has_title(tokens, at):
            continue
        if _is_below_cell(tokens, at) and (value_of is _roman or _is_number(tokens, at)):
            found.append(tokens[at].text)
    return found


def _has_title(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1]
    is_funding = following.gap != SAME_LINE and find_phrases("funding", tokens, at + 1)
    return following.text[:1].isupper() and not is_funding


def _is_below_cell(tokens: Sequence[Token], at: int) -> bool:
    """Whether a line begins at a token, and a cell ends above: with a blank line, a stop, a year
    or a known source of funding, or the token has a line of its own; but not with the word of a
    deadline that a number follows.
    """
    if at == 0:
        return True
    before = tokens[at - 1]
    waits = before.text[:1].isupper() and begins_deadline(before.key)
    if tokens[at].gap == SAME_LINE or waits:
        return False
    return (
        tokens[at].gap >= BLANK_LINE
        or tokens[at + 1].gap != SAME_LINE
        or _ENDS_CELL.search(before.text) is not None
        or any(
            at in find_phrases("funding", tokens, start)
            for start in range(max(0, at - _LONGEST_FUNDING), at)
        )
    )


def _is_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capital is a number, not a word: it has a stop or a line of its own, or a first
    number follows its title.
    """
    title = tokens[at + 1 : at + 1 + _LONGEST_TITLE]
    return (
        tokens[at].text.endswith(".")
        or tokens[at + 1].gap != SAME_LINE
        or any(token.gap != SAME_LINE and token.text.rstrip(".") in _FIRST for token in title)
    )


def _roman(text: str) -> int | None:
    return roman_value(text) if _ROMAN.match(text) else None


def _capital(text: str) -> int | None:
    return letter_value(text) if _CAPITAL.match(text) else None


def check_numbers(rows: Sequence[DumpRow], part: TablePart) -> None:
    """Refuse a table most of whose numbers do not follow one another: it is numbered in another
    way, so that its rows would be published under invented numbers.
    """
    unlike = [
        row.decided.key
        for row in rows
        if row.decided.status in ("restored", "doubtful") or row.decided.out_of_order
    ]
    if len(unlike) < _FEW_NUMBERS or len(unlike) <= _MOST_UNLIKE[part.name] * len(rows):
        return
    raise UnknownNumbering(
        f"{len(unlike)} of {len(rows)} row numbers of the table of {part.name} do not follow one "
        "another as in such a table, so that it is numbered in another way",
        f"the text, page {rows[0].first.page_no}",
        "give the scan itself, in which the columns tell the numbers, or mend the text",
    )


def check_begin(rows: Sequence[DumpRow], part: TablePart) -> None:
    """Refuse a second table of a kind that goes on with the first one's numbers, and a table of
    tasks in which the numbers begin again: where one ends and the other begins was misread, and
    rows would be published as another table's.
    """
    if part.is_second and rows and rows[0].decided.key.split(".")[0] not in _FIRST_GROUPS:
        _refuse_begin(rows[0], part, "a second table begins with another number than the first")
    tasks = rows if part.name == "tasks" else ()
    for at, row in enumerate(tasks):
        again = [other.decided for other in tasks[at : at + _FEW_AGAIN]]
        if len(again) == _FEW_AGAIN and _begins_again(again):
            _refuse_begin(row, part, "the numbers begin again inside one table")


def _begins_again(rows: Sequence[Decided]) -> bool:
    """Whether rows begin with the first number of all, out of order, and then count up as they
    were read.
    """
    return (
        rows[0].out_of_order
        and {*rows[0].key.split(".")} == {"1"}
        and all(row.status == "read" for row in rows)
        and not any(row.out_of_order for row in rows[1:])
    )


def _refuse_begin(row: DumpRow, part: TablePart, what: str) -> None:
    raise TwoTablesOfOneKind(
        f"{what}: {part.name} {row.decided.key}",
        f"the text, line {row.first.line_no}",
        "mend the label and the header of the table that begins there or above, or take out "
        "a label that was misread",
    )
