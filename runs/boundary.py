"""The edge between a command and the terminal: what is printed, and how errors end.

Nothing but our own messages is printed, and an error that nobody foresaw ends in a message too.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from traceback import FrameSummary, extract_tb
from typing import TextIO

from schemas.disk import system_error, write_bytes
from schemas.errors import DiskFull, PipelineError, Unforeseen

REPORTS = (
    Path(__file__).parents[1] / "out" / "work"
)  # where the reports of a checkout's commands go
_REMOTE = re.compile(
    r'^\s*File "[^"\n]*", line \d+, in [\w<>.]+$', re.MULTILINE
)  # of a trace that came from another process
_NO_MEMORY = re.compile(
    r"can't start new thread|cannot allocate memory|failed to map segment|insufficient memory"
    r"|bad_alloc",
    re.IGNORECASE,
)
_MOST = 60  # lines of a trace
_STOPPED = 130


def keep_terminal() -> None:
    """Let nothing but our own messages reach the terminal.

    Warnings of libraries are kept off, in this process and in those that it starts.
    """
    for number in (0, 1, 2):
        _open(number)
    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    threading.excepthook = lambda _: None
    sys.unraisablehook = lambda _: None
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if stream is not None:
            stream.flush()
            setattr(sys, name, _copy(number, stream.encoding))
            _to_nowhere(number)


def guarded(
    act: Callable[[], int], command: str, reports: Sequence[Path], trouble: int | None = None
) -> int:
    """Call ``act``; its result, or an error's own number, is the exit code.

    An error is told in one message; its exit code is ``trouble`` where that is given. For an error
    that was not foreseen, a report goes to the first of the folders ``reports`` that can be written
    to.
    """
    try:
        code = act()
        _flush()
    except PipelineError as error:
        return _told(error, trouble)
    except SystemExit as end:  # after help, or a word about the command line
        return _ended(end, trouble)
    except KeyboardInterrupt:
        _say_error("stopped")
        return _STOPPED
    except BrokenPipeError:
        _forget_output()  # nobody reads any more what is printed
        return 0
    except Exception as error:  # noqa: BLE001 - the net under everything
        return _told(to_foreseen(error, command, reports), trouble)
    return code


def say(text: str) -> None:
    """Print what a command has to say."""
    try:
        _write_line(sys.stdout, text)
    except BrokenPipeError:
        raise
    except OSError as error:
        _forget_output()
        what_to_do = "make room; what was published is whole"
        raise DiskFull(
            "nothing can be printed: the disk is full, or no longer there",
            "standard output",
            what_to_do,
        ) from error


def to_foreseen(error: Exception, command: str, reports: Sequence[Path]) -> PipelineError:
    """Any error as one of ours."""
    if any(_is_memory(one) for one in _chain(error)):
        return system_error(MemoryError(), command)
    if isinstance(error, OSError) and (error.errno is not None or "AF_UNIX" in str(error)):
        return system_error(error, command)
    where = _last_of_ours(error)
    report = _write_report(_report(error, command), reports)
    sent = (
        f"send {report}, which holds no text of a document, to whoever maintains this program"
        if report
        else "no report could be written"
    )
    return Unforeseen(
        f"something happened that was not foreseen ({type(error).__name__}{where})", command, sent
    )


def _ended(end: SystemExit, trouble: int | None) -> int:
    try:
        _flush()
    except BrokenPipeError:
        _forget_output()
    except PipelineError as error:
        return _told(error, trouble)
    raise end


def _told(error: PipelineError, trouble: int | None) -> int:
    _say_error(f"error: {error}")
    return error.exit_code if trouble is None or isinstance(error, Unforeseen) else trouble


def _say_error(text: str) -> None:
    try:
        _write_line(sys.stderr, text)
    except (OSError, ValueError):  # there is nobody left to tell: the exit code says it
        with suppress(OSError, ValueError):
            _to_nowhere(sys.stderr.fileno())


def _write_line(stream: TextIO | None, text: str) -> None:
    """Write a line at once, in a stream's own encoding; a stream that is closed takes nothing."""
    if stream is not None:
        encoding = getattr(stream, "encoding", None) or "utf-8"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()


def _flush() -> None:
    """Have what was printed reach its end while there is still somebody to say that it does not."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            _forget_output()
            raise DiskFull(
                "what was printed is not all there: the disk is full",
                "standard output",
                "make room and run again",
            ) from error


def _is_memory(error: BaseException) -> bool:
    """Whether too little memory is behind an error, in whichever words a library puts that."""
    if isinstance(error, MemoryError):
        return True
    kinds = (RuntimeError, ImportError, OSError)
    return (isinstance(error, kinds) or type(error).__module__ == "cv2") and _NO_MEMORY.search(
        str(error)
    ) is not None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it came from, the last first."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def _report(error: BaseException, command: str) -> str:
    """The trace of an error as places in the code alone.

    The error's own message is left out, for it can hold a cell's text.
    """
    lines = [
        f"command: {command}",
        f"python: {sys.version.split()[0]}",
        f"system: {os.uname().sysname} {os.uname().release}",
        "",
    ]
    for one in _chain(error):
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


def _last_of_ours(error: BaseException) -> str:
    """The innermost place in our own code, for the message; nothing where there is none."""
    home = Path(__file__).parents[1]
    frames: list[FrameSummary] = [
        frame for one in _chain(error) for frame in extract_tb(one.__traceback__)
    ]
    ours = [
        frame
        for frame in frames
        if Path(frame.filename).is_relative_to(home) and ".venv" not in frame.filename
    ]
    return (
        f" at {Path(ours[-1].filename).relative_to(home)}, line {ours[-1].lineno}" if ours else ""
    )


def _write_report(content: str, folders: Sequence[Path]) -> Path | None:
    name = f"unforeseen-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    for folder in [*folders, Path(tempfile.gettempdir())]:
        with suppress(OSError, MemoryError):
            write_bytes(folder / name, content.encode("utf-8", "backslashreplace"))
            return folder / name
    return None


def _copy(number: int, encoding: str) -> TextIO:
    """A stream of our own to where a standard stream leads.

    Programs that we start do not get it, so that they cannot print there.
    """
    ours = os.dup(number)
    return os.fdopen(
        ours, "w", 1 if os.isatty(ours) else -1, encoding=encoding, errors="backslashreplace"
    )


def _open(number: int) -> None:
    """Open a standard stream that is closed, to nowhere.

    Otherwise the file that is opened next would take its number, and get what is printed.
    """
    try:
        os.fstat(number)
    except OSError:
        _to_nowhere(number)


def _forget_output() -> None:
    """Send what could not be printed nowhere.

    Python would else try it once more at its end, and complain.
    """
    with suppress(OSError, ValueError, AttributeError):
        _to_nowhere(sys.stdout.fileno())


def _to_nowhere(number: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
