"""The last line of a run: which tables were found, what is kept aside, what needs a
person's look.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_KINDS = ("tasks", "indicators", "growth")
_FOUND = "found"  # the key in metrics.json


def told(out: Path) -> str:
    """What a published folder holds, in one line; empty where its metrics.json does not say.

    For example ``1 table of tasks with 25 rows, no growth; 1 column in extras; 3 findings; 19 cells
    in review: out/x/review/review.html``.
    """
    try:
        metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
        return "; ".join(_parts(metrics, out))
    except (OSError, ValueError, KeyError, TypeError):
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
    except (OSError, ValueError, KeyError, TypeError):
        return {}, None


def _parts(metrics: Any, out: Path) -> list[str]:
    found = metrics[_FOUND]
    parts = [", ".join(_kind(kind, found["tables"].get(kind)) for kind in _KINDS)]
    if found["extra_columns"]:
        parts.append(f"{_many(len(found['extra_columns']), 'column')} in extras")
    if found["other_tables"]:
        parts.append(f"{_many(found['other_tables'], 'table')} of no such kind in other_cells")
    parts.append(_many(sum(metrics["findings"].values()), "finding"))
    page = out / "review" / "review.html"
    where = f": {page}" if page.exists() else ""
    return [*parts, f"{_many(metrics['review']['cells'], 'cell')} in review{where}"]


def _kind(kind: str, counts: Any) -> str:
    if not counts:
        return f"no {kind}"
    return f"{_many(counts['tables'], 'table')} of {kind} with {_many(counts['rows'], 'row')}"


def _many(number: int, name: str) -> str:
    return f"{number} {name}" + ("" if number == 1 else "s")
