"""Whether a document's tables may be published, by the limits of ``gate`` in params.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from publish.metrics import cell_count, doubted_columns, share, unknown_values
from schemas.findings import Finding
from schemas.settings import GateSettings

# the rule of a finding: rows are missing by the document's own numbering
NUMBERING_GAP = "numbering_gap"


@dataclass(frozen=True)
class Reason:
    """A limit that was passed: where, what was found, and the limit."""

    limit: str
    where: str
    found: float
    allowed: float

    def __str__(self) -> str:
        return f"{self.where}: {self.found:g}, over {self.limit} {self.allowed:g}"


def reasons_to_refuse(
    tables: Mapping[str, pd.DataFrame], findings: Sequence[Finding], limits: GateSettings
) -> list[Reason]:
    """Every limit that the checked tables pass; none means that they may be published."""
    gaps = [finding.place for finding in findings if finding.rule == NUMBERING_GAP]
    measured = [
        Reason(
            "max_missing_rows",
            f"gaps in the numbering at {', '.join(gaps[:10])}",
            len(gaps),
            limits.max_missing_rows,
        )
    ]
    for table, column, unknown, given in unknown_values(tables):
        measured.append(
            Reason(
                "max_unknown_share",
                f"unknown values of {table}.{column}",
                share(unknown, given),
                limits.max_unknown_share,
            )
        )
    in_review = share(doubted_columns(tables).total(), cell_count(tables))
    measured.append(
        Reason("max_review_share", "cells in review", in_review, limits.max_review_share)
    )
    return [reason for reason in measured if reason.found > reason.allowed]
