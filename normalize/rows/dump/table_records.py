"""The rows of a dump's appendices as records.

Long: one short function a table, side by side so that what they share can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex
from rapidfuzz import fuzz

from normalize.lists.read_list import read_list
from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.parts import TablePart
from normalize.rows.dump.table_rows import DumpTable
from normalize.rows.dump.tokens import Token, tokens_to_pieces
from normalize.rows.findings import gap_finding
from normalize.rows.numbering.decide import Decided
from normalize.rows.records import Piece, Record, printed_number, task_parents
from normalize.text.fold import fold
from schemas.errors import UnknownColumn
from schemas.findings import Finding
from schemas.table_kinds import GROUP_LEVELS, KINDS, RULED

_UNKNOWN = "other"  # columns that no label names are called "other 1", "other 2", ...
_ELSEWHERE = (_UNKNOWN, "value")  # columns whose cells are records of their own
_YEAR = regex.compile(r"^\W*(?:19|20)\d\d\W*$")
_LABEL = 80.0  # the least likeness (0 to 100) of a period's label
_UNCLEAR = "the text does not say clearly where one cell ends and the next begins"
_SMALL = "a text begins with a small letter"
_EMPTY = "a cell that is seldom empty is empty"
_TITLE_WITH_CELLS = "a title with words of other columns"


def table_records(table: DumpTable) -> Iterator[Record]:
    """The records of an appendix in order, with its number."""
    makers = {"tasks": _task_records, "indicators": _indicator_records, "growth": _growth_records}
    number = table.part.number
    for record in makers[table.part.name](table):
        row_id = number + record.row_id if record.table == "groups" else record.row_id
        yield replace(record, row_id=row_id, appendix=number)


def _extra_records(row: DumpRow, part: TablePart, key: str) -> Iterator[Record]:
    """What stands in a row's columns that no list names, under their printed labels."""
    for place, words in enumerate(part.others, 1):
        name = f"{_UNKNOWN} {place}"
        cell = row.cells.get(name)
        if cell:
            label = " ".join(token.text for token in words)
            doubt = name in row.doubt
            yield Record(
                "extras",
                f"{part.name}|{key}|{label}",
                cell[0].page_no,
                {"value": tokens_to_pieces(cell)},
                label=label,
                review=("value",) if doubt else (),
                reason=_UNCLEAR if doubt else "",
            )


def _task_records(table: DumpTable) -> Iterator[Record]:
    heads = {
        before.decided.key
        for before, row in pairwise(table.rows)
        if row.decided.level == "sub_row" and row.decided.parent == before.decided.key
    }
    expected = [name for name in table.part.columns if name in KINDS["tasks"].names("seldom_empty")]
    above = {row.decided.key: row.decided for row in table.rows}
    for row in table.rows:
        decided = row.decided
        if decided.level in GROUP_LEVELS:
            yield _group_record("tasks", row, decided.parent)
            continue
        empty = (
            ()
            if decided.key in heads
            else tuple(name for name in expected if not row.cells.get(name))
        )
        parent = decided.parent if decided.level == "sub_row" else ""
        group, section = _groups_above(decided, above)
        yield _record(
            "tasks",
            decided.key,
            row,
            "task_id",
            empty,
            parent_id=parent,
            group_id=group,
            section_id=section,
        )
        yield from _extra_records(row, table.part, decided.key)


def _groups_above(decided: Decided, above: Mapping[str, Decided]) -> tuple[str, str]:
    """The outermost group that a task stands under, and the innermost where that is another one:
    the rows above it, or those that a dotted number itself names where they were not found.
    """
    found: list[str] = []
    top = decided
    while top.parent in above:
        top = above[top.parent]
        found += [top.key] if top.level in GROUP_LEVELS else []
    if top.key[:1].isdigit() and "." in top.key:
        return task_parents(decided.key)
    return (found[-1], found[0] if found[1:] else "") if found else ("", "")


def _indicator_records(table: DumpTable) -> Iterator[Record]:
    group, label = "", _period(table.part.target, ("indicators", "target"))[0]
    years = [name for name in table.part.columns if name == "target" or name.startswith("value")]
    place = str(years.index("target")) if years[1:] else ""
    for row in table.rows:
        if row.decided.level == "group":
            group = row.decided.key
            yield _group_record("indicators", row, "")
        else:
            empty = tuple(
                name
                for name in KINDS["indicators"].names("seldom_empty")
                if not row.cells.get(name)
            )
            record = _record(
                "indicators", row.decided.key, row, "indicator_id", empty, group_id=group
            )
            yield replace(record, label=label, kind=place)
            yield from _value_records(row, table.part, years)
            yield from _extra_records(row, table.part, row.decided.key)


def _value_records(row: DumpRow, part: TablePart, years: Sequence[str]) -> Iterator[Record]:
    """An indicator's values of the years beside its goal; all are in doubt where one is lost, for
    then the others may be of other years.
    """
    is_lost = any(not row.cells.get(name) for name in years)
    labels = iter(part.periods)
    for place, name in enumerate(years):
        words = () if name == "target" else next(labels)
        cell = row.cells.get(name)
        if words and cell:
            label = " ".join(token.text for token in words)
            doubt = is_lost or name in row.doubt
            yield Record(
                "indicator_values",
                f"{row.decided.key}|{label}",
                cell[0].page_no,
                {"value": tokens_to_pieces(cell), "period": tokens_to_pieces(words)},
                label=label,
                kind=str(place),
                review=("value",) if doubt else (),
                reason=_UNCLEAR if doubt else "",
            )


def _record(
    table: str, key: str, row: DumpRow, key_column: str, empty: Sequence[str], **ids: str
) -> Record:
    review, reason = _review(row, key_column, empty)
    review = tuple(name for name in review if not name.startswith(_ELSEWHERE))
    cells = {key_column: tokens_to_pieces(row.number)} | {
        name: tokens_to_pieces(words)
        for name, words in row.cells.items()
        if not name.startswith(_ELSEWHERE)
    }
    return Record(
        table,
        key,
        row.first.page_no,
        {name: pieces for name, pieces in cells.items() if pieces},
        review=review,
        reason=reason,
        number=printed_number(row.decided.number),
        **ids,
    )


def _review(row: DumpRow, key_column: str, empty: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The columns in doubt in their order, and why."""
    decided = row.decided
    unsure = decided.status in ("restored", "doubtful") or decided.out_of_order
    columns = dict.fromkeys([key_column] if unsure else [])
    columns |= dict.fromkeys(
        name for name in (key_column, *row.cells, *sorted(row.doubt)) if name in row.doubt
    )
    columns |= dict.fromkeys(empty)
    columns |= dict.fromkeys(
        small := [name for name in _texts() if _begins_small(row.cells.get(name, ()))]
    )
    reasons = [decided.reason] if unsure and decided.reason else []
    reasons += [_UNCLEAR] if row.doubt else []
    reasons += [_EMPTY] if empty else []
    reasons += [_SMALL] if small else []
    return tuple(columns), "; ".join(reasons)


def _texts() -> tuple[str, ...]:
    """The columns of the rows' main texts, such as ``task`` and ``name``."""
    return tuple(dict.fromkeys(KINDS[name].text for name in RULED))


def _begins_small(words: Sequence[Token]) -> bool:
    """Whether a text begins with a small letter, which is more often misread than printed."""
    letters = (letter for token in words for letter in token.text if letter.isalpha())
    return next(letters, "A").islower()


def _group_record(table: str, row: DumpRow, parent: str) -> Record:
    """A title's record.

    Words in other columns of its row belong to the title, which is then in doubt.
    """
    text = KINDS[table].text
    words = [token for tokens in row.cells.values() for token in tokens]
    others = any(tokens for name, tokens in row.cells.items() if name != text)
    review, reason = _review(row, "group_id", ())
    review = tuple(
        dict.fromkeys(
            "title" if name != "group_id" else name
            for name in (*review, *(["title"] if others else []))
        )
    )
    cells = {"group_id": tokens_to_pieces(row.number), "title": tokens_to_pieces(words)}
    return Record(
        "groups",
        f"|{row.decided.key}",
        row.first.page_no,
        {name: pieces for name, pieces in cells.items() if pieces},
        parent_id=parent,
        number=row.decided.key,
        review=review,
        reason=_TITLE_WITH_CELLS if others and not reason else reason,
        kind=table,
    )


Period = tuple[str, tuple[Token, ...]]  # its label as it is published, and its printed words


def _growth_records(table: DumpTable) -> Iterator[Record]:
    """A record for each line and period; a row whose values name periods is a second header."""
    periods = [_period(words) for words in table.part.periods]
    if not periods:
        raise UnknownColumn(
            "the header of appendix 2 names no period",
            "the text",
            "add its labels to normalize/lists/headers.csv, or mend the text",
        )
    measure: Sequence[Token] = ()
    for row in table.rows:
        values = [row.cells.get(f"value {i}", []) for i in range(1, len(periods) + 1)]
        if row.decided.level == "measure":
            measure = row.cells.get("name", ())
            if any(values) and all(
                any(_YEAR.match(token.text) for token in words) for words in values if words
            ):
                periods = [
                    _period(words) if words else old
                    for words, old in zip(values, periods, strict=True)
                ]
                continue
        for period, words in zip(periods, values, strict=True):
            if words:
                yield _growth_record(row, measure, period, words)


def _growth_record(
    row: DumpRow, measure: Sequence[Token], period: Period, value: Sequence[Token]
) -> Record:
    review, reason = _review(row, "line_id", ())
    cells: dict[str, list[Piece]] = {"line_id": tokens_to_pieces(row.number)}
    cells |= {name: tokens_to_pieces(row.cells.get(name, ())) for name in ("name", "unit")}
    cells |= {
        "period": tokens_to_pieces(period[1]),
        "value": tokens_to_pieces(value),
        "measure": tokens_to_pieces(measure),
    }
    review = tuple(dict.fromkeys(name.partition(" ")[0] for name in review))
    return Record(
        "growth",
        f"{row.decided.key}|{period[0]}",
        row.first.page_no,
        {name: pieces for name, pieces in cells.items() if pieces},
        review=review,
        reason=reason,
    )


def _period(words: Sequence[Token], column: tuple[str, str] = ("growth", "value")) -> Period:
    """A period's label as the known label of its table and column spells it, with the years that
    were read.
    """
    texts = [token.text.strip(" .:;,|") for token in words]
    plain = [
        text for text in texts if not _YEAR.match(text) and any(letter.isalpha() for letter in text)
    ]
    known = _known_label(" ".join(texts), column)
    spelled = iter(known if len(known) == len(plain) else plain)
    parts = [
        text if _YEAR.match(text) or not any(letter.isalpha() for letter in text) else next(spelled)
        for text in texts
    ]
    return " ".join(regex.sub(r"\s*[-–—]\s*", " - ", " ".join(parts)).split()), tuple(words)


def _known_label(text: str, column: tuple[str, str]) -> list[str]:
    """The words of the known label nearest to a period's, without years and marks; none if none is
    near.
    """
    nearest = max(_labels_of(column), key=lambda label: fuzz.ratio(fold(label), fold(text)))
    if fuzz.ratio(_without_years(nearest), _without_years(text)) < _LABEL:
        return []
    return [
        word
        for word in nearest.split()
        if not _YEAR.match(word) and any(letter.isalpha() for letter in word)
    ]


def _without_years(text: str) -> str:
    return fold(regex.sub(r"\d+", "", text))


@cache
def _labels_of(column: tuple[str, str]) -> tuple[str, ...]:
    return tuple(
        row["label"] for row in read_list("headers.csv") if (row["table"], row["column"]) == column
    )


def table_findings(table: DumpTable) -> Iterator[Finding]:
    """Gaps, repeats and jumps in the numbering, numbers that had to be restored, and a column that
    no list names: of growth, or before others, whose labels may have taken words of its own.
    """
    inner = any(name.startswith(_UNKNOWN) for name in table.part.columns[:-1])
    if (inner or (table.part.name == "growth" and table.part.others)) and table.rows:
        yield Finding(
            "unknown_column",
            table.rows[0].first.page_no,
            table.part.name,
            "a column's header is not in normalize/lists/headers.csv: its cells may be lost",
        )
    for i, row in enumerate(table.rows):
        decided, page_no, place = (
            row.decided,
            row.first.page_no,
            f"{table.part.name} {row.decided.key}",
        )
        if (
            table.part.name == "growth"
            and decided.level == "line"
            and not any(name.startswith("value") for name in row.cells)
        ):
            yield Finding(
                "no_value",
                page_no,
                place,
                "the line has no value that could be read, so it is not published",
            )
        if decided.missing:
            yield gap_finding(table.part.name, decided.key, decided.missing, page_no, i == 0)
        if decided.out_of_order:
            yield Finding(
                "numbering_order", page_no, place, "this number repeats or precedes an earlier one"
            )
        if decided.status in ("restored", "doubtful"):
            yield Finding("number_" + decided.status, page_no, place, decided.reason)
