"""The rows of a dump's appendices: columns and numbers decided, rows that a page break cut joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import regex

from normalize.dump_columns import RowCells, segment
from normalize.dump_grammars import ArcMaker, Roles, make_grammar
from normalize.dump_layout import BodyFinder, Layout
from normalize.dump_numbers import plain_number_arcs, task_number_arcs
from normalize.dump_parts import TablePart
from normalize.dump_vocabulary import body_names
from normalize.dump_words import Token
from normalize.numbering import Candidate, Decided, decide_numbers

Cells = dict[str, list[Token]]
_NOTE = regex.compile(r"^\(?\*\)?")
_LONGEST_NOTE = 200  # words
_MOST = 2.0  # so much at most tells what a body usually is
_LEADS = (0.25, 0.6)  # how often a generic body leads, and any other
_CUT, _CUT_TEXT, _LOST_TITLE = (
    1.5,
    0.5,
    2.2,
)  # what it costs that a row without a number is none: below a header, only text there, elsewhere


@dataclass(frozen=True)
class DumpRow:
    """One row of an appendix: its number, the words of its cells by column, and the columns in doubt."""

    decided: Decided
    number: tuple[Token, ...]
    cells: Cells
    doubt: frozenset[str]

    @property
    def first(self) -> Token:
        """Its first word."""
        return next(iter(self.number), None) or min(
            (words[0] for words in self.cells.values() if words), key=lambda token: (token.page_no, token.line_no)
        )


@dataclass(frozen=True)
class DumpTable:
    """An appendix with its rows, and the note that closes it."""

    part: TablePart
    rows: tuple[DumpRow, ...]
    note: tuple[Token, ...]


def part_to_table(part: TablePart) -> DumpTable:
    """The rows of an appendix: which word is a row's number, which belongs to which column, and what the numbers are."""
    tokens, note = _split_note(part.tokens)
    found = _number_lone(_segment(tokens, part))
    decided = decide_numbers([_candidate(row, tokens, part) for row in found], part.name)
    return DumpTable(part, tuple(_join(found, decided, tokens, part.columns)), note)


def _split_note(tokens: Sequence[Token]) -> tuple[Sequence[Token], tuple[Token, ...]]:
    """The rows' tokens, and the note led by an asterisk that closes the table."""
    for start in range(max(0, len(tokens) - _LONGEST_NOTE), len(tokens)):
        if _NOTE.match(tokens[start].text) and not any(token.text.count(".") == 2 and token.key.isdigit() for token in tokens[start:]):
            return tokens[:start], tuple(tokens[start:])
    return tokens, ()


def _segment(tokens: Sequence[Token], part: TablePart) -> list[RowCells]:
    """The rows' cells; those of bodies are decided twice, the second time with what each body is in the clear rows."""
    numbers, firm = task_number_arcs(tokens) if part.name == "tasks" else plain_number_arcs(tokens, part.name)
    bodies = BodyFinder(tokens)
    layout = Layout(tokens, bodies)
    rows = segment(tokens, make_grammar(part.columns, ArcMaker(tokens, bodies, layout, _first_roles()), numbers, firm))
    if "coordinating" not in part.columns:
        return rows
    roles = _learned_roles(rows, bodies, part.columns)
    return segment(tokens, make_grammar(part.columns, ArcMaker(tokens, bodies, layout, roles), numbers, firm))


def _first_roles() -> Roles:
    return {index: _role_costs(0, 0, generic) for index, (_, generic) in enumerate(body_names())}


def _role_costs(leads: float, coordinates: float, generic: bool) -> tuple[float, float]:
    """What a body costs as lead and as coordinating one, by how often it was each."""
    usual = _LEADS[0 if generic else 1]
    share = (leads + 2 * usual) / (leads + coordinates + 2)
    return min(_MOST, -log(share)), min(_MOST, -log(1 - share))


def _learned_roles(rows: Iterable[RowCells], bodies: BodyFinder, columns: Sequence[str]) -> Roles:
    """Roles counted over the rows; a row whose lead and coordinating cells are in doubt counts little."""
    lead, coordinating = columns.index("lead"), columns.index("coordinating")
    counts: dict[int, Counter[int]] = {lead: Counter(), coordinating: Counter()}
    for row in rows:
        if lead in row.cells and coordinating in row.cells and not row.doubt & {lead, coordinating}:
            for column in (lead, coordinating):
                counts[column].update(_bodies_in(bodies, row.cells[column]))
    return {
        index: _role_costs(counts[lead][index], counts[coordinating][index], generic) for index, (_, generic) in enumerate(body_names())
    }


def _bodies_in(bodies: BodyFinder, spans: Sequence[tuple[int, int]]) -> Iterable[int]:
    """The bodies that a cell names, by their places in the list."""
    for start, end in spans:
        at = start
        while at < end:
            known = {stop: index for stop, (_, index) in bodies.at(at).items() if stop <= end}
            if known:
                at = max(known)
                yield known[at]
            else:
                at += 1


def _number_lone(rows: Sequence[RowCells]) -> list[RowCells]:
    """Rows without those that are a number alone: it is given to the row beside it that has none."""
    found: list[RowCells] = []
    lone: list[tuple[int, int]] = []
    for row in rows:
        if set(row.cells) == {0}:
            if found and 0 not in found[-1].cells:
                found[-1].cells[0] = row.cells[0]
            else:
                lone = row.cells[0]
            continue
        if lone and 0 not in row.cells:
            row.cells[0] = lone
        lone = []
        found.append(row)
    return found


def _candidate(row: RowCells, tokens: Sequence[Token], part: TablePart) -> Candidate:
    """What is known of a row's number: how it was read, whether the row is a title, and whether it can go on from the row above."""
    text = next(i for i, name in enumerate(part.columns) if name in ("task", "name"))
    others = [column for column in row.cells if column > text]
    if 0 in row.cells:
        start, end = row.cells[0][0]
        reading = "".join(token.text for token in tokens[start:end])
        return Candidate((reading,), _spans(reading, others, part.name))
    if row.after_page and part.name == "tasks":
        return Candidate((), None, drop=_CUT if others else _CUT_TEXT)
    return Candidate((), False if others else None, drop=None if others else _LOST_TITLE)


def _spans(reading: str, others: Sequence[int], name: str) -> bool | None:
    """Whether a row is a title: it has no other columns; a task that only heads sub-rows has none either."""
    if others or name == "growth":
        return False
    return None if name == "tasks" and reading.count(".") > 1 else True


def _join(found: Sequence[RowCells], decided: Sequence[Decided], tokens: Sequence[Token], columns: Sequence[str]) -> list[DumpRow]:
    """The rows with their numbers; what is no row of its own goes on in the one above it."""
    rows: list[DumpRow] = []
    for row, decision in zip(found, decided, strict=True):
        cells = {columns[c]: [token for start, end in spans for token in tokens[start:end]] for c, spans in sorted(row.cells.items())}
        number = tuple(cells.pop(columns[0], ()))
        doubt = frozenset(columns[column] for column in row.doubt)
        if decision.status == "dropped" and rows:
            rows[-1] = _extended(rows[-1], number, cells, doubt | set(cells), columns)
        else:
            rows.append(DumpRow(decision, number, cells, doubt))
    return rows


def _extended(
    row: DumpRow, number: Sequence[Token], cells: Mapping[str, Sequence[Token]], doubt: frozenset[str], columns: Sequence[str]
) -> DumpRow:
    """A row with the cells of its second half; a false number is the first word of its text."""
    text = next(name for name in columns if name in ("task", "name"))
    added = {name: [*(number if name == text else ()), *cells.get(name, ())] for name in columns[1:]}
    merged = {name: [*row.cells.get(name, ()), *words] for name, words in added.items() if words or name in row.cells}
    return DumpRow(row.decided, row.number, merged, row.doubt | doubt)
