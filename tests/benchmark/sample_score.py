"""Published tables of the project's own sample against its truth, where no other scorer is at hand: rows by key, cells letter by letter."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from rapidfuzz.distance import Levenshtein

KEYS = {
    "groups": ("appendix", "group_id"),
    "tasks": ("task_id",),
    "indicators": ("indicator_id",),
    "growth": ("line_id", "period"),
    "paragraphs": ("paragraph_id",),
}
TEXT = {
    "groups": ("title",),
    "tasks": ("task",),
    "indicators": ("name",),
    "growth": ("name", "measure"),
    "paragraphs": ("text",),
}
SOURCES = {  # a derived column is doubted with the one it is read from
    "deadline_kind": "deadline", "start": "deadline", "end": "deadline", "funding_codes": "funding", "comparator": "target", "target_min": "target",
    "target_max": "target", "value_min": "value", "value_max": "value", "period_start": "period", "period_end": "period", "refers_to": "text",
}  # fmt: skip

Row = Mapping[str, str]


def score_tables(out: Path, truth: Path) -> dict[str, dict[str, float]]:
    """The counts of all tables together under ``all``, and of ``citations``."""
    total: Counter[str] = Counter()
    for table in KEYS:
        # unlike +=, it keeps a count of none
        total.update(_score_table(table, read_rows(truth, table), read_rows(out, table)))
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


def _score_table(
    table: str, wanted: list[dict[str, str]], given: list[dict[str, str]]
) -> Counter[str]:
    key = KEYS[table]
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
    right = published.get(column) == row[column]
    total = Counter(
        {kind: 1, f"{kind}_wrong": int(not right), f"{kind}_review": int(column in doubted)}
    )
    total[f"{kind}_silent"] = int(not right and not doubted & {column, SOURCES.get(column, column)})
    if kind == "text":
        a, b = row[column], published.get(column, "")
        total.update(
            chars=len(a),
            char_errors=Levenshtein.distance(a, b),
            words=len(a.split()),
            word_errors=Levenshtein.distance(a.split(), b.split()),
        )
    return total
