"""Decisions about what stands in several rows: one printed cell of a line in each of its periods,
a target that two tables publish.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from normalize.tables.cells import Cell, Key, number_of, repaired_to_cells
from normalize.tables.corrections import Corrections

_REPEATING = ("growth", "indicator_values")  # tables with a row for each period of a line


def for_all_alike(
    rows: pd.DataFrame, repaired: pd.DataFrame, corrections: Corrections
) -> Corrections:
    """The decisions, each also for the other rows in which the same printed cell stands.

    A decision about a row of its own is stronger. One about the target in ``indicator_values`` is
    one about the indicator's.
    """
    if not corrections.by_cell:
        return corrections
    known = set(zip(rows["table"], rows["row_id"], strict=True))
    own = {}
    for key, decision in corrections.by_cell.items():
        moved = _of_target(key, known)
        if moved == key or moved not in corrections.by_cell:
            own[moved] = replace(decision, key=moved)
    found = dict(own)
    for group in _alike(known, repaired_to_cells(repaired)):
        for decision in [own[key] for key in group if key in own]:
            for other in group:
                found.setdefault(other, replace(decision, key=other, is_copy=True))
    return replace(corrections, by_cell=found)


def _of_target(key: Key, known: set[tuple[str, str]]) -> Key:
    """The indicator's target where a key names its row among the values, which has no cell of its
    own.
    """
    table, row_id, column = key
    indicator = row_id.partition("|")[0]
    is_target = (table, column) == ("indicator_values", "value") and (table, row_id) not in known
    if is_target and ("indicators", indicator) in known:
        return ("indicators", indicator, "target")
    return key


def _alike(known: Iterable[tuple[str, str]], cells: Mapping[Key, Cell]) -> list[list[Key]]:
    """The keys of cells that are one in print, and those of the numbers of one line."""
    groups: dict[object, list[Key]] = defaultdict(list)
    for key, cell in cells.items():
        if key[0] in _REPEATING:
            places = tuple((w.page_no, w.x0, w.top, w.x1, w.bottom, w.text) for w in cell.words)
            groups[key[0], key[2], places].append(key)
    for table, row_id in sorted(known):
        if table == "growth":
            line = number_of(table, row_id)
            groups[table, "line_id", line].append((table, row_id, "line_id"))
    return [group for group in groups.values() if len(group) > 1]
