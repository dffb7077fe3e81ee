"""The report of an error that nobody foresaw, which holds none of a document's text."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from traceback import FrameSummary, extract_tb

from schemas.disk import write_bytes

# a place in a trace that came from another process
_REMOTE = re.compile(r'^\s*File "[^"\n]*", line \d+, in [\w<>.]+$', re.MULTILINE)
_MOST = 60  # lines of a trace


def chain(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it came from, the last first."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def report_of(error: BaseException, command: str) -> str:
    """The trace of an error as places in the code alone.

    The error's own message is left out, for it can hold a cell's text.
    """
    lines = [
        f"command: {command}",
        f"python: {sys.version.split()[0]}",
        f"system: {os.uname().sysname} {os.uname().release}",
        "",
    ]
    for one in chain(error):
        places = [
            f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
            for frame in extract_tb(one.__traceback__)
        ]
        remote = _REMOTE.findall(str(one)) if type(one).__name__ == "_RemoteTraceback" else []
        lines += [
            f"{type(one).__module__}.{type(one).__qualname__}",
            *_shortened([*places, *remote]),
        ]
    return "\n".join(lines) + "\n"


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= _MOST:
        return lines
    return [*lines[: _MOST // 2], f"  ... {len(lines) - _MOST} more", *lines[-_MOST // 2 :]]


def last_of_ours(error: BaseException) -> str:
    """The innermost place in our own code, for the message; nothing where there is none."""
    home = Path(__file__).parents[1]
    frames: list[FrameSummary] = [
        frame for one in chain(error) for frame in extract_tb(one.__traceback__)
    ]
    ours = [
        frame
        for frame in frames
        if Path(frame.filename).is_relative_to(home)
        and not Path(frame.filename).is_relative_to(home / ".venv")
    ]
    return (
        f" at {Path(ours[-1].filename).relative_to(home)}, line {ours[-1].lineno}" if ours else ""
    )


def write_report(content: str, folders: Sequence[Path]) -> Path | None:
    """Write a report to the first folder that can be written to, or to the temporary one; where."""
    name = f"unforeseen-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    for folder in [*folders, Path(tempfile.gettempdir())]:
        with suppress(OSError, MemoryError):
            write_bytes(folder / name, content.encode("utf-8", "backslashreplace"))
            return folder / name
    return None
