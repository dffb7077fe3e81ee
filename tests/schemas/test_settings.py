"""params.yaml: unknown keys and impossible values are refused with the key's name."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.errors import SettingsError
from schemas.settings import (
    Contributor,
    ExtractSettings,
    GateSettings,
    License,
    PackageSettings,
    Params,
    Settings,
    content_to_params,
    load_params,
)
from tests.places import PROJECT


def test_the_projects_own_file_holds_the_defaults_and_nothing_hidden() -> None:
    params = load_params(PROJECT / "params.yaml")
    assert params.common == Settings()


def test_every_number_stands_in_the_file_so_that_dvc_sees_it_change() -> None:
    content = yaml.safe_load((PROJECT / "params.yaml").read_text(encoding="utf-8"))
    content.pop("documents")
    assert {section: set(values) for section, values in content.items()} == {
        section: set(values)
        for section, values in asdict(Settings()).items()
        if section != "expect"  # of a document alone, not of all
    }


def test_a_documents_own_settings_replace_single_numbers() -> None:
    documents = {
        "a": {"file": "a.pdf", "settings": {"extract": {"jobs": 1}}},
        "b": {"file": "b.txt", "settings": {}},
    }
    params = content_to_params(
        {"documents": documents, "extract": {"dpi": 300}, "gate": {"max_missing_rows": 2}}
    )
    gate = GateSettings(max_missing_rows=2)
    assert params.documents == {"a": "a.pdf", "b": "b.txt"}
    assert params.of("a") == Settings(extract=ExtractSettings(dpi=300, jobs=1), gate=gate)
    assert (
        params.of("b")
        == params.of("unlisted")
        == Settings(extract=ExtractSettings(dpi=300), gate=gate)
    )


def test_who_made_the_tables_and_under_which_licence() -> None:
    who = {"title": "Sở Nội vụ", "roles": ["creator", "contact"]}
    package = {"created": "2026-01-31", "contributors": [who], "licenses": [{"name": "CC0-1.0"}]}
    assert content_to_params({"package": package}).common.package == PackageSettings(
        "2026-01-31",
        (Contributor("Sở Nội vụ", roles=("creator", "contact")),),
        (License("CC0-1.0"),),
    )


def test_whole_numbers_serve_where_fractions_may_stand() -> None:
    assert content_to_params({"bodies": {"floor": 90}}).common.bodies.floor == 90.0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"extrakt": {}}, "unknown key extrakt"),
        ({"extract": {"dpl": 200}}, "unknown key extract.dpl"),
        ({"extract": {"dpi": "200"}}, "extract.dpi must be of type int, not str"),
        ({"extract": {"dpi": True}}, "extract.dpi must be of type int, not bool"),
        ({"extract": {"dpi": 20}}, "extract.dpi is 20, outside 100 to 400"),
        (
            {"gate": {"max_review_share": float("nan")}},
            "gate.max_review_share is nan, outside 0 to 1",
        ),
        ({"repair": {"fast": 1}}, "repair.fast must be of type bool, not int"),
        ({"extract": [1]}, "extract must be a mapping"),
        ([], "the file must be a mapping"),
        (
            {"documents": {"a b": {"file": "a b.pdf", "settings": {}}}},
            "'a b' cannot be a document's name",
        ),
        (
            {"documents": {"work": {"file": "work.pdf", "settings": {}}}},
            "'work' cannot be a document's name",
        ),
        ({"documents": {"a": {"file": "b.pdf", "settings": {}}}}, "documents.a must name its file"),
        (
            {"documents": {"a": {"file": "../a.pdf", "settings": {}}}},
            "documents.a must name its file",
        ),
        (
            {"documents": {"a": {"file": "a.pdf"}}},
            "documents.a must name its file in raw/ and its own settings",
        ),
        ({"package": {"created": "31/01/2026"}}, "package.created is no day"),
        ({"package": {"created": "20260131"}}, "package.created is no day"),
        ({"package": {"contributors": {"title": "a"}}}, "package.contributors must be a list"),
        ({"package": {"contributors": [{"name": "a"}]}}, "unknown key package.contributors.name"),
        ({"package": {"contributors": [{"email": "a@b"}]}}, "package.contributors has no title"),
        (
            {"package": {"contributors": [{"title": "a", "roles": "creator"}]}},
            "package.contributors.roles must be a list",
        ),
        ({"package": {"licenses": [{"title": "a"}]}}, "package.licenses has no name or a path"),
        (
            {"documents": {"a": {"file": "a.pdf", "settings": {"gate": {"x": 1}}}}},
            "unknown key documents.a.settings.gate.x",
        ),
    ],
)
def test_what_is_wrong_is_named(content: Any, told: str) -> None:
    with pytest.raises(SettingsError, match=told.replace(".", r"\.")):
        content_to_params(content)


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="the file is missing"):
        load_params(tmp_path / "params.yaml")
    (tmp_path / "params.yaml").write_text("extract: [1", encoding="utf-8")
    with pytest.raises(SettingsError, match="not valid YAML"):
        load_params(tmp_path / "params.yaml")


def test_params_cannot_be_changed() -> None:
    params: Params = content_to_params({})
    with pytest.raises(AttributeError):
        params.common.extract.dpi = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        params.documents["a"] = "a.pdf"  # type: ignore[index]
