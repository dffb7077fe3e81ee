"""What a served review page sends: decisions to the document's file, and the sitting as it stands.

The file may be changed by others meanwhile: it is read anew each time, and rows of others stay.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.decisions.files import rows_in
from schemas.disk import write_bytes
from schemas.documents import CORRECTION_COLUMNS
from schemas.errors import InputError

Key = tuple[str, ...]  # table, row_id, column
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass
class Sitting:
    """The decisions file of a document, and the folder in which sittings are kept by the hash of
    the document's file.
    """

    corrections: Path
    folder: Path
    source: str
    _before: dict[Key, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Remember what stood in the file before this sitting."""
        written = {tuple(key) for key in self._kept(self.source).get("written", [])}
        self._before = {
            _key(row): row for row in read_rows(self.corrections) if _key(row) not in written
        }

    def save(self, rows: Sequence[Mapping[str, Any]], state: Mapping[str, Any]) -> None:
        """Write this sitting's rows into the file, and keep its state.

        A row that was written before and is not among ``rows`` any more was taken back: what stood
        there before the sitting stands there again. Raises InputError for rows that are none.
        """
        made = [_checked(row) for row in rows]
        own = {_key(row) for row in made}
        written = {tuple(key) for key in self._kept(self.source).get("written", [])}
        current = read_rows(self.corrections)
        kept = [row for row in current if _key(row) not in own | written]
        back = [self._before[key] for key in written - own if key in self._before]
        # first what is to be taken for this sitting's, then the rows: a kill in between loses none
        self._keep({"state": state, "written": sorted(own | written)})
        if current or made:
            write_bytes(self.corrections, rows_to_csv([*kept, *back, *made]).encode())
        self._keep({"state": state, "written": sorted(own)})

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
        except (FileNotFoundError, ValueError, TypeError):
            return {}

    def _keep(self, content: Mapping[str, Any]) -> None:
        text = json.dumps(content, ensure_ascii=False)
        write_bytes(self.folder / f"{self.source}.json", text.encode())


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file of decisions, as a spreadsheet may have saved it; none where there is no
    file. Raises CorrectionsError.
    """
    return [row.fields for row in rows_in(path)] if path.exists() else []


def rows_to_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as the text of a file of decisions."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, CORRECTION_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: row[name] for name in CORRECTION_COLUMNS} for row in rows)
    return buffer.getvalue()


def _key(row: Mapping[str, str]) -> Key:
    return row["table"], row["row_id"], row["column"]


def _checked(row: Any) -> dict[str, str]:
    """A row as it was sent; raises InputError where it has other fields than texts by column."""
    if not isinstance(row, dict) or not set(CORRECTION_COLUMNS) <= row.keys():
        raise InputError("a decision has not its fields", "the review page", "load the page again")
    return {name: str(row[name]) for name in CORRECTION_COLUMNS}
