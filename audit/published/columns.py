"""Which published columns are compared, which are derived from another, and which hold a row's
text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from schemas.checking import key_of
from schemas.published import TABLES
from schemas.table_kinds import KINDS

# about the reading, not about the document
UNCOMPARED = frozenset({"page_no", "confidence", "review"})
# told by the headings' own numbers and the order of the rows
BY_HEADINGS = frozenset({"section_path"})
# of the file, shown above the changes
IDENTITY = frozenset({"document", "pages", "source_sha256", "contract_version"})
# what tells one row from another
TEXT: Mapping[str, tuple[str, ...]] = {name: kind.same_by for name, kind in KINDS.items()}


def id_column(table: str) -> str:
    """The column that holds a row's own number."""
    return KINDS[table].own_id or key_of(TABLES[table])[0]


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
    return KINDS[table].derived.get(column, column) if table in KINDS else column


def row_tables() -> tuple[str, ...]:
    """The tables whose rows stand in the document, in the order of the contract."""
    return tuple(name for name in TABLES if name in KINDS)


def shown(value: Any) -> str:
    """A published value as text, nothing for what is missing."""
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value).removesuffix(".0")
    return str(value)
