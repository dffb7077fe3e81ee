"""Labels of columns in a dump: which label of a table begins at a token, however misread."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from rapidfuzz import fuzz

from normalize.rows.dump.columns.header_labels import More, labels_of
from normalize.rows.dump.tokens import SAME_LINE, Token, squash
from normalize.values.period_labels import is_goal, read_label

_FLOOR = 72.0  # the least likeness (0 to 100) of a label
_CLEARLY = 5.0  # more like it
_LONGEST = 10  # words of a label
_LATER = 3  # words of another column that may stand before a label
_YEAR = regex.compile(r"^(?:19|20)\d\d$")
_NUMBER = regex.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,5}|[A-H])[.)]?$")
_COLUMN_NUMBER = regex.compile(r"^[(\[{](\w{1,2})[)\]}]$")
_IN_BRACKETS = regex.compile(r"^[(\[{]\d{1,2}[)\]}]$")
_BARE_NUMBER = regex.compile(r"^(\d{1,2})$")
_MOST_COLUMNS, _FEW_NUMBERS = 15, 3
_ROW_NUMBER = regex.compile(r"^s?o?t[ti1l]$")
_LONGEST_LAST, _CAPITALS = 5, 3  # words of an unknown label behind the last one, in capitals
# what a table's first number can be, or be read as
FIRST_NUMBERS = frozenset(("1", "01", "i", "l", "a"))
_LONGEST_YEAR = 4  # words of the label of a year's values


def is_row_number(token: Token) -> bool:
    """Whether a word is the label of the row numbers, ``TT`` or ``STT``."""
    return _ROW_NUMBER.match(token.key) is not None


def best_label(
    table: str, tokens: Sequence[Token], at: int, taken: set[str], more: More = ""
) -> tuple[float, int, str]:
    """The likeliest label of a table that begins at a token: its likeness, its end, its column.

    The column is "" where none fits.
    """
    best = (0.0, at, "")
    if not tokens[at].key or _YEAR.match(tokens[at].key):
        return best
    for end in range(at + 1, min(at + _LONGEST, len(tokens)) + 1):
        if is_number_of_row(tokens[end - 1]):
            break
        words = tokens[at:end]
        key, years = _plain(words)
        for column, label in labels_of(table, more):
            if column in taken or not _may_have(column, years=years):
                continue
            score = fuzz.ratio(key, label, score_cutoff=_FLOOR)
            if (
                len(label) <= 4
                and score < 100
                and not (column.endswith("_id") and is_row_number(tokens[at]) and end == at + 1)
            ):
                continue
            if score and (score > best[0] + 4 or (score > best[0] - 4 and end > best[1])):
                best = (score, end, column)
    return best


def fits_later(
    table: str, tokens: Sequence[Token], at: int, match: tuple[float, int, str], more: More = ""
) -> bool:
    """Whether a label fits clearly better without its first words: they are another column's."""
    score, stop, column = match
    later = (
        best_label(table, tokens, start, set(), more)
        for start in range(at + 1, min(at + _LATER + 1, stop))
    )
    return any(
        name == column and end >= stop and better > score + _CLEARLY for better, end, name in later
    )


def _may_have(column: str, *, years: bool) -> bool:
    """Whether a label is one with years, or none: a period's has some, a row number's has none."""
    return years if column == "value" else not (years and column.endswith("_id"))


def is_number_of_row(token: Token) -> bool:
    """Whether a word can be a row's number that begins a line, or a column's in brackets, which no
    label has.
    """
    return (token.gap != SAME_LINE and _NUMBER.match(token.text) is not None) or (
        _IN_BRACKETS.match(token.text) is not None
    )


def _plain(tokens: Sequence[Token]) -> tuple[str, bool]:
    """The letters of tokens without years, and whether there were years."""
    words = [token for token in tokens if not _YEAR.match(token.key)]
    return squash(words), len(words) < len(tokens)


def year_label_end(tokens: Sequence[Token], at: int) -> int:
    """Where the label of a column of one year's values ends, 0 where none begins at a token:
    ``2026``, ``Năm 2026``, ``TH 2025``.
    """
    for end in range(at + 1, min(at + _LONGEST_YEAR, len(tokens)) + 1):
        if is_number_of_row(tokens[end - 1]):
            return 0
        if _YEAR.match(tokens[end - 1].key):
            is_span = any(not token.key for token in tokens[end : end + 1])
            text = " ".join(token.text for token in tokens[at:end])
            is_year = read_label(text) is not None and not is_goal(text)
            return end if is_year and not is_span else 0
    return 0


def column_numbers_end(tokens: Sequence[Token], start: int) -> int:
    """Where a row of column numbers ends that begins at a token: ``(1) (2) (3)`` or ``1 2 3``,
    three and more that count up, of which one may be misread; ``start`` where there is none.
    """
    ends = (_numbers_end(tokens, start, form) for form in (_COLUMN_NUMBER, _BARE_NUMBER))
    return max(ends)


def _numbers_end(tokens: Sequence[Token], start: int, form: regex.Pattern[str]) -> int:
    read = [form.match(token.text) for token in tokens[start : start + _MOST_COLUMNS]]
    count = next((at for at, number in enumerate(read) if number is None), len(read))
    fits = [number is not None and number[1] == str(at) for at, number in enumerate(read, 1)]
    while count and not fits[count - 1]:
        count -= 1
    return start + count if count >= _FEW_NUMBERS and sum(fits[:count]) >= count - 1 else start


def last_label_end(tokens: Sequence[Token], end: int) -> int:
    """Where a label ends that no list has, behind the last known one: above the row of column
    numbers, in capitals, or a few words above the first row's number.
    """
    last = end
    while last < min(end + _CAPITALS, len(tokens)) and _is_label_word(tokens[last]):
        last += 1
    for at in range(end, min(end + _LONGEST_LAST, len(tokens) - 1) + 1):
        if column_numbers_end(tokens, at) > at:
            return at
        if is_number_of_row(tokens[at]):
            is_first = tokens[at].key in FIRST_NUMBERS
            begins = tokens[end].gap != SAME_LINE and tokens[end].text[:1].isupper()
            return at if is_first and begins and not tokens[end].text.isupper() else last
    return last


def _is_label_word(token: Token) -> bool:
    """Whether a word is written as in a header in capitals: several letters, all capitals, no
    numeral.
    """
    return (
        token.key.isalpha()
        and len(token.key) > 1
        and token.text.isupper()
        and not set(token.key) <= set("ivx")
    )
