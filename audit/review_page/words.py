"""The printed words behind a cell: what was read, what was decided, what else they may say."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from audit.published.folder import Box, Key, records
from schemas.files import read
from schemas.row_frames import Repaired, Rows


@dataclass(frozen=True)
class WordSeen:
    """One printed word: its best single reading, what was decided, by which rule, and if it is
    doubtful.

    ``readings`` are pairs of witness and text, ``offered`` what else a doubtful word may say.
    """

    read: str
    value: str
    doubtful: bool
    rule: str
    box: Box | None = None
    readings: tuple[tuple[str, str], ...] = ()
    offered: tuple[str, ...] = ()


def words_by_cell(repaired: pd.DataFrame, document: str) -> dict[Key, tuple[WordSeen, ...]]:
    """The printed words of each cell in order; ``repaired`` is the table Repaired."""
    found: dict[Key, list[WordSeen]] = {}
    for word in records(repaired):
        row_id = document if word.table == "document" else str(word.row_id)
        key = (str(word.table), row_id, str(word.column))
        found.setdefault(key, []).append(_word_seen(word))
    return {key: tuple(words) for key, words in found.items()}


def _word_seen(word: Any) -> WordSeen:
    """A row of Repaired; the readings and offers of a word that is sure are left out."""
    plain = WordSeen(str(word.text), str(word.value), bool(word.doubtful), str(word.rule))
    if not (word.doubtful or word.offered):
        return plain
    return replace(
        plain,
        box=Box(
            int(word.page_no),
            *(
                None if word.x0 == word.x1 else float(side)
                for side in (word.x0, word.top, word.x1, word.bottom)
            ),
        ),
        readings=tuple(
            (str(witness), str(text)) for witness, text, _ in json.loads(word.readings or "[]")
        ),
        offered=tuple(json.loads(word.offered or "[]")),
    )


@dataclass(frozen=True)
class Behind:
    """The printed words of a cell, and why its row's number is in doubt or was restored.

    The reason is empty where the number was plainly read.
    """

    words: tuple[WordSeen, ...] = ()
    reason: str = ""


def load_behind(work: Path, key: Key, document: str) -> Behind:
    """What ``work`` (out/work/<document>) knows of a cell; nothing where its files are gone."""
    rows, repaired = work / "rows" / "rows.parquet", work / "repair" / "repaired.parquet"
    if not rows.exists() or not repaired.exists():
        return Behind()
    frame = read(Rows, rows)
    reasons = frame[(frame["table"] == key[0]) & (frame["row_id"] == key[1])]["reason"].tolist()
    return Behind(
        words_by_cell(read(Repaired, repaired), document).get(key, ()),
        "; ".join(filter(None, reasons)),
    )
