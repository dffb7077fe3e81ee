"""What a served review page sends: decisions to the document's file, and the sitting as it stands.

The file may be changed by others meanwhile: it is read anew each time, and rows of others stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.decisions.files import Row, rows_in, rows_to_csv
from schemas.disk import write_bytes
from schemas.documents import CORRECTION_COLUMNS
from schemas.errors import InputError

Key = tuple[str, ...]  # table, row_id, column


@dataclass
class Sitting:
    """The decisions file of a document, and the folder in which sittings are kept by the hash of
    the document's file.
    """

    corrections: Path
    folder: Path
    source: str
    _before: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Remember what stood in the file before this sitting; raises CorrectionsError."""
        written = {tuple(key) for key in self._kept(self.source).get("written", [])}
        self._before = [
            row for row in decided_in(self.corrections) if _key(row.fields) not in written
        ]

    def save(
        self,
        rows: Sequence[Mapping[str, Any]],
        state: Mapping[str, Any],
        asked: Iterable[Sequence[str]],
    ) -> None:
        """Write this sitting's rows into the file, and keep its state.

        ``asked`` are the keys of all cells that the page asks about: a row about one of them that
        was written before and is not among ``rows`` any more was taken back, and what stood there
        before the sitting stands there again. What a run in between has applied is asked about no
        more, and stays. Raises InputError for rows that are none.
        """
        made = [_checked(row) for row in rows]
        own = {_key(row.fields) for row in made}
        before = {tuple(key) for key in self._kept(self.source).get("written", [])}
        written = before & {tuple(key) for key in asked}
        current = decided_in(self.corrections)
        kept = [row for row in current if _key(row.fields) not in own | written]
        back = [row for row in self._before if _key(row.fields) in written - own]
        # first what is to be taken for this sitting's, then the rows: a kill in between loses none
        self._keep({"state": state, "written": sorted(own | before)})
        if current or made:
            write_bytes(self.corrections, rows_to_csv([*kept, *back, *made]).encode())
        self._keep({"state": state, "written": sorted(own | (before - written))})

    def state(self) -> Any:
        """The sitting as it was left, None where there was none."""
        return self._kept(self.source).get("state")

    def others(self) -> list[dict[str, Any]]:
        """The sittings about other versions of the document."""
        found = []
        for path in sorted(self.folder.glob("*.json")):
            state = self._kept(path.stem).get("state")
            if path.stem != self.source and isinstance(state, dict):
                found.append({**state, "source": path.stem})
        return found

    def _kept(self, source: str) -> dict[str, Any]:
        path = self.folder / f"{source}.json"
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError, RecursionError):
            return {}

    def _keep(self, content: Mapping[str, Any]) -> None:
        text = json.dumps(content, ensure_ascii=False)
        write_bytes(self.folder / f"{self.source}.json", text.encode())


def decided_in(path: Path) -> list[Row]:
    """The rows of a file of decisions, as a spreadsheet may have saved it; none without a file.

    Raises CorrectionsError. A browser's copies beside it stay as they are: the stage reads them.
    """
    return list(rows_in(path)) if path.exists() else []


def _key(row: Mapping[str, str]) -> Key:
    return row["table"], row["row_id"], row["column"]


def _checked(row: Any) -> Row:
    """A row as it was sent; raises InputError where it has other fields than texts by column."""
    if not isinstance(row, dict) or not set(CORRECTION_COLUMNS) <= row.keys():
        raise InputError("a decision has not its fields", "the review page", "load the page again")
    return Row({name: str(row[name]) for name in CORRECTION_COLUMNS}, "", str(row["when"]))
