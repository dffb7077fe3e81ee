"""The rows of a dump's appendices: columns and numbers decided, rows cut by a page break joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from normalize.rows.dump.cell_starts import Layout
from normalize.rows.dump.column_grammar import ArcMaker, Habits, Roles, make_grammar
from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.finder import Finder
from normalize.rows.dump.lost_leads import with_lost_leads
from normalize.rows.dump.mixed_cells import check_cells_told
from normalize.rows.dump.notes import TableText, take_notes
from normalize.rows.dump.number_tokens import has_dashed_rows
from normalize.rows.dump.numbered_otherwise import check_begin, check_numbers, scheme_of
from normalize.rows.dump.own_names import own_names
from normalize.rows.dump.parts import TablePart
from normalize.rows.dump.phrases import body_names
from normalize.rows.dump.plain_numbers import number_arcs, row_numbers
from normalize.rows.dump.row_numbers import NumberedCells, number_rows
from normalize.rows.dump.segment import Arc, RowCells, segment
from normalize.rows.dump.tokens import Token
from normalize.rows.dump.word_costs import ends_sentence
from normalize.rows.numbering.schemes import TASKS, TASKS_DASHED, Scheme

_ENOUGH = 8_000  # words of a table, about 20 pages: from its rows up to there habits are learned
_MOST = 2.0  # so much at most tells what a body usually is
_MOST_STOP = _MOST_HABIT = 3.0
_LEADS = (0.25, 0.6)  # how often a generic body leads, and any other

Spans = Sequence[tuple[int, int]]  # the first and last token of each piece of a cell


@dataclass(frozen=True)
class DumpTable:
    """An appendix with its rows, and its notes."""

    part: TablePart
    rows: tuple[DumpRow, ...]
    note: tuple[Token, ...]


def part_to_table(part: TablePart) -> DumpTable:
    """The rows of an appendix: which words are a row's number, which are whose column, how it is
    numbered.

    Raises UnknownNumbering where most rows have not the numbers that such a table has,
    TwoTablesOfOneKind where they begin again inside it, MixedCells where lines go through cells.
    """
    scheme = scheme_of(part)
    text = take_notes(part.tokens, part.columns, row_numbers(part.tokens, part.name, scheme))
    found = _segment(text.tokens, part, scheme)
    if scheme is TASKS and has_dashed_rows(found, text.tokens, part.text):
        scheme = TASKS_DASHED
        found = _segment(text.tokens, part, scheme)
    numbered = number_rows(found, text.tokens, part, scheme)
    rows = with_lost_leads(_join(numbered, text, part), part.columns)
    if part.is_last_unsure and not any(part.columns[-1] in row.cells for row in rows):
        return part_to_table(part.without_last())
    check_cells_told(rows)
    check_begin(rows, part)
    check_numbers(rows, part)
    return DumpTable(part, tuple(rows), text.notes)


def _segment(tokens: Sequence[Token], part: TablePart, scheme: Scheme) -> list[RowCells]:
    """The rows' cells; ``scheme`` is how tasks are numbered.

    Bodies are decided twice, the second time by what each body is in the rows that are clear.
    """
    numbers, firm = number_arcs(tokens, part.name, scheme)
    finder = Finder(tokens, own_names(tokens))
    layout, kept = Layout(tokens, finder), dict[tuple[int, int], list[Arc]]()

    def decide(habits: Habits, end: int | None = None) -> list[RowCells]:
        return segment(
            tokens[:end],
            make_grammar(
                part.columns, ArcMaker(tokens, finder, layout, habits, kept), numbers, firm
            ),
        )

    beside = part.columns[part.text + 1 :][:1] == ("deadline",)
    first = Habits(_first_roles(), dates_in_text=beside)
    if part.name != "tasks":
        return decide(first)
    rows = decide(first, next((at for at in sorted(firm) if at >= _ENOUGH), None))
    return decide(
        Habits(
            _learned_roles(rows, finder, part.columns),
            _cost_without_stop(rows, tokens, part.columns),
            beside,
            _bullet_costs(rows, tokens, part.columns),
            _several_costs(rows, finder, part.columns),
        )
    )


def _cells_of_bodies(rows: Sequence[RowCells], columns: Sequence[str]) -> dict[int, list[Spans]]:
    """Where the cells of bodies stand, by their column."""
    return {
        column: [row.cells[column] for row in rows if column in row.cells]
        for column, name in enumerate(columns)
        if name in ("lead", "coordinating")
    }


def _rare(often: int, seldom: int) -> float:
    """What it costs that a cell is unlike most of its column."""
    return max(0.0, min(_MOST_HABIT, log((often + 1) / (seldom + 1))))


def _bullet_costs(
    rows: Sequence[RowCells], tokens: Sequence[Token], columns: Sequence[str]
) -> dict[int, float]:
    """What it costs that a cell of bodies begins with a bullet, by how many of its column do."""
    costs = {}
    for column, cells in _cells_of_bodies(rows, columns).items():
        led = sum(not tokens[spans[0][0]].key for spans in cells)
        costs[column] = _rare(len(cells) - led, led)
    return costs


def _several_costs(
    rows: Sequence[RowCells], finder: Finder, columns: Sequence[str]
) -> dict[int, float]:
    """What it costs that a cell names a second body, by how many of its column name several."""
    costs = {}
    for column, cells in _cells_of_bodies(rows, columns).items():
        several = sum(len(list(_bodies_in(finder, spans))) > 1 for spans in cells)
        costs[column] = _rare(len(cells) - several, several)
    return costs


def _cost_without_stop(
    rows: Sequence[RowCells], tokens: Sequence[Token], columns: Sequence[str]
) -> float:
    """What it costs that a task ends without a full stop, by how many do."""
    task = columns.index("task")
    ends = [
        tokens[row.cells[task][-1][1] - 1]
        for row in rows
        if task in row.cells and max(row.cells) > task
    ]
    stops = sum(ends_sentence(token) for token in ends)
    return max(0.0, min(_MOST_STOP, log((stops + 1) / (len(ends) - stops + 1))))


def _first_roles() -> Roles:
    return {index: _role_costs(0, 0, generic) for index, (_, generic) in enumerate(body_names())}


def _role_costs(leads: float, coordinates: float, generic: bool) -> tuple[float, float]:
    """What a body costs as lead and as coordinating one, by how often it was each."""
    usual = _LEADS[0 if generic else 1]
    share = (leads + 2 * usual) / (leads + coordinates + 2)
    return min(_MOST, -log(share)), min(_MOST, -log(1 - share))


def _learned_roles(rows: Iterable[RowCells], finder: Finder, columns: Sequence[str]) -> Roles:
    """Roles counted over the rows whose lead and coordinating cells are not in doubt."""
    if "lead" not in columns or "coordinating" not in columns:
        return _first_roles()
    lead, coordinating = columns.index("lead"), columns.index("coordinating")
    counts: dict[int, Counter[int]] = {lead: Counter(), coordinating: Counter()}
    for row in rows:
        if lead in row.cells and coordinating in row.cells and not row.doubt & {lead, coordinating}:
            for column in (lead, coordinating):
                counts[column].update(_bodies_in(finder, row.cells[column]))
    known = {index: generic for index, (_, generic) in enumerate(body_names())}
    return {
        index: _role_costs(
            counts[lead][index], counts[coordinating][index], known.get(index, False)
        )
        for index in {*known, *counts[lead], *counts[coordinating]}
    }


def _bodies_in(finder: Finder, spans: Sequence[tuple[int, int]]) -> Iterable[int]:
    """The bodies that a cell names, by their places in the list."""
    for start, end in spans:
        at = start
        while at < end:
            known = {stop: index for stop, (_, index) in finder.bodies(at).items() if stop <= end}
            if known:
                at = max(known)
                yield known[at]
            else:
                at += 1


def _join(numbered: Sequence[NumberedCells], text: TableText, part: TablePart) -> list[DumpRow]:
    """The rows with their numbers; what is no row of its own goes on in the one above it, or, above
    the first of all, in that one.

    A cell is in doubt from whose end words were taken for a note by their place alone.
    """
    tokens = text.tokens
    rows, above = list[DumpRow](), list[DumpRow]()
    for found in numbered:
        spans = sorted(found.row.cells.items())
        cells = {
            part.columns[c]: [token for start, end in places for token in tokens[start:end]]
            for c, places in spans
        }
        number = tuple(cells.pop(part.columns[0], ()))
        unsure = {c for c, places in spans if any(end - 1 in text.unsure for _, end in places)}
        doubt = frozenset(part.columns[column] for column in found.row.doubt | unsure) | (
            {part.columns[0]} if found.shared else set()
        )
        row = DumpRow(found.decided, number, cells, doubt)
        if found.decided.status != "dropped":
            rows.append(row if rows else _below(above, row, part.columns))
        elif cells and rows:
            rows[-1] = _extended(rows[-1], number, cells, doubt | set(cells), part.columns)
        else:
            above.append(row)
    return rows


def _below(above: Sequence[DumpRow], row: DumpRow, columns: Sequence[str]) -> DumpRow:
    """The first row of a table with the words that stand above it, whose number was lost."""
    whole = DumpRow(row.decided, row.number, {}, frozenset())
    for part in above:
        doubt = part.doubt | set(part.cells)
        whole = _extended(whole, part.number, part.cells, doubt, columns)
    return _extended(whole, (), row.cells, row.doubt, columns)


def _extended(
    row: DumpRow,
    number: Sequence[Token],
    cells: Mapping[str, Sequence[Token]],
    doubt: frozenset[str],
    columns: Sequence[str],
) -> DumpRow:
    """A row with the cells of its second half; a false number is the first word of its text."""
    text = next(name for name in columns if name in ("task", "name"))
    added = {
        name: [*(number if name == text else ()), *cells.get(name, ())] for name in columns[1:]
    }
    merged = {
        name: [*row.cells.get(name, ()), *words]
        for name, words in added.items()
        if words or name in row.cells
    }
    return DumpRow(row.decided, row.number, merged, row.doubt | doubt)
