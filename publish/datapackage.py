"""``datapackage.json``: the published folder as a Data Package, version 2 (datapackage.org)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from schemas.checking import key_of
from schemas.files import column_kinds
from schemas.published import CONTRACT_VERSION, TABLES
from schemas.references import holds, references_of
from schemas.settings import PackageSettings
from schemas.words.titles import codes, title_of

_PROFILES = "https://datapackage.org/profiles/2.0"  # a name, never fetched
_TYPES = {
    "text": "string",
    "date": "date",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
}


def describe(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    versions: Mapping[str, str],
    package: PackageSettings,
) -> dict[str, Any]:
    """The description of a folder that holds ``<table>.csv`` and ``<table>.parquet`` for each
    table.

    ``versions`` says what made the tables, ``package`` who and under which licence. Titles and
    descriptions are Vietnamese; their English stands beside them under ``translations``.
    """
    document = tables["document"].iloc[0]
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": document["document"],
        "title": document["title"] or document["document"],
        "version": CONTRACT_VERSION,
        "languages": ["vi", "en"],
        **_owners(package),
        "handlingNotice": document["notice"],
        "sources": [
            {
                "title": document["document"],
                "sha256": document["source_sha256"],
                "pages": int(document["pages"]),
            }
        ],
        "madeWith": dict(versions),
        "resources": [_resource(folder, name, tables) for name in TABLES],
    }


def model_to_schema(
    model: type[pa.DataFrameModel], name: str, tables: Mapping[str, pd.DataFrame]
) -> dict[str, Any]:
    """The Table Schema of a model: its fields with their constraints, and its keys.

    Foreign keys are stated only where they hold in this document's tables.
    """
    key = key_of(model)
    columns = model.to_schema().columns
    fields = [
        {
            "name": column,
            "type": _TYPES[kind],
            **_told(name, column),
            **_codes(name, column, columns[column]),
            **_constraints(kind, column in key, columns[column]),
        }
        for column, kind in column_kinds(model).items()
    ]
    references = [
        {"fields": own, "reference": {"resource": "" if other == name else other, "fields": others}}
        for own, other, others in references_of(model)
        if holds(tables, name, own, other, others) and _is_whole(tables[name], own)
    ]
    schema = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": fields,
        "missingValues": [""],
        "primaryKey": key,
    }
    return schema | ({"foreignKeys": references} if references else {})


def _is_whole(frame: pd.DataFrame, columns: list[str]) -> bool:
    """Whether a reference through these columns can be stated as a foreign key.

    Of several columns none may be empty in any row: validators take such a row for a broken
    reference.
    """
    return len(columns) == 1 or bool((frame[columns] != "").all(axis=None))


def _told(table: str, column: str = "") -> dict[str, Any]:
    """What a table or column is called and means."""
    title = title_of(table, column)
    told: dict[str, Any] = {
        "title": title.vi,
        "description": title.description_vi,
        "translations": {"en": {"title": title.en, "description": title.description_en}},
    }
    if title.unit:
        told["unit"] = title.unit
    if title.example:
        told["example"] = title.example
    return told


def _codes(table: str, column: str, rules: pa.Column) -> dict[str, Any]:
    """What the codes of a column mean.

    ``categories`` is Table Schema's word for all values that a column can have; where others may
    come, or several joined, the same stands under ``codes``.
    """
    name = title_of(table, column).codes
    if not name:
        return {}
    meanings = [
        {"value": code, "label": means.vi, "translations": {"en": {"label": means.en}}}
        for code, means in codes()[name].items()
    ]
    is_closed = any(check.name == "isin" for check in rules.checks)
    return {"categories" if is_closed else "codes": meanings}


def _owners(package: PackageSettings) -> dict[str, Any]:
    """What the owner says of the package in params.yaml; nothing of what is left empty there."""
    given = {
        "created": f"{package.created}T00:00:00Z" if package.created else "",
        "contributors": [_filled(asdict(entry)) for entry in package.contributors],
        "licenses": [_filled(asdict(entry)) for entry in package.licenses],
    }
    return _filled(given)


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _constraints(kind: str, in_key: bool, column: pa.Column) -> dict[str, Any]:
    constraints: dict[str, Any] = (
        {"required": True}
        if in_key or (kind in {"integer", "number", "boolean"} and not column.nullable)
        else {}
    )
    for check in column.checks:
        constraints |= _constraint(check.name, check.statistics or {})
    if column.unique:
        constraints["unique"] = True
    return {"constraints": constraints} if constraints else {}


def _constraint(rule: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A pandera check in Table Schema's words; empty where those have none.

    In Table Schema a missing value is no value, so that ``""`` is left out of lists of values.
    """
    if rule == "isin":
        return {"enum": [value for value in values["allowed_values"] if value != ""]}
    if rule == "str_matches":
        pattern = values["pattern"]
        return {
            "pattern": (pattern if isinstance(pattern, str) else pattern.pattern).removeprefix(
                "^$|"
            )
        }
    if rule in ("greater_than_or_equal_to", "less_than_or_equal_to"):
        name, key = {
            "greater_than_or_equal_to": ("minimum", "min_value"),
            "less_than_or_equal_to": ("maximum", "max_value"),
        }[rule]
        return {name: values[key]}
    return {}


def _resource(folder: Path, name: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    model = TABLES[name]
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        **_told(name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_fingerprint(folder / f"{name}.csv"),
        "schema": model_to_schema(model, name, tables),
        "parquet": {"path": f"{name}.parquet", **_fingerprint(folder / f"{name}.parquet")},
    }


def _fingerprint(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
