"""What was read, as the tables Pages, Blocks and Words on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from extract.dump import read_dump
from extract.tasks import PageReading
from runs.memory import give_memory_back
from schemas.errors import BlankDocument
from schemas.files import appending, write
from schemas.frames import Blocks, Pages, Words
from schemas.witnesses import INK

# pages whose words are checked and written at once: what waits for it is the memory that grows with
# a document
_AT_ONCE = 16
_MODELS = {"page": Pages, "blocks": Blocks, "words": Words}


def write_dump(source: Path, folder: Path) -> set[str]:
    """Put a text dump into the tables of ``folder``; the witnesses of its words."""
    pages, blocks, words = read_dump(source)
    write(Pages, pages, folder / "pages.parquet")
    write(Blocks, blocks, folder / "blocks.parquet")
    write(Words, words, folder / "words.parquet")
    return set(words["witness"])


def write_pages(pages: Iterable[PageReading], folder: Path, name: str) -> set[str]:
    """Write pages, as they come, to the tables of ``folder``; returns the witnesses that read them.

    Raises BlankDocument where none read a word.
    """
    for left in folder.glob(".*.parquet.*"):
        left.unlink()  # by a run that was killed; the caller holds the document's lock
    witnesses: set[str] = set()
    with ExitStack() as stack:
        add = {
            part: stack.enter_context(appending(model, folder / f"{file}.parquet"))
            for (part, model), file in zip(
                _MODELS.items(), ("pages", "blocks", "words"), strict=True
            )
        }
        for some in _some_at_once(pages):
            for part in _MODELS:
                columns = [getattr(page, part) for page in some]
                add[part](
                    pd.DataFrame(
                        {
                            key: [value for own in columns for value in own[key]]
                            for key in columns[0]
                        }
                    )
                )
            witnesses.update(
                witness for page in some for witness in page.words["witness"] if witness != INK
            )
            if len(some) == _AT_ONCE:
                give_memory_back()
        if not witnesses:
            raise BlankDocument(
                "no word could be read on any page",
                name,
                "look at the file: is it the right one, and are its pages upright?",
            )
    return witnesses


def _some_at_once(pages: Iterable[PageReading]) -> Iterator[list[PageReading]]:
    some: list[PageReading] = []
    for page in pages:
        some.append(page)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some
