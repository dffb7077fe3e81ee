"""Paragraphs that people put into another section, or took for a heading or for none, before their
texts are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from normalize.tables.cells import Key
from normalize.tables.corrections import Correction, Corrections
from normalize.text.clean import clean

Ids = dict[tuple[str, str], str]
_HEADING = "heading"


def changed_sections(rows: pd.DataFrame, corrections: Corrections) -> tuple[pd.DataFrame, Ids]:
    """The Rows table with the sections of paragraphs as people decided them, under the keys that
    follow, and these keys by the old ones.

    A heading takes along what stands under it. One that is none leaves what stood under it to the
    section above; a numbered paragraph that is a heading takes what follows it up to the next
    number.
    """
    wanted = [one for one in corrections.by_cell.values() if _moves(one)]
    if not wanted:
        return rows, {}
    own = rows[rows["table"] == "paragraphs"]
    paths = dict(zip(own["row_id"], own["section_path"], strict=True))
    kinds = dict(zip(own["row_id"], own["kind"], strict=True))
    numbers = dict(zip(own["row_id"], own["number"], strict=True))
    for decision in wanted:
        row_id, value = decision.key[1], clean(decision.value)
        stands = paths if decision.key[2] == "section_path" else kinds
        if stands.get(row_id) != decision.read or " " in value:
            continue
        if decision.key[2] == "section_path":
            old, new = paths[row_id], value.strip("/")
            moved = _below(paths, old) if kinds[row_id] == _HEADING else [row_id]
        elif decision.read == _HEADING:
            old, new = paths[row_id], paths[row_id].rpartition("/")[0]
            moved = _below(paths, old)
        elif value == _HEADING and numbers[row_id]:
            old = paths[row_id]
            new = f"{old}/{numbers[row_id]}".strip("/")
            moved = list(_following(row_id, paths, numbers))
        else:
            continue
        for one in moved:
            paths[one] = (new + paths[one][len(old) :]).strip("/")
    return _under(rows, paths)


def _moves(decision: Correction) -> bool:
    table, _, column = decision.key
    return (
        decision.verdict != "accept"
        and table == "paragraphs"
        and column in ("section_path", "kind")
    )


def _below(paths: dict[str, str], path: str) -> list[str]:
    """The paragraphs of a section and of those in it."""
    return [row_id for row_id, own in paths.items() if f"{own}/".startswith(f"{path}/")]


def _following(row_id: str, paths: dict[str, str], numbers: dict[str, str]) -> Iterator[str]:
    """A paragraph and what follows it in its section without a number of its own."""
    yield row_id
    behind = list(paths)[list(paths).index(row_id) + 1 :]
    for other in behind:
        if paths[other] != paths[row_id] or numbers[other]:
            return
        yield other


def _under(rows: pd.DataFrame, paths: dict[str, str]) -> tuple[pd.DataFrame, Ids]:
    """The rows with these sections, their keys counted anew in each."""
    ids: Ids = {}
    counts: Counter[str] = Counter()
    for row_id, path in paths.items():
        counts[path] += 1
        ids["paragraphs", row_id] = f"{path}#{counts[path]}"
    is_own = rows["table"] == "paragraphs"
    changed = rows.assign(
        section_path=rows["section_path"].where(~is_own, rows["row_id"].map(paths)),
        row_id=rows["row_id"].where(
            ~is_own, rows["row_id"].map({old: new for (_, old), new in ids.items()})
        ),
    )
    return changed, {key: new for key, new in ids.items() if key[1] != new}


def under_new_keys(corrections: Corrections, ids: Ids) -> Corrections:
    """The decisions under the new keys of paragraphs; of a section that was put, what was read is
    what is put.
    """
    by_cell: dict[Key, Correction] = {}
    for (table, row_id, column), decision in corrections.by_cell.items():
        key = (table, ids.get((table, row_id), row_id), column)
        own = replace(decision, key=key, written=row_id)
        before, path = (name.partition("#")[0] for name in (row_id, key[1]))
        is_path = (table, column) == ("paragraphs", "section_path")
        if is_path and decision.read == before != path:
            own = replace(own, read=path, value=path, was=decision.read)
        by_cell[key] = own
    return replace(corrections, by_cell=by_cell)
