"""Publications of contract 1, so that they can be compared with those of today."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from pyarrow import ArrowException, parquet

from schemas.checking import Model
from schemas.errors import DamagedTable
from schemas.files import column_kinds
from schemas.published import TABLES
from schemas.table_kinds import KINDS

_ABSENT = frozenset(  # tables that contract 1 does not have
    {"appendices", "indicator_values", "indicator_bodies", "extras", "other_cells"}
)
_NEW: Mapping[str, tuple[str, ...]] = {  # and columns
    "document": ("kind",),
    "tasks": (*KINDS["tasks"].free, "number", "appendix"),
    "indicators": ("number", "appendix"),
}


def is_first(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether tables are of contract 1, by what the table ``document`` says."""
    return str(tables["document"]["contract_version"].iloc[0]).startswith("1.")


def is_first_folder(folder: Path) -> bool:
    """Whether a folder holds a publication of contract 1: its table ``document`` says so."""
    try:
        found = parquet.read_table(folder / "document.parquet", columns=["contract_version"])
    except (OSError, ArrowException, ValueError, KeyError):
        return False
    versions = found.column(0).to_pylist()
    return len(versions) == 1 and str(versions[0]).startswith("1.")


def read_first(folder: Path) -> dict[str, pd.DataFrame]:
    """Its tables with the columns of today, those that it does not have empty."""
    tables = {
        name: _read(model, folder / f"{name}.parquet")
        for name, model in TABLES.items()
        if name not in _ABSENT
    }
    return as_first({**{name: _empty(TABLES[name]) for name in _ABSENT}, **tables})


def as_first(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Tables without what contract 1 does not know: nothing in those columns and tables."""
    found = {}
    for name, frame in tables.items():
        columns = dict.fromkeys(_NEW.get(name, ()), "")
        found[name] = frame.iloc[:0] if name in _ABSENT else frame.assign(**columns)
    for name in ("cells", "repairs"):  # what points into them
        found[name] = found[name][~found[name]["table"].isin(_ABSENT)]
    return {name: found[name] for name in TABLES}


def _read(model: Model, path: Path) -> pd.DataFrame:
    """A table of contract 1; raises DamagedTable."""
    kinds = column_kinds(model)
    try:
        raw = parquet.read_table(path)
    except FileNotFoundError as error:
        raise DamagedTable("the table is missing", str(path), "publish it again") from error
    except (OSError, ArrowException, ValueError) as error:
        raise DamagedTable("the file is damaged", str(path), "publish it again") from error
    columns = {}
    for name, kind in kinds.items():
        if name not in raw.column_names:
            columns[name] = pd.Series([""] * raw.num_rows, dtype="str")
        elif kind in ("text", "date"):
            texts = ["" if value is None else str(value) for value in raw.column(name).to_pylist()]
            columns[name] = pd.Series(texts, dtype="str")
        else:
            columns[name] = raw.column(name).to_pandas()
    return pd.DataFrame(columns)


def _empty(model: Model) -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in column_kinds(model)})
