"""The cells of a document that a person should look at, with all that is known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from audit.published.columns import TEXT, id_column, shown
from audit.published.folder import (
    Box,
    Cell,
    Key,
    Published,
    Row,
    read_tables,
    records,
    tables_to_published,
)
from publish.stage import read_findings
from schemas.files import read
from schemas.findings import Finding
from schemas.frames import Pages
from schemas.row_frames import Repaired, Rows


@dataclass(frozen=True)
class WordSeen:
    """One printed word: its best single reading, what was decided, by which rule, and if it is
    doubtful.
    """

    read: str
    value: str
    doubtful: bool
    rule: str


@dataclass(frozen=True)
class Doubt:
    """One cell in review."""

    table: str
    row_id: str
    column: str
    value: str  # as published
    read: str  # the best single reading of the whole cell
    confidence: float
    words: tuple[WordSeen, ...]
    readings: Mapping[str, str]
    boxes: tuple[Box, ...]
    reason: str  # of the row, where its numbers are in doubt
    context: str = ""  # the row's own text, where the cell is another
    also: tuple[str, ...] = ()  # further rows in which the same printed cell stands


@dataclass(frozen=True)
class Work:
    """What a document's stages left: the tables to be published, and the intermediates
    behind them.
    """

    published: Published
    pages: pd.DataFrame
    repaired: pd.DataFrame
    reasons: Mapping[tuple[str, str], str]
    findings: Sequence[Finding]


def load_work(work: Path) -> Work:
    """The intermediates in ``out/work/<document>``; raises DamagedTable."""
    rows = read(Rows, work / "rows" / "rows.parquet")
    reasons = {(row.table, row.row_id): row.reason for row in records(rows) if row.reason}
    return Work(
        tables_to_published(work.name, read_tables(work / "tables"), {}),
        read(Pages, work / "extract" / "pages.parquet"),
        read(Repaired, work / "repair" / "repaired.parquet"),
        reasons,
        read_findings(work / "tables" / "notices.json"),
    )


def find_doubts(work: Work) -> list[Doubt]:
    """Every cell in review, least confident first, then in document order."""
    words = words_by_cell(work.repaired, work.published.name)
    found = [
        _to_doubt(work, row, column, words)
        for rows in work.published.rows.values()
        for row in rows
        for doubted in [work.published.doubted(row)]
        for column in row.values
        if column in doubted
    ]
    return sorted(_without_repeats(found), key=lambda doubt: doubt.confidence)


def _to_doubt(
    work: Work, row: Row, column: str, words: Mapping[Key, tuple[WordSeen, ...]]
) -> Doubt:
    key = (row.table, row.row_id, column)
    cell = work.published.cells.get(key)
    value = row.number if column == id_column(row.table) else shown(row.values[column])
    reason, context = (
        work.reasons.get((row.table, row.row_id), ""),
        "" if column in TEXT[row.table] else row.text,
    )
    if cell is None:
        return Doubt(
            *key,
            value,
            "",
            float(row.values["confidence"]),
            (),
            {},
            _row_boxes(work.published, row),
            reason,
            context,
        )
    return Doubt(
        *key,
        value,
        cell.printed,
        cell.confidence,
        words.get(key, ()),
        cell.readings,
        cell.boxes,
        reason,
        context,
    )


def _row_boxes(published: Published, row: Row) -> tuple[Box, ...]:
    """The boxes of a row's cells on the page on which it starts, joined into one.

    A cell without print of its own is shown there.
    """
    cells: list[Cell] = [
        published.cells[key]
        for column in row.values
        if (key := (row.table, row.row_id, column)) in published.cells
    ]
    boxes = [
        box
        for cell in cells
        for box in cell.boxes
        if box.page_no == row.page_no and box.x0 is not None
    ]
    if not boxes:
        return (Box(row.page_no, None, None, None, None),)
    sides: list[Any] = [
        [getattr(box, side) for box in boxes] for side in ("x0", "top", "x1", "bottom")
    ]
    return (Box(row.page_no, min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])),)


def words_by_cell(repaired: pd.DataFrame, document: str) -> dict[Key, tuple[WordSeen, ...]]:
    """The printed words of each cell in order; ``repaired`` is the table Repaired."""
    found: dict[Key, list[WordSeen]] = {}
    columns = ("table", "row_id", "column", "text", "value", "doubtful", "rule")
    for table, row_id, column, *word in zip(
        *(repaired[name].tolist() for name in columns), strict=True
    ):
        found.setdefault((table, document if table == "document" else row_id, column), []).append(
            WordSeen(*word)
        )
    return {key: tuple(words) for key, words in found.items()}


def _without_repeats(doubts: Sequence[Doubt]) -> list[Doubt]:
    """One printed cell that stands in several rows (a line's name in each period) is one doubt."""
    kept: dict[tuple[object, ...], Doubt] = {}
    for doubt in doubts:
        key = (
            (doubt.table, doubt.column, doubt.value, doubt.read, doubt.boxes)
            if doubt.read
            else (doubt.table, doubt.row_id, doubt.column)
        )
        kept[key] = (
            replace(kept[key], also=(*kept[key].also, doubt.row_id)) if key in kept else doubt
        )
    return list(kept.values())


@dataclass(frozen=True)
class Behind:
    """The printed words of a cell, and why its row's number is in doubt or was restored.

    The reason is empty where the number was plainly read.
    """

    words: tuple[WordSeen, ...] = ()
    reason: str = ""


def load_behind(work: Path, key: Key, document: str) -> Behind:
    """What ``work`` (out/work/<document>) knows of a cell; nothing where its files are gone."""
    rows, repaired = work / "rows" / "rows.parquet", work / "repair" / "repaired.parquet"
    if not rows.exists() or not repaired.exists():
        return Behind()
    frame = read(Rows, rows)
    reasons = frame[(frame["table"] == key[0]) & (frame["row_id"] == key[1])]["reason"].tolist()
    return Behind(
        words_by_cell(read(Repaired, repaired), document).get(key, ()),
        "; ".join(filter(None, reasons)),
    )
