"""Which tokens of a dumped table are row numbers.

Candidates are found by their form and place; how they count up decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from normalize.rows.dump.column_grammar import number_arc
from normalize.rows.dump.segment import GROUP, LONG, NUMBER, SUB, TITLE, Arc, RowCells
from normalize.rows.dump.tokens import SAME_LINE, Token
from normalize.rows.dump.word_costs import is_body_head
from normalize.rows.numbering.decide import Decided, RowCandidate, solve
from normalize.rows.numbering.forms import possible_parts, roman_value
from normalize.rows.numbering.schemes import TASKS, TASKS_DASHED, Scheme
from schemas.table_kinds import GROUP_LEVELS

_DOTTED = regex.compile(
    r"^\W{0,2}[0-9lIiOoZzSsBĩỉ]{1,2}(?:[.,:;·][0-9lIiOoZzSsB]{1,2}){1,2}[.,:;)]?$"
)
INTEGER = regex.compile(r"^\W{0,1}[0-9lISZ]{1,5}[.)]?$")
_BRACKET = regex.compile(r"^[~•^.'`\\]{0,2}[(\[{][0-9lIiỉíìZSO]{1,2}[)\]}Jj1l]?[.,]?$")
_ROMAN = regex.compile(r"^[IVXLHETUivxlnmr1!|]{1,5}[.,\-–]*$")
WHOLE = regex.compile(r"^\d{1,3}[.,]?$")
_DOT = regex.compile(r"[.,:;·]")
YEAR = regex.compile(r"^(?:19|20)\d\d\D?$")
_SURE = 2.0  # the margin at which a number is surely a title's: tasks stand under it
GROUP_NUMBER = regex.compile(r"^(?:[IVX]+|[A-HĐ])[.)\-–/]?$")  # of a group, plainly
_LETTER = regex.compile(r"^[(]?[a-zđ][)]$")  # of a sub-row
_DASH = "-"  # that leads a sub-row
_DASH_ALONE = regex.compile(r"^[-–—•]$")
_FEW_DASHED = 2
_DASH_DROP = 0.5  # what it costs that a dash leads no sub-row
_GROUP_DROP = 3.0
_REFUSED = 3.5  # what a number costs that does not count up with the others


@dataclass(frozen=True)
class NumberToken:
    """Tokens ``start`` to ``end`` that may be a row's number.

    They are read as ``reading``; ``drop`` is what it costs that they are none.
    """

    start: int
    end: int
    reading: str
    drop: float


def task_number_arcs(
    tokens: Sequence[Token], scheme: Scheme = TASKS
) -> tuple[dict[int, list[Arc]], dict[int, float]]:
    """The arcs of the row numbers of a table of tasks, cheap where they count up; and the cost of
    a number as a word.
    """
    is_dotted = scheme in (TASKS, TASKS_DASHED)
    found = _dotted_numbers(tokens, scheme) if is_dotted else grouped_numbers(tokens)
    decided = solve(to_candidates(found), scheme).rows if found else []
    arcs: dict[int, list[Arc]] = {}
    firm: dict[int, float] = {}
    for number, decision in zip(found, decided, strict=True):
        arc = _task_arc(number, decision) if is_dotted else _grouped_arc(number, decision)
        arcs.setdefault(number.start, []).append(arc)
        if decision.status == "read":
            firm[number.start] = number.drop
    return arcs, firm


def _dotted_numbers(tokens: Sequence[Token], scheme: Scheme) -> list[NumberToken]:
    """The numbers that may be those of tasks numbered 1.1.1, and of their groups and sub-rows."""
    found = [number for at in range(len(tokens)) for number in _task_numbers(tokens, at)]
    if scheme is TASKS_DASHED:
        dashes = (at for at in range(len(tokens)) if _begins_dashed(tokens, at))
        found += [NumberToken(at, at + 1, _DASH, _DASH_DROP) for at in dashes]
    return sorted(found, key=lambda number: number.start)


def has_dashed_rows(rows: Sequence[RowCells], tokens: Sequence[Token], text: int) -> bool:
    """Whether sub-rows that a dash leads were read as rows without a number: a dash before the
    text or on a line of its own above it, and other cells behind the column ``text``.
    """
    whole = [row for row in rows if NUMBER not in row.cells and max(row.cells) > text]
    starts = [row.cells[text][0][0] for row in whole if text in row.cells]
    led = [
        at for at in starts if any(_begins_dashed(tokens, i) for i in range(max(0, at - 1), at + 1))
    ]
    return len(led) >= _FEW_DASHED


def _begins_dashed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dash on a new line leads a text, and no body's name."""
    is_led = tokens[at].gap != SAME_LINE and _DASH_ALONE.match(tokens[at].text) is not None
    return is_led and _begins_text(tokens, at + 1) and not is_body_head(tokens, at)


def grouped_numbers(tokens: Sequence[Token]) -> list[NumberToken]:
    """The numbers that may be those of tasks below groups with Roman numerals or capitals, and of
    these groups: ``I``, ``A``, ``1``, ``01.``, ``a)``, ``(1)``.
    """
    drops = ((at, _grouped_drop(tokens, at)) for at in range(len(tokens)))
    return [NumberToken(at, at + 1, tokens[at].text, drop) for at, drop in drops if drop]


def to_candidates(numbers: Sequence[NumberToken], shares: bool | None = None) -> list[RowCandidate]:
    """The numbers as rows, each of which may be none; ``shares``: whether one may be that of merged
    cells, which several rows have.
    """
    return [RowCandidate((number.reading,), drop=number.drop, shares=shares) for number in numbers]


def _grouped_drop(tokens: Sequence[Token], at: int) -> float:
    """What it costs that a token is no number of such a row; 0 where it cannot be one."""
    text, alone = tokens[at].text, tokens[at].gap != SAME_LINE
    if alone and (GROUP_NUMBER.match(text) or _LETTER.match(text)):
        return _GROUP_DROP if _begins_text(tokens, at + 1) else _GROUP_DROP / 2
    if alone and is_roman(text):
        return _GROUP_DROP / 2
    if alone and WHOLE.match(text) and _begins_text(tokens, at + 1):
        return _GROUP_DROP
    return _task_drop(tokens, at) or 0.0


def _begins_text(tokens: Sequence[Token], at: int) -> bool:
    """Whether a text begins at a token: with a capital, or behind a sign or a quotation mark."""
    return at < len(tokens) and tokens[at].text.lstrip('•"“-')[:1].isupper()


def _grouped_arc(number: NumberToken, decision: Decided) -> Arc:
    if decision.status == "dropped":
        form = GROUP if GROUP_NUMBER.match(number.reading) else LONG
        return number_arc(number.end, _REFUSED + number.drop / 5, form)
    is_title = decision.level in GROUP_LEVELS
    form = GROUP if is_title else SUB if decision.level == "sub_row" else LONG
    return number_arc(number.end, 0.1 if decision.status == "read" else 0.4, form)


def _task_arc(number: NumberToken, decision: Decided) -> Arc:
    if decision.status == "dropped":
        return number_arc(number.end, _REFUSED + number.drop / 5, _form_of(number.reading))
    is_read = decision.status == "read"
    form = SUB if decision.level == "sub_row" else (GROUP, TITLE, LONG)[decision.key.count(".")]
    if decision.level == "section" and decision.margin >= _SURE:
        form = GROUP
    if decision.level == "task" and is_read:  # of two parts too, right under a group
        form = LONG
    return number_arc(number.end, 0.1 if is_read else 0.4, form)


def _form_of(reading: str) -> str:
    if _BRACKET.match(reading):
        return SUB
    most = max((len(parts) for parts in possible_parts(reading)), default=1)
    return (GROUP, TITLE, LONG)[most - 1]


def _task_numbers(tokens: Sequence[Token], at: int) -> list[NumberToken]:
    """The number that may begin at a token; ``1.4.`` and ``2`` beside each other make one."""
    token = tokens[at]
    if (
        token.text[-1:] in ".,"
        and at + 1 < len(tokens)
        and tokens[at + 1].gap == SAME_LINE
        and _DOTTED.match(token.text + tokens[at + 1].text)
    ):
        return [NumberToken(at, at + 2, token.text + tokens[at + 1].text, 2.5)]
    drop = _task_drop(tokens, at)
    return [] if drop is None else [NumberToken(at, at + 1, token.text, drop)]


def _task_drop(tokens: Sequence[Token], at: int) -> float | None:
    """What it costs that a token is no number of a row of appendix 3; None where it cannot
    be one.
    """
    token, alone = tokens[at], tokens[at].gap != SAME_LINE
    capital = _begins_text(tokens, at + 1)
    if YEAR.match(token.text) or not any(
        letter.isdigit() or letter in "lIiỉ" for letter in token.text
    ):
        return None
    if _DOTTED.match(token.text) and (any(letter.isdigit() for letter in token.text) or alone):
        parts = len(_DOT.findall(token.text.rstrip(".,:;)"))) + 1
        return (
            (5.0 if alone else 3.0) if parts == 3 else (3.5 if alone else 1.0 if capital else 0.3)
        )
    if _BRACKET.match(token.text):
        return 2.0 if alone else 0.7
    if INTEGER.match(token.text) and any(letter.isdigit() for letter in token.text):
        return (1.5 if capital else 0.5) if alone else (0.6 if capital else None)
    return None


def is_roman(text: str) -> bool:
    """Whether a text may be a Roman numeral, however misread, and is no figure."""
    return (
        _ROMAN.match(text) is not None
        and roman_value(text) is not None
        and not text.strip(".,-").isdigit()
    )
