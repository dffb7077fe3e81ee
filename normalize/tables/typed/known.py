"""What typed values are compared with: the list of bodies, and what a document itself shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from normalize.bodies.listed import BodyList, load_bodies
from normalize.tables.cells import repaired_to_cells
from normalize.tables.own_bodies import column_rooms, with_own_names
from normalize.text.dictionary import syllables_of
from schemas.checking import row_ids
from schemas.files import read
from schemas.frames import Pages
from schemas.published import TABLES
from schemas.row_frames import Repaired
from schemas.settings import BodiesSettings
from schemas.table_kinds import KINDS


@dataclass(frozen=True)
class Known:
    """A document's bodies, words, units, periods, pages and row keys; and of the row that is
    decided on its key, its appendix, its unit, and what stands in the cell, then what each witness
    read there.

    ``words`` are the words of the document that are not in doubt, in small letters, ``years`` the
    numbers of four digits among them. ``ids`` holds the row keys of each table, as ``cells``
    names them. ``date`` is the document's ISO date or empty.
    """

    bodies: BodyList = field(default_factory=load_bodies)
    words: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pages: int = 0
    date: str = ""
    row_id: str = ""
    appendix: str = ""
    unit: str = ""
    read: tuple[str, ...] = ()

    def at(
        self, row_id: str, appendix: str = "", unit: str = "", read: Iterable[str] = ()
    ) -> Known:
        """The same for one row: its key, appendix and unit, and what was read in the cell."""
        return replace(self, row_id=row_id, appendix=appendix, unit=unit, read=tuple(read))


def known_of(
    repaired: pd.DataFrame,
    ids: Mapping[str, Iterable[str]],
    pages: int,
    date: str,
    bodies: BodyList,
) -> Known:
    """What a Repaired table shows, with the row keys of the tables and the document's own
    bodies.
    """
    seen = set(repaired.loc[~repaired["doubtful"], "value"].tolist())
    words = frozenset(syllables_of("\n".join(seen)))
    cells = repaired_to_cells(repaired)
    by_column = {"unit": set[str](), "period": set[str]()}
    for (_, _, column), cell in cells.items():
        if column in by_column and not cell.doubtful:
            by_column[column].add(cell.value)
    return Known(
        bodies,
        words,
        frozenset(text.strip(".,;:()") for text in seen if _is_year(text)),
        frozenset(by_column["unit"]),
        frozenset(by_column["period"]),
        {table: frozenset(own) for table, own in ids.items()},
        pages,
        date,
    )


def _is_year(text: str) -> bool:
    bare = text.strip(".,;:()")
    return len(bare) == 4 and bare.isdecimal()


@dataclass(frozen=True)
class Document:
    """A document as its stages left it, to check what is typed about any of its cells.

    ``rows`` holds each table's rows by key, ``read`` the readings of each printed cell.
    """

    known: Known
    rows: Mapping[str, Mapping[str, Mapping[str, Any]]]
    read: Mapping[tuple[str, str, str], tuple[str, ...]]

    def at(self, table: str, row_id: str, column: str) -> Known:
        """What a value typed for a cell is compared with; ``column`` is the published one."""
        row = self.rows.get(table, {}).get(row_id, {})
        own = self.rows["indicators"].get(str(row.get("indicator_id")), row)
        stands = str(row.get(column, ""))
        return self.known.at(
            row_id,
            str(row.get("appendix", "")),
            str(own.get("unit", "")),
            (stands, *self.read.get((table, row_id, column), ())),
        )


def load_document(work: Path, limits: BodiesSettings | None = None) -> Document:
    """What the stages left of a document in ``work`` (out/work/<document>).

    Raises DamagedTable or OSError where a file is damaged or missing.
    """
    repaired = read(Repaired, work / "repair" / "repaired.parquet")
    cells = repaired_to_cells(repaired)
    rooms = column_rooms(cells.values())
    bodies = with_own_names(load_bodies(), cells, rooms, limits or BodiesSettings())
    rows = {name: _by_id(name, work / "tables" / f"{name}.parquet") for name in KINDS}
    pages = len(read(Pages, work / "extract" / "pages.parquet"))
    date = next(str(row["date"]) for row in rows["document"].values())
    known = known_of(repaired, rows, pages, date, bodies)
    readings = {key: tuple(cell.readings().values()) for key, cell in cells.items()}
    return Document(known, rows, readings)


def _by_id(table: str, path: Path) -> dict[str, dict[str, Any]]:
    frame = read(TABLES[table], path)
    columns = [str(column) for column in frame.columns]
    rows = (
        dict(zip(columns, row, strict=True)) for row in frame.itertuples(index=False, name=None)
    )
    return dict(zip(row_ids(TABLES[table], frame), rows, strict=True))
