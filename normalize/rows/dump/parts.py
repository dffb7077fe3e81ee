"""The parts of a dump: its prose, and its appendices.

Appendices are found by their titles and by the headers of their tables, however misread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from normalize.rows.dump.appendix_titles import begins_anew, sure_label, title_start
from normalize.rows.dump.columns.table_columns import labels, named, whole_columns, with_years
from normalize.rows.dump.headers import Header, find_headers
from normalize.rows.dump.headings import DumpHeading, number_appendices, read_heading
from normalize.rows.dump.tokens import NEW_PAGE, Token, squash
from schemas.errors import MissingAppendix, NotAProgramme, TwoTablesOfOneKind
from schemas.table_kinds import KINDS

_SAME_LABEL = 85.0  # the least likeness (0 to 100) of two readings of one label


@dataclass(frozen=True)
class TablePart:
    """An appendix: its table's name and columns, the labels of its periods, and its tokens.

    Title and headers are not among the tokens. The first token after a header has the gap NEW_PAGE.
    """

    name: str
    columns: tuple[str, ...]
    periods: tuple[tuple[Token, ...], ...]
    tokens: tuple[Token, ...]
    heading: DumpHeading = field(default_factory=DumpHeading)
    number: str = ""  # of its appendix
    is_second: bool = False  # a table of its kind stands before it
    target: tuple[Token, ...] = ()  # the label of the column of goals
    others: tuple[tuple[Token, ...], ...] = ()  # the labels of the columns that no list names
    # whether the last of them may be the title above the first row: it stands once, no column
    # numbers below it
    is_last_unsure: bool = False

    def without_last(self) -> TablePart:
        """The same where the label of the last column is the title above the first row."""
        tokens = (*self.others[-1], *self.tokens)
        columns, others = self.columns[:-1], self.others[:-1]
        return replace(self, columns=columns, others=others, tokens=tokens, is_last_unsure=False)

    @property
    def text(self) -> int:
        """The place of the column of free text."""
        return next(i for i, name in enumerate(self.columns) if name == KINDS[self.name].text)


@dataclass(frozen=True)
class Parts:
    """A dump's prose and its appendices in order."""

    prose: tuple[Token, ...]
    tables: tuple[TablePart, ...]


def text_to_parts(tokens: Sequence[Token]) -> Parts:
    """The parts of a dump.

    Raises NotAProgramme where no appendix is found, TwoTablesOfOneKind where one is
    there twice under one number, MissingAppendix where one's label stands inside another's table.
    """
    headers = find_headers(tokens)
    runs = _runs(tokens, headers)
    if not runs:
        raise NotAProgramme(
            "no table of tasks, indicators or growth was found in "
            f"{len({token.line_no for token in tokens})} lines; no line reads like the header "
            "of one",
            "the text",
            "check that it is the dump of a programme with its appendices",
        )
    starts = [
        title_start(tokens, run[0].span[0], runs[i - 1][-1].span[1] if i else 0)
        for i, run in enumerate(runs)
    ]
    ends = [*starts[1:], len(tokens)]
    headings = [
        read_heading(tokens[start : run[0].span[0]])
        for start, run in zip(starts, runs, strict=True)
    ]
    _refuse_twice(tokens, runs, headings)
    found = [
        replace(_part(tokens, run, end), heading=heading)
        for run, end, heading in zip(runs, ends, headings, strict=True)
    ]
    numbers = number_appendices(headings, [KINDS[part.name].dump_appendix for part in found])
    names = [part.name for part in found]
    tables = tuple(
        replace(part, number=number, is_second=part.name in names[:place])
        for place, (part, number) in enumerate(zip(found, numbers, strict=True))
    )
    for part in tables:
        _refuse_label_inside(part)
    return Parts(tuple(tokens[: starts[0]]), tables)


def _refuse_twice(
    tokens: Sequence[Token], runs: Sequence[Sequence[Header]], headings: Sequence[DumpHeading]
) -> None:
    """Refuse two tables of one kind that no labels of two appendices tell apart."""
    seen: dict[tuple[str, str], int] = {}
    for place, (run, heading) in enumerate(zip(runs, headings, strict=True)):
        others = [key for key in seen if key[0] == run[0].table]
        is_apart = heading.number and all(
            number not in ("", heading.number) for _, number in others
        )
        if others and not is_apart:
            lines = ", ".join(
                str(tokens[other[0].span[0]].line_no)
                for other in runs
                if other[0].table == run[0].table
            )
            raise TwoTablesOfOneKind(
                f"the table of {run[0].table} begins twice, and no labels tell the two appendices "
                "apart",
                f"lines {lines}",
                "split the text into two documents, or mend the appendices' labels in it",
            )
        seen[run[0].table, heading.number] = place


def _refuse_label_inside(part: TablePart) -> None:
    """Refuse a table in which another appendix's label stands: that one's header was not read."""
    for start, token in enumerate(part.tokens):
        if sure_label(part.tokens, start) not in ("", part.number):
            raise MissingAppendix(
                f"another appendix's label stands in the table of {part.name}, and no header of a "
                "table that can be read below it",
                f"line {token.line_no}",
                "mend the header below it, or the label where it was misread, or take out what is "
                "no table of the programme",
            )


def _runs(tokens: Sequence[Token], headers: Sequence[Header]) -> list[list[Header]]:
    """The headers of each table.

    A header can be repeated on every page. One below an appendix's title where the numbers begin
    again, or whose label has another number, is another table's.
    """
    runs: list[list[Header]] = []
    for header in headers:
        if (
            not runs
            or runs[-1][0].table != header.table
            or begins_anew(tokens, runs[-1][0].span[0], runs[-1][-1].span[1], header.span)
        ):
            runs.append([])
        runs[-1].append(header)
    return runs


def _without_page_number(rows: list[Token], table: str) -> list[Token]:
    """Rows without the page number that stands above the next header.

    In appendices 1 and 2 it is one only where a page begins with it.
    """
    is_number = len(rows) > 1 and rows[-1].key.isdigit() and len(rows[-1].key) <= 3
    return rows[:-1] if is_number and (table == "tasks" or rows[-1].gap == NEW_PAGE) else rows


def _part(tokens: Sequence[Token], run: Sequence[Header], end: int) -> TablePart:
    run = _with_last_label(tokens, run)
    inside: list[Token] = []
    for i, header in enumerate(run):
        until = run[i + 1].span[0] if i + 1 < len(run) else end
        rows = list(tokens[header.span[1] : until])
        if rows:
            rows[0] = replace(rows[0], gap=NEW_PAGE)
        inside += _without_page_number(rows, run[0].table) if i + 1 < len(run) else rows
    best = max(run, key=lambda header: (len(header.known), -header.unknown))
    columns = whole_columns(tokens, best, len(run) > 1)
    if best.table == "indicators":
        columns = with_years(columns, inside)
    return TablePart(
        best.table,
        named(columns),
        labels(tokens, columns, "value"),
        tuple(inside),
        target=next(iter(labels(tokens, columns, "target")), ()),
        others=labels(tokens, columns, ""),
        is_last_unsure=len(run) == 1 and not columns[-1][0] and best.span[1] == columns[-1][1][1],
    )


def _with_last_label(tokens: Sequence[Token], run: Sequence[Header]) -> list[Header]:
    """The headers of a table, each with the label of its last column that no list names, where one
    of them shows what it is: elsewhere a row's words may follow it.

    What most headers lack is no label: the title of the first rows stands below the others.
    """
    label = next(filter(None, (_last_unknown(tokens, header) for header in run)), ())
    found = [_with_label(tokens, header, label) for header in run]
    named = sum(bool(_last_unknown(tokens, header)) for header in found)
    is_single = len(label) == 1 and len(run) == 1
    return found if 2 * named > len(run) and not is_single else list(map(_without_last, found))


def _last_unknown(tokens: Sequence[Token], header: Header) -> Sequence[Token]:
    """The words of a header's last column where no label names it."""
    name, span = header.columns[-1]
    return tokens[slice(*span)] if not name else ()


def _without_last(header: Header) -> Header:
    """A header whose last words, which no label names and no column numbers follow, are a row's."""
    name, (start, end) = header.columns[-1]
    if name or header.span[1] > end:
        return header
    return replace(header, span=(header.span[0], start), columns=header.columns[:-1])


def _with_label(tokens: Sequence[Token], header: Header, label: Sequence[Token]) -> Header:
    start, end = header.span
    until = end + len(label)
    is_same = fuzz.ratio(squash(tokens[end:until]), squash(label)) >= _SAME_LABEL
    if not label or _last_unknown(tokens, header) or not is_same:
        return header
    return replace(header, span=(start, until), columns=(*header.columns, ("", (end, until))))
