"""Models of the published tables that hold parts of rows: bodies, milestones, citations and cells.

What each column means is told in docs/TABLES.md.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas import rules
from schemas.rules import Holds
from schemas.table import (
    DEADLINE_KINDS,
    SLUG,
    Table,
    day,
    optional,
    page,
    share,
)
from schemas.table_kinds import ROW_TABLES, TASK_ID


class TaskBodies(Table):
    """The bodies that lead or coordinate a task, one a row."""

    task_id: str = pa.Field(str_matches=TASK_ID)
    role: str = pa.Field(isin=["lead", "coordinating"])
    position: int = pa.Field(ge=1)
    body_id: str = pa.Field(str_matches=optional(SLUG))
    name: str = pa.Field(str_length={"min_value": 1})
    printed: str

    class Config(Table.Config):
        unique = ["task_id", "role", "position"]
        metadata = {
            "references": [
                (["task_id"], "tasks", ["task_id"]),
                (["body_id"], "bodies", ["body_id"]),
            ]
        }

    @pa.dataframe_check(error="position: does not count 1, 2, ...")
    def positions_count(cls, frame: pd.DataFrame) -> Holds:
        return rules.counts_from_one(frame, ["task_id", "role"])


class IndicatorBodies(Table):
    """The bodies that answer for an indicator, one a row."""

    indicator_id: str = pa.Field(str_matches=TASK_ID)
    position: int = pa.Field(ge=1)
    body_id: str = pa.Field(str_matches=optional(SLUG))
    name: str = pa.Field(str_length={"min_value": 1})
    printed: str

    class Config(Table.Config):
        unique = ["indicator_id", "position"]
        metadata = {
            "references": [
                (["indicator_id"], "indicators", ["indicator_id"]),
                (["body_id"], "bodies", ["body_id"]),
            ]
        }

    @pa.dataframe_check(error="position: does not count 1, 2, ...")
    def positions_count(cls, frame: pd.DataFrame) -> Holds:
        return rules.counts_from_one(frame, ["indicator_id"])


class Milestones(Table):
    """The stages and repeats of a task's deadline, one a row."""

    task_id: str = pa.Field(str_matches=TASK_ID)
    position: int = pa.Field(ge=1)
    label: str
    kind: str = pa.Field(isin=["", *DEADLINE_KINDS])
    start: str = day()
    end: str = day()
    recurrence: str = pa.Field(isin=["", "yearly", "quarterly", "monthly"])

    class Config(Table.Config):
        unique = ["task_id", "position"]
        metadata = {"references": [(["task_id"], "tasks", ["task_id"])]}

    @pa.dataframe_check(error="position: does not count 1, 2, ...")
    def positions_count(cls, frame: pd.DataFrame) -> Holds:
        return rules.counts_from_one(frame, ["task_id"])

    @pa.dataframe_check(error="start: after end")
    def dates_in_order(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["start"], frame["end"])


class Citations(Table):
    """The legal documents that rows cite."""

    citation_id: str = pa.Field(str_length={"min_value": 1})
    table: str = pa.Field(isin=ROW_TABLES)
    row_id: str
    column: str
    document_kind: str
    number: str
    date: str = day()
    issuer: str
    printed: str = pa.Field(str_length={"min_value": 1})

    class Config(Table.Config):
        unique = ["citation_id"]


class Bodies(Table):
    """The whole canonical list of bodies, with the count of uses in this document."""

    body_id: str = pa.Field(str_matches=SLUG)
    name: str = pa.Field(str_length={"min_value": 1}, unique=True)
    kind: str = pa.Field(str_length={"min_value": 1})
    is_generic: bool
    uses: int = pa.Field(ge=0)

    class Config(Table.Config):
        unique = ["body_id"]


class Cells(Table):
    """Where each printed cell stands and how it was read, one row for each of its boxes.

    Lengths are PDF points from the top left.
    """

    table: str = pa.Field(isin=ROW_TABLES)
    row_id: str
    column: str
    part: int = pa.Field(ge=1)
    page_no: int = page()
    x0: float = pa.Field(nullable=True)  # missing where only a text of the page survives
    top: float = pa.Field(nullable=True)
    x1: float = pa.Field(nullable=True)
    bottom: float = pa.Field(nullable=True)
    printed: str
    value: str
    confidence: float = share()
    readings: str
    doubtful: str

    class Config(Table.Config):
        unique = ["table", "row_id", "column", "part"]

    @pa.dataframe_check(error="part: does not count 1, 2, ...")
    def parts_count(cls, frame: pd.DataFrame) -> Holds:
        return rules.counts_from_one(frame, ["table", "row_id", "column"], "part")

    @pa.dataframe_check(error="x0: right of x1")
    def left_of_right(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["x0"], frame["x1"])

    @pa.dataframe_check(error="top: below bottom")
    def top_over_bottom(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["top"], frame["bottom"])


class Repairs(Table):
    """What was changed between reading and value, by which rule and on what evidence."""

    repair_id: str = pa.Field(str_length={"min_value": 1})
    table: str = pa.Field(isin=ROW_TABLES)
    row_id: str
    column: str
    page_no: int = page()
    word_no: int = pa.Field(ge=0)  # within the cell, from 1; 0: the whole cell
    before: str
    after: str
    rule: str = pa.Field(str_length={"min_value": 1})
    evidence: str
    confidence: float = share()

    class Config(Table.Config):
        unique = ["repair_id"]
