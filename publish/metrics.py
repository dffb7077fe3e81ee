"""A run's counts for ``dvc metrics`` and the gate: numbers, and names of columns and rules.

No text of a cell stands in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from schemas.checking import key_of
from schemas.findings import Finding
from schemas.published import CONTRACT_VERSION, TABLES
from schemas.rules import split
from schemas.table_kinds import KINDS

CLOSED_COLUMNS = (  # table, a column whose values are a closed set, the column that it is read from
    *(
        (k.name, column.closed, column.name)
        for k in KINDS.values()
        for column in k.columns
        if column.closed
    ),
    ("task_bodies", "body_id", "name"),
)
_BAND = 0.05  # the width of a confidence plot's bars


def count(tables: Mapping[str, pd.DataFrame], findings: Sequence[Finding]) -> dict[str, Any]:
    """The counts of a document's checked tables and findings, as they stand in metrics.json."""
    doubted, cells = doubted_columns(tables), cell_count(tables)
    return {
        "contract_version": CONTRACT_VERSION,
        "rows": {name: len(tables[name]) for name in TABLES},
        "found": found_tables(tables),
        "cells": cells,
        "expected_wrong_cells": expected_wrong_cells(tables["cells"]),
        "review": {
            "cells": doubted.total(),
            "share": share(doubted.total(), cells),
            "by_column": dict(sorted(doubted.items())),
        },
        "unknown": {
            f"{table}.{column}": unknown for table, column, unknown, _ in unknown_values(tables)
        },
        "findings": dict(sorted(Counter(finding.rule for finding in findings).items())),
        "repairs": dict(sorted(Counter(tables["repairs"]["rule"]).items())),
    }


def headline(counts: Mapping[str, Any]) -> dict[str, int | float]:
    """The few numbers of ``count`` that tell two runs apart, for ``dvc metrics diff`` and ``dvc exp
    show``.
    """
    rows, review = counts["rows"], counts["review"]
    return {
        **{name: rows[name] for name in ("tasks", "indicators", "growth", "paragraphs")},
        "doubts": review["cells"],
        "doubts_share": review["share"],
        "expected_wrong": counts["expected_wrong_cells"],
        "findings": sum(counts["findings"].values()),
        "repairs": sum(counts["repairs"].values()),
    }


def found_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """The ruled tables by kind with their rows, and what no table has a place for."""
    kinds: dict[str, dict[str, int]] = {}
    for kind, rows in tables["appendices"][["kind", "rows"]].itertuples(index=False, name=None):
        counts = kinds.setdefault(kind, {"tables": 0, "rows": 0})
        counts["tables"] += 1
        counts["rows"] += int(rows)
    extras = tables["extras"][["table", "label"]].itertuples(index=False, name=None)
    return {
        "tables": kinds,
        "extra_columns": sorted({f"{table}: {label}" for table, label in extras}),
        "other_tables": int(tables["other_cells"]["table_no"].nunique()),
    }


def doubted_columns(tables: Mapping[str, pd.DataFrame]) -> Counter[str]:
    """How often each column (``tasks.lead``) is named in review."""
    frames = {name: frame for name, frame in tables.items() if "review" in frame.columns}
    return Counter(
        f"{name}.{column}"
        for name, frame in frames.items()
        for review in frame["review"]
        for column in split(review)
    )


def cell_count(tables: Mapping[str, pd.DataFrame]) -> int:
    """The number of values that could be in review: all but keys, page_no, confidence and review
    itself.
    """
    return sum(
        len(frame) * (len(frame.columns) - len(key_of(TABLES[name])) - 3)
        for name, frame in tables.items()
        if "review" in frame.columns
    )


def expected_wrong_cells(cells: pd.DataFrame) -> float:
    """How many printed cells are expected to be wrong: the sum of (1 - confidence).

    The boxes of one cell count as one.
    """
    least = cells.groupby(["table", "row_id", "column"], sort=False)["confidence"].min()
    return round(float((1 - least).sum()), 3)


def unknown_values(tables: Mapping[str, pd.DataFrame]) -> list[tuple[str, str, int, int]]:
    """For each closed column: table, column, values that could not be read, values in all."""
    counts = []
    for table, column, printed in CLOSED_COLUMNS:
        given = tables[table][tables[table][printed] != ""]
        counts.append((table, column, int((given[column] == "").sum()), len(given)))
    return counts


def confidence_bands(cells: pd.DataFrame) -> list[tuple[str, int]]:
    """The number of cells in each band of confidence, least first, as ``0.95-1.00``."""
    last = round(1 / _BAND) - 1
    found = Counter(min(int(confidence / _BAND + 1e-9), last) for confidence in cells["confidence"])
    return [
        (f"{band * _BAND:.2f}-{(band + 1) * _BAND:.2f}", found[band]) for band in range(last + 1)
    ]


def share(part: int, whole: int) -> float:
    """The part of the whole, 0 of nothing."""
    return round(part / whole, 4) if whole else 0.0
