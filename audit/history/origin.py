"""Where one published value comes from, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.comparison.changes import Place
from audit.comparison.show import place_text
from audit.history.readings_told import against, evidence_told, items, rule_told, witness_told
from audit.published.columns import TEXT, id_column, row_tables, shown, source_column
from audit.published.folder import Cell, Key, Published, Row, records
from audit.review_page.words import Behind
from schemas.decisions.files import read_rows
from schemas.documents import corrections_of
from schemas.errors import NoSuchCell

_VERDICTS = {"as_is": "as it stands"}  # as they are told where their own word says too little
_WHOLE = "  whole cell"
_PART_COLUMNS = {
    "lead": ("task_bodies", "lead"),
    "coordinating": ("task_bodies", "coordinating"),
    "deadline": ("milestones", ""),
}


@dataclass(frozen=True)
class Asked:
    """What is to be explained: a column of a published row, with the printed cell behind it."""

    published: Published
    row: Row
    column: str
    source: str  # the printed column that it is read from
    cell: Cell | None

    @property
    def decided_by(self) -> set[Key]:
        """The cells whose decisions decide it: its own, and the printed one it is read from."""
        return {(self.row.table, self.row.row_id, name) for name in (self.column, self.source)}

    @property
    def source_value(self) -> str:
        """The published value of the printed column."""
        return (
            self.row.number
            if self.source == id_column(self.row.table)
            else shown(self.row.values[self.source])
        )


def find(published: Published, table: str, row_id: str, column: str) -> Asked:
    """The cell asked for; raises NoSuchCell with what there is instead."""
    if table not in row_tables():
        raise NoSuchCell(
            f"there is no table {table} of rows",
            published.name,
            f"there are {', '.join(row_tables())}",
        )
    row = published.row(table, row_id)
    if row is None:
        some = ", ".join(row.row_id for row in published.rows[table][:5])
        raise NoSuchCell(
            f"{table} has no row {row_id}",
            published.name,
            f"it has {len(published.rows[table])} rows, such as {some}",
        )
    if column not in row.values:
        raise NoSuchCell(
            f"{table} has no column {column}", published.name, f"it has {', '.join(row.values)}"
        )
    source = source_column(table, column)
    return Asked(published, row, column, source, published.cells.get((table, row_id, source)))


def origin_lines(asked: Asked, document: Path, behind: Behind) -> list[str]:
    """The value, its place, every reading, what was changed by which rule, and who decided.

    ``document`` is the scanned file or dump in raw/.
    """
    row, cell = asked.row, asked.cell
    lines = [
        f"{row.table} {row.row_id} {asked.column}: {shown(row.values[asked.column]) or '(empty)'}"
    ]
    if asked.column != asked.source:
        lines.append(f"read from   {asked.source}: {asked.source_value or '(empty)'}")
    lines += [f"gives       {text}" for text in _derived(asked)]
    if cell is None:
        lines.append(f"place       nothing is printed for it; the row starts on page {row.page_no}")
    else:
        lines += _printed_lines(asked, cell, behind)
    repairs, decisions = list(_repairs(asked)), list(_decisions(asked, document))
    repairs = (
        repairs
        if any(line.startswith(_WHOLE) for line in repairs)
        else [*repairs, *_unprinted(asked, behind)]
    )
    return [
        *lines,
        "",
        "changed by",
        *(repairs or ["  nothing"]),
        "",
        "decided by",
        *(decisions or ["  nobody"]),
        "",
        *_made_with(asked.published),
    ]


def _printed_lines(asked: Asked, cell: Cell, behind: Behind) -> list[str]:
    """Where the printed cell stands, how sure it is, and what each witness read there."""
    return [
        f"place       {place_text(Place(asked.row.row_id, cell.boxes))}",
        f"confidence  {cell.confidence:.3f}{_review(asked)}",
        *_doubtful(cell, behind),
        "",
        "readings (in brackets what the value does not have; … where a witness did not look)",
        *(
            f"  {witness_told(name):<34}  {against(reading, cell.value)}"
            for name, reading in cell.readings.items()
        ),
    ]


def _review(asked: Asked) -> str:
    return (
        ", in review" if asked.source in asked.published.doubted(asked.row) else ", not in review"
    )


def _derived(asked: Asked) -> Iterator[str]:
    """What is derived from a printed column: other columns, bodies, milestones."""
    row = asked.row
    if asked.column != asked.source:
        return
    others = [
        name
        for name in row.values
        if name != asked.source and source_column(row.table, name) == asked.source
    ]
    if others:
        yield "; ".join(f"{name} {shown(row.values[name]) or '(empty)'}" for name in others)
    table, role = _PART_COLUMNS.get(asked.source, ("", "")) if row.table == "tasks" else ("", "")
    for part in asked.published.parts_of(row.table, row.row_id).get(table, []):
        if not role or part[0] == role:
            texts = [shown(text) for text in (part[1:] if role else part)]
            yield f"{table}: {', '.join(text or '-' for text in texts)}"


def _doubtful(cell: Cell, behind: Behind) -> list[str]:
    """The doubtful words as printed, with the rule by which they are."""
    if behind.words:
        seen = [
            (i, word.read, f": {rule_told(word.rule)}" if word.rule else "")
            for i, word in enumerate(behind.words, 1)
            if word.doubtful
        ]
    else:
        words = cell.printed.split()
        seen = [(i, words[i - 1], "") for i in cell.doubtful if i <= len(words)]
    return [f"doubtful    word {i} ({text}){why}" for i, text, why in seen]


def _repairs(asked: Asked) -> Iterator[str]:
    frame = asked.published.tables["repairs"]
    own = (
        (frame["table"] == asked.row.table)
        & (frame["row_id"] == asked.row.row_id)
        & (frame["column"] == asked.source)
    )
    for repair in records(frame[own]):
        where = f"  word {repair.word_no}" if repair.word_no else _WHOLE
        yield (
            f"{where}: {repair.before or '(nothing)'} -> {repair.after or '(nothing)'}  "
            f"{rule_told(repair.rule)}; {evidence_told(repair.evidence)}"
        )


def _unprinted(asked: Asked, behind: Behind) -> Iterator[str]:
    """Why a value that is no running text differs from its words, where no repair of a word
    explains it.
    """
    value, cell = asked.source_value, asked.cell
    said = (
        " ".join(" ".join(word.value for word in behind.words).split())
        if behind.words or cell is None
        else cell.printed
    )
    if cell is None or asked.source in TEXT[asked.row.table] or items(value) == items(said):
        return
    if asked.source == id_column(asked.row.table):
        yield (
            f"{_WHOLE}: {cell.printed or '(nothing)'} -> {value}  "
            f"{behind.reason or 'numbered with the rows beside and above it'}"
        )
    else:
        yield (
            f"{_WHOLE}: {said} -> {value}  written in the form of the column, such as names of "
            "the list of bodies"
        )


def _decisions(asked: Asked, document: Path) -> Iterator[str]:
    """People's decisions about the cell, from the corrections beside the document."""
    path = corrections_of(document)
    if path is None:
        return
    for row in read_rows(path):
        line = {name: " ".join(text.split()) for name, text in row.fields.items()}
        about = (line["table"], line["row_id"], line["column"])
        if about not in asked.decided_by:
            continue
        verdict = _VERDICTS.get(line["verdict"], line["verdict"])
        is_kept = line["verdict"] == "accept" and not line["value"]
        change = "" if is_kept else f" -> {line['value'] or '(nothing)'}"
        yield (
            f"  {line['who']}, {line['when']}: {verdict} {line['read']}{change}  {line['why']}"
        ).rstrip()


def _made_with(published: Published) -> list[str]:
    versions: Mapping[str, Any] = published.versions
    engines = [
        f"{name.removeprefix('engine: ')} {value}"
        for name, value in versions.items()
        if name.startswith("engine: tess")
    ]
    ours = [
        f"{name} {str(versions[name])[:10]}"
        for name in ("code", "lists", "settings", "commit")
        if versions.get(name)
    ]
    return [f"made with   {', '.join([*ours, *engines])}"] if ours else []
