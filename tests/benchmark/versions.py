"""What the difference of two extractions makes of two versions of a document, against the
difference of their faultless tables.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from audit.comparison.changes import ADDED, CHANGED, REMOVED, Change
from audit.comparison.classes import DOCUMENT, UNDECIDED
from audit.comparison.compare import compare
from audit.published.columns import source_column
from audit.published.folder import load_folder
from tests.benchmark.sample_score import KEYS

PAIRS = (
    ("part-office", "part-v2-office"),
    ("part-poor", "part-v2-office"),
    ("part-fax", "part-v2-office"),
    ("part-office", "part-poor"),
)
Told = tuple[str, str, str]  # table, number, column or what happened to the row


def version_figures(out: Path, truth: Mapping[str, Path]) -> Iterator[tuple[str, dict[str, float]]]:
    """For each pair of scans that were both run: changes of the document that were not called so,
    others that were, and undecided ones.
    """
    for a, b in PAIRS:
        if a in truth and b in truth:
            changes = compare(load_folder(out / a), load_folder(out / b))
            wanted = set(_true_changes(truth[a], truth[b]))
            scored = {table for table in KEYS if (truth[a] / f"{table}.csv").exists()}
            found = {
                _told(change)
                for change in changes
                if change.cause == DOCUMENT and change.table in scored
            }
            undecided = sum(change.cause == UNDECIDED for change in changes)
            yield (
                f"{a} -> {b}",
                {
                    "changes_missed": len(wanted - found),
                    "changes_made_up": len(found - wanted),
                    "undecided": undecided,
                },
            )


def _told(change: Change) -> Told:
    side = change.a or change.b
    assert side is not None
    return change.table, side.row_id, change.column if change.kind == CHANGED else change.kind


def _true_changes(a: Path, b: Path) -> Iterator[Told]:
    """Rows and printed cells in which two faultless sets of tables differ (they renumber
    no row).
    """
    for table, key in KEYS.items():
        if table == "paragraphs" or not (a / f"{table}.csv").exists():
            continue  # paragraphs: without keys in the truth, and the same in both versions
        ours, theirs = (
            {"|".join(row[name] for name in key): row for row in _rows(folder, table)}
            for folder in (a, b)
        )
        yield from ((table, row_id, REMOVED) for row_id in ours.keys() - theirs.keys())
        yield from ((table, row_id, ADDED) for row_id in theirs.keys() - ours.keys())
        for row_id in ours.keys() & theirs.keys():
            differing = [
                name
                for name, value in ours[row_id].items()
                if name != "page_no" and value != theirs[row_id][name]
            ]
            yield from (
                (table, row_id, column)
                for column in {source_column(table, name) for name in differing}
            )


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
