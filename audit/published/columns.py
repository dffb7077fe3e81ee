"""Which published columns are compared, which follow from another one, and which tell a row's text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from schemas.checking import key_of
from schemas.published import TABLES
from schemas.table import ROW_TABLES

# about the reading, not about the document
UNCOMPARED = frozenset({"page_no", "confidence", "review"})
# told by the headings' own numbers and the order of the rows
BY_HEADINGS = frozenset({"section_path"})
# of the file, shown above the changes
IDENTITY = frozenset({"document", "pages", "source_sha256", "contract_version"})
DERIVED: Mapping[str, Mapping[str, str]] = {  # table: column -> the column that it follows from
    "tasks": {
        "deadline_kind": "deadline", "start": "deadline", "end": "deadline", "funding_codes": "funding",
        "parent_id": "task_id", "group_id": "task_id", "section_id": "task_id", "number": "task_id", "appendix": "task_id",
    },
    "indicators": {
        "comparator": "target", "target_min": "target", "target_max": "target", "lead_ids": "lead", "group_id": "indicator_id",
        "number": "indicator_id", "appendix": "indicator_id",
    },
    "indicator_values": {
        "period_start": "period", "period_end": "period", "role": "period", "comparator": "value", "value_min": "value", "value_max": "value",
    },
    "growth": {"period_start": "period", "period_end": "period", "value_min": "value", "value_max": "value"},
    "paragraphs": {"refers_to": "text", "section_path": "paragraph_id", "kind": "number"},
    "groups": {"parent_id": "group_id"},
    "document": {"province": "issuer", "term": "title", "kind": "title"},
}  # fmt: skip
TEXT: Mapping[str, tuple[str, ...]] = {  # what tells one row from another
    "document": (), "groups": ("title",), "tasks": ("task",), "indicators": ("name",), "growth": ("measure", "name", "period"),
    "paragraphs": ("text",), "appendices": ("title",), "indicator_values": ("indicator_id", "period", "value"),
    "extras": ("row_id", "label", "value"), "other_cells": ("text",),
}  # fmt: skip


def id_column(table: str) -> str:
    """The column that holds a row's own number."""
    own = {
        "groups": "group_id",
        "growth": "line_id",
        "indicator_values": "period",
        "extras": "label",
        "other_cells": "row",
    }
    return own.get(table, key_of(TABLES[table])[0])


def compared_columns(table: str) -> list[str]:
    """The columns of a table of rows that are compared between two extractions, in their order."""
    keys = set(key_of(TABLES[table])) | IDENTITY
    return [
        column
        for column in TABLES[table].to_schema().columns
        if column not in UNCOMPARED | BY_HEADINGS | keys
    ]


def source_column(table: str, column: str) -> str:
    """The printed column that a column follows from: itself where it is printed."""
    return DERIVED.get(table, {}).get(column, column)


def row_tables() -> tuple[str, ...]:
    """The tables whose rows stand in the document, in the order of the contract."""
    return tuple(name for name in TABLES if name in ROW_TABLES)


def shown(value: Any) -> str:
    """A published value as text, nothing for what is missing."""
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value).removesuffix(".0")
    return str(value)
