"""What became of the documents of an archive, and the table that says so."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from schemas.errors import BadDestination, DamagedTable, PipelineError, PublishRefused, ToolDied
from schemas.files import write
from schemas.publication import read_counts, read_description

SUMMARY = "archive.csv"
DONE = ("published", "unchanged")
_ASKED_TO_END = 128 + signal.SIGTERM  # the exit code of a run that was
_SECONDS = re.compile(r"in (\d+\.\d) s")  # of what a run says when it is done
Ended = Future[subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Entry:
    """One document of an archive: its name, its file, its folder, and the folder to publish to."""

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


def check_summary(out: Path) -> None:
    """Raise BadDestination where the summary's place holds another table, or something else than a
    file.
    """
    path = out / SUMMARY
    if not os.path.lexists(path):
        return
    header = ",".join(Summary.to_schema().columns).encode() + b"\n"
    with suppress(OSError):
        if (
            not path.is_symlink()
            and path.is_file()
            and path.open("rb").readline(len(header)) in (header, b"")
        ):
            return
    raise BadDestination(
        "this was not written by an archive of this pipeline",
        str(path),
        "move it, or publish elsewhere",
    )


def printable(name: str) -> str:
    r"""A file's name as a text that can be written and read in one line.

    Whatever is no letter or sign is escaped, so that different names stay different: a name of the
    bytes ``a ff .pdf`` becomes ``a\xff.pdf``.
    """
    return "".join(
        letter if letter.isprintable() and letter != "\\" else _escaped(letter) for letter in name
    )


def _escaped(letter: str) -> str:
    code = ord(letter)
    if letter == "\\":
        return "\\\\"
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is not UTF-8, as Python keeps it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{{{code:x}}}"


def was_killed(future: Ended) -> bool:
    """Whether a document's process, or one that it started, was killed from outside.

    Then another try may succeed.
    """
    if future.exception() is not None:
        return True
    code = future.result().returncode
    return code < 0 or code in (_ASKED_TO_END, ToolDied.exit_code)


def to_outcome(entry: Entry, future: Ended, turn: int) -> Outcome:
    """What became of a document whose process has ended, at its ``turn``-th try."""
    tries = f", {turn} times" if turn > 1 else ""
    error = future.exception()
    if error is not None:
        return Outcome(
            entry.document,
            entry.file,
            "failed",
            1,
            f"the worker failed{tries}: {type(error).__name__}",
        )
    done = future.result()
    if done.returncode == 0:
        seconds = _SECONDS.search(done.stdout)
        return published(entry, "published", float(seconds[1]) if seconds else 0.0)
    status = "refused" if done.returncode == PublishRefused.exit_code else "failed"
    return Outcome(entry.document, entry.file, status, done.returncode, _told(done, tries))


def _told(done: subprocess.CompletedProcess[str], tries: str) -> str:
    """What a run that failed said; of one that could say nothing, by which signal it was ended."""
    code = done.returncode
    told = [
        line.removeprefix("error: ")
        for line in done.stderr.splitlines()
        if line.startswith("error: ")
    ]
    if told:
        return told[-1]
    if code < 0:
        return f"the run was killed by {_signal_name(-code)}{tries}"
    if code == _ASKED_TO_END:
        return f"the run was asked to end by SIGTERM{tries}"
    return f"the run ended with exit code {code}{tries}"


def _signal_name(number: int) -> str:
    """A signal by its name, with what it mostly means."""
    try:
        name = signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
    hint = {
        "SIGKILL": ", as the system does when memory runs out",
        "SIGSEGV": ", a fault in a library",
    }.get(name, "")
    return f"{name} (signal {number}{hint})"


def published(entry: Entry, status: str, seconds: float = 0.0) -> Outcome:
    """The outcome of a document that is published; a failed one where the publication cannot be
    read.
    """
    described, counts = read_description(entry.out), read_counts(entry.out)
    if described is None or counts is None:
        error = DamagedTable(
            "what was just published is damaged", str(entry.out), "look at the disk, and run again"
        )
        return Outcome(entry.document, entry.file, "failed", error.exit_code, str(error))
    tasks, share = counts
    return Outcome(
        entry.document, entry.file, status, 0, "", seconds, max(0, described.pages), tasks, share
    )


def refused(file: str, error: PipelineError) -> Outcome:
    """The outcome of a file that cannot be a document of the archive."""
    return Outcome("", file, "failed", error.exit_code, str(error))


def save(outcomes: Sequence[Outcome], out: Path) -> None:
    """Write the table of outcomes, by file."""
    rows = sorted(map(asdict, outcomes), key=lambda row: row["file"])
    write(Summary, pd.DataFrame(rows, columns=list(Summary.to_schema().columns)), out / SUMMARY)
