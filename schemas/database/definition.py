"""The statements that make tables.sqlite: tables with types and keys, indexes and views.

A document's database and an archive's have the same tables; the archive's have a column
``document`` in front, which is part of every key.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from schemas.checking import key_of
from schemas.files import column_kinds
from schemas.published import TABLES

# tells our databases from others: "PrTb", where SQLite keeps a program's own number
APPLICATION_ID = 0x50725462
DOCUMENT = "document"
_TYPES = {
    "text": "TEXT",
    "date": "DATE",  # as ISO text; drivers and DuckDB take the column for dates
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "BOOLEAN",
}
_INDEXED = {  # what the views and people look rows up by, beside keys and references
    "tasks": ["end"],
    "milestones": ["end"],
    "paragraphs": ["section_path"],
    "task_bodies": ["name"],
    "repairs": ["table", "row_id", "column"],
    "citations": ["table", "row_id"],
}
_ARCHIVE_ALONE = re.compile(r"\[d\](.*?)\[d\]", re.DOTALL)
_VIEWS = (Path(__file__).parent / "views.sql").read_text(encoding="utf-8")
ABOUT = {  # tables about the tables: what schemas/words knows
    "about_tables": ("table", "vi", "en", "description_vi", "description_en"),
    "about_columns": (
        "table", "column", "vi", "en", "description_vi", "description_en", "unit",
    ),
    "about_codes": ("table", "column", "code", "vi", "en"),
}  # fmt: skip
# in an archive's: of which file of which document its rows are
SOURCES = "CREATE TABLE about_documents (document TEXT PRIMARY KEY, sha256 TEXT NOT NULL)"


@dataclass(frozen=True, order=True)
class Reference:
    """A foreign key: a table's columns, and the table and columns that they lead to."""

    table: str
    columns: tuple[str, ...]
    other: str
    others_columns: tuple[str, ...]


def table_statements(references: Collection[Reference], *, archive: bool) -> Iterator[str]:
    """The statements that make all tables, empty, with those foreign keys that hold."""
    yield f"PRAGMA application_id = {APPLICATION_ID}"
    for name, model in TABLES.items():
        own = [reference for reference in sorted(references) if reference.table == name]
        yield _table(name, column_kinds(model), key_of(model), own, archive=archive)
    for name, columns in ABOUT.items():
        yield f"CREATE TABLE {name} ({', '.join(f'{quoted(c)} TEXT' for c in columns)})"


def index_statements(references: Collection[Reference], *, archive: bool) -> Iterator[str]:
    """The statements that make indexes; quicker after the rows are in.

    Columns that a key begins with have the key's own index.
    """
    wanted = {(reference.table, reference.columns) for reference in references}
    wanted |= {(table, tuple(columns)) for table, columns in _INDEXED.items()}
    for table, columns in sorted(wanted):
        key = key_of(TABLES[table])
        if list(columns) != key[: len(columns)]:
            name = "_".join(("by", table, *columns))
            listed = ", ".join(map(quoted, _with_document(table, columns, archive=archive)))
            yield f"CREATE INDEX {quoted(name)} ON {quoted(table)} ({listed})"


def view_statements(*, archive: bool) -> Iterator[str]:
    """The statements of views.sql, each ended by a semicolon at the end of a line."""
    lines = [line for line in _VIEWS.splitlines() if not line.startswith("--")]
    text = _ARCHIVE_ALONE.sub(r"\1" if archive else "", "\n".join(lines))
    yield from (part.strip() for part in f"{text}\n".split(";\n") if part.strip())


def quoted(name: str) -> str:
    """A table's or column's name as SQL takes it, whatever word it is."""
    return f'"{name}"'


def columns_of(table: str, *, archive: bool) -> list[str]:
    """The columns of a table in the database, in order."""
    return _with_document(table, list(column_kinds(TABLES[table])), archive=archive)


def _table(
    name: str,
    kinds: Mapping[str, str],
    key: list[str],
    references: list[Reference],
    *,
    archive: bool,
) -> str:
    lines = [f"{quoted(DOCUMENT)} TEXT NOT NULL"] if archive and DOCUMENT not in kinds else []
    for column, kind in kinds.items():
        needed = column in key or kind in ("integer", "boolean")
        lines.append(f"{quoted(column)} {_TYPES[kind]}{' NOT NULL' if needed else ''}")
    lines.append(f"PRIMARY KEY ({_listed(name, key, archive=archive)})")
    for reference in references:
        own = _listed(name, reference.columns, archive=archive)
        theirs = _listed(reference.other, reference.others_columns, archive=archive)
        lines.append(f"FOREIGN KEY ({own}) REFERENCES {quoted(reference.other)} ({theirs})")
    return f"CREATE TABLE {quoted(name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _listed(table: str, columns: Collection[str], *, archive: bool) -> str:
    return ", ".join(map(quoted, _with_document(table, columns, archive=archive)))


def _with_document(table: str, columns: Collection[str], *, archive: bool) -> list[str]:
    return [DOCUMENT, *columns] if archive and table != DOCUMENT else list(columns)
