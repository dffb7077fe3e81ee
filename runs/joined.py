"""``tables.sqlite`` of an archive: the rows of all its documents in one database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from schemas.database.definition import (
    ABOUT,
    APPLICATION_ID,
    DOCUMENT,
    SOURCES,
    Reference,
    columns_of,
    index_statements,
    quoted,
    table_statements,
    view_statements,
)
from schemas.disk import replacing
from schemas.errors import BadDestination, FileTrouble
from schemas.publication import DATABASE, read_description, read_sums
from schemas.published import CONTRACT_VERSION, TABLES

_MAGIC, _PLACE = b"SQLite format 3\0", slice(68, 72)  # sqlite.org/fileformat.html
_OURS = (_MAGIC, APPLICATION_ID.to_bytes(4, "big"))


def check_database(out: Path) -> None:
    """Raise BadDestination where the database's place holds anything but one of ours."""
    path = out / DATABASE
    if not os.path.lexists(path) or _head(path) == _OURS:
        return
    what = "this was not written by an archive of this pipeline"
    raise BadDestination(what, str(path), "move it, or publish elsewhere")


def _head(path: Path) -> tuple[bytes, bytes] | None:
    """What a database's file begins with, and its program's number; None of what is no file."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return None
    return head[: len(_MAGIC)], head[_PLACE]


def _clear_leavings(out: Path) -> None:
    """Remove what a join that was killed had written, and nothing else."""
    for path in out.glob(f".{DATABASE}.????????"):
        if _head(path) in (_OURS, (b"", b"")):
            path.unlink(missing_ok=True)


def join_databases(out: Path, documents: Sequence[str]) -> None:
    """Put the rows of all ``documents`` published in ``out`` into ``out/tables.sqlite``.

    Every table but ``document`` itself has a column ``document`` in front. The file stays as it is
    where it was made of the same files. A document that was published by another contract, or
    without a database, is left out until it is published again. Raises FileTrouble.
    """
    check_database(out)
    _clear_leavings(out)
    path, wanted = out / DATABASE, _hashes(out, documents)
    if _hashes_in(path) == wanted:
        return
    try:
        with replacing(path) as file, _opened(Path(file.name)) as base:
            _fill(base, out, wanted)
    except sqlite3.Error as error:
        raise FileTrouble(
            f"the database of all documents was not made ({error})",
            str(path),
            "make room on the disk, and run the archive again",
        ) from error


def _hashes(out: Path, documents: Sequence[str]) -> dict[str, str]:
    """The hash of each document's database, as its publication lists it."""
    found = {}
    for document in documents:
        described = read_description(out / document)
        hashed = (read_sums(out / document) or {}).get(DATABASE)
        if described is not None and described.version == CONTRACT_VERSION and hashed is not None:
            found[document] = hashed
    return found


def _hashes_in(path: Path) -> dict[str, str] | None:
    """Of which files a database was made; None where there is none, or it cannot be read."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            return dict(base.execute("SELECT document, sha256 FROM about_documents"))
    except sqlite3.Error:
        return None


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A database that no other program sees yet, so that nothing of it needs to be undone."""
    uri = path.resolve().as_uri()
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA temp_store = MEMORY")  # no text of a document goes to another folder
        yield base


def _fill(base: sqlite3.Connection, out: Path, wanted: Mapping[str, str]) -> None:
    references = _references(base, out, wanted)
    for statement in (*table_statements(references, archive=True), SOURCES):
        base.execute(statement)
    for document in wanted:
        with _attached(base, out / document / DATABASE):
            base.execute("BEGIN")
            for table in TABLES:
                _copy(base, table, document)
            if document == next(iter(wanted)):
                for table in ABOUT:  # the same in all
                    base.execute(f"INSERT INTO {table} SELECT * FROM one.{table} ORDER BY rowid")  # noqa: S608
            base.execute("COMMIT")
    base.executemany("INSERT INTO about_documents VALUES (?, ?)", wanted.items())
    for statement in index_statements(references, archive=True):
        base.execute(statement)
    for statement in view_statements(archive=True):
        base.execute(statement)


@contextmanager
def _attached(base: sqlite3.Connection, path: Path) -> Iterator[None]:
    """A document's database under the name ``one``, which is only read."""
    base.execute("ATTACH ? AS one", (f"{path.resolve().as_uri()}?mode=ro&immutable=1",))
    yield
    base.execute("DETACH one")


def _copy(base: sqlite3.Connection, table: str, document: str) -> None:
    own = ", ".join(map(quoted, columns_of(table, archive=False)))
    name = quoted(table)
    added, value = (quoted(DOCUMENT) + ", ", "?, ") if table != DOCUMENT else ("", "")
    base.execute(
        f"INSERT INTO {name} ({added}{own}) SELECT {value}{own} FROM one.{name} ORDER BY rowid",  # noqa: S608 - names of ours
        (document,) if value else (),
    )


def _references(
    base: sqlite3.Connection, out: Path, documents: Mapping[str, str]
) -> set[Reference]:
    """The references that hold in every document."""
    found: set[Reference] | None = None
    for document in documents:
        with _attached(base, out / document / DATABASE):
            own = {reference for table in TABLES for reference in _stated(base, table)}
        found = own if found is None else found & own
    return found or set()


def _stated(base: sqlite3.Connection, table: str) -> Iterator[Reference]:
    """The foreign keys of one table of the attached database."""
    rows = base.execute(f"PRAGMA one.foreign_key_list({quoted(table)})").fetchall()
    for number in {row[0] for row in rows}:
        own = sorted((row for row in rows if row[0] == number), key=lambda row: int(row[1]))
        columns, others = tuple(row[3] for row in own), tuple(row[4] for row in own)
        yield Reference(table, columns, own[0][2], others)
