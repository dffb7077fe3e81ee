"""``csv-metadata.json``: the published CSV files in the words of CSV on the Web (w3.org/TR/csvw).

It stands where readers of CSVW look for it without being told, so that they take each column by
its type: ``1.10`` in a row's number stays a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from publish.datapackage import model_to_schema
from schemas.published import TABLES
from schemas.words.titles import Title, title_of

_CONTEXT = "http://www.w3.org/ns/csvw"  # a name, never fetched
_TYPES = {  # of Table Schema, and of CSVW where it is called otherwise
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "boolean": {"base": "boolean", "format": "true|false"},
}


def describe_csv(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """The group of all tables of a document, with columns, types, keys and foreign keys.

    It says the same as the Table Schemas of datapackage.json, from which it is made.
    """
    document = tables["document"].iloc[0]
    return {
        "@context": _CONTEXT,
        "dc:title": {"@value": document["title"] or document["document"], "@language": "vi"},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tables": [_table(name, tables) for name in TABLES],
    }


def _table(name: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    schema = model_to_schema(TABLES[name], name, tables)
    keys = [
        {
            "columnReference": key["fields"],
            "reference": {
                "resource": f"{key['reference']['resource'] or name}.csv",
                "columnReference": key["reference"]["fields"],
            },
        }
        for key in schema.get("foreignKeys", ())
        if (tables[name][key["fields"]] != "").all(axis=None)  # strict readers refuse an empty one
    ]
    return {
        "url": f"{name}.csv",
        **_told(title_of(name)),
        "tableSchema": {
            "columns": [_column(name, field) for field in schema["fields"]],
            "primaryKey": schema["primaryKey"],
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _column(table: str, field: Mapping[str, Any]) -> dict[str, Any]:
    """A column; its CSVW ``titles`` are what its header in the file says."""
    required = {"required": True} if field.get("constraints", {}).get("required") else {}
    return {
        "name": field["name"],
        "titles": field["name"],
        **_told(title_of(table, field["name"])),
        "datatype": _TYPES.get(field["type"], field["type"]),
        "null": "",
        **required,
    }


def _told(title: Title) -> dict[str, Any]:
    return {
        "dc:title": _both(title.vi, title.en),
        "dc:description": _both(title.description_vi, title.description_en),
    }


def _both(vi: str, en: str) -> list[dict[str, str]]:
    return [{"@value": vi, "@language": "vi"}, {"@value": en, "@language": "en"}]
