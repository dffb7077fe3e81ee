"""What the intermediates of a document know of a cell beyond what is published: which word is doubtful by which rule, and why its row is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit.doubts import WordSeen, words_by_cell
from audit.folder import Key
from schemas.files import read
from schemas.frames import Repaired, Rows


@dataclass(frozen=True)
class Behind:
    """The printed words of a cell, and the reason why its row's number is in doubt or was restored; empty where it was plainly read."""

    words: tuple[WordSeen, ...] = ()
    reason: str = ""


def load_behind(work: Path, key: Key, document: str) -> Behind:
    """What ``work`` (out/work/<document>) knows of a cell; nothing where the intermediates are not there."""
    rows, repaired = work / "rows" / "rows.parquet", work / "repair" / "repaired.parquet"
    if not rows.exists() or not repaired.exists():
        return Behind()
    frame = read(Rows, rows)
    reasons = frame[(frame["table"] == key[0]) & (frame["row_id"] == key[1])]["reason"].tolist()
    return Behind(words_by_cell(read(Repaired, repaired), document).get(key, ()), "; ".join(filter(None, reasons)))
