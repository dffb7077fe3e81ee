"""The parts of a dump: its prose and its appendices, found by their titles and the headers of their tables, however misread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

import regex
from rapidfuzz import fuzz

from normalize.dump_words import NEW_PAGE, SAME_LINE, Token, squash
from normalize.headers import REQUIRED, labels
from schemas.errors import NotAProgramme, TwoTablesOfOneKind

Span = tuple[int, int]  # first token and the one after the last
_FLOOR = 72.0  # the least likeness (0 to 100) of a label
_CLEARLY = 5.0  # more like it
_LONGEST = 10  # words of a label
_UNKNOWN = 3  # words that may stand between two labels: an unknown column, specks
_TITLE_REACH = 80  # words between an appendix's title and its table's header
_USUAL = {
    "tasks": ("task_id", "task", "lead", "coordinating", "deadline", "funding"),
    "indicators": ("indicator_id", "name", "unit", "target", "lead"),
    "growth": ("line_id", "name", "unit", "value"),
}
_YEAR = regex.compile(r"^(?:19|20)\d\d$")
_ROW_NUMBER = regex.compile(r"^s?o?t[ti1l]$")


@dataclass(frozen=True)
class Header:
    """A table's header in the dump: where it stands, whose it is, and its columns in order with where each label stands ("": an unknown one)."""

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


@dataclass(frozen=True)
class TablePart:
    """An appendix: its table's name and columns, the labels of its periods, and its tokens without title and headers.

    The first token after a header has gap NEW_PAGE.
    """

    name: str
    columns: tuple[str, ...]
    periods: tuple[tuple[Token, ...], ...]
    tokens: tuple[Token, ...]

    @property
    def text(self) -> int:
        """The place of the column of free text."""
        return next(i for i, name in enumerate(self.columns) if name in ("task", "name"))


@dataclass(frozen=True)
class Parts:
    """A dump's prose and its appendices in order."""

    prose: tuple[Token, ...]
    tables: tuple[TablePart, ...]


def text_to_parts(tokens: Sequence[Token]) -> Parts:
    """The parts of a dump; raises NotAProgramme where no appendix is found, TwoTablesOfOneKind where one is there twice."""
    headers = find_headers(tokens)
    runs = _runs(headers)
    if not runs:
        raise NotAProgramme(
            "no table of an action programme was found", "the text", "check that it is the dump of a programme with its appendices"
        )
    starts = [_title_start(tokens, run[0], runs[i - 1][-1].span[1] if i else 0) for i, run in enumerate(runs)]
    ends = [*starts[1:], len(tokens)]
    _refuse_twice(tokens, runs)
    return Parts(tuple(tokens[: starts[0]]), tuple(_part(tokens, run, end) for run, end in zip(runs, ends, strict=True)))


def _refuse_twice(tokens: Sequence[Token], runs: Sequence[Sequence[Header]]) -> None:
    names = [run[0].table for run in runs]
    for name in names:
        if names.count(name) > 1:
            lines = ", ".join(str(tokens[run[0].span[0]].line_no) for run in runs if run[0].table == name)
            raise TwoTablesOfOneKind(f"the table of {name} begins twice", f"lines {lines}", "split the text into two documents")


def find_headers(tokens: Sequence[Token]) -> list[Header]:
    """The headers of tables in the dump, repeated ones too."""
    found: list[Header] = []
    for start, token in enumerate(tokens):
        if (found and start < found[-1].span[1]) or not (_begins_row_number(tokens, start) or _begins_label(token)):
            continue
        header = read_header(tokens, start)
        if header is not None:
            found.append(header)
    return found


def read_header(tokens: Sequence[Token], start: int) -> Header | None:
    """The header that begins at a token, if one does: at least three columns of one table, its required ones but one among them."""
    read = [_read_as(table, tokens, start) for table in REQUIRED]
    best = max(read, key=lambda header: (len(header.known), header.score))
    known = set(best.known)
    complete = sum(column in known for column in REQUIRED[best.table]) >= len(REQUIRED[best.table]) - 1
    return best if len(known) >= 3 and complete else None


def _is_row_number(token: Token) -> bool:
    return _ROW_NUMBER.match(token.key) is not None


def _begins_row_number(tokens: Sequence[Token], start: int) -> bool:
    """Whether the label of the row numbers begins at a token: ``TT``, ``STT``, ``Số TT``, ``Số thứ tự``."""
    return _is_row_number(tokens[start]) or squash(tokens[start : start + 2]) == "sott" or squash(tokens[start : start + 3]) == "sothutu"


def _begins_label(token: Token) -> bool:
    """Whether a label other than the row number's may begin here: the header's first label can be lost."""
    return token.gap != SAME_LINE and any(fuzz.ratio(token.key, word) >= 75 for word in _first_words())


@cache
def _first_words() -> frozenset[str]:
    return frozenset(label.split()[0] for _, column, label in labels() if column in ("task", "name"))


@cache
def _labels_of(table: str) -> tuple[tuple[str, str], ...]:
    return tuple((column, label.replace(" ", "")) for owner, column, label in labels() if owner == table)


def _read_as(table: str, tokens: Sequence[Token], start: int) -> Header:
    columns: list[tuple[str, Span]] = []
    scores: list[float] = []
    end = at = start
    while at < len(tokens) and at - end <= _UNKNOWN:
        taken = {column for column, _ in columns if column != "value"}
        score, stop, column = best_label(table, tokens, at, taken - {""})
        if not column or _fits_later(table, tokens, at, (score, stop, column)):
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
    return Header((start, last), table, tuple(columns), sum(scores) / max(1, len(scores)))


def _fits_later(table: str, tokens: Sequence[Token], at: int, match: tuple[float, int, str]) -> bool:
    """Whether a label fits clearly better without its first words: they are another column's."""
    score, stop, column = match
    later = (best_label(table, tokens, start, set()) for start in range(at + 1, min(at + _UNKNOWN + 1, stop)))
    return any(name == column and end >= stop and better > score + _CLEARLY for better, end, name in later)


def _is_label_word(token: Token) -> bool:
    """Whether a word is written as those of a header in capitals are: it has more than one letter, all of them capitals, and is no numeral."""
    return token.key.isalpha() and len(token.key) > 1 and token.text.isupper() and not set(token.key) <= set("ivx")


def best_label(table: str, tokens: Sequence[Token], at: int, taken: set[str]) -> tuple[float, int, str]:
    """The likeliest label of a table that begins at a token: its likeness, where it ends, and its column ("" where none fits)."""
    best = (0.0, at, "")
    if not tokens[at].key:
        return best
    for end in range(at + 1, min(at + _LONGEST, len(tokens)) + 1):
        words = tokens[at:end]
        key, years = _plain(words)
        for column, label in _labels_of(table):
            if column in taken or ((column == "value") != years and column == "value"):
                continue
            score = fuzz.ratio(key, label, score_cutoff=_FLOOR)
            if len(label) <= 4 and score < 100 and not (column.endswith("_id") and _is_row_number(tokens[at]) and end == at + 1):
                continue
            if score and (score > best[0] + 4 or (score > best[0] - 4 and end > best[1])):
                best = (score, end, column)
    return best


def _plain(tokens: Sequence[Token]) -> tuple[str, bool]:
    """The letters of tokens without years, and whether there were years."""
    words = [token for token in tokens if not _YEAR.match(token.key)]
    return squash(words), len(words) < len(tokens)


def _runs(headers: Sequence[Header]) -> list[list[Header]]:
    runs: list[list[Header]] = []
    for header in headers:
        if not runs or runs[-1][0].table != header.table:
            runs.append([])
        runs[-1].append(header)
    return runs


def _title_start(tokens: Sequence[Token], header: Header, least: int) -> int:
    """Where the title of the appendix begins that a header heads: the words "Phụ lục" in capitals before it, else the capitals just above it."""
    first = header.span[0]
    for start in range(first - 1, max(least, first - _TITLE_REACH) - 1, -1):
        if _is_appendix_title(tokens, start):
            return start
    start = first
    while start > least and _is_capital(tokens[start - 1]):
        start -= 1
    return start


def _is_appendix_title(tokens: Sequence[Token], start: int) -> bool:
    both = fuzz.ratio(squash(tokens[start : start + 2]), "phuluc") >= 80 or fuzz.ratio(tokens[start].key, "phuluc") >= 90
    return both and (_is_capital(tokens[start]) or tokens[start].gap != SAME_LINE) and tokens[start].text[:1].isupper()


def _is_capital(token: Token) -> bool:
    """Whether most letters of a word are capitals, or it has none."""
    letters = [letter for letter in token.text if letter.isalpha()]
    return not letters or 2 * sum(letter.isupper() for letter in letters) > len(letters)


def _without_page_number(rows: list[Token], table: str) -> list[Token]:
    """Rows without the page number that stands above the next header: in appendices 1 and 2 only where a page begins with it."""
    is_number = len(rows) > 1 and rows[-1].key.isdigit() and len(rows[-1].key) <= 3
    return rows[:-1] if is_number and (table == "tasks" or rows[-1].gap == NEW_PAGE) else rows


def _part(tokens: Sequence[Token], run: Sequence[Header], end: int) -> TablePart:
    inside: list[Token] = []
    for i, header in enumerate(run):
        until = run[i + 1].span[0] if i + 1 < len(run) else end
        rows = list(tokens[header.span[1] : until])
        if rows:
            rows[0] = replace(rows[0], gap=NEW_PAGE)
        inside += _without_page_number(rows, run[0].table) if i + 1 < len(run) else rows
    best = max(run, key=lambda header: (len(header.known), -header.unknown))
    return TablePart(
        best.table,
        _whole_columns(best, len(run) > 1),
        tuple(tuple(tokens[slice(*span)]) for name, span in best.columns if name == "value"),
        tuple(inside),
    )


def _whole_columns(header: Header, confirmed: bool) -> tuple[str, ...]:
    """A header's columns with the number's first, also where its label was lost, and with the one that is missing where a label could not be read.

    The columns of several periods are ``value 1``, ``value 2``, ...; columns that no label names ``other 1``, ... A single word that belongs to no
    label counts only where all headers of the table have one (``confirmed``): else it is a label's misread end.
    """
    usual = _USUAL[header.table]
    columns = [name for name, (start, end) in header.columns if name != usual[0] and (name or confirmed or end - start > 1)]
    missing = [name for name in usual[1:] if name not in columns]
    places = [i for i, name in enumerate(columns) if not name]
    if len(missing) == 1 and len(places) == 1:
        columns[places[0]] = missing[0]
    elif len(missing) == 1 and header.unknown and not places:
        columns.insert(usual.index(missing[0]) - 1, missing[0])
    return (usual[0], *_numbered(_numbered(columns, "value", "value"), "", "other"))


def _numbered(columns: Sequence[str], name: str, shown: str) -> list[str]:
    """Columns with those of one name numbered from 1."""
    counts = count(1)
    return [f"{shown} {next(counts)}" if column == name else column for column in columns]
