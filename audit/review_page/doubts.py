"""The cells of a document that a person should look at, with all that is known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
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
from audit.review_page.words import WordSeen, words_by_cell
from publish.stage import read_findings
from schemas.disk import read_json
from schemas.files import read
from schemas.findings import Finding
from schemas.frames import Pages
from schemas.row_frames import Repaired, Rows
from schemas.table_kinds import GROUP_LEVELS

# columns that name the group above a row
GROUPS_ABOVE = frozenset({"parent_id", *(f"{level}_id" for level in GROUP_LEVELS)})


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
    appendix: str = ""
    is_target: bool = False  # its row says of an indicator's target what the indicator's own says
    settles: tuple[Key, ...] = ()  # cells that repeat this one, and follow what is decided of it


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
    forms: Mapping[str, Sequence[str]]  # regular expressions of the coded columns' closed forms

    def page(self, page_no: int) -> Any:
        """A page's row of Pages."""
        return self._by_number[page_no]

    @cached_property
    def _by_number(self) -> Mapping[int, Any]:
        return {int(page.page_no): page for page in records(self.pages)}


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
        read_json(work / "tables" / "page_forms.json", dict),
    )


def find_doubts(work: Work) -> list[Doubt]:
    """Every cell in review, least confident first, then in document order."""
    words = words_by_cell(work.repaired, document_id(work.published))
    found = [
        _to_doubt(work, row, column, words)
        for rows in work.published.rows.values()
        for row in rows
        for doubted in [work.published.doubted(row)]
        for column in row.values
        if column in doubted
    ]
    kept = _without_followers(_without_repeats(found))
    return sorted(kept, key=lambda doubt: doubt.confidence)


def document_id(published: Published) -> str:
    """The document's name, after which its corrections file is named too.

    A published folder may be called otherwise.
    """
    return published.rows["document"][0].row_id


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
            appendix=str(row.values.get("appendix", "")),
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
        appendix=str(row.values.get("appendix", "")),
        is_target=row.values.get("role") == "target",
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


def _without_followers(doubts: Sequence[Doubt]) -> list[Doubt]:
    """Doubts that repeat another one are settled with it, and are no doubts of their own."""
    leads = {(doubt.table, doubt.row_id, doubt.column) for doubt in doubts}
    following: dict[Key, list[Key]] = {}
    kept = []
    for doubt in doubts:
        lead = _lead_of(doubt)
        if lead in leads:
            following.setdefault(lead, []).append((doubt.table, doubt.row_id, doubt.column))
        else:
            kept.append(doubt)
    return [
        replace(doubt, settles=tuple(following.get((doubt.table, doubt.row_id, doubt.column), ())))
        for doubt in kept
    ]


def _lead_of(doubt: Doubt) -> Key | None:
    """The cell whose doubt another one repeats.

    The value of an indicator's target is that of its own row; a row stands under a group whose own
    number is in doubt.
    """
    if (doubt.table, doubt.column) == ("indicator_values", "value") and doubt.is_target:
        return "indicators", doubt.row_id.partition("|")[0], "target"
    if doubt.column in GROUPS_ABOVE and (doubt.table, doubt.column) != ("groups", "group_id"):
        return "groups", f"{doubt.appendix}|{doubt.value}", "group_id"
    return None
