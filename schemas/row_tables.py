"""Models of the published tables whose rows are read off the pages, column by column, in order.

Long: one small class a table, in the order of the contract; readers look columns up here.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas import rules
from schemas.rules import Column, Holds
from schemas.table import (
    APPENDIX,
    APPENDIX_KINDS,
    COMPARATORS,
    DEADLINE_KINDS,
    FUNDING_CODES,
    POINT_ONLY,
    SLUG,
    VALUE_ROLES,
    ReadTable,
    Table,
    day,
    optional,
    page,
    share,
)
from schemas.table_kinds import ROW_ID, ROW_TABLES, TASK_ID


class Document(Table):
    """One row: the document itself."""

    document: str = pa.Field(str_matches=SLUG)
    kind: str
    title: str
    number: str
    date: str = day()
    issuer: str
    province: str
    term: str
    signatory: str
    notice: str
    notes: str
    pages: int = pa.Field(ge=1)
    source_sha256: str = pa.Field(str_matches=r"^[0-9a-f]{64}$")
    contract_version: str = pa.Field(str_matches=r"^\d+\.\d+\.\d+$")

    class Config(Table.Config):
        unique = ["document"]

    @pa.dataframe_check(error="exactly one row")
    def one_row(cls, frame: pd.DataFrame) -> bool:
        return len(frame) == 1


class Appendices(ReadTable):
    """The appendices, with what kind of table stands in each."""

    appendix: str = pa.Field(str_matches=APPENDIX)
    kind: str = pa.Field(isin=APPENDIX_KINDS)
    label: str
    title: str
    page_no: int = page()
    last_page_no: int = page()
    rows: int = pa.Field(ge=0)
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["appendix"]

    @pa.dataframe_check(error="last_page_no: before page_no")
    def pages_in_order(cls, frame: pd.DataFrame) -> Holds:
        return (frame["page_no"] <= frame["last_page_no"]).astype(bool)


class Groups(ReadTable):
    """The rows that head others, of tasks and of indicators."""

    appendix: str = pa.Field(str_matches=APPENDIX)
    group_id: str = pa.Field(str_matches=ROW_ID)
    parent_id: str = pa.Field(str_matches=optional(ROW_ID))
    title: str
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["appendix", "group_id"]
        metadata = {
            "references": [
                (["appendix"], "appendices", ["appendix"]),
                (["appendix", "parent_id"], "groups", ["appendix", "group_id"]),
            ]
        }


class Tasks(ReadTable, of="tasks"):
    """The tasks and their sub-rows."""

    task_id: str = pa.Field(str_matches=TASK_ID)
    parent_id: str = pa.Field(str_matches=optional(TASK_ID))
    group_id: str = pa.Field(str_matches=optional(ROW_ID))
    section_id: str = pa.Field(str_matches=optional(ROW_ID))
    task: str
    lead: str
    coordinating: str
    deadline: str
    deadline_kind: str = pa.Field(isin=["", *DEADLINE_KINDS])
    start: str = day()
    end: str = day()
    funding: str
    funding_codes: str
    number: str
    appendix: str = pa.Field(str_matches=APPENDIX)
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["task_id"]
        metadata = {
            "references": [
                (["parent_id"], "tasks", ["task_id"]),
                (["appendix"], "appendices", ["appendix"]),
                (["appendix", "group_id"], "groups", ["appendix", "group_id"]),
                (["appendix", "section_id"], "groups", ["appendix", "group_id"]),
            ]
        }

    @pa.dataframe_check(
        error="parent_id: a sub-row's is its id without the bracket or without the last number, "
        "any other's is empty"
    )
    def parent_of_sub_row(cls, frame: pd.DataFrame) -> Holds:
        pairs = zip(frame["task_id"], frame["parent_id"], strict=True)
        holds = [
            task_id.startswith(f"{parent}.")
            if parent and "(" not in task_id
            else task_id.partition("(")[0] == parent or not (parent or "(" in task_id)
            for task_id, parent in pairs
        ]
        return pd.Series(holds, index=frame.index, dtype=bool)

    @pa.dataframe_check(error="start: after end")
    def dates_in_order(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["start"], frame["end"])

    @pa.dataframe_check(error="deadline_kind: the kind does not go with the dates")
    def kind_fits_dates(cls, frame: pd.DataFrame) -> Holds:
        return rules.kind_fits_dates(frame["deadline_kind"], frame["start"], frame["end"])

    @pa.dataframe_check(error="deadline_kind: read from an empty deadline")
    def kind_needs_deadline(cls, frame: pd.DataFrame) -> Holds:
        return rules.implies(frame["deadline_kind"] != "", frame["deadline"] != "")

    @pa.check("funding_codes", error="an unknown code, or one twice")
    def known_codes(cls, column: Column) -> Holds:
        return rules.items_of(column, FUNDING_CODES)

    @pa.dataframe_check(error="funding_codes: read from an empty funding")
    def codes_need_funding(cls, frame: pd.DataFrame) -> Holds:
        return rules.implies(frame["funding_codes"] != "", frame["funding"] != "")


class Indicators(ReadTable, of="indicators"):
    """The indicators, with the value of the column that is called their goal."""

    indicator_id: str = pa.Field(str_matches=TASK_ID)
    group_id: str = pa.Field(str_matches=optional(ROW_ID))
    name: str
    unit: str
    target: str
    comparator: str = pa.Field(isin=["", *COMPARATORS])
    target_min: float = pa.Field(nullable=True)
    target_max: float = pa.Field(nullable=True)
    lead: str
    lead_ids: str
    number: str
    appendix: str = pa.Field(str_matches=APPENDIX)
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["indicator_id"]
        metadata = {
            "references": [
                (["appendix"], "appendices", ["appendix"]),
                (["appendix", "group_id"], "groups", ["appendix", "group_id"]),
            ]
        }

    @pa.dataframe_check(error="target_min: above target_max")
    def targets_in_order(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["target_min"], frame["target_max"])

    @pa.dataframe_check(error="comparator: does not go with target_min and target_max")
    def comparator_fits(cls, frame: pd.DataFrame) -> Holds:
        return rules.comparator_fits(frame["comparator"], frame["target_min"], frame["target_max"])


class IndicatorValues(ReadTable):
    """The values of an indicator, one row for each column of values."""

    indicator_id: str = pa.Field(str_matches=TASK_ID)
    period: str
    period_start: str = day()
    period_end: str = day()
    role: str = pa.Field(isin=VALUE_ROLES)
    value: str
    comparator: str = pa.Field(isin=["", *COMPARATORS])
    value_min: float = pa.Field(nullable=True)
    value_max: float = pa.Field(nullable=True)
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["indicator_id", "period"]
        metadata = {"references": [(["indicator_id"], "indicators", ["indicator_id"])]}

    @pa.dataframe_check(error="period_start: after period_end")
    def periods_in_order(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["period_start"], frame["period_end"])

    @pa.dataframe_check(error="comparator: does not go with value_min and value_max")
    def comparator_fits(cls, frame: pd.DataFrame) -> Holds:
        return rules.comparator_fits(frame["comparator"], frame["value_min"], frame["value_max"])


class Growth(ReadTable, of="growth"):
    """The values of growth tables, one row for each line and period."""

    line_id: str = pa.Field(str_matches=TASK_ID)
    measure: str
    name: str
    unit: str
    period: str
    period_start: str = day()
    period_end: str = day()
    value: str
    value_min: float = pa.Field(nullable=True)
    value_max: float = pa.Field(nullable=True)
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["line_id", "period"]

    @pa.dataframe_check(error="period_start: after period_end")
    def periods_in_order(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["period_start"], frame["period_end"])

    @pa.dataframe_check(error="value_min: above value_max")
    def values_in_order(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["value_min"], frame["value_max"])


class Paragraphs(ReadTable):
    """The headings and paragraphs of the prose between title and recipients."""

    paragraph_id: str = pa.Field(str_matches=r"^(\S+( \S+)*)?#\d+$")
    section_path: str = pa.Field(str_matches=r"^(\S+( \S+)*)?$")
    kind: str = pa.Field(isin=["heading", "paragraph", "footnote"])
    number: str
    text: str
    refers_to: str
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["paragraph_id"]

    @pa.dataframe_check(
        error="paragraph_id: not section_path, #, and the running number in that section"
    )
    def ids_count(cls, frame: pd.DataFrame) -> Holds:
        running = frame.groupby("section_path", sort=False).cumcount() + 1
        wanted = [
            f"{path}#{number}" for path, number in zip(frame["section_path"], running, strict=True)
        ]
        return pd.Series(wanted, index=frame.index, dtype="str") == frame["paragraph_id"]

    @pa.check("refers_to", error="not a point of the appendix of tasks")
    def refers_to_points(cls, column: Column) -> Holds:
        return rules.each(
            column, lambda text: all(POINT_ONLY.fullmatch(point) for point in rules.split(text))
        )


class Extras(ReadTable):
    """What stands in columns that no other table has a place for.

    Each row names the row that the cell belongs to, and has the column's header as label.
    """

    table: str = pa.Field(isin=ROW_TABLES)
    row_id: str = pa.Field(str_length={"min_value": 1})
    label: str = pa.Field(str_length={"min_value": 1})
    value: str
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["table", "row_id", "label"]


class OtherCells(ReadTable):
    """The filled cells of ruled tables that are of no kind above; rows and columns count from 1."""

    table_no: int = pa.Field(ge=1)
    appendix: str = pa.Field(str_matches=optional(APPENDIX))
    row: int = pa.Field(ge=1)
    column: int = pa.Field(ge=1)
    row_span: int = pa.Field(ge=1)
    column_span: int = pa.Field(ge=1)
    is_header: bool
    text: str
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["table_no", "row", "column"]
