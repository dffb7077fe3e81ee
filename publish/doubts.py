"""Why cells are in doubt, as the stages before left it: the rules by cell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from schemas.files import read
from schemas.row_frames import Repaired, Rows
from schemas.rules import split

_CELL = ("table", "row_id", "column")


def doubts_of(work: Path, document: str) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
    """The rules of a cell's doubtful words, and the reason where its row was put together in doubt.

    ``work`` is ``out/work/<document>``; without its files nothing is known.
    """
    rows, repaired = work / "rows" / "rows.parquet", work / "repair" / "repaired.parquet"
    if not rows.exists() or not repaired.exists():
        return {}
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    words = read(Repaired, repaired, *_CELL, "doubtful", "rule")
    words = words[words["doubtful"] & (words["rule"] != "")]
    for table, row_id, column, rule in words[[*_CELL, "rule"]].itertuples(index=False, name=None):
        key = (table, document if table == "document" else row_id, column)
        found.setdefault(key, {})[rule] = None
    reasons = read(Rows, rows, "table", "row_id", "review", "reason")
    for table, row_id, review, reason in reasons.itertuples(index=False, name=None):
        for column in split(review) if reason else ():
            found.setdefault((table, row_id, column), {})[reason] = None
    return {key: tuple(rules) for key, rules in found.items()}
