"""Names that neither a list nor the document knows, and that may be no names at all.

A plan of a commune names many bodies once that no list has. Where a column was taken for another
one, no names stand in it either. The two are told apart by how a name begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normalize.bodies.heads import begins_name
from normalize.tables.cells import Cell, Key
from normalize.tables.figure_checks import Rows
from schemas.findings import Finding
from schemas.rules import split
from schemas.table_kinds import BOTH

NO_NAME = "no_name"  # the rule of the findings, which the gate counts
_LONGEST = 24  # words: the longest names of project boards have twenty


def check_names(rows: Rows, cells: Mapping[Key, Cell]) -> Iterator[Finding]:
    """A finding for each item of a lead or coordinating cell that seems to be no body's name.

    `Trạm Y tế phường`, read without a doubt, begins as such names do; `Trong tháng 5` does not.
    What a person has settled is not asked again.
    """
    tasks = {row["task_id"]: row for row in rows["tasks"]}
    for item in rows["task_bodies"]:
        task_id, role = item["task_id"], item["role"]
        task = tasks[task_id]
        cell = cells.get(("tasks", task_id, role)) or cells.get(("tasks", task_id, BOTH))
        if item["body_id"] or role not in split(task["review"]) or is_name(item["name"], cell):
            continue
        yield Finding(
            NO_NAME,
            task["page_no"],
            f"tasks {task_id} {role}",
            "an item that no list has does not begin as names of bodies do, or is in doubt",
        )


def is_name(text: str, cell: Cell | None) -> bool:
    """Whether a text begins as names of bodies do, in a cell that was read without a doubt."""
    words = text.split()
    if cell is not None and (cell.doubtful or cell.has_unread):
        return False
    return 0 < len(words) <= _LONGEST and begins_name(words, 0, is_exact=True)
