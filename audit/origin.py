"""Where one published value comes from, as lines of text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.changes import Place
from audit.columns import row_tables, shown, source_column
from audit.errors import NoSuchCell
from audit.folder import Cell, Published, Row, records
from audit.marks import GONE, NEW, marked
from audit.show import place_text
from schemas.documents import corrections_of


@dataclass(frozen=True)
class Asked:
    """What is to be explained: a published row and one of its columns, with the printed cell behind it."""

    published: Published
    row: Row
    column: str
    source: str  # the printed column that it is read from
    cell: Cell | None


def find(published: Published, table: str, row_id: str, column: str) -> Asked:
    """The cell asked for; raises NoSuchCell with what there is instead."""
    if table not in row_tables():
        raise NoSuchCell(f"there is no table {table} of rows", published.name, f"there are {', '.join(row_tables())}")
    row = published.row(table, row_id)
    if row is None:
        some = ", ".join(row.row_id for row in published.rows[table][:5])
        raise NoSuchCell(f"{table} has no row {row_id}", published.name, f"it has {len(published.rows[table])} rows, such as {some}")
    if column not in row.values:
        raise NoSuchCell(f"{table} has no column {column}", published.name, f"it has {', '.join(row.values)}")
    source = source_column(table, column)
    return Asked(published, row, column, source, published.cells.get((table, row_id, source)))


def origin_lines(asked: Asked, document: Path) -> list[str]:
    """The value, its place, every reading, what was changed by which rule, and who decided; ``document`` is the file in raw/."""
    row, cell = asked.row, asked.cell
    lines = [f"{row.table} {row.row_id} {asked.column}: {shown(row.values[asked.column]) or '(empty)'}"]
    if asked.column != asked.source:
        lines.append(f"read from   {asked.source}: {shown(row.values[asked.source]) or '(empty)'}")
    if cell is None:
        return [*lines, f"nothing is printed for it; the row starts on page {row.page_no}", *_changes(asked, document)]
    doubted = "in review" if asked.source in row.doubted else "not in review"
    lines += [f"place       {place_text(Place(row.row_id, cell.boxes))}", f"confidence  {cell.confidence:.3f}, {doubted}"]
    words = cell.printed.split()
    marked_words = [f"{position} ({words[position - 1]})" for position in cell.doubtful if position <= len(words)]
    lines += [f"doubtful    words {', '.join(marked_words)}"] if marked_words else []
    lines += ["", "readings (in brackets what the value does not have)"]
    lines += [f"  {witness:<8}  {_against(reading, cell.value)}" for witness, reading in cell.readings.items()]
    return [*lines, *_changes(asked, document)]


def _changes(asked: Asked, document: Path) -> list[str]:
    repairs, decisions = list(_repairs(asked)), list(_decisions(asked, document))
    return ["", "changed by", *(repairs or ["  nothing"]), "", "decided by", *(decisions or ["  nobody"])]


def _repairs(asked: Asked) -> Iterator[str]:
    frame = asked.published.tables["repairs"]
    own = (frame["table"] == asked.row.table) & (frame["row_id"] == asked.row.row_id) & (frame["column"] == asked.source)
    for repair in records(frame[own]):
        where = f"word {repair.word_no}" if repair.word_no else "whole cell"
        yield f"  {repair.rule}, {where}: {repair.before or '(nothing)'} -> {repair.after or '(nothing)'}  {repair.evidence}"


def _decisions(asked: Asked, document: Path) -> Iterator[str]:
    """People's decisions about the cell, from the corrections beside the document."""
    path = corrections_of(document)
    if path is None:
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            if (line["table"], line["row_id"], line["column"]) == (asked.row.table, asked.row.row_id, asked.source):
                yield f"  {line['who']}, {line['when']}: {line['verdict']} {line['read']} -> {line['value']}  {line['why']}".rstrip()


def _against(reading: str, value: str) -> str:
    """A reading with the letters that the value does not have in brackets; the dashes that lead its items are no difference."""
    if reading.startswith("- "):
        value = "- " + value.replace("; ", " - ")
    shapes = {GONE: "[{}]", NEW: ""}
    return "".join(shapes.get(mark.kind, "{}").format(mark.text) for mark in marked(reading, value)).strip() or "(nothing)"
