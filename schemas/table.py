"""What all published tables share: the shapes of columns, and the rules that hold in each.

In memory a missing text is ``""`` and a missing number NaN; dates are ISO texts. ``Config.unique`` is a table's key,
``Config.metadata["references"]`` its references to other tables as (columns, table, columns there); an empty text refers to nothing.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import pandera.pandas as pa

from schemas import rules
from schemas.rules import Column, Holds

DEADLINE_KINDS = (
    "during",
    "before",
    "from",
    "ongoing",
    "recurring",
    "conditional",
    "term_start",
    "staged",
)
FUNDING_CODES = ("state_budget", "other_lawful", "ppp")
ROW_TABLES = (  # those that cells, repairs and citations belong to
    "document", "appendices", "groups", "tasks", "indicators", "indicator_values", "growth", "paragraphs", "extras", "other_cells",
)  # fmt: skip
APPENDIX_KINDS = ("tasks", "indicators", "growth", "other")
VALUE_ROLES = ("baseline", "milestone", "target")
COMPARATORS = (">", "<", "≥", "≤", "=", "range", "text")

_COUNTER = r"(\d+|[IVXLCDM]+|[A-HĐ])"
POINT = r"^\d+(\.\d+)*$"
# 1.1.2, 7, II.3, A.I.3; of a second appendix of its kind 4/II.3
ROW_ID = rf"^(\d+/)?{_COUNTER}(\.{_COUNTER})*$"
# and sub-rows: 2.2.3(1), A.2(a)
TASK_ID = rf"^(\d+/)?{_COUNTER}(\.{_COUNTER})*(\((\d+|[a-zđ])\))?$"
APPENDIX = r"^\d+$"
POINT_ONLY = re.compile(POINT)
SLUG = r"^[a-z0-9]+([-_][a-z0-9]+)*$"


def optional(pattern: str) -> str:
    """The pattern, or nothing."""
    return f"^$|{pattern}"


def page() -> Any:
    """A 1-based page of the document's file."""
    return pa.Field(ge=1)


def share() -> Any:
    """A number from 0 to 1."""
    return pa.Field(ge=0, le=1)


def day() -> Any:
    """An ISO date, or nothing."""
    return pa.Field(metadata={"kind": "date"})


class Table(pa.DataFrameModel):
    """Exactly these columns in this order; every text NFC, one line, single spaces."""

    class Config:
        strict = True
        coerce = True
        ordered = True
        metadata: ClassVar[dict[str, Any]] = {"references": []}

    @pa.check("^(?!readings$).*$", regex=True, error="not NFC, or stray white space")
    def clean(cls, column: Column) -> Holds:
        return rules.each(column, lambda value: not isinstance(value, str) or rules.is_clean(value))

    @pa.check("^(date|start|end|period_start|period_end)$", regex=True, error="not an ISO date")
    def iso_dates(cls, column: Column) -> Holds:
        return rules.each(column, rules.is_day)


class ReadTable(Table):
    """A table whose rows were read off pages and may be in review."""

    @pa.check("review", error="names something that is not a column, or one twice")
    def review_names_columns(cls, column: Column) -> Holds:
        return rules.items_of(column, list(cls.to_schema().columns))
