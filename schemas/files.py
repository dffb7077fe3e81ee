"""Tables on disk as CSV and Parquet: ``read(Model, path)`` and ``write(Model, frame, path)``."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow
from pyarrow import compute, parquet

from schemas.checking import Model, check
from schemas.disk import replacing, write_bytes
from schemas.errors import DamagedTable, TableError

_MARK = b"checked by"
_PARQUET: dict[str, Any] = {"compression": "zstd", "write_page_checksum": True}
_TO_QUOTE = re.compile(r'[",\r\n]')
_ARROW = {
    "text": arrow.string(),
    "date": arrow.date32(),
    "integer": arrow.int64(),
    "number": arrow.float64(),
    "boolean": arrow.bool_(),
}


@cache
def column_kinds(model: Model) -> Mapping[str, str]:
    """Each column of a model with its kind: text, date (an ISO text in memory), integer, number,
    boolean.
    """
    return {name: _kind(column) for name, column in model.to_schema().columns.items()}


def write(model: Model, frame: pd.DataFrame, *paths: Path) -> None:
    """Check ``frame`` and write it to each path (.csv or .parquet), readable by its owner only.

    A reader never sees half of a file.
    """
    put(model, check(model, frame), *paths)


def put(model: Model, checked: pd.DataFrame, *paths: Path) -> None:
    """``write`` for a table that ``check`` has just returned."""
    for path in paths:
        write_bytes(
            path, _to_csv(model, checked) if path.suffix == ".csv" else _to_parquet(model, checked)
        )


@contextmanager
def appending(model: Model, path: Path) -> Iterator[Callable[[pd.DataFrame], None]]:
    """``write`` for a Parquet table that comes in pieces.

    Each frame given to the function that the block gets is appended. The file appears at ``path``
    when the block ends without an error.
    """
    with (
        replacing(path) as file,
        parquet.ParquetWriter(file, _arrow_schema(model), **_PARQUET) as writer,
    ):
        yield lambda frame: writer.write_table(_to_arrow(model, check(model, frame)))


def read(model: Model, path: Path, *columns: str) -> pd.DataFrame:
    """The checked table in ``path``, or only some ``columns`` of it.

    Every text is as it stands there (``1.10`` stays text), and a missing one is ``""``. A Parquet
    file that says it was checked by these rules is not checked again: its checksums tell whether it
    is still the same.
    """
    try:
        if path.suffix == ".csv":
            frame = check(model, _from_csv(model, path))
            return frame[list(columns)] if columns else frame
        frame, is_checked = _from_parquet(model, path, columns)
        if columns and not is_checked:
            return read(model, path)[list(columns)]
        return frame if is_checked else check(model, frame)
    except FileNotFoundError as error:
        raise DamagedTable(
            "the table is missing", str(path), "run the stage that makes it: `dvc repro`"
        ) from error
    except (arrow.ArrowException, csv.Error, ValueError, TableError) as error:
        if isinstance(error, MemoryError):
            raise
        raise DamagedTable(
            f"the file is not a table of model {model.__name__}",
            str(path),
            "delete it and run `dvc repro`",
        ) from error


def _kind(column: pa.Column) -> str:
    if column.metadata is not None and "kind" in column.metadata:
        return str(column.metadata["kind"])
    name = str(column.dtype)
    return (
        "text"
        if name.startswith("str")
        else {"int64": "integer", "float64": "number", "bool": "boolean"}[name]
    )


def short_number(value: float) -> str:
    """A number the short way: ``90`` and not ``90.0``, nothing for NaN."""
    if math.isnan(value):
        return ""
    text = repr(value)
    return text.removesuffix(".0")


_SHOWN: dict[str, Callable[[Any], str]] = {
    "text": str,
    "date": str,
    "integer": str,
    "number": short_number,
    "boolean": lambda value: "true" if value else "false",
}


def _to_csv(model: Model, frame: pd.DataFrame) -> bytes:
    columns = [
        [_SHOWN[kind](value) for value in frame[name].tolist()]
        for name, kind in column_kinds(model).items()
    ]
    return rows_to_csv([list(frame.columns), *zip(*columns, strict=True)])


def rows_to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV of RFC 4180, but each ended by a line feed alone.

    Not Python's own writer: before 3.13 it left a lone carriage return without quotes.
    """
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows).encode("utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


def _from_csv(model: Model, path: Path) -> pd.DataFrame:
    csv.field_size_limit(2**31 - 1)  # a long paragraph's readings pass csv's own limit of 128 KiB
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    kinds = column_kinds(model)
    if header != list(kinds) or any(len(row) != len(header) for row in rows):
        raise ValueError("other columns")
    return pd.DataFrame(
        {
            name: _parsed([row[i] for row in rows], kind)
            for i, (name, kind) in enumerate(kinds.items())
        }
    )


def _parsed(values: Sequence[str], kind: str) -> pd.Series[Any]:
    if kind == "number":
        return pd.Series([float(value) if value else math.nan for value in values], dtype="float64")
    if kind == "integer":
        return pd.Series([int(value) for value in values], dtype="int64")
    if kind == "boolean":
        if not set(values) <= {"true", "false"}:
            raise ValueError("neither true nor false")
        return pd.Series([value == "true" for value in values], dtype="bool")
    return pd.Series(list(values), dtype="str")


def _to_parquet(model: Model, frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(_to_arrow(model, frame), buffer, **_PARQUET)
    return buffer.getvalue()


def _to_arrow(model: Model, frame: pd.DataFrame) -> arrow.Table:
    arrays = [_to_array(frame[name], kind) for name, kind in column_kinds(model).items()]
    return arrow.Table.from_arrays(arrays, schema=_arrow_schema(model))


def _arrow_schema(model: Model) -> arrow.Schema:
    """The columns' types, with the mark of a table that was checked."""
    return arrow.schema(
        [(name, _ARROW[kind]) for name, kind in column_kinds(model).items()], {_MARK: _rules(model)}
    )


@cache
def _rules(model: Model) -> bytes:
    """What a table was checked by: the model's name, and a hash of the code of all rules."""
    code = hashlib.sha256(
        b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))
    ).hexdigest()
    return f"{model.__module__}.{model.__qualname__} {code}".encode()


def _to_array(column: pd.Series[Any], kind: str) -> arrow.Array:
    """An arrow array in which what is missing (an empty text, NaN) is null."""
    if kind in ("text", "date"):
        texts = arrow.array(column, arrow.string())
        return compute.if_else(
            compute.equal(texts, ""), arrow.scalar(None, arrow.string()), texts
        ).cast(_ARROW[kind])
    return arrow.array(column, _ARROW[kind], from_pandas=kind == "number")


def _from_parquet(model: Model, path: Path, columns: Sequence[str]) -> tuple[pd.DataFrame, bool]:
    """A table, or some of its columns, and whether it was checked when it was written."""
    kinds = column_kinds(model)
    content = arrow.BufferReader(path.read_bytes())
    try:
        file = parquet.ParquetFile(content, page_checksum_verification=True)
        if not file.schema_arrow.equals(_arrow_schema(model)):
            raise ValueError("other columns")
        table = file.read(list(columns or kinds))
    except OSError as error:  # not the disk's: the content is in memory
        if "alloc" in str(error).lower():
            raise MemoryError from error
        raise ValueError("damaged") from error
    frame = pd.DataFrame(
        {name: _from_array(table.column(name), kinds[name]) for name in columns or kinds}
    )
    return frame, (file.schema_arrow.metadata or {}).get(_MARK) == _rules(model)


def _from_array(column: arrow.ChunkedArray, kind: str) -> pd.Series[Any]:
    if kind in ("integer", "boolean") and column.null_count:
        raise ValueError("a value is missing")
    values = column.cast(arrow.string()).fill_null("") if kind in ("text", "date") else column
    return pd.Series(
        values.to_pandas(),
        dtype={"integer": "int64", "boolean": "bool", "number": "float64"}.get(kind, "str"),
    )
