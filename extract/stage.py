"""The first stage: a document's file in; its pages, blocks and words out."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pandas as pd

from extract.dump import read_dump
from extract.fingerprints import page_fingerprints
from extract.page_cache import PAGES, PageCache, page_key
from extract.source import count_pages
from extract.tasks import PageReading, ReadingSettings, Task, shares
from extract.tesseract import check_engine, engine_versions
from extract.weights import recogniser_version
from extract.workers import apart, in_processes, picture_folder
from schemas.errors import BlankDocument, PageTooLarge
from schemas.files import appending, write
from schemas.frames import Blocks, Pages, Words
from schemas.progress import Progress
from schemas.settings import Settings
from schemas.system import write_bytes

_RUNS = 10  # a page may take as long as this many runs of Tesseract; it has five or six
_AT_ONCE = 40  # pages whose words are checked and written at once
_LIBRARIES = ("camelot-py", "numpy", "onnxruntime", "opencv-python-headless", "pdfplumber", "pypdfium2")
_MODELS = {"page": Pages, "blocks": Blocks, "words": Words}


def run(source: Path, work: Path, settings: Settings, progress: Progress, meanwhile: Callable[[], object] = bool) -> None:
    """Read a document and put its pages, blocks and words, and the engines that read them, into ``work/extract``.

    ``meanwhile`` is done here where other processes are at work on its pages.
    """
    folder = work / "extract"
    if source.suffix.lower() == ".txt":
        engines: dict[str, str] = {}
        pages, blocks, words = read_dump(source)
        write(Pages, pages, folder / "pages.parquet")
        write(Blocks, blocks, folder / "blocks.parquet")
        write(Words, words, folder / "words.parquet")
        witnesses = set(words["witness"])
    else:
        check_engine()
        engines = engine_versions() | ({} if settings.repair.fast else {"line recogniser": recogniser_version()})
        witnesses = write_pages(_read_pdf(source, work, settings, engines, progress, meanwhile), folder, source.name)
    engines["witnesses"] = " ".join(sorted(witnesses))
    write_bytes(folder / "engines.json", json.dumps(engines, indent=1, sort_keys=True).encode())


def write_pages(pages: Iterable[PageReading], folder: Path, name: str) -> set[str]:
    """Put pages as they come into the tables of ``folder``; the witnesses that read them. Raises BlankDocument where none read a word."""
    for left in folder.glob(".*.parquet.*"):
        left.unlink()  # by a run that was killed; the caller holds the document's lock
    witnesses: set[str] = set()
    with ExitStack() as stack:
        add = {part: stack.enter_context(appending(model, folder / f"{file}.parquet"))
               for (part, model), file in zip(_MODELS.items(), ("pages", "blocks", "words"), strict=True)}  # fmt: skip
        for some in _some_at_once(pages):
            for part in _MODELS:
                columns = [getattr(page, part) for page in some]
                add[part](pd.DataFrame({key: [value for own in columns for value in own[key]] for key in columns[0]}))
            witnesses.update(witness for page in some for witness in page.words["witness"])
        if not witnesses:
            raise BlankDocument(
                "no word could be read on any page", name, "look at the file: is it the right one, and are its pages upright?"
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


def _read_pdf(
    source: Path, work: Path, settings: Settings, engines: Mapping[str, str], progress: Progress, meanwhile: Callable[[], object]
) -> Iterator[PageReading]:
    """Each page of a PDF in order, as it is kept from an earlier run or read anew."""
    reading = ReadingSettings(settings.extract.dpi, settings.repair.fast, settings.extract.page_time_limit_s)
    cache = PageCache(work.parent / PAGES)
    keys = _page_keys(_look_at(source, reading), reading, engines)
    unknown = [page_no for page_no, key in enumerate(keys, 1) if not cache.knows(key)]
    jobs = min(len(unknown), settings.extract.jobs or len(os.sched_getaffinity(0)))
    tasks = [Task(pages, tuple(keys[page_no - 1] for page_no in pages)) for pages in shares(unknown, jobs)]
    progress.start("pages read", len(unknown))
    with picture_folder(work) as pictures:
        read = partial(read_and_keep, source, reading, cache)
        fresh = chain.from_iterable(in_processes(read, tasks, pictures, jobs, _RUNS * reading.seconds, meanwhile))
        for page_no, key in enumerate(keys, 1):
            if page_no in set(unknown):
                yield next(fresh)
                progress.advance()
            else:
                yield cache.get(key, page_no) or read_and_keep(source, reading, cache, Task((page_no,), (key,)))[0]
    progress.finish()
    if unknown:
        cache.trim(settings.cache.limit_mb * 1_000_000)


def _look_at(source: Path, reading: ReadingSettings) -> list[str]:
    """The fingerprint of each page, made in a process that may not take much: a file can ask for any time and memory."""
    found = apart(_fingerprints, source, reading.dpi, seconds=reading.seconds)
    if found is None:
        what = f"its pages ask for too much memory, or for more than {reading.seconds:g} s"
        raise PageTooLarge(what, source.name, "print the document to a new PDF")
    return found


def _fingerprints(source: Path, dpi: int) -> list[str]:
    return page_fingerprints(source, count_pages(source, dpi))


def _page_keys(fingerprints: Iterable[str], reading: ReadingSettings, engines: Mapping[str, str]) -> list[str]:
    """The name of each page in the cache: what the page is, and all that decides what is read of it."""
    libraries = {name: version(name) for name in _LIBRARIES}
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()
    decides = {**engines, **libraries, "code": code, "dpi": reading.dpi, "fast": reading.fast, "sure": reading.sure}
    return [page_key(fingerprint, decides) for fingerprint in fingerprints]


def read_and_keep(source: Path, settings: ReadingSettings, cache: PageCache, task: Task) -> list[PageReading]:
    """What is read of a task's pages, kept as soon as it is there; this loads all engines, and runs in the reading processes."""
    from extract.page import read_pages  # noqa: PLC0415

    found = read_pages(source, task.page_nos, settings)
    for key, page in zip(task.keys, found, strict=True):
        cache.put(key, page)
    return found
