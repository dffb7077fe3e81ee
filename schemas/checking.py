"""The check of one table against its model.

Errors name the row and the rule, never the cell's text.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.dtypes import DataType, immutable
from pandera.engines import pandas_engine

from schemas.errors import Breach, TableError

Model = type[pa.DataFrameModel]
_SPOKEN = {
    "multiple_fields_uniqueness": "the key comes twice",
    "not_nullable": "missing",
    "field_uniqueness": "comes twice",
}


@immutable(init=True)
class _Text(pandas_engine.STRING):
    """Pandera's type of texts, checked a whole column at a time.

    Pandera's own check formats the failures of every value even where there are none.
    """

    def check(self, pandera_dtype: DataType, data_container: Any = None) -> bool:
        """Whether a column's type, and all that stands in it, is text."""
        found = super().check(pandera_dtype, data_container)
        return found if isinstance(found, bool) else all(found)


def check(model: Model, frame: pd.DataFrame, name: str = "") -> pd.DataFrame:
    """The table with its model's types.

    Raises TableError with every row, column and rule that the model refuses.
    """
    name = name or model.__name__
    if wrong := _wrong_columns(model, frame, name):
        raise TableError(wrong)
    frame = frame.reset_index(drop=True)
    try:
        return _schema(model).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        breaches = _failures_to_breaches(row_ids(model, frame), name, error.failure_cases)
    # here and not above: pandera's own message, which shows cells, must not hang on to it
    raise TableError(breaches)


@cache
def _schema(model: Model) -> pa.DataFrameSchema:
    """A model's own schema, its texts' types changed to the quicker one."""
    schema = model.to_schema()
    for column in schema.columns.values():
        if isinstance(column.dtype, pandas_engine.STRING):
            column.dtype = _Text
    return schema


def may_hold(model: Model, column: str, value: object) -> bool:
    """Whether a column by itself can hold a value: its type, its form, its closed set."""
    try:
        _schema(model).columns[column].validate(pd.DataFrame({column: [value]}), lazy=True)
    except (pa.errors.SchemaErrors, pa.errors.SchemaError):
        return False
    return True


def key_of(model: Model) -> list[str]:
    """The columns that are a table's key."""
    return list(_schema(model).unique or [])


def row_ids(model: Model, frame: pd.DataFrame) -> list[str]:
    """Each row's key, its parts joined with ``|``, as cells, repairs and citations name the row.

    A table without a key has the row's position, from 1.
    """
    key = key_of(model)
    if not key:
        return [str(number) for number in range(1, len(frame) + 1)]
    return [
        "|".join(str(part) for part in parts)
        for parts in zip(*(frame[column].tolist() for column in key), strict=True)
    ]


def _failures_to_breaches(ids: list[str], name: str, failures: pd.DataFrame) -> list[Breach]:
    """Breaches from pandera's failure cases, without the cells' texts that those hold.

    The text of a rule on whole rows begins with the column that it is about.
    """
    found: dict[Breach, None] = {}
    for context, column, rule, index in failures[
        ["schema_context", "column", "check", "index"]
    ].itertuples(index=False, name=None):
        place, _, told = (
            str(rule).rpartition(": ")
            if context == "DataFrameSchema"
            else (str(column), "", str(rule))
        )
        found[
            Breach(name, "" if pd.isna(index) else ids[int(index)], place, _SPOKEN.get(told, told))
        ] = None
    return list(found)


def _wrong_columns(model: Model, frame: pd.DataFrame, name: str) -> list[Breach]:
    wanted, given = list(_schema(model).columns), list(frame.columns)
    missing = [
        Breach(name, "", column, "the column is missing")
        for column in wanted
        if column not in given
    ]
    unknown = [
        Breach(name, "", str(column), "no such column in the model")
        for column in given
        if column not in wanted
    ]
    disorder = (
        [Breach(name, "", "", "columns are repeated or out of order")]
        if not missing + unknown and wanted != given
        else []
    )
    return missing + unknown + disorder
