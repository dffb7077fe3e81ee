"""A listed document's new version, and its removal from the project."""

from __future__ import annotations

import shutil
from pathlib import Path

from schemas.decisions.files import read_rows
from schemas.disk import alone_in, file_hash
from schemas.documents import (
    CORRECTIONS,
    check_kind,
    copies_of,
    copy_in,
    corrections_of,
    edit_documents,
    source_of,
)
from schemas.errors import BadDestination, DecisionsLost
from schemas.publication import belongs_to
from schemas.settings import Params, load_params


def replace_document(file: Path, document: str, raw: Path, params_path: Path) -> bool:
    """Put a new version in the place of a listed document's file; whether it is another than
    before.

    Its settings and corrections stay: a decision is applied while its cell still reads as it did.
    Raises SettingsError for a document that is not listed, NotAPdf for a file that is none.
    """
    check_kind(file)
    with alone_in(params_path.parent):
        old = raw / source_of(document, load_params(params_path)).name
        new = old.with_suffix(file.suffix.lower())
        if new.exists() and file_hash(new) == file_hash(file):
            return False
        copy_in(file, new)
        if new != old:
            edit_documents(params_path, lambda listed: listed[document].update(file=new.name))
            old.unlink(missing_ok=True)
    return True


def check_removal(document: str, project: Path, params: Params, *, with_decisions: bool) -> None:
    """Raise DecisionsLost where people have decided on a document, unless that may go too, and
    BadDestination where its folder below out/ holds what is not its own.

    CorrectionsError where the decisions cannot be counted.
    """
    source = project / source_of(document, params)
    decided = 0 if with_decisions else _decisions(source)
    if decided:
        what_to_do = f"keep a copy of that file, then run `remove {document} --with-decisions`"
        where = f"raw/{document}.corrections.csv"
        raise DecisionsLost(f"{decided} decisions of people would be lost", where, what_to_do)
    out = project / "out" / document
    if out.exists() and not belongs_to(out, document):
        what = "this folder holds what is no part of the document's publication"
        raise BadDestination(what, str(out), "move that elsewhere, or remove the folder yourself")


def remove_document(document: str, project: Path, params_path: Path) -> None:
    """Take a document out of params.yaml, and remove its files in raw/ and below out/.

    It is unlisted first: what a kill leaves is named by ``check``. ``check_removal`` comes before.
    """
    with alone_in(params_path.parent):
        source = project / source_of(document, load_params(params_path))
        edit_documents(params_path, lambda listed: listed.pop(document))
        corrections = source.with_name(source.stem + CORRECTIONS)
        for path in (source, corrections, *copies_of(corrections)):
            path.unlink(missing_ok=True)
    for folder in (project / "out" / document, project / "out" / "work" / document):
        shutil.rmtree(folder, ignore_errors=True)


def _decisions(source: Path) -> int:
    """How many decisions stand in a document's file of them and in the copies beside it.

    Raises CorrectionsError where one cannot be understood.
    """
    corrections = corrections_of(source)
    return 0 if corrections is None else len(read_rows(corrections))
