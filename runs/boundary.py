"""The edge between a command and the terminal: what is printed, and how errors end.

Nothing but our own messages is printed, and an error that nobody foresaw ends in a message too.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TextIO

from runs.reports import chain, last_of_ours, report_of, write_report
from schemas.disk import system_error
from schemas.errors import DiskFull, PipelineError, ToolDied, Unforeseen

_NO_MEMORY = re.compile(
    r"can't start new thread|cannot allocate memory|failed to map segment|insufficient memory"
    r"|bad_alloc",
    re.IGNORECASE,
)
_STOPPED = 130


class _OutputClosed(BrokenPipeError):
    """Nobody reads what is printed: no other pipe of ours broke, such as one to a process."""


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
    except _OutputClosed:
        _forget_output()
        return 0
    except Exception as error:  # noqa: BLE001 - the net under everything
        return _told(to_foreseen(error, command, reports), trouble)
    return code


def end_at_once(code: int) -> NoReturn:
    """End this process with an exit code, after what is registered for its end.

    What is loaded is not taken apart piece by piece first, as Python does: after a run that is a
    third of a second.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 - Python offers no other way to call them
    with suppress(OSError, ValueError, AttributeError):  # as in ``_say_error``
        sys.stdout.flush()
    os._exit(code)


def say(text: str) -> None:
    """Print what a command has to say."""
    try:
        _write_line(sys.stdout, text)
    except BrokenPipeError as error:
        raise _OutputClosed from error
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
    if any(_is_memory(one) for one in chain(error)):
        return system_error(MemoryError(), command)
    if isinstance(error, ConnectionError | EOFError):
        return ToolDied(
            "a process of this run could not be started, or was killed",
            command,
            "see that processes may be started here, make memory free, and run again",
        )
    if isinstance(error, OSError) and (error.errno is not None or "AF_UNIX" in str(error)):
        return system_error(error, command)
    where = last_of_ours(error)
    report = write_report(report_of(error, command), reports)
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
    except _OutputClosed:
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
        except BrokenPipeError as error:
            raise _OutputClosed from error
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
