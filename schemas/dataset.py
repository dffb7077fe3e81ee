"""All published tables of an archive as one Parquet data set each, partitioned by document.

The data sets are folders of links to the published files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from schemas.disk import make_folder
from schemas.errors import BadDestination
from schemas.publication import document_of, is_whole
from schemas.settings import DATASET, SLUG
from schemas.table_kinds import TABLE_NAMES

_PART = "document="


def check_dataset(out: Path) -> None:
    """Raise BadDestination where a folder ``dataset`` in ``out`` holds anything but our links."""
    top = out / DATASET
    if os.path.lexists(top) and (other := next(_strange(top), None)) is not None:
        what_to_do = "move the folder, or publish elsewhere"
        raise BadDestination(
            "this was not made by an archive of this pipeline", str(other), what_to_do
        )


def published_in(out: Path) -> list[str]:
    """The names of the documents that are published whole in an archive's folder, sorted."""
    return [folder.name for folder in sorted(out.iterdir()) if _is_published(folder)]


def link_dataset(out: Path, published: Sequence[str]) -> None:
    """Make links ``dataset/<table>/document=<name>/`` to all documents ``published`` in ``out``.

    A link to a document that is no longer published is removed, and its folder if that is empty.
    """
    check_dataset(out)
    for table in TABLE_NAMES:
        folder = out / DATASET / table
        make_folder(folder)
        _link(folder, table, published)
        _unlink(folder, table, published)


def _is_published(folder: Path) -> bool:
    return (
        SLUG.fullmatch(folder.name) is not None
        and document_of(folder) == folder.name
        and is_whole(folder)
    )


def _link(folder: Path, table: str, documents: Iterable[str]) -> None:
    for document in documents:
        link = folder / f"{_PART}{document}" / f"{table}.parquet"
        make_folder(link.parent)
        if not link.is_symlink():
            link.symlink_to(Path("..", "..", "..", document, link.name))


def _unlink(folder: Path, table: str, documents: Iterable[str]) -> None:
    wanted = {f"{_PART}{document}" for document in documents}
    for old in folder.iterdir():
        link = old / f"{table}.parquet"
        if old.name not in wanted and link.is_symlink():
            link.unlink()
        if old.name not in wanted:
            with suppress(OSError):  # something else is in it
                old.rmdir()


def _strange(top: Path) -> Iterator[Path]:
    """What is no folder or link of ours in a data set."""
    if not _is_folder(top):
        yield top
        return
    for folder in top.iterdir():
        if folder.name not in TABLE_NAMES or not _is_folder(folder):
            yield folder
            continue
        for part in folder.iterdir():
            if not part.name.startswith(_PART) or not _is_folder(part):
                yield part
                continue
            yield from (
                link
                for link in part.iterdir()
                if link.name != f"{folder.name}.parquet" or not link.is_symlink()
            )


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
