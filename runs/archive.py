"""Many documents: found in a folder, each run as a command of its own, here or on a Dask cluster, and summed up."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from runs.progress import Progress
from schemas.disk import make_folder
from schemas.documents import corrections_of, document_name
from schemas.errors import (
    ArchiveIncomplete,
    DuplicateDocument,
    InputError,
    PipelineError,
    PublishRefused,
    ToolMissing,
)
from schemas.files import write
from schemas.published import CONTRACT_VERSION, TABLES
from schemas.settings import DATASET, RESERVED, Params
from schemas.versions import file_hash, rules_of

SUMMARY = "archive.csv"
_KINDS = (".pdf", ".txt")
# seconds in which what a killed worker was doing must have ended, for another worker to take it up
_PATIENCE = 60
_ANSWER = 10.0  # seconds in which a scheduler must answer
_RETRIES = 3  # times that a document is tried again when its worker dies
# Dask sets it for its workers; a run that inherits it takes a twentieth longer
_UNTRIMMED = ("env", "-u", "MALLOC_TRIM_THRESHOLD_")
_DONE = ("published", "unchanged")
_SECONDS = re.compile(r"in (\d+\.\d) s")  # of what a run says when it is done
_QUIET: dict[str, Any] = {
    "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "errors": "replace",
}  # fmt: skip
Submit = Callable[[list[str]], Future[subprocess.CompletedProcess[str]]]


@dataclass(frozen=True)
class Entry:
    """One document of an archive: its name, its file below the archive's folder, and where it is and is published to."""

    document: str
    file: str
    source: Path
    out: Path


@dataclass(frozen=True)
class Outcome:
    """What became of a document; ``message`` carries no text of it."""

    document: str
    file: str
    status: str  # published, unchanged, refused, failed
    exit_code: int
    message: str
    seconds: float = 0.0
    pages: int = 0
    tasks: int = 0
    review_share: float = 0.0


class Summary(pa.DataFrameModel):
    """One row for each document of an archive, by file."""

    document: str
    file: str = pa.Field(unique=True)
    status: str = pa.Field(isin=["published", "unchanged", "refused", "failed"])
    exit_code: int
    message: str
    seconds: float = pa.Field(ge=0)
    pages: int = pa.Field(ge=0)
    tasks: int = pa.Field(ge=0)
    review_share: float = pa.Field(ge=0, le=1)

    class Config:
        strict = True
        coerce = True
        ordered = True


@dataclass(frozen=True)
class Archive:
    """A folder of documents, and where they are published by which command with which settings."""

    folder: Path
    out: Path
    program: tuple[str, ...]  # the command line of pipeline.py, before its own command
    params: Params


def run(archive: Archive, scheduler: str, progress: Progress) -> list[Outcome]:
    """Publish every document of an archive that is not published as it is; raises ArchiveIncomplete when all is done and some failed.

    With the address of a ``scheduler`` (``tcp://host:port``) its workers do it; they see the same folders under the same names.
    """
    entries, outcomes = find_documents(archive)
    stale = [entry for entry in entries if not is_current(entry, archive)]
    outcomes += [_published(entry, "unchanged") for entry in entries if entry not in stale]
    progress.start("documents done", len(stale))
    with submitter(
        scheduler, archive.params.common.extract.jobs or len(os.sched_getaffinity(0))
    ) as submit:
        futures = {submit(command_of(entry, archive)): entry for entry in stale}
        for future in as_completed(futures):
            outcomes.append(_outcome(futures[future], future))
            _save(outcomes, archive.out)
            progress.advance()
    progress.finish()
    _save(outcomes, archive.out)
    link_dataset(archive.out)
    failed = sum(outcome.status not in _DONE for outcome in outcomes)
    if failed:
        raise ArchiveIncomplete(
            f"{failed} of {len(outcomes)} documents are not published",
            str(archive.out / SUMMARY),
            "see why there",
        )
    return sorted(outcomes, key=lambda outcome: outcome.file)


def find_documents(archive: Archive) -> tuple[list[Entry], list[Outcome]]:
    """The documents below a folder in order of their paths, and those that cannot have a name of their own."""
    files = [
        path
        for path in sorted(archive.folder.rglob("*"))
        if path.suffix.lower() in _KINDS and _is_input(path, archive)
    ]
    if not files:
        raise InputError(
            "there is no .pdf and no .txt",
            str(archive.folder),
            "name the folder that holds the documents",
        )
    entries: dict[str, Entry] = {}
    refused = []
    for path in files:
        name, file = document_name(path), str(path.relative_to(archive.folder))
        if not name or name in RESERVED:
            refused.append(
                _refused(
                    file,
                    InputError(
                        "no document's name can be made of the file's name", file, "rename the file"
                    ),
                )
            )
        elif name in entries:
            refused.append(
                _refused(
                    file,
                    DuplicateDocument(
                        f"{entries[name].file} gives the same name, {name}",
                        file,
                        "rename one of them",
                    ),
                )
            )
        else:
            entries[name] = Entry(name, file, path.resolve(), archive.out.resolve() / name)
    return list(entries.values()), refused


def _is_input(path: Path, archive: Archive) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(archive.folder).parts)
    return (
        path.is_file() and not hidden and not path.resolve().is_relative_to(archive.out.resolve())
    )


def is_current(entry: Entry, archive: Archive) -> bool:
    """Whether what is published was made of this very file by these very rules."""
    try:
        package = json.loads((entry.out / "datapackage.json").read_text(encoding="utf-8"))
        made, source = package["madeWith"], package["sources"][0]["sha256"]
    except (OSError, ValueError, KeyError, IndexError):
        return False
    rules = rules_of(
        Path(__file__).parents[1], archive.params.of(entry.document), corrections_of(entry.source)
    )
    return bool(
        package["version"] == CONTRACT_VERSION
        and source == file_hash(entry.source)
        and rules.items() <= made.items()
    )


def command_of(entry: Entry, archive: Archive) -> list[str]:
    """The command that publishes one document on one core; it ends with the process that runs it, and waits for one that a killed worker left."""
    options = ["--jobs", "1", "--end-with-parent", "--wait", str(_PATIENCE)]
    return [*archive.program, "run", str(entry.source), "--out", str(entry.out), *options]


@contextmanager
def submitter(scheduler: str, jobs: int) -> Iterator[Submit]:
    """What takes commands to be run: ``jobs`` at once here, or on the workers of a Dask scheduler, which need nothing but Python's own library."""
    if scheduler:
        with _client(scheduler) as client:
            pool = client.get_executor(pure=False, retries=_RETRIES)
            yield lambda command: pool.submit(subprocess.run, [*_UNTRIMMED, *command], **_QUIET)
        return
    running: list[subprocess.Popen[str]] = []
    with ThreadPoolExecutor(jobs) as threads:
        try:
            yield lambda command: threads.submit(_run_here, command, running)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            raise


def _run_here(
    command: list[str], running: list[subprocess.Popen[str]]
) -> subprocess.CompletedProcess[str]:
    """``subprocess.run`` for a command that can be ended from outside."""
    process = subprocess.Popen(command, **_QUIET)
    running.append(process)
    told, said = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, told, said)


def _client(scheduler: str) -> Any:
    """A client of the owner's own cluster."""
    try:
        from distributed import Client  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise ToolMissing(
            "Dask is not installed",
            "this machine",
            "install the package distributed, or leave --scheduler out",
        ) from error
    try:
        return Client(scheduler, timeout=_ANSWER)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ToolMissing(
            "no scheduler answers",
            scheduler,
            "start `dask scheduler` and its workers, and give its address",
        ) from error


def _outcome(entry: Entry, future: Future[subprocess.CompletedProcess[str]]) -> Outcome:
    error = future.exception()
    if error is not None:
        return Outcome(
            entry.document, entry.file, "failed", 1, f"the worker failed: {type(error).__name__}"
        )
    done = future.result()
    if done.returncode == 0:
        seconds = _SECONDS.search(done.stdout)
        return _published(entry, "published", float(seconds[1]) if seconds else 0.0)
    told = [
        line.removeprefix("error: ")
        for line in done.stderr.splitlines()
        if line.startswith("error: ")
    ]
    status = "refused" if done.returncode == PublishRefused.exit_code else "failed"
    message = told[-1] if told else f"the run ended with exit code {done.returncode}"
    return Outcome(entry.document, entry.file, status, done.returncode, message)


def _published(entry: Entry, status: str, seconds: float = 0.0) -> Outcome:
    metrics, package = (
        json.loads((entry.out / name).read_text(encoding="utf-8"))
        for name in ("metrics.json", "datapackage.json")
    )
    counts = (package["sources"][0]["pages"], metrics["rows"]["tasks"], metrics["review"]["share"])
    return Outcome(entry.document, entry.file, status, 0, "", seconds, *counts)


def _refused(file: str, error: PipelineError) -> Outcome:
    return Outcome("", file, "failed", error.exit_code, str(error))


def _save(outcomes: Sequence[Outcome], out: Path) -> None:
    rows = sorted(map(asdict, outcomes), key=lambda row: row["file"])
    write(Summary, pd.DataFrame(rows, columns=list(Summary.to_schema().columns)), out / SUMMARY)


def link_dataset(out: Path) -> None:
    """``dataset/<table>/document=<name>/`` for all that is published in ``out``: links, so that they show what is published at any time."""
    for name in TABLES:
        found = {path.parent.name for path in out.glob(f"*/{name}.parquet")}
        folder = out / DATASET / name
        for document in found:
            link = folder / f"document={document}" / f"{name}.parquet"
            make_folder(link.parent)
            if not link.is_symlink():
                link.symlink_to(Path("..", "..", "..", document, link.name))
        for old in folder.glob("document=*"):
            if old.name.removeprefix("document=") not in found:
                shutil.rmtree(old)
