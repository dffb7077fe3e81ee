"""Headers of tables in a dump: their labels, however misread, in the order of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from normalize.rows.dump.columns.header_labels import More, first_words
from normalize.rows.dump.columns.label_match import (
    best_label,
    column_numbers_end,
    fits_later,
    is_number_of_row,
    is_row_number,
    last_label_end,
    year_label_end,
)
from normalize.rows.dump.tokens import BLANK_LINE, SAME_LINE, Token, squash
from schemas.table_kinds import BOTH, KINDS, RULED

Span = tuple[int, int]  # first token and the one after the last
_ABOVE = 8  # words of a cell above a header, of which the first can read like a label
_UNKNOWN = 3  # words that may stand between two labels: an unknown column, specks
# words of labels above those of years, and how near two years must be
_LONGEST_OVER, _NEAR_YEARS, _FEW_YEARS = 40, 60, 2


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
        if _is_above_a_header(tokens, start):
            continue
        header = read_header(tokens, start)
        if header is not None:
            found.append(header)
    return found


def _is_above_a_header(tokens: Sequence[Token], start: int) -> bool:
    """Whether a header begins a little further on with the row number's label: then what reads like
    a label here is the cell above it, or a title.
    """
    if _begins_row_number(tokens, start):
        return False
    near = range(start + 1, min(start + 1 + _ABOVE, len(tokens)))
    return any(
        tokens[at].gap != SAME_LINE
        and _begins_row_number(tokens, at)
        and read_header(tokens, at) is not None
        for at in near
    )


def read_header(tokens: Sequence[Token], start: int) -> Header | None:
    """The header that begins at a token, if one does.

    At least three columns of one table are known, and all but one of those that it must have.
    """
    read = [_read_as(table, tokens, start) for table in RULED]
    likely = [header for header in read if not _is_of_growth(header)]
    best = max(likely, key=lambda header: (len(header.known), header.score))
    if best.table == "tasks":
        best = _with_both_roles(best, tokens)
    number = next((at for name, (at, _) in best.columns if name.endswith("_id")), start)
    if number > start:  # what stands above the number's label is the appendix's title
        return read_header(tokens, number)
    header = _read_with_ruled(best, tokens) if _lacking(best) else best
    return header if len(_single(header)) >= 3 and _lacking(header) <= 1 else None


def _is_of_growth(header: Header) -> bool:
    """Whether a header read as one of indicators has columns of years alone."""
    return (
        "value" in header.known
        and not {"target", "lead"} & {*header.known}
        and (header.table == "indicators")
    )


def _with_both_roles(header: Header, tokens: Sequence[Token]) -> Header:
    """A header of tasks with one column for both roles, where its labels tell so: ``Cơ quan chủ
    trì, phối hợp``, or two labels of which the first one ends with a comma or the second one
    begins small.
    """
    if "coordinating" not in header.known:
        both = _read_as("tasks", tokens, header.span[0], "both")
        is_better = BOTH in both.known and len(both.known) >= len(header.known)
        return both if is_better else header
    for place, ((name, first), (other, second)) in enumerate(pairwise(header.columns)):
        if (name, other) == ("lead", "coordinating") and _is_one_label(tokens, first, second):
            joined = ((BOTH, (first[0], second[1])),)
            columns = (*header.columns[:place], *joined, *header.columns[place + 2 :])
            return replace(header, columns=columns)
    return header


def _is_one_label(tokens: Sequence[Token], first: Span, second: Span) -> bool:
    """Whether a label goes on with the words of the next one behind it."""
    begin, last, following = tokens[first[0]], tokens[first[1] - 1], tokens[second[0]]
    is_apart = following.gap >= BLANK_LINE
    goes_on = begin.text[:1].isupper() and following.text[:1].islower() and not is_apart
    return _links(last) or goes_on


def _links(token: Token) -> bool:
    """Whether a label goes on behind a word: a comma follows it, or it is ``và``."""
    return token.text.endswith(",") or token.key == "va"


def _single(header: Header) -> set[str]:
    """The known columns, that for both roles as the lead's."""
    return {"lead" if column == BOTH else column for column in header.known}


def _lacking(header: Header) -> int:
    """How many of the columns that its table must have a header lacks."""
    return len({*KINDS[header.table].names("required")} - _single(header))


def _read_with_ruled(header: Header, tokens: Sequence[Token]) -> Header:
    """A header that lacks columns, read with the labels of ruled headers too, where that names
    all that it must have and more columns than before.

    Example: of ``TT | Nội dung công việc | Đơn vị thực hiện | Thời gian | Kết quả`` only these
    labels tell that the third column is no time (``Thời hạn thực hiện``).
    """
    if not header.columns or not header.columns[0][0].endswith("_id"):
        return header
    ruled = _read_as(header.table, tokens, header.span[0], "ruled")
    is_better = len(ruled.known) > len(header.known) and ruled.unknown <= header.unknown
    return ruled if is_better and not _lacking(ruled) else header


def _begins_row_number(tokens: Sequence[Token], start: int) -> bool:
    """Whether the label of the row numbers begins at a token: ``TT``, ``STT``, ``Số TT``, ``Số thứ
    tự``.
    """
    if is_row_number(tokens[start]):
        return True
    following = tokens[start + 1 : start + 2]
    if following and tokens[start].gap == SAME_LINE and following[0].gap != SAME_LINE:
        return False  # it ends a line: `Cơ sở` above `TT`
    return (
        squash(tokens[start : start + 2]) == "sott"
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
    while at < len(tokens):
        is_over = table == "indicators" and len(columns) > 1 and _are_years_near(tokens, end)
        if at - end > (_LONGEST_OVER if is_over else _UNKNOWN):
            break
        if columns and is_number_of_row(tokens[at]):
            break
        taken = {column for column, _ in columns if column != "value"}
        score, stop, column = _label(table, tokens, at, taken - {""}, more)
        if not column or fits_later(table, tokens, at, (score, stop, column), more):
            if not columns:
                break  # a header begins with a label
            at += 1
            continue
        is_label = not (is_over or _links(tokens[end - 1]))
        if columns and squash(tokens[end:at]) and is_label:
            columns.append(("", (end, at)))
        stop += _links(tokens[stop]) if stop < len(tokens) else 0  # ``và`` behind a label
        columns.append((column, (at, stop)))
        scores.append(score)
        end = at = stop
    while end < len(tokens) and not tokens[end].key and tokens[end].gap == SAME_LINE:
        end += 1  # the asterisk that leads to a note
    last = last_label_end(tokens, end)
    if last > end:
        columns.append(("", (end, last)))
    return Header(
        (start, column_numbers_end(tokens, last)),
        table,
        tuple(columns),
        sum(scores) / max(1, len(scores)),
    )


def _are_years_near(tokens: Sequence[Token], start: int) -> bool:
    """Whether labels of years follow, so that words before them are a label that stands above
    theirs: ``Lộ trình thực hiện``, once or, by a converter of tables, for each of them.
    """
    near = range(start, min(start + _NEAR_YEARS, len(tokens)))
    return sum(year_label_end(tokens, at) == at + 1 for at in near) >= _FEW_YEARS


def _label(
    table: str, tokens: Sequence[Token], at: int, taken: set[str], more: More
) -> tuple[float, int, str]:
    """The label that begins at a token as ``best_label`` tells it, or that of a year's values."""
    end = year_label_end(tokens, at) if table == "indicators" and taken else 0
    return (100.0, end, "value") if end else best_label(table, tokens, at, taken, more)
