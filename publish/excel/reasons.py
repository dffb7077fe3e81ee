"""Why a cell is in review, in the Vietnamese words of its note."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from schemas.rules import split
from schemas.table_kinds import KINDS
from schemas.words.titles import codes, title_of

Key = tuple[str, str, str]  # table, row_id, column
_LONGEST = 160  # letters of a reading that is shown
_UNKNOWN = "value"  # the rule of a value that is in doubt as a whole
_MOST = 6  # readings and changes that are shown


class Reasons:
    """What is known of the cells in review of a document."""

    def __init__(
        self, tables: Mapping[str, pd.DataFrame], doubts: Mapping[Key, tuple[str, ...]]
    ) -> None:
        self._doubts = doubts
        self._cells = _by_cell(tables["cells"], ["printed", "value", "confidence", "readings"])
        self._repairs = _by_cell(tables["repairs"], ["before", "after", "rule"])

    def columns(self, table: str, review: str) -> dict[str, str]:
        """The columns of a row that are in review, each with the one that its doubt is about.

        ``review`` is the row's; doubt about a column covers what is derived from it.
        """
        derived = KINDS[table].derived if table in KINDS else {}
        named = split(review)
        found = {column: source for column, source in derived.items() if source in named}
        return found | {column: column for column in named}

    def told(self, key: Key) -> str:
        """The note of a cell in review."""
        table, _, column = key
        lines = [f"Cần rà soát: {title_of(table, column).vi}"]
        reasons = self._doubts.get(key, (_UNKNOWN,))
        lines += [f"- {self._meaning(reason)}" for reason in reasons]
        for cell in self._cells.get(key, ()):
            lines.append(f"Độ tin cậy: {cell['confidence']:.3f}".replace(".", ","))
            lines += _readings(cell)
        changes = self._repairs.get(key, ())[:_MOST]
        lines += [
            f"Đã sửa: {_short(change['before'])} → {_short(change['after'])} "
            f"({self._meaning(change['rule'])})"
            for change in changes
        ]
        return "\n".join(lines)

    @staticmethod
    def _meaning(reason: str) -> str:
        """A rule or a reason in Vietnamese; as it is where it has no translation."""
        for name in ("rule", "reason"):
            if reason in codes()[name]:
                return codes()[name][reason].vi
        return reason


def _by_cell(frame: pd.DataFrame, columns: list[str]) -> dict[Key, list[dict[str, Any]]]:
    found: dict[Key, list[dict[str, Any]]] = {}
    keys = zip(frame["table"], frame["row_id"], frame["column"], strict=True)
    for key, row in zip(keys, frame[columns].to_dict("records"), strict=True):
        found.setdefault(key, []).append({str(name): value for name, value in row.items()})
    return found


def _readings(cell: Mapping[str, Any]) -> list[str]:
    """What each witness read in a box; of a long one the best reading alone."""
    try:
        readings = json.loads(cell["readings"])
    except ValueError:
        readings = None
    if not isinstance(readings, dict) or len(cell["printed"]) > _LONGEST:
        return [f"Đọc được: {_short(cell['printed'])}"]
    names = codes()["witness"]
    return [
        f"{names[name].vi if name in names else name}: {_short(str(reading))}"
        for name, reading in list(readings.items())[:_MOST]
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]} …"
