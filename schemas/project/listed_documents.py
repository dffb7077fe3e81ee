"""A listed document's new version, and its removal from the project."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from schemas.disk import file_hash
from schemas.documents import check_kind, copy_in, corrections_of, edit_documents, source_of
from schemas.errors import BadDestination, DecisionsLost
from schemas.publication import belongs_to
from schemas.settings import Params


def replace_document(
    file: Path, document: str, raw: Path, params_path: Path, params: Params
) -> bool:
    """Put a new version in the place of a listed document's file; whether it is another than
    before.

    Its settings and corrections stay: a decision is applied while its cell still reads as it did.
    Raises SettingsError for a document that is not listed, NotAPdf for a file that is none.
    """
    check_kind(file)
    old = raw / source_of(document, params).name
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
    """
    source = project / source_of(document, params)
    decided = _decisions(corrections_of(source))
    if decided and not with_decisions:
        what_to_do = f"keep a copy of that file, then run `remove {document} --with-decisions`"
        where = f"raw/{document}.corrections.csv"
        raise DecisionsLost(f"{decided} decisions of people would be lost", where, what_to_do)
    out = project / "out" / document
    if out.exists() and not belongs_to(out, document):
        what = "this folder holds what is no part of the document's publication"
        raise BadDestination(what, str(out), "move that elsewhere, or remove the folder yourself")


def remove_document(document: str, project: Path, params_path: Path, params: Params) -> None:
    """Take a document out of params.yaml, and remove its files in raw/ and below out/.

    It is unlisted first: what a kill leaves is named by ``check``. ``check_removal`` comes before.
    """
    source = project / source_of(document, params)
    edit_documents(params_path, lambda listed: listed.pop(document))
    corrections = corrections_of(source)
    for path in (source, corrections):
        if path is not None:
            path.unlink(missing_ok=True)
    for folder in (project / "out" / document, project / "out" / "work" / document):
        shutil.rmtree(folder, ignore_errors=True)


def _decisions(corrections: Path | None) -> int:
    """How many rows a corrections file has."""
    if corrections is None:
        return 0
    with corrections.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines))
