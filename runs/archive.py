"""Many documents: found in a folder, each run as a command of its own, and summed up.

They run on this machine or on a Dask cluster.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path

from runs.joined import check_database, join_databases
from runs.lock import only_archive
from runs.outcomes import (
    DONE,
    SUMMARY,
    Entry,
    Outcome,
    check_summary,
    printable,
    published,
    refused,
    save,
    to_outcome,
    was_killed,
)
from runs.progress import Progress
from runs.submitters import Submit, submitter
from schemas.dataset import check_dataset, link_dataset, published_in
from schemas.decisions.files import is_decisions
from schemas.disk import file_hash
from schemas.documents import corrections_of, document_name
from schemas.errors import ArchiveIncomplete, DuplicateDocument, InputError, PipelineError
from schemas.publication import is_whole, read_description
from schemas.published import CONTRACT_VERSION
from schemas.settings import RESERVED, Params
from schemas.versions import rules_of

_KINDS = (".pdf", ".txt")
# seconds in which what a killed worker was doing must have ended, for another worker to take it up
_PATIENCE = 60
_TURNS = 3  # times that a document is tried whose process is killed


@dataclass(frozen=True)
class Archive:
    """A folder of documents, and where they are published by which command with which settings."""

    folder: Path
    out: Path
    program: tuple[str, ...]  # the command line of pipeline.py, before its own command
    params: Params


def run(archive: Archive, scheduler: str, progress: Progress) -> list[Outcome]:
    """Publish every document of an archive that is not published already as it would be now.

    With the address of a ``scheduler`` (``tcp://host:port``) its workers do it; they must see the
    same folders under the same names. An error in one document is that document's outcome alone.
    Raises ArchiveIncomplete after all are done if some failed, Busy where another archive is at
    work on the same folder.
    """
    check_summary(archive.out)
    check_dataset(archive.out)
    check_database(archive.out)
    entries, outcomes = find_documents(archive)
    with only_archive(archive.out):
        _publish(archive, entries, outcomes, scheduler, progress)
    failed = sum(outcome.status not in DONE for outcome in outcomes)
    if failed:
        raise ArchiveIncomplete(
            f"{failed} of {len(outcomes)} documents are not published",
            str(archive.out / SUMMARY),
            "see why there",
        )
    return sorted(outcomes, key=lambda outcome: outcome.file)


def _publish(
    archive: Archive,
    entries: Sequence[Entry],
    outcomes: list[Outcome],
    scheduler: str,
    progress: Progress,
) -> None:
    """Publish what is not published already, sum all documents up, and join their tables.

    What became of each is added to ``outcomes``.
    """
    current = {entry: _current(entry, archive) for entry in entries}
    outcomes += [outcome for outcome in current.values() if outcome is not None]
    stale = [entry for entry, outcome in current.items() if outcome is None]
    progress.start("documents done", len(stale))
    with submitter(
        scheduler, archive.params.common.extract.jobs or len(os.sched_getaffinity(0))
    ) as submit:
        for outcome in _done(stale, archive, submit):
            outcomes.append(outcome)
            save(outcomes, archive.out)
            progress.advance()
    progress.finish()
    save(outcomes, archive.out)
    documents = published_in(archive.out)
    link_dataset(archive.out, documents)
    join_databases(archive.out, documents)


def _done(entries: Sequence[Entry], archive: Archive, submit: Submit) -> Iterator[Outcome]:
    """Each document's outcome as it comes.

    A document whose process was killed is tried again when all others are done.
    """
    left = list(entries)
    for turn in range(1, _TURNS + 1):
        killed = []
        futures = {submit(command_of(entry, archive)): entry for entry in left}
        for future in as_completed(futures):
            entry = futures[future]
            if turn < _TURNS and was_killed(future):
                killed.append(entry)
            else:
                yield to_outcome(entry, future, turn)
        left = killed


def find_documents(archive: Archive) -> tuple[list[Entry], list[Outcome]]:
    """The documents below a folder in order of their paths, and the outcomes of files without a
    usable name.

    A name is unusable where it makes no document's name, or the same one as another file's.
    """
    if not archive.folder.is_dir():
        remedy = "name the folder that holds the documents"
        raise InputError("there is no such folder", str(archive.folder), remedy)
    files = [path for path in _inputs(archive) if path.suffix.lower() in _KINDS]
    if not files:
        raise InputError(
            "there is no .pdf and no .txt",
            str(archive.folder),
            "name the folder that holds the documents",
        )
    entries: dict[str, Entry] = {}
    unnamed = []
    for path in files:
        name, file = document_name(path), printable(os.fspath(path.relative_to(archive.folder)))
        unusable = _unusable(name, file, entries)
        if unusable is not None:
            unnamed.append(refused(file, unusable))
            continue
        out = Path(os.path.realpath(archive.out)) / name
        entries[name] = Entry(name, file, Path(os.path.realpath(path)), out)
    return list(entries.values()), unnamed


def other_files(archive: Archive) -> Counter[str]:
    """How many files of each kind no run can read (``.docx``), files of decisions left out."""
    others = (path for path in _inputs(archive) if path.suffix.lower() not in _KINDS)
    return Counter(
        path.suffix.lower() or path.name for path in others if not is_decisions(path.name)
    )


def _inputs(archive: Archive) -> list[Path]:
    return [path for path in sorted(archive.folder.rglob("*")) if _is_input(path, archive)]


def _unusable(name: str, file: str, entries: Mapping[str, Entry]) -> PipelineError | None:
    """Why the name that is made of a file's name cannot be its document's, None where it can."""
    if not name or name in RESERVED:
        what = "no document's name can be made of the file's name"
        return InputError(what, file, "rename the file")
    if name in entries:
        what = f"{entries[name].file} gives the same name, {name}"
        return DuplicateDocument(what, file, "rename one of them")
    return None


def _is_input(path: Path, archive: Archive) -> bool:
    """Whether this is a document's file.

    A file that cannot be looked at counts as one, so that it is named among those that failed.
    """
    if any(part.startswith(".") for part in path.relative_to(archive.folder).parts):
        return False
    try:
        is_file = path.is_file()
    except OSError:
        is_file = True
    return is_file and not Path(os.path.realpath(path)).is_relative_to(
        os.path.realpath(archive.out)
    )


def _current(entry: Entry, archive: Archive) -> Outcome | None:
    """The outcome of a document whose publication is what a run would publish again.

    None where it has to run, even if only to say what is wrong.
    """
    try:
        return published(entry, "unchanged") if is_current(entry, archive) else None
    except OSError:
        return None


def is_current(entry: Entry, archive: Archive) -> bool:
    """Whether what is published is whole, and was made of this very file by these very rules."""
    described = read_description(entry.out)
    if (
        described is None
        or described.document != entry.document
        or described.version != CONTRACT_VERSION
    ):
        return False
    corrections = corrections_of(entry.source)
    if corrections is not None and not corrections.is_file():
        return False
    rules = rules_of(archive.params.of(entry.document), corrections)
    same = (
        described.source == file_hash(entry.source) and rules.items() <= described.made_with.items()
    )
    return same and is_whole(entry.out)


def command_of(entry: Entry, archive: Archive) -> list[str]:
    """The command that publishes one document on one core.

    It ends with the process that runs it, and waits for a run that a killed worker left behind.
    """
    options = ["--jobs", "1", "--end-with-parent", "--wait", str(_PATIENCE)]
    return [*archive.program, "run", str(entry.source), "--out", str(entry.out), *options]
