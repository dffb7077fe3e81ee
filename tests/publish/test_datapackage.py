"""What the published folder says of itself: the data package, and the same for CSV on the Web."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless

from publish import stage
from publish.csvw import describe_csv
from publish.datapackage import model_to_schema
from publish.stage import About
from schemas.published import TABLES, check_tables
from schemas.settings import Contributor, License, PackageSettings
from tests.normalize.tables.tables import small_tables

ABOUT = About({"code": "c" * 64, "engine: tesseract": "5.3.0"})


def package_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def schema_of(table: str) -> dict[str, Any]:
    return model_to_schema(TABLES[table], table, check_tables(small_tables()))


def test_a_standard_validator_accepts_the_data_package(tmp_path: Path) -> None:
    stage.publish(small_tables(), tmp_path, ABOUT)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName"])
    assert [task.name for task in report.tasks] == list(TABLES)


def test_a_standard_validator_sees_a_dangling_reference_and_a_changed_file(tmp_path: Path) -> None:
    stage.publish(small_tables(), tmp_path, ABOUT)
    path = tmp_path / "task_bodies.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("1.1.10,coordinating", "1.1.12,coordinating"),
        encoding="utf-8",
    )
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {kind for (kind,) in report.flatten(["type"])} == {"hash-count", "foreign-key"}


def test_the_data_package_says_what_it_came_from(tmp_path: Path) -> None:
    stage.publish(small_tables(), tmp_path, ABOUT)
    package = package_of(tmp_path)
    assert {
        key: package[key] for key in ("name", "version", "handlingNotice", "sources", "madeWith")
    } == {
        "name": "sample",
        "version": "2.0.0",
        "handlingNotice": "Tài liệu này thuộc sở hữu của các cơ quan Đảng",
        "sources": [{"title": "sample", "sha256": "0" * 64, "pages": 4}],
        "madeWith": {"code": "c" * 64, "engine: tesseract": "5.3.0"},
    }


def test_keys_and_foreign_keys_are_stated() -> None:
    schema = schema_of("task_bodies")
    assert schema["primaryKey"] == ["task_id", "role", "position"]
    assert schema["foreignKeys"] == [
        {"fields": ["task_id"], "reference": {"resource": "tasks", "fields": ["task_id"]}},
        {"fields": ["body_id"], "reference": {"resource": "bodies", "fields": ["body_id"]}},
    ]


def test_a_field_says_what_it_is_in_both_languages_and_what_its_codes_mean() -> None:
    assert schema_of("task_bodies")["fields"][1] == {
        "name": "role",
        "type": "string",
        "title": "Vai trò",
        "description": "Cơ quan chủ trì hay phối hợp.",
        "translations": {
            "en": {"title": "Role", "description": "Whether the body leads or coordinates."}
        },
        "example": "lead",
        "categories": [
            {"value": "lead", "label": "Chủ trì", "translations": {"en": {"label": "Leads"}}},
            {
                "value": "coordinating",
                "label": "Phối hợp",
                "translations": {"en": {"label": "Coordinates"}},
            },
        ],
        "constraints": {"required": True, "enum": ["lead", "coordinating"]},
    }
    fields = {field["name"]: field for field in schema_of("cells")["fields"]}
    assert fields["x0"]["unit"] == "pt"
    assert fields["page_no"]["unit"] == "page"


def test_codes_of_which_several_may_be_joined_are_no_categories() -> None:
    fields = {field["name"]: field for field in schema_of("tasks")["fields"]}
    assert [entry["value"] for entry in fields["funding_codes"]["codes"]] == [
        "state_budget",
        "other_lawful",
        "ppp",
    ]
    assert "categories" not in fields["funding_codes"]


def test_who_made_it_and_under_which_licence_are_the_owner_s_words(tmp_path: Path) -> None:
    owner = PackageSettings(
        "2026-01-31",
        (Contributor("Sở Nội vụ", roles=("creator",)),),
        (License("CC0-1.0", title="Public domain"),),
    )
    stage.publish(small_tables(), tmp_path, replace(ABOUT, package=owner))
    package = package_of(tmp_path)
    assert {key: package[key] for key in ("created", "contributors", "licenses")} == {
        "created": "2026-01-31T00:00:00Z",
        "contributors": [{"title": "Sở Nội vụ", "roles": ["creator"]}],
        "licenses": [{"name": "CC0-1.0", "title": "Public domain"}],
    }
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_where_the_owner_says_nothing_nothing_is_said(tmp_path: Path) -> None:
    stage.publish(small_tables(), tmp_path, ABOUT)
    assert {"created", "contributors", "licenses"} & set(package_of(tmp_path)) == set()


def test_csv_on_the_web_says_the_same_as_the_data_package() -> None:
    told = describe_csv(check_tables(small_tables()))
    assert [table["url"] for table in told["tables"]] == [f"{name}.csv" for name in TABLES]
    tasks = next(table for table in told["tables"] if table["url"] == "tasks.csv")
    columns = {column["name"]: column for column in tasks["tableSchema"]["columns"]}
    assert list(columns) == list(TABLES["tasks"].to_schema().columns)
    assert columns["number"]["datatype"] == "string"  # 1.10 is not 1.1
    assert columns["start"]["datatype"] == {"base": "date", "format": "yyyy-MM-dd"}
    assert {column["titles"] for column in columns.values()} == set(columns)  # what the header says
    assert tasks["tableSchema"]["primaryKey"] == ["task_id"]
    assert tasks["tableSchema"]["foreignKeys"][0] == {
        "columnReference": ["appendix"],
        "reference": {"resource": "appendices.csv", "columnReference": ["appendix"]},
    }
    assert columns["lead"]["dc:title"] == [
        {"@value": "Chủ trì", "@language": "vi"},
        {"@value": "Lead", "@language": "en"},
    ]


def test_a_foreign_key_with_empty_cells_is_left_out_of_csv_on_the_web() -> None:
    told = describe_csv(check_tables(small_tables()))  # whose strict readers refuse it
    keys = [
        (table["url"], *key["columnReference"])
        for table in told["tables"]
        for key in table["tableSchema"].get("foreignKeys", ())
    ]
    assert ("tasks.csv", "parent_id") not in keys
    assert {("tasks.csv", "appendix"), ("task_bodies.csv", "task_id")} <= set(keys)
