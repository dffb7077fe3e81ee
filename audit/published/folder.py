"""A published folder in memory: its tables by row, its cells with every reading, what made it."""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from audit.published.columns import TEXT, row_tables
from audit.published.first_contract import is_first_folder, read_first
from schemas.checking import row_ids
from schemas.disk import check_folder
from schemas.errors import DamagedTable
from schemas.files import read
from schemas.project.provenance import read_provenance
from schemas.published import TABLES

Key = tuple[str, str, str]  # table, row_id, column
_PARTS = {  # table: the table that its rows belong to, and what is compared of them
    "task_bodies": ("tasks", ["role", "body_id", "name"]),
    "milestones": ("tasks", ["label", "kind", "start", "end", "recurrence"]),
    "indicator_bodies": ("indicators", ["body_id", "name"]),
}
_CITED = ["document_kind", "number", "date", "issuer"]
ELLIPSIS = "…"  # stands in a reading for a word that the witness did not look at


@dataclass(frozen=True)
class Box:
    """Where a part of a cell stands.

    Pages count from 1; lengths are points from the top left of the straightened page, None where
    the position is not known.
    """

    page_no: int
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None


@dataclass(frozen=True)
class Cell:
    """One printed cell, its boxes put together."""

    boxes: tuple[Box, ...]
    printed: str
    value: str
    confidence: float
    readings: Mapping[str, str]  # by witness
    doubtful: tuple[int, ...]  # positions of doubtful words, from 1, within the cell


@dataclass(frozen=True)
class Row:
    """One published row."""

    table: str
    row_id: str
    values: Mapping[str, Any]

    @property
    def page_no(self) -> int:
        """The page on which it starts."""
        return int(self.values.get("page_no", 1))

    @property
    def number(self) -> str:
        """Its printed number: the key without appendix or period."""
        return self.row_id.split("|")[0 if self.table in ("growth", "indicator_values") else -1]

    @property
    def doubted(self) -> frozenset[str]:
        """The columns that stand in review."""
        return frozenset(
            column for column in str(self.values.get("review", "")).split("; ") if column
        )

    @cached_property
    def text(self) -> str:
        """The printed text that tells it from other rows."""
        return " ".join(str(self.values[column]) for column in TEXT[self.table])


@dataclass(frozen=True)
class Published:
    """A document's published tables."""

    name: str
    tables: Mapping[str, pd.DataFrame]
    rows: Mapping[str, Sequence[Row]]
    cells: Mapping[Key, Cell]
    about: Mapping[str, Any] = field(default_factory=dict)  # datapackage.json

    @property
    def versions(self) -> Mapping[str, str]:
        """What made it: hashes of code, lists, settings and corrections, engines, the commit."""
        return dict(self.about.get("madeWith", {}))

    def doubted(self, row: Row) -> frozenset[str]:
        """The columns of a row that a person should look at.

        The table ``document`` has no column ``review``; there the doubtful words tell.
        """
        if row.table != "document":
            return row.doubted
        return frozenset(
            column
            for (table, _, column), cell in self.cells.items()
            if table == "document" and cell.doubtful
        )

    @property
    def source(self) -> str:
        """The hash of the file that was read."""
        return str(self.rows["document"][0].values["source_sha256"])

    def parts_of(self, table: str, row_id: str) -> Mapping[str, list[tuple[str, ...]]]:
        """The rows of ``task_bodies``, ``milestones`` and ``citations`` of a row, in order, without
        keys.
        """
        return {name: rows.get((table, row_id), []) for name, rows in self._parts.items()}

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[tuple[str, str], list[tuple[str, ...]]]]:
        citations, found = self.tables["citations"], {}
        found["citations"] = _grouped(
            citations,
            zip(citations["table"], citations["row_id"], strict=True),
            ["column", *_CITED],
        )
        for name, (table, columns) in _PARTS.items():
            ids = self.tables[name].iloc[:, 0]
            found[name] = _grouped(self.tables[name], ((table, row_id) for row_id in ids), columns)
        return found

    def row(self, table: str, row_id: str) -> Row | None:
        """One row by its key, None where there is none."""
        return next((row for row in self.rows.get(table, ()) if row.row_id == row_id), None)


def load_folder(folder: Path, name: str = "") -> Published:
    """The published folder ``out/<document>``; raises DamagedTable, or FileTrouble without one."""
    check_folder(folder)
    about, made = _read_about(folder / "datapackage.json"), read_provenance(folder)
    if made is not None and made.commit:
        about["madeWith"] = {**about.get("madeWith", {}), "commit": made.commit}
    return tables_to_published(name or folder.name, read_tables(folder), about)


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables of the contract from a folder's Parquet files; one of contract 1 lacks some."""
    if is_first_folder(folder):
        return read_first(folder)
    return {name: read(model, folder / f"{name}.parquet") for name, model in TABLES.items()}


def tables_to_published(
    name: str, tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any]
) -> Published:
    """The tables of the contract by row and cell."""
    rows = {table: to_rows(table, tables[table]) for table in row_tables()}
    return Published(name, tables, rows, cells_by_key(tables["cells"]), about)


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """A table's rows as named tuples.

    They are made column by column, which takes a third of the time of ``itertuples``.
    """
    row = namedtuple("row", frame.columns)  # type: ignore[misc] # the columns are the table's
    return map(row._make, zip(*(frame[column].tolist() for column in frame.columns), strict=True))


def cells_by_key(cells: pd.DataFrame) -> dict[Key, Cell]:
    """The cells of the table ``cells`` by table, row and column, the boxes of each put together."""
    found: dict[Key, list[Any]] = {}
    for part in records(cells):
        found.setdefault((str(part.table), str(part.row_id), str(part.column)), []).append(part)
    return {key: _to_cell(parts) for key, parts in found.items()}


def _grouped(
    frame: pd.DataFrame, keys: Iterable[tuple[str, str]], columns: list[str]
) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for key, part in zip(keys, frame[columns].itertuples(index=False, name=None), strict=True):
        found.setdefault(key, []).append(part)
    return found


def to_rows(table: str, frame: pd.DataFrame) -> list[Row]:
    """A published table's rows in order."""
    ids = row_ids(TABLES[table], frame)
    records = zip(*(frame[column].tolist() for column in frame.columns), strict=True)
    return [
        Row(table, row_id, dict(zip(frame.columns, record, strict=True)))
        for row_id, record in zip(ids, records, strict=True)
    ]


def _to_cell(parts: Sequence[Any]) -> Cell:
    readings: list[dict[str, str]] = [json.loads(part.readings or "{}") for part in parts]
    witnesses = dict.fromkeys(name for reading in readings for name in reading)
    counts = [len(part.printed.split()) for part in parts]
    unseen = [" ".join([ELLIPSIS] * count) for count in counts]
    return Cell(
        boxes=tuple(
            Box(int(part.page_no), *(_number(part, side) for side in ("x0", "top", "x1", "bottom")))
            for part in parts
        ),
        printed=_join(part.printed for part in parts),
        value=_join(dict.fromkeys(part.value for part in parts)),
        confidence=min(float(part.confidence) for part in parts),
        readings={
            name: _join(read.get(name, gap) for read, gap in zip(readings, unseen, strict=True))
            for name in witnesses
        },
        doubtful=tuple(
            sum(counts[:i]) + int(word)
            for i, part in enumerate(parts)
            for word in part.doubtful.split("; ")
            if word
        ),
    )


def _number(part: Any, side: str) -> float | None:
    value = float(getattr(part, side))
    return None if pd.isna(value) else value


def _join(texts: Any) -> str:
    return " ".join(" ".join(texts).split())


def _read_about(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError, RecursionError) as error:
        what_to_do = "publish the document again: `dvc repro`"
        raise DamagedTable("the file is missing or damaged", str(path), what_to_do) from error
