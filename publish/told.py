"""The last lines of a run: which tables were found, what needs a person's look, and where."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from publish.stage import read_findings

_KINDS = ("tasks", "indicators", "growth")
_NAMED = 2  # columns that have the most doubts
_FOUND = "found"  # the key in metrics.json


def told(out: Path) -> str:
    """What a published folder holds, what is to be reviewed, and where; empty where its
    metrics.json does not say.

    For example:

      found   1 table of tasks with 25 rows, no growth; 1 column in extras
      review  19 cells, mostly tasks.lead (7) and tasks.task (5); 3 findings: out/x/review/...
      tables  out/x/tables.xlsx
    """
    try:
        metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
        return "\n".join(f"  {head:8}{said}" for head, said in _lines(metrics, out))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def rows_by_kind(folder: Path) -> tuple[dict[str, int], int | None]:
    """The rows of each kind of table in a published folder, and its cells in review.

    Nothing of either where its metrics.json does not say.
    """
    try:
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        found = metrics[_FOUND]["tables"]
        rows = {kind: int(found[kind]["rows"]) for kind in _KINDS if kind in found}
        return rows, int(metrics["review"]["cells"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}, None


def told_at_once(work: Path) -> list[str]:
    """What the terminal says before a document of ``work`` (out/work/<document>) is published.

    That is of each of people's decisions that was not used, or is still in doubt, the file, the
    line and the reason, without any text of the document.
    """
    return [
        finding.told for finding in read_findings(work / "tables" / "notices.json") if finding.told
    ]


def _lines(metrics: Any, out: Path) -> Iterator[tuple[str, str]]:
    found = metrics[_FOUND]
    parts = [", ".join(_kind(kind, found["tables"].get(kind)) for kind in _KINDS)]
    if found["extra_columns"]:
        parts.append(f"{_many(len(found['extra_columns']), 'column')} in extras")
    if found["other_tables"]:
        parts.append(f"{_many(found['other_tables'], 'table')} of no such kind in other_cells")
    if left := metrics["findings"].get("text_left_out", 0):
        parts.append(f"text without a place in them on {_many(left, 'page')}")
    yield "found", "; ".join(parts)
    page, book = out / "review" / "review.html", out / "tables.xlsx"
    findings = _many(sum(metrics["findings"].values()), "finding")
    where = f": {page}" if page.exists() else ""
    cells = _many(metrics["review"]["cells"], "cell")
    yield "review", f"{cells}{_mostly(metrics['review']['by_column'])}; {findings}{where}"
    if book.exists():
        yield "tables", str(book)


def _mostly(by_column: Mapping[str, int]) -> str:
    """The columns with the most cells in review, where it is more than one."""
    most = sorted(by_column, key=lambda column: (-by_column[column], column))[:_NAMED]
    if len(by_column) < _NAMED:
        return ""
    return ", mostly " + " and ".join(f"{column} ({by_column[column]})" for column in most)


def _kind(kind: str, counts: Any) -> str:
    if not counts:
        return f"no {kind}"
    return f"{_many(counts['tables'], 'table')} of {kind} with {_many(counts['rows'], 'row')}"


def _many(number: int, name: str) -> str:
    return f"{number} {name}" + ("" if number == 1 else "s")
