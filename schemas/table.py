"""What all published tables share: the shapes of columns, and the rules that hold in each.

In memory a missing text is ``""`` and a missing number NaN; dates are ISO texts. ``Config.unique``
is a table's key, ``Config.metadata["references"]`` its references to other tables as (columns,
table, columns there); an empty text refers to nothing.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import pandera.pandas as pa

from schemas import rules
from schemas.rules import Column, Holds
from schemas.table_kinds import KINDS, RULED

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
APPENDIX_KINDS = (*RULED, "other")
VALUE_ROLES = ("baseline", "milestone", "target")
COMPARATORS = (">", "<", "≥", "≤", "=", "range", "text")

POINT = r"^([A-Z]+\.)*\d+(\.\d+)*$"
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
    """Exactly these columns in this order; every text is NFC, one line, with single spaces.

    ``class Tasks(ReadTable, of="tasks")`` also has that table's columns of free words, as
    schemas/table_kinds.py lists them, before ``number`` or, where there is none, ``page_no``.
    """

    class Config:
        strict = True
        coerce = True
        ordered = True
        metadata: ClassVar[dict[str, Any]] = {"references": []}

    def __init_subclass__(cls, of: str = "", **kwargs: Any) -> None:
        if of:
            own = dict(cls.__annotations__)
            last = list(own).index("number" if "number" in own else "page_no")
            names = [*list(own)[:last], *KINDS[of].free, *list(own)[last:]]
            cls.__annotations__ = {name: own.get(name, "str") for name in names}
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]

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
