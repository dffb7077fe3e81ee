"""Published tables of the project's own documents against their truth, where no other scorer is at
hand.

Rows are matched by key and cells compared letter by letter, bounds and pages as numbers. The tables
of contract 2.0 are scored where the truth has them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

KEYS = {
    "groups": ("appendix", "group_id"),
    "tasks": ("task_id",),
    "indicators": ("indicator_id",),
    "growth": ("line_id", "period"),
    "paragraphs": ("paragraph_id",),
}
SECOND_KEYS = {  # the tables of contract 2.0, which only the truth of a printed form has
    "appendices": ("appendix",),
    "indicator_values": ("indicator_id", "period"),
    "extras": ("table", "row_id", "label"),
}
TEXT = {
    "appendices": ("title",),
    "indicator_values": (),
    "extras": ("value",),
    "groups": ("title",),
    "tasks": ("task",),
    "indicators": ("name",),
    "growth": ("name", "measure"),
    "paragraphs": ("text",),
}
SOURCES = {  # a derived column is doubted with the one it is read from
    "deadline_kind": "deadline",
    "start": "deadline",
    "end": "deadline",
    "funding_codes": "funding",
    "comparator": "target",
    "target_min": "target",
    "target_max": "target",
    "value_min": "value",
    "value_max": "value",
    "period_start": "period",
    "period_end": "period",
    "refers_to": "text",
}
NUMERIC = {"target_min", "target_max", "value_min", "value_max", "page_no"}

Row = Mapping[str, str]


def score_tables(out: Path, truth: Path) -> dict[str, dict[str, float]]:
    """The counts of all tables together under ``all``, and of ``citations``."""
    total: Counter[str] = Counter()
    also = [table for table in SECOND_KEYS if (truth / f"{table}.csv").exists()]
    for table in (*KEYS, *also):
        # unlike +=, it keeps a count of none
        total.update(score_table(table, read_rows(truth, table), read_rows(out, table)))
    wanted, given = (
        Counter((r["table"], r["number"], r["date"]) for r in read_rows(folder, "citations"))
        for folder in (truth, out)
    )
    return {
        "all": dict(total),
        "citations": {"missing": (wanted - given).total(), "extra": (given - wanted).total()},
    }


def read_rows(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table; a truth's paragraphs are given the ids that published ones have."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts: Counter[str] = Counter()
    for row in rows:
        if table == "paragraphs" and "paragraph_id" not in row:
            counts[row["section_path"]] += 1
            row["paragraph_id"] = f"{row['section_path']}#{counts[row['section_path']]}"
    return rows


def score_table(table: str, wanted: Sequence[Row], given: Sequence[Row]) -> Counter[str]:
    """The counts of one table: rows ``missing`` and ``extra``, cells of each kind ``_wrong``,
    ``words`` and ``word_errors`` of the text cells that ``wanted`` has.
    """
    key = {**KEYS, **SECOND_KEYS}[table]
    found = {tuple(row[name] for name in key): row for row in given}
    total = Counter(
        rows=len(wanted),
        missing=0,
        extra=len(found.keys() - {tuple(row[name] for name in key) for row in wanted}),
    )
    total["coded_silent"] = total["coded_wrong"] = total["extra"]
    for row in wanted:
        published = found.get(tuple(row[name] for name in key))
        total["missing"] += published is None
        for column in row.keys() - set(key):
            total.update(_score_cell(table, column, row, published or {}))
    return total


def _score_cell(table: str, column: str, row: Row, published: Row) -> Counter[str]:
    kind = "text" if column in TEXT[table] else "coded"
    doubted = set(published.get("review", "").split("; "))
    right = _same(column, row[column], published.get(column))
    total = Counter(
        {kind: 1, f"{kind}_wrong": int(not right), f"{kind}_review": int(column in doubted)}
    )
    source = "value" if table == "indicator_values" and column == "comparator" else column
    sources = {column, SOURCES.get(column, column), source}
    total[f"{kind}_silent"] = int(not right and not doubted & sources)
    if kind == "text":
        a, b = row[column], published.get(column, "")
        total.update(
            chars=len(a),
            char_errors=Levenshtein.distance(a, b),
            words=len(a.split()),
            word_errors=Levenshtein.distance(a.split(), b.split()),
        )
    return total


def _same(column: str, wanted: str, given: str | None) -> bool:
    """Whether a cell says what it should: `8.20` and `8.2` are one bound, but two printed
    values.
    """
    if wanted == given or given is None or column not in NUMERIC:
        return wanted == given
    try:
        return float(wanted) == float(given)
    except ValueError:
        return False
