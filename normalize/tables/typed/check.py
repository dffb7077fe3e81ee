"""A typed value through the grammar of its column."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from normalize.lists.read_list import read_list
from normalize.tables.typed import places
from normalize.tables.typed.known import Known
from normalize.tables.typed.places import Check
from normalize.tables.typed.texts import check_text
from normalize.tables.typed.values import (
    check_bodies,
    check_deadline,
    check_figure,
    check_funding,
    check_period,
    check_target,
    check_unit,
)
from normalize.tables.typed.verdict import Typed, refused
from normalize.text.clean import clean
from schemas.published import TABLES
from schemas.table_kinds import KINDS

_BY_HOLDS: Mapping[str, Check] = {
    "text": check_text,
    "words": check_text,
    "bodies": check_bodies,
    "deadline": check_deadline,
    "funding": check_funding,
    "unit": check_unit,
    "target": check_target,
    "value": check_figure,
    "period": check_period,
}
_BY_COLUMN: Mapping[str, Check] = {
    "group_id": places.check_group,
    "section_id": places.check_group,
    "parent_id": places.check_group,
    "appendix": places.check_appendix,
    "page_no": places.check_page,
    "last_page_no": places.check_page,
    "rows": places.check_count,
    "row_span": places.check_count,
    "column_span": places.check_count,
    "is_header": places.check_flag,
    "refers_to": places.check_points,
    "section_path": places.check_section,
    "number": places.check_paragraph_number,
}
_OF_DOCUMENT: Mapping[str, Check] = {
    "number": places.check_document_number,
    "date": places.check_date,
    "term": places.check_term,
}
# what nobody decides on: what the run itself counts or knows, and keys that are counted
_UNDECIDED = frozenset(
    {"document", "pages", "source_sha256", "contract_version", "confidence", "review"}
)
_COUNTED = {
    "paragraphs": ("paragraph_id",),
    "extras": ("table", "row_id", "label"),
    "other_cells": ("table_no", "row", "column"),
    "indicator_values": ("indicator_id", "role"),
}
_BY_GRAMMAR = ("bodies", "deadline", "funding", "target", "value", "period", "unit")
# tables whose rows are parts of another table's cells
PARTS = {
    "task_bodies": "tasks",
    "milestones": "tasks deadline",
    "indicator_bodies": "indicators lead",
    "citations": "the text that cites",
}


def check_typed(table: str, column: str, value: str, known: Known) -> Typed:
    """What a value typed for a column of a published table is worth, by the column's grammar and
    by what the document shows.

    ``known`` says of which row (``Known.at``). Nothing is raised: a table or column that does not
    exist, or that nobody decides on, is a reason like others.

    >>> check_typed("tasks", "deadline", "Tháng 13/2026", Known()).reason
    'no_such_time'
    >>> check_typed("tasks", "lead", "sở tài chính", Known()).value
    'Sở Tài chính'
    """
    check = find_check(table, column)
    if isinstance(check, Typed):
        return replace(check, value=value)
    plain = without_controls(value)
    text = clean(plain)
    found = check(text, known)
    if found.fits and plain != visible(value):
        return replace(found, reason="control_character")
    has_spaces = text != plain.strip()
    return replace(found, notes=(*found.notes, "spaces")) if has_spaces else found


def find_check(table: str, column: str) -> Check | Typed:
    """What checks the values of a column; or why nobody decides on it."""
    if table in PARTS:
        return refused("", "derived", column=PARTS[table])
    if table not in KINDS:
        return refused("", "no_such_table")
    if column not in TABLES[table].to_schema().columns:
        return refused("", "no_such_column")
    if column in _UNDECIDED or column in _COUNTED.get(table, ()):
        return refused("", "not_decided")
    return _of_kind(table, column)


def _of_kind(table: str, column: str) -> Check | Typed:
    kind = KINDS[table]
    printed = kind.column(column)
    source = kind.column(kind.derived.get(column, ""))
    if source is not None and source.holds in _BY_GRAMMAR:
        return refused("", "derived", column=f"{table} {source.name}")
    special = _special(table, column)
    if special is not None:
        return special
    if printed is not None and printed.holds in _BY_HOLDS:
        return _BY_HOLDS[printed.holds]
    return check_text if table == "document" else _BY_COLUMN.get(column, check_text)


def _special(table: str, column: str) -> Check | None:
    """What checks a column whose name alone does not say what stands in it."""
    if table == "document":
        return _document_kinds() if column == "kind" else _OF_DOCUMENT.get(column)
    if column == "kind":
        return places.one_of(places.KINDS_OF[table])
    if column == KINDS[table].key and table != "paragraphs":
        return places.check_number(table)
    return places.check_task if (table, column) == ("tasks", "parent_id") else None


def _document_kinds() -> Check:
    return places.one_of(
        dict.fromkeys(
            ("Chương trình hành động", *(row["kind"] for row in read_list("document_kinds.csv")))
        )
    )


def without_controls(text: str) -> str:
    """A text without control characters and without letters of no width; its white space stays."""
    return "".join(
        letter for letter in text if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )


def visible(text: str) -> str:
    """A text without the letters of no width that spreadsheets and browsers leave: byte order
    marks, soft hyphens, marks of direction.
    """
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
