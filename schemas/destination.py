"""Where a run may publish, looked at before any work: it replaces only what a run made."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from schemas.errors import BadDestination
from schemas.publication import belongs_to, document_of, strangers
from schemas.settings import DATASET, RESERVED, SLUG

_OWN = frozenset(
    {
        "audit",
        "docs",
        "extract",
        "normalize",
        "notebooks",
        "publish",
        "raw",
        "runs",
        "schemas",
        "tests",
        "wheelhouse",
    }
)
# what DVC brings back of a run's
_WORK = frozenset({"extract", "rows", "repair", "tables", "metrics.json", "confidence.csv"})
# letters of a folder's name: file systems take 255 bytes, and longer names are made of it
_LONGEST = 200
_ELSEWHERE = "give a folder that does not exist yet, such as out/x"


def check_destination(out: Path, source: Path, document: str, project: Path) -> None:
    """Raise BadDestination unless ``out`` is missing, empty, or a publication of ``document``.

    A publication with other files in it is refused. So are a name that is no slug, a link, the
    project's own folders and those above them, and the inside of another publication.
    """
    _check_name(out)
    place = _resolved(out)
    _check_project(out, place, project)
    _check_around(out, place)
    if out.exists() or out.is_symlink():
        _check_content(out, document)
    if _resolved(source).is_relative_to(place):
        raise _refused("the document's own file lies in it", out)
    _check_work(out.parent / "work" / out.name)


def check_unlisted(out: Path, document: str, project: Path, listed: Iterable[str]) -> None:
    """Raise BadDestination where ``out`` belongs to another of the documents ``listed`` in
    params.yaml.
    """
    place = _resolved(out)
    if place.parent == _resolved(project / "out") and place.name in set(listed) - {document}:
        raise _refused("this is where another document of params.yaml is published", out)


def check_archive(out: Path, folder: Path, project: Path) -> None:
    """Raise BadDestination unless ``out`` can hold a folder for each of the documents in
    ``folder``.
    """
    place = _resolved(out)
    if place != _resolved(project / "out"):
        _check_project(out, place, project)
    if _resolved(folder).is_relative_to(place):
        raise _refused("the documents lie in it", out, "give another folder")
    if os.path.lexists(out) and not out.is_dir():
        raise _refused("this is not a folder", out)
    if document_of(out) is not None:
        raise _refused(
            "this is a document's publication", out, "give the folder above it, or another one"
        )
    _check_around(out, place)


def check_file(path: Path, begins: bytes) -> None:
    """Raise BadDestination where ``path`` holds anything but an earlier file of the same kind.

    Such a file is known by its first bytes, ``begins``; an empty file may be overwritten too.
    """
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_file():
        raise _refused("this is no plain file", path, "give a file that does not exist yet")
    with path.open("rb") as file:
        head = file.read(len(begins))
    if head and head.lower() != begins.lower():
        raise _refused(
            "this file holds something else than what is to be written",
            path,
            "give a file that does not exist yet",
        )


def _check_name(out: Path) -> None:
    name = out.name
    if not SLUG.fullmatch(name) or name in RESERVED or len(name) > _LONGEST:
        what = f"this cannot be the name of a published folder: {name!r}"
        remedy = (
            f"use small letters, digits, - and _, at most {_LONGEST}, and neither `work` nor "
            f"`{DATASET}`"
        )
        raise _refused(what, out, remedy)


def _check_project(out: Path, place: Path, project: Path) -> None:
    home = _resolved(project)
    if home.is_relative_to(place):
        raise _refused("this folder holds the project itself", out)
    if not place.is_relative_to(home):
        return
    parts = place.relative_to(home).parts
    if (
        parts[0].startswith(".")
        or parts[0] in _OWN
        or parts == ("out",)
        or parts[:2] == ("out", "work")
    ):
        raise _refused("this is one of the project's own folders", out)


def _check_around(out: Path, place: Path) -> None:
    """Refuse the inside of a publication, and of a folder of intermediates."""
    for above in place.parents:
        if document_of(above) is not None:
            raise _refused("it lies in a document's publication", out)
        is_works = above.name == "work" and (above / ".pages").is_dir()
        if is_works or ((above / "lock").is_file() and (above / "extract").is_dir()):
            raise _refused("it lies among the intermediates of documents", out)


def _check_content(out: Path, document: str) -> None:
    if out.is_symlink():
        raise _refused("this is a link", out, "give the folder that it leads to, or another one")
    if not out.is_dir():
        raise _refused("this is not a folder", out)
    if belongs_to(out, document):
        return
    owner = document_of(out)
    if owner is None:
        raise _refused("this folder holds files, and no publication of this pipeline", out)
    if owner != document:
        raise _refused(
            f"this folder holds the publication of another document, {owner}, not of {document}",
            out,
        )
    some = ", ".join(strangers(out)[:3])
    raise _refused(
        f"beside the publication this folder holds what is no part of it: {some}",
        out,
        "move that elsewhere",
    )


def _check_work(work: Path) -> None:
    """Raise BadDestination where the folder of intermediates beside ``out`` may be somebody else's.

    It must be new, hold a run's lock, or hold only what a run makes.
    """
    if work.is_symlink() or (work.exists() and not work.is_dir()):
        raise _refused(
            "the intermediates would be put here, and this is a link or a file",
            work,
            "move it, or publish elsewhere",
        )
    if not work.is_dir() or (work / "lock").is_file():
        return
    other = sorted({entry.name for entry in work.iterdir()} - _WORK)
    if other:
        what = (
            "the intermediates would be put here, and this folder holds other files: "
            f"{', '.join(other[:3])}"
        )
        raise _refused(what, work, "move them, or publish elsewhere")


def _resolved(path: Path) -> Path:
    """A path without links and ``..``; where links lead in a circle, as far as that goes."""
    return Path(os.path.realpath(path))


def _refused(what: str, where: Path, what_to_do: str = _ELSEWHERE) -> BadDestination:
    return BadDestination(what, str(where) or ".", what_to_do)
