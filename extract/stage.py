"""The first stage: a document's file in; its pages, blocks and words out."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from extract.engines.tesseract import check_engine, engine_versions
from extract.engines.weights import recogniser_version
from extract.fingerprints import page_fingerprints
from extract.known_pages import KnownPages, page_places
from extract.page_cache import PageCache, page_key
from extract.reading_processes import in_processes, picture_folder
from extract.source import count_pages
from extract.tasks import PRELOADED, PageReading, ReadingSettings, Task, shares
from runs.limits import held_to
from runs.memory import give_memory_back
from runs.processes import apart, preload
from runs.progress import Progress
from schemas.disk import write_bytes
from schemas.errors import PageTooLarge
from schemas.project.places import pages_folder
from schemas.settings import Settings

# of an engine at once for one page: each of Tesseract loads its model, and a page has some tens of
# pictures
_MOST_RUNS = 4
# what this process needs later
_LOADED_MEANWHILE = ("pandas", "pyarrow.parquet", "pandera.pandas", "extract.write_frames")
_LIBRARIES = (
    "camelot-py",
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pdfminer.six",
    "pdfplumber",
    "pikepdf",
    "pypdfium2",
    "pytesseract",
)


def run(
    source: Path,
    work: Path,
    settings: Settings,
    progress: Progress,
    meanwhile: Callable[[], object] = bool,
) -> None:
    """Read a document; put its pages, blocks, words and the engines' versions into
    ``work/extract``.

    ``meanwhile`` is called here while other processes read the pages.
    """
    folder = work / "extract"
    if source.suffix.lower() == ".txt":
        engines: dict[str, str] = {}
        with held_to(settings.extract.page_time_limit_s, source.name):
            witnesses = import_module("extract.write_frames").write_dump(source, folder)
    else:
        check_engine()
        engines = engine_versions() | (
            {} if settings.repair.fast else {"line recogniser": recogniser_version()}
        )
        with closing(_read_pdf(source, work, settings, engines, progress, meanwhile)) as pages:
            first = next(pages)
            witnesses = import_module("extract.write_frames").write_pages(
                chain([first], pages), folder, source.name
            )
    engines["witnesses"] = " ".join(sorted(witnesses))
    write_bytes(folder / "engines.json", json.dumps(engines, indent=1, sort_keys=True).encode())


def _read_pdf(
    source: Path,
    work: Path,
    settings: Settings,
    engines: Mapping[str, str],
    progress: Progress,
    meanwhile: Callable[[], object],
) -> Generator[PageReading]:
    """Each page of a PDF in order, as it is kept from an earlier run or read anew."""
    reading = ReadingSettings(
        settings.extract.dpi, settings.repair.fast, settings.extract.page_time_limit_s
    )
    known = KnownPages(PageCache(pages_folder(work.parent)), *_look_at(source, reading, engines))
    cores = settings.extract.jobs or len(os.sched_getaffinity(0))
    with picture_folder(work) as pictures:
        kept = known.found(_drawn(source, reading, pictures, cores))
        unknown = [page_no for page_no in known.page_nos if page_no not in kept]
        jobs = min(len(unknown), cores)
        progress.start("pages read", len(unknown))
        runs = min(_MOST_RUNS, cores // max(1, jobs))
        read = partial(read_and_keep, source, replace(reading, runs=runs), known)
        tasks = [Task(page_nos) for page_nos in shares(unknown, jobs)]
        fresh = chain.from_iterable(
            in_processes(read, tasks, pictures, jobs, reading.seconds, meanwhile)
        )
        for page_no in known.page_nos:
            if page_no in kept:
                # what was kept may be gone by now
                again = partial(read_and_keep, source, reading, known, Task((page_no,)))
                yield known.get(page_no, kept[page_no]) or again()[0]
            else:
                yield next(fresh)
                progress.advance()
    progress.finish()
    if unknown:
        known.cache.trim(settings.cache.limit_mb * 1_000_000)


def _drawn(
    source: Path, reading: ReadingSettings, pictures: Path, cores: int
) -> Callable[[Sequence[int]], Iterable[str]]:
    """What finds the looks of pages: each is drawn, by as many processes as there are cores."""

    def looks(page_nos: Sequence[int]) -> Iterable[str]:
        tasks = [Task(some) for some in shares(page_nos, cores)]
        draw = partial(_looks, source, reading.dpi)
        return chain.from_iterable(
            in_processes(draw, tasks, pictures, min(cores, len(tasks)), reading.seconds)
        )

    return looks


def _looks(source: Path, dpi: int, task: Task) -> list[str]:
    from extract.read_pages import looks_of  # noqa: PLC0415

    return looks_of(source, task.page_nos, dpi)


def _look_at(
    source: Path, reading: ReadingSettings, engines: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """The key of each page in the cache, and its place.

    This runs in a process with limits, for an odd file can take any time and memory.
    """
    loads = (partial(import_module, name) for name in _LOADED_MEANWHILE)
    next(loads)()  # the server that begins processes is loading too
    preload(PRELOADED)
    found = apart(_places, source, reading.dpi, seconds=reading.seconds, meanwhile=loads)
    if found is None:
        what = f"its pages ask for too much memory, or for more than {reading.seconds:g} s"
        raise PageTooLarge(what, source.name, "print the document to a new PDF")
    fingerprints, places = found
    return _page_keys(fingerprints, reading, engines), places


def _places(source: Path, dpi: int) -> tuple[list[str], list[str]]:
    fingerprints = page_fingerprints(source, count_pages(source, dpi))
    return fingerprints, page_places(source, len(fingerprints))


def _page_keys(
    fingerprints: Iterable[str], reading: ReadingSettings, engines: Mapping[str, str]
) -> list[str]:
    """The key of each page in the cache: what the page is made of, and all that decides its
    reading.
    """
    libraries = {name: version(name) for name in _LIBRARIES}
    code = hashlib.sha256(
        b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))
    ).hexdigest()
    decides = {
        **engines,
        **libraries,
        "code": code,
        "dpi": reading.dpi,
        "fast": reading.fast,
        "sure": reading.sure,
    }
    return [page_key(fingerprint, decides) for fingerprint in fingerprints]


def read_and_keep(
    source: Path, settings: ReadingSettings, known: KnownPages, task: Task
) -> list[PageReading]:
    """What is read of a task's pages, put into the cache at once.

    This loads all engines, and runs in the reading processes.
    """
    from extract.read_pages import read_pages  # noqa: PLC0415

    found = read_pages(source, task.page_nos, settings)
    for page_no, page in zip(task.page_nos, found, strict=True):
        known.put(page_no, page)
    give_memory_back()  # or a process that reads hundreds of pages grows by a fourth
    return found
