"""Tables of a dump whose rows are numbered in a way that a dump does not tell: refused, for they
would be published under invented numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.parts import TablePart
from normalize.rows.dump.tokens import SAME_LINE, Token
from normalize.rows.numbering.forms import roman_value
from normalize.rows.numbering.letters import letter_value
from schemas.errors import UnknownNumbering

# of a table's rows: whose numbers may be lost or misread at most; parts of merged cells have none
_MOST_UNLIKE = {"tasks": 0.4, "indicators": 0.8, "growth": 0.6}
_FEW_NUMBERS = 5
_FEW_GROUPS = 2
_ROMAN, _CAPITAL = regex.compile(r"^[IVX]+$"), regex.compile(r"^[A-HĐ]$")


def check_groups(part: TablePart) -> None:
    """Refuse a table of tasks whose groups have Roman numerals or capitals: its tasks' whole
    numbers would be taken for groups.
    """
    if part.name != "tasks":
        return
    counted = max((_counted(part.tokens, value_of) for value_of in (_roman, _capital)), key=len)
    if len(counted) < _FEW_GROUPS:
        return
    raise UnknownNumbering(
        f"the table of {part.name} has groups numbered {', '.join(counted)}, and its rows are "
        "numbered in another way than 1.1.1",
        f"the text, page {part.tokens[0].page_no}",
        "give the scan itself, in which the columns tell the numbers, or mend the text",
    )


def _counted(tokens: Sequence[Token], value_of: Callable[[str], int | None]) -> list[str]:
    """The numbers of one style that begin lines, have a title behind them, and count up from
    the first.
    """
    found: list[str] = []
    for at in range(len(tokens) - 1):
        token = tokens[at]
        if token.gap == SAME_LINE or not tokens[at + 1].text[:1].isupper():
            continue
        if value_of(token.text.rstrip(".")) == len(found) + 1:
            found.append(token.text)
    return found


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
