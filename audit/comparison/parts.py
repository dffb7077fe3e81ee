"""The tables of parts (bodies, milestones, citations), told with the cell that they are read from.

The list of bodies is compared here too.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit.comparison.changes import ADDED, CHANGED, REMOVED, Change, Pair, Place
from audit.comparison.classes import RULES
from audit.published.columns import TEXT
from audit.published.folder import Published, Row

_Parts = list[tuple[str, ...]]


def parts_of(pair: Pair, rows: tuple[Row, Row]) -> Mapping[str, str]:
    """The tables of parts that differ for a matched row.

    Each is given as ``table``, with the column that its parts are read from.
    """
    ours, theirs = _parts(pair.a, rows[0]), _parts(pair.b, rows[1])
    return {
        name: source for name, source in _sources(rows[0]).items() if ours[name] != theirs[name]
    }


def list_changes(a: Published, b: Published) -> list[Change]:
    """What changed in the canonical list of bodies itself: never the document."""
    ours, theirs = _bodies(a), _bodies(b)
    found = []
    for body_id in dict.fromkeys([*ours, *theirs]):
        before, after = ours.get(body_id, ""), theirs.get(body_id, "")
        if before != after:
            kind = CHANGED if before and after else ADDED if after else REMOVED
            column = "name" if kind == CHANGED else ""
            sides = [Place(body_id) if text else None for text in (before, after)]
            found.append(
                Change(
                    "bodies",
                    column,
                    kind,
                    RULES,
                    sides[0],
                    sides[1],
                    before,
                    after,
                    reason="the list",
                )
            )
    return found


def _sources(row: Row) -> Mapping[str, str]:
    of_task = {
        "task_bodies (lead)": "lead",
        "task_bodies (coordinating)": "coordinating",
        "milestones": "deadline",
    }
    own = (
        of_task
        if row.table == "tasks"
        else {"indicator_bodies": "lead"}
        if row.table == "indicators"
        else {}
    )
    return own | (
        {"citations": TEXT[row.table][-1]}
        if row.table in ("tasks", "paragraphs", "groups", "indicators")
        else {}
    )


def _parts(published: Published, row: Row) -> Mapping[str, _Parts]:
    tables = published.parts_of(row.table, row.row_id)
    return {
        "task_bodies (lead)": [part[1:] for part in tables["task_bodies"] if part[0] == "lead"],
        "task_bodies (coordinating)": [
            part[1:] for part in tables["task_bodies"] if part[0] == "coordinating"
        ],
        "milestones": tables["milestones"],
        "indicator_bodies": tables["indicator_bodies"],
        "citations": tables["citations"],
    }


def _bodies(published: Published) -> dict[str, str]:
    frame = published.tables["bodies"]
    rows = frame[["body_id", "name", "kind", "is_generic"]].itertuples(index=False, name=None)
    return {
        body_id: f"{name} ({kind}{', generic' if is_generic else ''})"
        for body_id, name, kind, is_generic in rows
    }
