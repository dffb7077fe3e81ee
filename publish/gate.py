"""Whether a document's tables may be published, by the limits of ``gate`` in params.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from publish.metrics import cell_count, doubted_columns, share, unknown_values
from schemas.findings import NO_YEAR, Finding
from schemas.rules import split
from schemas.settings import GateSettings
from schemas.table_kinds import KINDS, RULED

# the rule of a finding: rows are missing by the document's own numbering
NUMBERING_GAP = "numbering_gap"
UNKNOWN_COLUMN = "unknown_column"  # a column of a table that is published nowhere
NO_NAME = "no_name"  # what stands where a body is named, and does not begin as names of bodies do
NOT_AS_READ = frozenset({"number_restored", "number_doubtful", "key_twice"})
_FEWEST = 5  # restored or doubted numbers: fewer are what any scan of a short document has
_NAMED = 10  # rows that a message names; all stand in reasons.json


@dataclass(frozen=True)
class Reason:
    """A limit that was passed: where, what was found, the limit, and the rows or columns."""

    limit: str
    where: str
    found: float
    allowed: float
    rows: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = ", ".join(self.rows[:_NAMED])
        more = f" and {len(self.rows) - _NAMED} more" if len(self.rows) > _NAMED else ""
        where = f"{self.where} {named}{more}" if named else self.where
        return f"{where}: {self.found:g}, over {self.limit} {self.allowed:g}"


def reasons_to_refuse(
    tables: Mapping[str, pd.DataFrame], findings: Sequence[Finding], limits: GateSettings
) -> list[Reason]:
    """Every limit that the checked tables pass; none means that they may be published."""
    measured = [
        _gaps(findings, limits),
        _invented_numbers(tables, findings, limits),
        _dropped_columns(findings, limits),
        *_unknown_values(tables, findings, limits),
        _in_review(tables, limits),
    ]
    return [reason for reason in measured if reason.found > reason.allowed]


def _gaps(findings: Sequence[Finding], limits: GateSettings) -> Reason:
    gaps = tuple(finding.place for finding in findings if finding.rule == NUMBERING_GAP)
    return Reason(
        "max_missing_rows", "gaps in the numbering at", len(gaps), limits.max_missing_rows, gaps
    )


def _invented_numbers(
    tables: Mapping[str, pd.DataFrame], findings: Sequence[Finding], limits: GateSettings
) -> Reason:
    """The share of row numbers that were not plainly read, over all tables together.

    A number that a person has decided is not counted: it is no longer in review.
    """
    doubted = _rows_by_place(tables, only_doubted=True)
    rows = {
        finding.place: f"{finding.place} (page {finding.page_no})"
        for finding in findings
        if finding.rule in NOT_AS_READ and finding.place in doubted
    }
    part = share(len(rows), len(_rows_by_place(tables))) if len(rows) >= _FEWEST else 0.0
    return Reason(
        "max_restored_share",
        "the share of row numbers that were restored from their neighbours or are in doubt,"
        " so that the table may be numbered in another way than was taken, at",
        part,
        limits.max_restored_share,
        tuple(rows.values()),
    )


def _rows_by_place(
    tables: Mapping[str, pd.DataFrame], *, only_doubted: bool = False
) -> frozenset[str]:
    """The numbered rows of the tables as findings name them (``tasks 1.1.2``)."""
    places = set[str]()
    for name in RULED:
        numbers = _numbers(tables[name], KINDS[name].key, only_doubted)
        places |= {f"{name} {number}" for number in numbers}
    kinds = tables["appendices"][["appendix", "kind"]].itertuples(index=False, name=None)
    for appendix, name in kinds:
        groups = tables["groups"][tables["groups"]["appendix"] == appendix]
        places |= {f"{name} {number}" for number in _numbers(groups, "group_id", only_doubted)}
    return frozenset(places)


def _numbers(frame: pd.DataFrame, key: str, only_doubted: bool) -> list[str]:
    pairs = zip(frame[key], frame["review"], strict=True)
    return [number for number, review in pairs if not only_doubted or key in split(review)]


def _dropped_columns(findings: Sequence[Finding], limits: GateSettings) -> Reason:
    """Columns of the document's tables that no published table has a place for."""
    columns = tuple(
        f"{finding.place} (page {finding.page_no})"
        for finding in findings
        if finding.rule == UNKNOWN_COLUMN
    )
    return Reason(
        "max_dropped_columns",
        "columns whose header is not known, so that their cells would be lost, of the table of",
        len(columns),
        limits.max_dropped_columns,
        columns,
    )


def _unknown_values(
    tables: Mapping[str, pd.DataFrame], findings: Sequence[Finding], limits: GateSettings
) -> list[Reason]:
    """The share of values that could not be read, for each column whose values are a closed set.

    Bodies are no closed set: of those that no list has only what seems to be no name is counted.
    Nor is a deadline unknown that only lacks its year.
    """
    no_names = sum(finding.rule == NO_NAME for finding in findings)
    no_years = sum(finding.rule == NO_YEAR for finding in findings)
    not_counted = {"tasks.deadline_kind": no_years}
    return [
        Reason(
            "max_unknown_share",
            f"unknown values of {table}.{column}",
            share(
                no_names
                if table == "task_bodies"
                else unknown - not_counted.get(f"{table}.{column}", 0),
                given,
            ),
            limits.max_unknown_share,
        )
        for table, column, unknown, given in unknown_values(tables)
    ]


def _in_review(tables: Mapping[str, pd.DataFrame], limits: GateSettings) -> Reason:
    in_review = share(doubted_columns(tables).total(), cell_count(tables))
    return Reason("max_review_share", "cells in review", in_review, limits.max_review_share)
