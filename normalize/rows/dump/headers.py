"""Headers of tables in a dump: their labels, however misread, in the order of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
from rapidfuzz import fuzz

from normalize.rows.dump.header_labels import More, first_words, labels_of
from normalize.rows.dump.tokens import SAME_LINE, Token, squash
from schemas.table_kinds import BOTH, KINDS, RULED

Span = tuple[int, int]  # first token and the one after the last
_FLOOR = 72.0  # the least likeness (0 to 100) of a label
_CLEARLY = 5.0  # more like it
_LONGEST = 10  # words of a label
_UNKNOWN = 3  # words that may stand between two labels: an unknown column, specks
_YEAR = regex.compile(r"^(?:19|20)\d\d$")
_NUMBER = regex.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,5})[.)]?$")
_COLUMN_NUMBER = regex.compile(r"^[(\[{](\w{1,2})[)\]}]$")
_MOST_COLUMNS, _FEW_NUMBERS = 15, 3
_ROW_NUMBER = regex.compile(r"^s?o?t[ti1l]$")


@dataclass(frozen=True)
class Header:
    """A table's header in the dump.

    It has its place, its table, and the columns in order with where each label stands ("" for an
    unknown label).
    """

    span: Span
    table: str
    columns: tuple[tuple[str, Span], ...]
    score: float

    @property
    def known(self) -> tuple[str, ...]:
        """The columns whose labels are known."""
        return tuple(column for column, _ in self.columns if column)

    @property
    def unknown(self) -> int:
        """How many words belong to no label."""
        return sum(end - start for column, (start, end) in self.columns if not column)


def find_headers(tokens: Sequence[Token]) -> list[Header]:
    """The headers of tables in the dump, repeated ones too."""
    found: list[Header] = []
    for start, token in enumerate(tokens):
        if (found and start < found[-1].span[1]) or not (
            _begins_row_number(tokens, start) or _begins_label(token)
        ):
            continue
        header = read_header(tokens, start)
        if header is not None:
            found.append(header)
    return found


def read_header(tokens: Sequence[Token], start: int) -> Header | None:
    """The header that begins at a token, if one does.

    At least three columns of one table are known, and all but one of those that it must have.
    """
    read = [_read_as(table, tokens, start) for table in RULED]
    best = max(read, key=lambda header: (len(header.known), header.score))
    if best.table == "tasks" and "coordinating" not in best.known:
        both = _read_as("tasks", tokens, start, "both")
        if BOTH in both.known and len(both.known) >= len(best.known):
            best = both
    number = next((at for name, (at, _) in best.columns if name.endswith("_id")), start)
    if number > start:  # what stands above the number's label is the appendix's title
        return read_header(tokens, number)
    if len(_single(best)) < 3 or _lacking(best) > 1:
        return None
    return _read_with_ruled(best, tokens, start) if _lacking(best) else best


def _single(header: Header) -> set[str]:
    """The known columns, that for both roles as the lead's."""
    return {"lead" if column == BOTH else column for column in header.known}


def _lacking(header: Header) -> int:
    """How many of the columns that its table must have a header lacks."""
    return len({*KINDS[header.table].names("required")} - _single(header))


def _read_with_ruled(header: Header, tokens: Sequence[Token], start: int) -> Header:
    """A header that lacks a column, read with the labels of ruled headers too, where that names
    all that it must have and more columns than before.

    Example: of ``TT | Nội dung công việc | Đơn vị thực hiện | Thời gian | Kết quả`` only these
    labels tell that the third column is no time (``Thời hạn thực hiện``).
    """
    if not header.columns[0][0].endswith("_id"):
        return header
    ruled = _read_as(header.table, tokens, start, "ruled")
    is_better = len(ruled.known) > len(header.known) and ruled.unknown <= header.unknown
    return ruled if is_better and not _lacking(ruled) else header


def _is_row_number(token: Token) -> bool:
    return _ROW_NUMBER.match(token.key) is not None


def _begins_row_number(tokens: Sequence[Token], start: int) -> bool:
    """Whether the label of the row numbers begins at a token: ``TT``, ``STT``, ``Số TT``, ``Số thứ
    tự``.
    """
    return (
        _is_row_number(tokens[start])
        or squash(tokens[start : start + 2]) == "sott"
        or squash(tokens[start : start + 3]) == "sothutu"
    )


def _begins_label(token: Token) -> bool:
    """Whether a label other than the row number's may begin here, as the header's first can be
    lost.
    """
    return token.gap != SAME_LINE and _is_like_first_word(token.key)


@lru_cache(maxsize=1 << 14)
def _is_like_first_word(key: str) -> bool:
    return any(fuzz.ratio(key, word) >= 75 for word in first_words())


def _read_as(table: str, tokens: Sequence[Token], start: int, more: More = "") -> Header:
    columns: list[tuple[str, Span]] = []
    scores: list[float] = []
    end = at = start
    while at < len(tokens) and at - end <= _UNKNOWN:
        taken = {column for column, _ in columns if column != "value"}
        score, stop, column = best_label(table, tokens, at, taken - {""}, more)
        if not column or _fits_later(table, tokens, at, (score, stop, column)):
            if not columns:
                break  # a header begins with a label
            at += 1
            continue
        if columns and squash(tokens[end:at]):
            columns.append(("", (end, at)))
        columns.append((column, (at, stop)))
        scores.append(score)
        end = at = stop
    while end < len(tokens) and not tokens[end].key and tokens[end].gap == SAME_LINE:
        end += 1  # the asterisk that leads to a note
    last = end
    while last < min(end + _UNKNOWN, len(tokens)) and _is_label_word(tokens[last]):
        last += 1
    if last > end:
        columns.append(("", (end, last)))
    return Header(
        (start, _column_numbers_end(tokens, last)),
        table,
        tuple(columns),
        sum(scores) / max(1, len(scores)),
    )


def _column_numbers_end(tokens: Sequence[Token], start: int) -> int:
    """Where a row of column numbers below a header ends: ``(1) (2) (3)``, three and more that count
    up, of which one may be misread; the beginning where there is none.
    """
    read = [_COLUMN_NUMBER.match(token.text) for token in tokens[start : start + _MOST_COLUMNS]]
    count = next((at for at, number in enumerate(read) if number is None), len(read))
    fits = [number is not None and number[1] == str(at) for at, number in enumerate(read, 1)]
    while count and not fits[count - 1]:
        count -= 1
    return start + count if count >= _FEW_NUMBERS and sum(fits[:count]) >= count - 1 else start


def _fits_later(
    table: str, tokens: Sequence[Token], at: int, match: tuple[float, int, str]
) -> bool:
    """Whether a label fits clearly better without its first words: they are another column's."""
    score, stop, column = match
    later = (
        best_label(table, tokens, start, set())
        for start in range(at + 1, min(at + _UNKNOWN + 1, stop))
    )
    return any(
        name == column and end >= stop and better > score + _CLEARLY for better, end, name in later
    )


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


def best_label(
    table: str, tokens: Sequence[Token], at: int, taken: set[str], more: More = ""
) -> tuple[float, int, str]:
    """The likeliest label of a table that begins at a token: its likeness, its end, its column.

    The column is "" where none fits.
    """
    best = (0.0, at, "")
    if not tokens[at].key:
        return best
    for end in range(at + 1, min(at + _LONGEST, len(tokens)) + 1):
        if _is_number_of_row(tokens[end - 1]):
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
                and not (column.endswith("_id") and _is_row_number(tokens[at]) and end == at + 1)
            ):
                continue
            if score and (score > best[0] + 4 or (score > best[0] - 4 and end > best[1])):
                best = (score, end, column)
    return best


def _may_have(column: str, *, years: bool) -> bool:
    """Whether a label is one with years, or none: a period's has some, a row number's has none."""
    return years if column == "value" else not (years and column.endswith("_id"))


def _is_number_of_row(token: Token) -> bool:
    """Whether a line begins with what can be a row's number, which no label has there."""
    return token.gap != SAME_LINE and _NUMBER.match(token.text) is not None


def _plain(tokens: Sequence[Token]) -> tuple[str, bool]:
    """The letters of tokens without years, and whether there were years."""
    words = [token for token in tokens if not _YEAR.match(token.key)]
    return squash(words), len(words) < len(tokens)
