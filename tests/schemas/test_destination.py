"""Where a run may publish, and that nothing which no run made is ever removed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline
from extract.page_cache import PageCache
from extract.reading_processes import picture_folder
from publish import exchange
from publish.exchange import replacing_folder
from schemas import publication
from schemas.dataset import check_dataset, link_dataset, published_in
from schemas.destination import check_destination
from schemas.errors import BadDestination
from schemas.own_folders import MARK, is_own, make_own, remove_own
from schemas.publication import (
    belongs_to,
    document_of,
    is_whole,
    strangers,
    write_sums,
)
from schemas.published import TABLES
from schemas.table_kinds import TABLE_NAMES

PACKAGE = {
    "sources": [{"title": "x", "sha256": "0" * 64, "pages": 3}],
    "version": "1.0.0",
    "madeWith": {"code": "1"},
}


def published(folder: Path, document: str = "x") -> Path:
    """A publication with the names that ours has, each file's content its own name."""
    folder.mkdir(parents=True)
    for name in TABLE_NAMES:
        (folder / f"{name}.csv").write_text(name, encoding="utf-8")
        (folder / f"{name}.parquet").write_text(name, encoding="utf-8")
    header = "document,source_sha256,contract_version\n"
    (folder / "document.csv").write_text(f"{header}{document},0,1.0.0\n", encoding="utf-8")
    package = {**PACKAGE, "sources": [{"title": document, "sha256": "0", "pages": 3}]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "metrics.json").write_text("{}", encoding="utf-8")
    (folder / "review").mkdir()
    (folder / "review" / "report.md").write_text("x", encoding="utf-8")
    write_sums(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_names_of_the_tables_are_those_of_the_contract() -> None:
    assert tuple(TABLES) == TABLE_NAMES


def test_a_publication_is_known_by_its_description_or_its_table(tmp_path: Path) -> None:
    folder = published(tmp_path / "x")
    assert (document_of(folder), is_whole(folder), strangers(folder)) == ("x", True, [])
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    assert (document_of(folder), is_whole(folder)) == ("x", False)
    (folder / "document.csv").unlink()
    assert (document_of(folder), belongs_to(folder, "x")) == (None, False)
    assert (document_of(tmp_path), document_of(tmp_path / "none")) == (None, None)


@pytest.mark.parametrize(
    "name", ["tasks.csv", "cells.parquet", "metrics.json", "review/report.md", "SHA256SUMS"]
)
@pytest.mark.parametrize("damage", ["gone", "empty", "one byte more"])
def test_damage_to_any_published_file_is_seen(tmp_path: Path, name: str, damage: str) -> None:
    folder = published(tmp_path / "x")
    path = folder / name
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else path.read_bytes() + b"x")
    assert (is_whole(folder), belongs_to(folder, "x")) == (False, True)


def test_refused_tables_alone_are_a_publication_of_their_document(tmp_path: Path) -> None:
    published(tmp_path / "x" / "review" / "refused")
    (tmp_path / "x" / "review" / "refused" / "reasons.json").write_text("[]", encoding="utf-8")
    assert (document_of(tmp_path / "x"), belongs_to(tmp_path / "x", "x")) == ("x", True)
    assert is_whole(tmp_path / "x") is False


def test_what_lies_beside_a_publication_is_named_and_desktops_droppings_are_not(
    tmp_path: Path,
) -> None:
    folder = published(tmp_path / "x")
    for name in (".DS_Store", "review/Thumbs.db", ".~lock.tables.xlsx#"):
        (folder / name).touch()
    assert strangers(folder) == []
    for name in ("note.txt", "review/decisions.csv", "photos/a.jpg", "review/refused/mine.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "review" / "linked").symlink_to(tmp_path)
    found = [
        "note.txt",
        "photos/a.jpg",
        "review/decisions.csv",
        "review/linked",
        "review/refused/mine.txt",
    ]
    assert strangers(folder) == found


def test_of_an_older_publication_without_hashes_all_of_its_review_is_ours(tmp_path: Path) -> None:
    folder = published(tmp_path / "x")
    (folder / "SHA256SUMS").unlink()
    (folder / "review" / "old.html").touch()
    assert belongs_to(folder, "x")
    (folder / "old.html").touch()
    assert strangers(folder) == ["old.html"]


def test_a_run_may_publish_to_what_is_new_empty_or_its_own(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    published(tmp_path / "mine")
    for name in ("new", "empty", "mine", "deep/er/new"):
        check_destination(tmp_path / name, tmp_path / "x.pdf", "x", pipeline.PROJECT)
    with pytest.raises(BadDestination, match="another document, x, not of y"):
        check_destination(tmp_path / "mine", tmp_path / "y.pdf", "y", pipeline.PROJECT)
    (tmp_path / "other" / "mine").mkdir(parents=True)
    (tmp_path / "mine").rename(tmp_path / "other" / "mine")
    with pytest.raises(BadDestination, match="lies in a document's publication"):
        check_destination(
            tmp_path / "other" / "mine" / "new", tmp_path / "x.pdf", "x", pipeline.PROJECT
        )


def test_a_folder_above_the_project_is_refused_by_any_of_its_names(tmp_path: Path) -> None:
    project = tmp_path / "home" / "project"
    project.mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "home")
    for place in (
        project,
        project.parent,
        tmp_path / "link" / "project",
        project / "raw",
        tmp_path / "link" / "project" / "raw",
    ):
        with pytest.raises(BadDestination):
            check_destination(place, tmp_path / "x.pdf", "x", project)


def replace(folder: Path, document: str = "x") -> None:
    with replacing_folder(folder, lambda found: belongs_to(found, document)) as fresh:
        (fresh / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")


def folder_of_others(place: Path) -> None:
    place.mkdir()
    (place / "thesis.docx").write_text("of others", encoding="utf-8")


@pytest.mark.parametrize(
    "take",
    [
        folder_of_others,
        lambda place: place.symlink_to("elsewhere"),
        lambda place: place.write_text("of others"),
    ],
)
def test_what_takes_the_place_during_the_work_stays(
    tmp_path: Path, take: Callable[[Path], object]
) -> None:
    def work() -> None:
        with replacing_folder(tmp_path / "x", lambda found: belongs_to(found, "x")) as fresh:
            (fresh / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
            take(tmp_path / "x")

    with pytest.raises(BadDestination):
        work()
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").is_symlink() or set(contents(tmp_path).values()) == {b"of others"}


def test_what_takes_the_place_in_the_last_moment_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, swap = published(tmp_path / "x"), exchange._exchange
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.docx").write_text("of others", encoding="utf-8")

    def late(one: Path, other: Path) -> bool:
        if theirs.exists():
            folder.rename(tmp_path / "moved")
            theirs.rename(folder)
        return swap(one, other)

    monkeypatch.setattr(exchange, "_exchange", late)
    with pytest.raises(BadDestination, match="not published by a run for this document"):
        replace(folder)
    assert contents(folder) == {"thesis.docx": b"of others"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["moved", "x"]


def test_an_old_publication_that_may_not_be_removed_fails_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(exchange, "mark_own", refuse)
    for name in ("first", "second"):
        with replacing_folder(tmp_path / "x", lambda _: True) as fresh:
            (fresh / name).touch()
        assert [path.name for path in (tmp_path / "x").iterdir()] == [name]


def test_only_leavings_that_a_run_made_are_cleared(tmp_path: Path) -> None:
    for name in (".x.new-aaaaaaaa", ".x.new-photos12", ".x.old"):
        (tmp_path / name).mkdir()
    make_own(tmp_path / ".x.new-bbbbbbbb")
    for name in (".x.new-bbbbbbbb", ".x.new-photos12", ".x.old"):
        (tmp_path / name / "a.jpg").touch()
    published(tmp_path / ".x.new-cccccccc")
    published(tmp_path / ".x.new-dddddddd", "another")
    replace(tmp_path / "x")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".x.new-dddddddd", ".x.new-photos12", ".x.old", "x"]
    assert contents(tmp_path / ".x.old") == {"a.jpg": b""}


def test_an_own_folder_is_removed_and_no_other(tmp_path: Path) -> None:
    make_own(tmp_path / "own")
    (tmp_path / "own" / "deep").mkdir()
    (tmp_path / "own" / "deep" / "a").touch()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").touch()
    (tmp_path / "own" / "photos").symlink_to(tmp_path / "photos")
    (tmp_path / "link").symlink_to(tmp_path / "own")
    assert [is_own(tmp_path / name) for name in ("own", "photos", "link", "none")] == [
        True,
        False,
        False,
        False,
    ]
    assert [remove_own(tmp_path / name) for name in ("link", "photos", "own", "none")] == [
        False,
        False,
        True,
        True,
    ]
    assert contents(tmp_path) == {"photos/a.jpg": b""}


def test_a_runs_pictures_never_take_the_place_of_others(tmp_path: Path) -> None:
    with picture_folder(tmp_path) as folder:
        (folder / "page.png").touch()
    assert not folder.exists()
    folder.mkdir()
    (folder / "holiday.jpg").touch()
    with pytest.raises(BadDestination, match="not made by a run"), picture_folder(tmp_path):
        pass
    assert contents(tmp_path) == {"pictures/holiday.jpg": b""}
    (folder / MARK).touch()  # as a killed run leaves it
    with picture_folder(tmp_path):
        assert not (folder / "holiday.jpg").exists()


def test_the_data_set_links_what_is_published_whole_and_removes_nothing_but_links(
    tmp_path: Path,
) -> None:
    published(tmp_path / "x")
    published(tmp_path / "damaged", "damaged").joinpath("tasks.csv").unlink()
    published(tmp_path / "renamed", "another")
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "tasks.parquet").touch()
    link_dataset(tmp_path, published_in(tmp_path))
    assert [path.name for path in (tmp_path / "dataset" / "tasks").iterdir()] == ["document=x"]
    assert (tmp_path / "dataset" / "tasks" / "document=x" / "tasks.parquet").read_text(
        encoding="utf-8"
    ) == "tasks"
    (tmp_path / "x").rename(tmp_path / "gone")
    link_dataset(tmp_path, published_in(tmp_path))
    assert list((tmp_path / "dataset" / "tasks").iterdir()) == []
    (tmp_path / "dataset" / "tasks" / "document=y").mkdir()
    (tmp_path / "dataset" / "tasks" / "document=y" / "a.jpg").touch()
    with pytest.raises(BadDestination, match=r"a\.jpg: this was not made by an archive"):
        check_dataset(tmp_path)


def test_trimming_the_kept_pages_leaves_the_files_of_others(tmp_path: Path) -> None:
    for name in ("aa/holiday.page", "aa/.hidden", "aa/.page.page.x", "ab/abc.page.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / "ab" / "abc123.page").touch()
    (tmp_path / "ab" / ".abc123.page.0123abcd").touch()
    os.utime(tmp_path / "ab" / ".abc123.page.0123abcd", (0, 0))
    assert PageCache(tmp_path).trim(-1) == 1
    assert sorted(contents(tmp_path)) == [
        "aa/.hidden",
        "aa/.page.page.x",
        "aa/holiday.page",
        "ab/abc.page.txt",
    ]


def test_hashes_are_read_by_the_usual_program(tmp_path: Path) -> None:
    folder = published(tmp_path / "x")
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2 * len(TABLE_NAMES) + 3
    assert os.system(f"cd {folder} && sha256sum --quiet --check SHA256SUMS") == 0
    assert publication.read_sums(folder) is not None
