"""Models of the published tables whose rows are read off the pages, column by column, in order."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas import rules
from schemas.rules import Column, Holds
from schemas.table import (
    COMPARATORS,
    DEADLINE_KINDS,
    FUNDING_CODES,
    POINT,
    POINT_ONLY,
    ROMAN,
    SLUG,
    TASK_ID,
    ReadTable,
    Table,
    day,
    optional,
    page,
    share,
)


class Document(Table):
    """One row: the document itself."""

    document: str = pa.Field(str_matches=SLUG)
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


class Groups(ReadTable):
    """The spanning rows of appendices 1 and 3."""

    appendix: str = pa.Field(isin=["1", "3"])
    group_id: str = pa.Field(str_matches=f"{ROMAN}|{POINT}")
    parent_id: str = pa.Field(str_matches=optional(POINT))
    title: str
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["appendix", "group_id"]
        metadata = {"references": [(["parent_id"], "groups", ["group_id"])]}

    @pa.dataframe_check(error="title: empty and not in review")
    def title_filled(cls, frame: pd.DataFrame) -> Holds:
        return rules.filled_or_doubted(frame, "title")

    @pa.dataframe_check(error="group_id: Roman in appendix 1, a number in appendix 3")
    def numbers_of_appendix(cls, frame: pd.DataFrame) -> Holds:
        return rules.each(frame["group_id"], lambda group_id: group_id[:1].isdigit()) == (
            frame["appendix"] == "3"
        )

    @pa.dataframe_check(error="parent_id: not the number above")
    def parent_above(cls, frame: pd.DataFrame) -> Holds:
        above = frame["group_id"].str.rpartition(".")[0] if len(frame) else frame["group_id"]
        return (frame["parent_id"] == above).astype(bool)


class Tasks(ReadTable):
    """The numbered rows of appendix 3."""

    task_id: str = pa.Field(str_matches=TASK_ID)
    parent_id: str = pa.Field(str_matches=optional(TASK_ID))
    group_id: str = pa.Field(str_matches=r"^\d+$")
    section_id: str = pa.Field(str_matches=optional(r"^\d+\.\d+$"))
    task: str
    lead: str
    coordinating: str
    deadline: str
    deadline_kind: str = pa.Field(isin=["", *DEADLINE_KINDS])
    start: str = day()
    end: str = day()
    funding: str
    funding_codes: str
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["task_id"]
        metadata = {
            "references": [
                (["parent_id"], "tasks", ["task_id"]),
                (["group_id"], "groups", ["group_id"]),
                (["section_id"], "groups", ["group_id"]),
            ]
        }

    @pa.dataframe_check(error="task: empty and not in review")
    def task_filled(cls, frame: pd.DataFrame) -> Holds:
        return rules.filled_or_doubted(frame, "task")

    @pa.dataframe_check(
        error="parent_id: a sub-row's is its number without the bracket, any other's is empty"
    )
    def parent_of_sub_row(cls, frame: pd.DataFrame) -> Holds:
        parts = [task_id.partition("(") for task_id in frame["task_id"]]
        return (
            pd.Series(
                [head if bracket else "" for head, bracket, _ in parts],
                index=frame.index,
                dtype="str",
            )
            == frame["parent_id"]
        )

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


class Indicators(ReadTable):
    """The numbered rows of appendix 1."""

    indicator_id: str = pa.Field(str_matches=POINT)
    group_id: str = pa.Field(str_matches=optional(ROMAN))
    name: str
    unit: str
    target: str
    comparator: str = pa.Field(isin=["", *COMPARATORS])
    target_min: float = pa.Field(nullable=True)
    target_max: float = pa.Field(nullable=True)
    lead: str
    lead_ids: str
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["indicator_id"]
        metadata = {"references": [(["group_id"], "groups", ["group_id"])]}

    @pa.dataframe_check(error="name: empty and not in review")
    def name_filled(cls, frame: pd.DataFrame) -> Holds:
        return rules.filled_or_doubted(frame, "name")

    @pa.dataframe_check(error="target_min: above target_max")
    def targets_in_order(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["target_min"], frame["target_max"])

    @pa.dataframe_check(error="comparator: does not go with target_min and target_max")
    def comparator_fits(cls, frame: pd.DataFrame) -> Holds:
        return rules.comparator_fits(frame["comparator"], frame["target_min"], frame["target_max"])

    @pa.dataframe_check(error="target: empty and not in review")
    def target_filled(cls, frame: pd.DataFrame) -> Holds:
        return rules.filled_or_doubted(frame, "target")


class Growth(ReadTable):
    """The values of appendix 2, one row for each line and period."""

    line_id: str = pa.Field(str_matches=r"^[IVXLCDM]+(\.\d+)?$")
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

    @pa.dataframe_check(error="value: empty and not in review")
    def value_filled(cls, frame: pd.DataFrame) -> Holds:
        return rules.filled_or_doubted(frame, "value")

    @pa.dataframe_check(error="period_start: after period_end")
    def periods_in_order(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["period_start"], frame["period_end"])

    @pa.dataframe_check(error="value_min: above value_max")
    def values_in_order(cls, frame: pd.DataFrame) -> Holds:
        return rules.in_order(frame["value_min"], frame["value_max"])


class Paragraphs(ReadTable):
    """The headings and paragraphs of the prose between title and recipients."""

    paragraph_id: str = pa.Field(str_matches=r"^\S*#\d+$")
    section_path: str = pa.Field(str_matches=r"^\S*$")
    kind: str = pa.Field(isin=["heading", "paragraph"])
    number: str
    text: str
    refers_to: str
    page_no: int = page()
    confidence: float = share()
    review: str

    class Config(ReadTable.Config):
        unique = ["paragraph_id"]

    @pa.dataframe_check(error="text: empty and not in review")
    def text_filled(cls, frame: pd.DataFrame) -> Holds:
        return rules.filled_or_doubted(frame, "text")

    @pa.dataframe_check(
        error="paragraph_id: not section_path, #, and the running number in that section"
    )
    def ids_count(cls, frame: pd.DataFrame) -> Holds:
        running = frame.groupby("section_path", sort=False).cumcount() + 1
        wanted = [
            f"{path}#{number}" for path, number in zip(frame["section_path"], running, strict=True)
        ]
        return pd.Series(wanted, index=frame.index, dtype="str") == frame["paragraph_id"]

    @pa.check("refers_to", error="not a point of appendix 3")
    def refers_to_points(cls, column: Column) -> Holds:
        return rules.each(
            column, lambda text: all(POINT_ONLY.fullmatch(point) for point in rules.split(text))
        )
