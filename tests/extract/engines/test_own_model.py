"""A model of this project's own: read with where it is there, and stood in for where it is not."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.engines import tesseract
from extract.engines.tesseract import (
    check_engine,
    engine_versions,
    installed_model,
    missing_packages,
    read_pictures,
    witness_model,
)
from extract.read_pages import read_pages
from extract.tasks import ReadingSettings
from schemas.errors import ModelMissing
from tests.extract.test_first_stage import RAW, printed

VIE = Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata")


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of own models, its name with a space, that the first witness looks in."""
    folder = tmp_path / "own models"
    folder.mkdir()
    monkeypatch.setattr(tesseract, "OWN_MODELS", folder)
    monkeypatch.setitem(tesseract.WITNESS_MODELS, "vie", ("trained", "vie"))
    witness_model.cache_clear()
    yield folder
    witness_model.cache_clear()


def test_an_own_model_reads_and_the_installed_ones_are_found_as_ever(models: Path) -> None:
    shutil.copyfile(VIE, models / "trained.traineddata")
    witness_model.cache_clear()
    assert witness_model("vie") == "trained"
    second = witness_model("script")
    assert second is not None
    pictures = [printed(text, "tinos", "clean") for text in ("2027", "46,5")]
    for model in ("trained", second):
        read = read_pictures(pictures, model, 7, 200, 60)
        assert [[word.text for word in words] for words in read] == [["2027"], ["46,5"]]


def test_where_it_is_missing_the_installed_one_stands_in(models: Path) -> None:
    assert list(models.iterdir()) == []
    assert witness_model("vie") == "vie"
    (page,) = read_pages(RAW, [4], ReadingSettings(fast=True))
    assert "vie" in page.words["witness"]


def test_the_engines_versions_change_with_the_model(models: Path) -> None:
    before = engine_versions()["model of vie"]
    file = models / "trained.traineddata"
    shutil.copyfile(VIE, file)
    witness_model.cache_clear()
    digest = hashlib.sha256(VIE.read_bytes()).hexdigest()
    assert engine_versions()["model of vie"] == f"trained (sha256 {digest})"
    assert before == f"vie (sha256 {digest})"
    file.write_bytes(b"another")
    assert engine_versions()["model of vie"] != f"trained (sha256 {digest})"


def test_a_model_that_is_damaged_is_said_to_be(models: Path) -> None:
    (models / "trained.traineddata").write_bytes(b"not a model")
    with pytest.raises(ModelMissing, match="trained"):
        read_pictures([printed("2027", "tinos", "clean")], "trained", 7, 200, 60)


def test_the_projects_reader_reads_first() -> None:
    witness_model.cache_clear()
    versions = engine_versions()
    assert witness_model("vie") == "reader"
    assert versions["model of vie"].startswith("reader (sha256 ")
    pictures = [printed(text, "tinos", "office") for text in ("2027", "40-45", "XIV")]
    read = read_pictures(pictures, "reader", 7, 200, 60)
    assert [[word.text for word in words] for words in read] == [["2027"], ["40-45"], ["XIV"]]


@pytest.mark.parametrize(
    ("listed", "missing"),
    [
        ("vie script/Vietnamese eng", []),
        ("vie Vietnamese", []),
        ("vie eng", ["tesseract-ocr-script-viet"]),
        ("eng", ["tesseract-ocr-vie", "tesseract-ocr-script-viet"]),
    ],
)
def test_debians_packages_are_named_for_the_models_that_are_missing(
    listed: str, missing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "_installed_models", listed.split)
    installed_model.cache_clear()
    assert missing_packages() == missing
    if "tesseract-ocr-vie" in missing:
        with pytest.raises(ModelMissing, match=f"Install {' and '.join(missing)}"):
            check_engine()
    installed_model.cache_clear()
    monkeypatch.undo()
    assert missing_packages() == []  # these tests run with all of them


def test_a_set_folder_of_models_is_named_where_no_model_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tesseract, "_installed_models", lambda: ["eng"])
    monkeypatch.setenv("TESSDATA_PREFIX", "/elsewhere/models")
    installed_model.cache_clear()
    with pytest.raises(ModelMissing, match=r"Unset TESSDATA_PREFIX.* in /elsewhere/models, or"):
        check_engine()
    installed_model.cache_clear()
