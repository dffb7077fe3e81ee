"""Places to publish to that hold what no run made: it stays, and the run ends before any work.

Long: a list of cases with what each prepares.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.hostile import pdfs
from tests.hostile.cases import Hostile
from tests.hostile.command import Got
from tests.hostile.room import EARLIER, PARAMS, SMALL, Room

_CODE = 6
_OWN, _NAME, _OTHERS = (
    "the project's own folders",
    "cannot be the name",
    "holds files, and no publication",
)


def _to(place: str) -> Callable[[Room], Got]:
    """A run of the small dump to a place, below the project unless it begins with a slash."""
    return lambda room: room.run_to(place)


def _to_kept(place: str, kept: str) -> Callable[[Room], Got]:
    """The same where a file of others stands already."""

    def act(room: Room) -> Got:
        room.keep(kept)
        return room.run_to(place)

    return act


def _to_link(target: str) -> Callable[[Room], Got]:
    def act(room: Room) -> Got:
        room.keep("photos/a.jpg")
        (room.project / "out" / "y").symlink_to(target)
        return room.run_to("out/y")

    return act


def _through_link(room: Room) -> Got:
    room.keep("raw/y/a.jpg")
    (room.project / "elsewhere").symlink_to("raw")
    return room.run_to("elsewhere/y")


def _described(name: str, place: str = "out/y") -> Callable[[Room], Got]:
    """A run to a folder whose description names a document, beside a table."""

    def act(room: Room) -> Got:
        package = {**EARLIER, "sources": [{"title": name, "sha256": "0" * 64, "pages": 1}]}
        room.keep("out/y/datapackage.json", json.dumps(package))
        room.keep("out/y/tasks.csv")
        return room.run_to(place)

    return act


def _package_of_others(room: Room) -> Got:
    room.keep(
        "out/y/datapackage.json",
        json.dumps({"name": "rivers", "resources": [{"path": "rivers.csv"}]}),
    )
    room.keep("out/y/rivers.csv")
    return room.run_to("out/y")


def _listed(room: Room) -> Got:
    entry = "documents:\n  y: {file: y.pdf, settings: {}}\n"
    (room.project / "params.yaml").write_text(
        PARAMS.replace("documents:\n", entry), encoding="utf-8"
    )
    return room.run_to("out/y")


def _own_file(room: Room) -> Got:
    source = room.keep("out/y/x.txt", SMALL.read_text(encoding="utf-8"))
    return room.main("run", str(source), "--out", "out/y")


def _linked_work(room: Room) -> Got:
    room.keep("photos/a.jpg")
    (room.project / "out" / "work").mkdir(mode=0o700)
    (room.project / "out" / "work" / "y").symlink_to(room.project / "photos")
    return room.run_to("out/y")


def _pictures(room: Room) -> Got:
    """Pictures that a person put where a run puts its own."""
    room.keep("out/work/other/lock", "")
    room.keep("out/work/other/pictures/a.jpg")
    return room.run(pdfs.lines_of_ink(), "y.pdf")


def _stage(stage: str) -> Callable[[Room], Got]:
    """A stage of DVC's whose place to publish holds files of others."""

    def act(room: Room) -> Got:
        shutil.rmtree(room.out)
        room.keep("out/x/thesis.docx")
        room.before = room.hashes()
        return room.stages(stage)

    return act


DESTINATIONS = [
    Hostile("to publish to the folder of scans", _CODE, _OWN, _to("raw")),
    Hostile("to publish to the folder of all publications", _CODE, _OWN, _to("out")),
    Hostile("to publish to the intermediates", _CODE, _NAME, _to("out/work")),
    Hostile("to publish among the intermediates", _CODE, _OWN, _to("out/work/y")),
    Hostile("to publish to a new folder among the scans", _CODE, _OWN, _to("raw/y")),
    Hostile("to publish to the code", _CODE, _OWN, _to_kept("extract", "extract/stage.py")),
    Hostile("to publish into the code", _CODE, _OWN, _to("tests/y")),
    Hostile("to publish into git's folder", _CODE, _OWN, _to(".git/y")),
    Hostile("to publish to this folder", _CODE, _NAME, _to(".")),
    Hostile("to publish to the folder above", _CODE, _NAME, _to("..")),
    Hostile(
        "to publish to the project by its name",
        _CODE,
        "holds the project itself",
        _to("../project"),
    ),
    Hostile("to publish to the root of all folders", _CODE, _NAME, _to("/")),
    Hostile("to publish to the root, with two slashes", _CODE, _NAME, _to("//")),
    Hostile("to publish to the scans by a way round", _CODE, _OWN, _to("out/x/../../raw/")),
    Hostile("to publish to the scans through a link", _CODE, _OWN, _through_link),
    Hostile("to publish to a file", _CODE, "not a folder", _to_kept("out/y", "out/y")),
    Hostile("to publish to a device", _CODE, "not a folder", _to("/dev/null")),
    Hostile("to publish to a link to a folder", _CODE, "this is a link", _to_link("../photos")),
    Hostile("to publish to a link to nothing", _CODE, "this is a link", _to_link("nowhere")),
    Hostile("to publish to a link to itself", _CODE, "this is a link", _to_link("y")),
    Hostile(
        "to publish to a folder of files", _CODE, _OTHERS, _to_kept("out/y", "out/y/thesis.docx")
    ),
    Hostile(
        "to publish to a folder of one hidden file",
        _CODE,
        _OTHERS,
        _to_kept("out/y", "out/y/.keys"),
    ),
    Hostile(
        "to publish to a folder of folders", _CODE, _OTHERS, _to_kept("out/y", "out/y/a/b/c.txt")
    ),
    Hostile("to publish under a name with a blank", _CODE, _NAME, _to("out/my programme")),
    Hostile("to publish under a name in capitals", _CODE, _NAME, _to("out/Programme")),
    Hostile("to publish under a hidden name", _CODE, _NAME, _to("out/.y")),
    Hostile("to publish under a name of 201 letters", _CODE, _NAME, _to("out/" + "y" * 201)),
    Hostile("to publish under the name of the data set", _CODE, _NAME, _to("out/dataset")),
    Hostile(
        "to publish inside a publication", _CODE, "lies in a document's publication", _to("out/x/y")
    ),
    Hostile(
        "to publish deep inside a publication",
        _CODE,
        "lies in a document's publication",
        _to("out/x/review/refused/y"),
    ),
    Hostile(
        "to publish to another document's publication",
        _CODE,
        "another document, north, not of x",
        _described("north"),
    ),
    Hostile(
        "to publish inside another document's publication",
        _CODE,
        "lies in",
        _described("north", "out/y/z"),
    ),
    Hostile("to publish to a data package of others", _CODE, _OTHERS, _package_of_others),
    Hostile(
        "to publish to the place of a listed document",
        _CODE,
        "another document of params.yaml",
        _listed,
    ),
    Hostile(
        "a note that somebody put beside the tables",
        _CODE,
        "no part of it: note.txt",
        _to_kept("out/x", "out/x/note.txt"),
        publishes=True,
    ),
    Hostile("a document that lies where it is to be published", _CODE, _OTHERS, _own_file),
    Hostile(
        "files of others where the intermediates would be",
        _CODE,
        "holds other files: a.jpg",
        _to_kept("out/y", "out/work/y/a.jpg"),
    ),
    Hostile(
        "a file where the intermediates would be",
        _CODE,
        "a link or a file",
        _to_kept("out/y", "out/work/y"),
    ),
    Hostile("intermediates that are a link to photos", _CODE, "a link or a file", _linked_work),
    Hostile("photos where a run's pictures would be", _CODE, "was not made by a run", _pictures),
    Hostile(
        "files of others where DVC reads a listed document",
        _CODE,
        _OTHERS,
        _stage("extract"),
        publishes=True,
    ),
    Hostile(
        "files of others where DVC publishes a listed document",
        _CODE,
        _OTHERS,
        _stage("publish"),
        whole=True,
        publishes=True,
    ),
]


def _archive(out: str, *kept: str) -> Callable[[Room], Got]:
    def act(room: Room) -> Got:
        for name in kept:
            room.keep(name)
        return room.archive(out)

    return act


def _linked_set(room: Room) -> Got:
    room.keep("photos/document=x/a.jpg")
    (room.project / "all" / "dataset").mkdir(parents=True)
    (room.project / "all" / "dataset" / "tasks").symlink_to(room.project / "photos")
    return room.archive("all")


def _same_folder(room: Room) -> Got:
    """A document of the archive whose place holds files of others, beside one that can be
    published.
    """
    room.keep("all/x/thesis.docx")
    got = room.archive("all")
    published = (room.project / "all" / "y" / "tasks.csv").exists()
    return Got(got.code, got.said + ("" if published else "the other document is not published"))


ARCHIVES = [
    Hostile("an archive to the folder of scans", _CODE, _OWN, _archive("raw")),
    Hostile("an archive to the project", _CODE, "holds the project itself", _archive(".")),
    Hostile(
        "an archive to the root of all folders", _CODE, "holds the project itself", _archive("/")
    ),
    Hostile("an archive into the code", _CODE, _OWN, _archive("schemas/all")),
    Hostile("an archive to a file", _CODE, "not a folder", _archive("all", "all")),
    Hostile(
        "an archive to a document's publication",
        _CODE,
        "is a document's publication",
        _archive("out/x"),
    ),
    Hostile(
        "an archive to the folder of its documents",
        _CODE,
        "the documents lie in it",
        _archive("scans"),
    ),
    Hostile(
        "a table of others that is called archive.csv",
        _CODE,
        "was not written by an archive",
        _archive("all", "all/archive.csv"),
    ),
    Hostile(
        "a folder of others that is called dataset",
        _CODE,
        "was not made by an archive",
        _archive("all", "all/dataset/a.csv"),
    ),
    Hostile(
        "a document's data set of others",
        _CODE,
        "was not made",
        _archive("all", "all/dataset/tasks/document=old/tasks.parquet"),
    ),
    Hostile(
        "a data set that is a link to photos", _CODE, "was not made by an archive", _linked_set
    ),
    Hostile(
        "a folder of others that bears a document's name",
        60,
        "1 of 2 documents are not published",
        _same_folder,
    ),
]


def _trimmed(room: Room) -> Got:
    """A folder of others that looks like the kept pages."""
    for name in ("aa/photo.page", "aa/.hidden", "ab/x.page", ".git/.config"):
        room.keep(f"elsewhere/.pages/{name}")
    return room.main("cache", "--trim", "0", "--work", str(Path("elsewhere")))


CLEARED = [Hostile("files of others among the kept pages", 0, "0 pages", _trimmed)]
