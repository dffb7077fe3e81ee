"""The documents: their files in raw/, their names, and their entries in params.yaml."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from schemas.disk import alone_in, replacing, write_bytes
from schemas.errors import (
    DuplicateDocument,
    FileTrouble,
    InputError,
    NotAPdf,
    SettingsError,
    UnlistedFile,
)
from schemas.file_kinds import other_kind
from schemas.settings import RESERVED, SLUG, Params, load_params

CORRECTION_COLUMNS = ("table", "row_id", "column", "read", "value", "verdict", "who", "when", "why")
LEARNED_NAME = "confusions_learned.csv"  # in raw/: what all corrections taught about misreadings
LEARNED_COLUMNS = ("witness", "printed", "read", "count")
CORRECTIONS = ".corrections.csv"
# x.corrections (1).csv, x.corrections(2).csv, x.corrections - Copy.csv, x.corrections copy 2.csv
_COPY = r"(?: ?\(\d+\)| - Copy(?: \(\d+\))?| copy(?: \d+)?|-\d+|_\d+)\.csv"
# letters of a document's name: file systems take 255 bytes, and longer names are made of it
_LONGEST = 200


def document_name(source: Path) -> str:
    """The slug that a file's stem gives: ``Chương trình 2025.pdf`` is ``chuong-trinh-2025``."""
    plain = unicodedata.normalize("NFD", source.stem).translate({ord("đ"): "d", ord("Đ"): "D"})
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return source.stem if SLUG.fullmatch(source.stem) else slug


def source_of(document: str, params: Params) -> Path:
    """A listed document's file, below the project's folder."""
    if document not in params.documents:
        raise SettingsError(
            f"no document is called {document}",
            "params.yaml",
            f"listed are: {', '.join(params.documents) or 'none'}",
        )
    return Path("raw", params.documents[document])


def corrections_of(source: Path) -> Path | None:
    """The file with people's decisions beside a document, or None.

    A browser may have left its copies there alone; they are read with it (``copies_of``).
    """
    path = source.with_name(source.stem + CORRECTIONS)
    return path if path.exists() or copies_of(path) else None


def copies_of(path: Path) -> list[Path]:
    """The further downloads that a browser put beside a file of decisions, the oldest first."""
    form = re.compile(re.escape(path.name.removesuffix(".csv")) + _COPY, re.IGNORECASE)
    found = [other for other in path.parent.glob("*.csv") if form.fullmatch(other.name)]
    return sorted(found, key=lambda other: (len(other.name), other.name))


def original_of(name: str) -> str:
    """The name of the file of decisions that a browser's copy is of; empty where it is none."""
    found = re.fullmatch(rf"(.+\.corrections){_COPY}", name, re.IGNORECASE)
    return f"{found[1]}.csv" if found is not None else ""


def add_document(file: Path, raw: Path, params_path: Path) -> str:
    """Copy a file into raw/, list it in params.yaml, start its corrections; returns its slug.

    The slug is the document's name, made from the file's. A file that is in raw/ already is listed
    where it is. Of several that are added at once each waits for the one before. Raises NotAPdf,
    DuplicateDocument, InputError.
    """
    check_kind(file)
    slug = _checked_name(file)
    with alone_in(params_path.parent):
        listed = load_params(params_path).documents.get(slug)
        target = raw / (slug + file.suffix.lower())
        _check_new(file, target, listed)
        if not target.exists():
            copy_in(file, target)
        for name, columns in _beside(slug):
            if not (raw / name).exists():
                write_bytes(raw / name, (",".join(columns) + "\n").encode())
        if listed is None:
            _list(slug, target.name, params_path)
    return slug


def _checked_name(file: Path) -> str:
    """The name that a new document gets by its file's; raises InputError."""
    slug = document_name(file)
    if not slug or slug in RESERVED:
        raise InputError(
            "no document's name can be made of the file's name", file.name, "rename the file"
        )
    if len(slug) > _LONGEST:
        raise InputError(
            f"the file's name is longer than {_LONGEST} letters", file.name, "rename the file"
        )
    return slug


def _check_new(file: Path, target: Path, listed: str | None) -> None:
    """Raise DuplicateDocument where a document of that name has another file already."""
    slug, in_place = target.stem, target.exists() and target.samefile(file)
    beside = target.parent.glob(f"{slug}.*")
    taken = {path.name for path in beside if path.suffix in (".pdf", ".txt")} - (
        {target.name} if in_place else set()
    )
    if taken or listed not in (None, target.name) or (listed is not None and not in_place):
        raise DuplicateDocument(
            f"there is a document called {slug} already",
            file.name,
            f"for a new version of it run `add {shlex.quote(str(file))} --replace {slug}`, "
            "else rename the file",
        )


def copy_in(file: Path, target: Path) -> None:
    """Copy a document's file to its place in raw/, whole or not at all."""
    with file.open("rb") as original, replacing(target) as copy:
        shutil.copyfileobj(original, copy)


def check_file(file: Path) -> None:
    """Raise NotAPdf for a folder, a pipe or a device: reading those may never end; FileTrouble
    where there is nothing.
    """
    if not os.path.lexists(file):
        what_to_do = "give the path of a PDF or of a text dump"
        raise FileTrouble("there is no such file", str(file), what_to_do)
    if file.exists() and not file.is_file():
        raise NotAPdf("not a file", file.name, "give the path of a PDF or of a text dump")


def check_kind(file: Path) -> None:
    """Raise NotAPdf unless the file begins like a PDF, or is a .txt in UTF-8."""
    check_file(file)
    with file.open("rb") as opened:
        head = opened.read(1024)
    if file.suffix.lower() == ".pdf":
        if b"%PDF-" not in head:
            told, hint = other_kind(head)
            raise NotAPdf(told, file.name, hint)
        return
    if file.suffix.lower() != ".txt":
        raise NotAPdf("neither a .pdf nor a .txt file", file.name, "convert the document to PDF")
    try:
        file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotAPdf("the text is not UTF-8", file.name, "save it as UTF-8") from error


def check_raw(raw: Path, params: Params) -> None:
    """Raise UnlistedFile where raw/ and params.yaml do not name the same files.

    The message names the command that mends it.
    """
    listed = set(params.documents.values())
    expected = listed | {LEARNED_NAME} | {slug + CORRECTIONS for slug in params.documents}
    found = {path.name for path in raw.iterdir() if not path.name.startswith(".")}
    for name in sorted(found - expected):
        if original_of(name) in expected:
            raise UnlistedFile(
                f"a browser put these decisions beside {original_of(name)}",
                f"raw/{name}",
                f"run `{_add_command(name)}`, which puts them in there",
            )
    for name in sorted(found - expected):
        remedy = "add its document" if name.endswith(CORRECTIONS) else f"run `{_add_command(name)}`"
        raise UnlistedFile(
            "params.yaml does not list this file", f"raw/{name}", f"{remedy}, or remove the file"
        )
    for name in sorted(listed - found):
        raise UnlistedFile(
            "params.yaml lists this file, but it is missing",
            f"raw/{name}",
            "put it back, or take its entry out",
        )
    for slug, name in params.documents.items():
        for beside, _ in _beside(slug):
            if beside not in found:
                raise UnlistedFile(
                    "the file of corrections is missing",
                    f"raw/{beside}",
                    f"run `{_add_command(name)}`, which makes an empty one",
                )


def _add_command(name: str) -> str:
    """What to type so that a file of raw/ is listed, whatever signs its name has."""
    return f"python pipeline.py add {shlex.quote(f'raw/{name}')}"


def _beside(slug: str) -> list[tuple[str, tuple[str, ...]]]:
    """The files that raw/ holds beside a document, for the stages depend on them, with the columns
    of each.
    """
    return [(slug + CORRECTIONS, CORRECTION_COLUMNS), (LEARNED_NAME, LEARNED_COLUMNS)]


def edit_documents(params_path: Path, edit: Callable[[CommentedMap], None]) -> None:
    """Change the entries under ``documents`` of params.yaml, keeping its comments.

    The caller holds its folder (``alone_in``) since before it looked at what is listed.
    """
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 200
    text, buffer = params_path.read_text(encoding="utf-8"), io.StringIO()
    content = yaml.load(text)
    if content is None:  # comments at most
        buffer.write(text)
        content = CommentedMap()
    documents = content.get("documents") or CommentedMap()
    edit(documents)
    # an empty mapping would be written as {} at the beginning of a line where a comment stands
    # behind the key, which is no YAML
    content["documents"] = documents or None
    yaml.dump(content, buffer)
    write_bytes(params_path, buffer.getvalue().encode("utf-8"))


def _list(slug: str, name: str, params_path: Path) -> None:
    """Put an entry into params.yaml."""
    entry = CommentedMap(file=name, settings=CommentedMap())
    entry.fa.set_flow_style()
    entry["settings"].fa.set_flow_style()
    edit_documents(params_path, lambda documents: documents.update({slug: entry}))
