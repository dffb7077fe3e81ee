"""Tools that fail, disks that are full, runs that end or meet.

Long: one stand-in for each program that can fail.
"""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable

from runs.lock import only_run
from tests.hostile import pdfs
from tests.hostile.cases import Hostile
from tests.hostile.command import Circumstances, Command, Got, until
from tests.hostile.room import PARAMS, Room

_ANSWERS = (
    'case "$1" in --version) echo tesseract 5.3.0; exit;; --list-langs) printf "List\\nvie\\n"; '
    "exit;; esac\n"
)


def _reads(room: Room, met: Circumstances, seconds: int = 1) -> Command:
    """The whole path for a page that an engine has to look at, begun; Tesseract has ``seconds`` for
    it.
    """
    (room.project / "params.yaml").write_text(
        PARAMS.replace("page_time_limit_s: 20", f"page_time_limit_s: {seconds}"), encoding="utf-8"
    )
    return room.begin(
        "run", str(room.write("x.pdf", pdfs.lines_of_ink())), "--out", str(room.out), met=met
    )


def _with_tool(script: str, answers: str = _ANSWERS) -> Callable[[Room], Got]:
    return lambda room: _reads(
        room, Circumstances(own_server=True, path=room.program(answers + script))
    ).wait()


TOOLS = [
    Hostile(
        "no Tesseract",
        21,
        "Tesseract is not installed",
        lambda room: _reads(room, Circumstances(own_server=True, path="/nowhere")).wait(),
    ),
    Hostile(
        "Tesseract without a model for Vietnamese",
        22,
        "no model for Vietnamese",
        _with_tool(
            "", 'case "$1" in --version) echo tesseract 5;; *) printf "List\\neng\\n";; esac\n'
        ),
    ),
    Hostile(
        "a Tesseract that cannot start", 23, "failed with code 127", _with_tool("", "exit 127\n")
    ),
    Hostile(
        "a Tesseract that fails on a page",
        23,
        "x.pdf, page 1, model reader: Tesseract failed with code 1",
        _with_tool("echo broken >&2; exit 1\n"),
    ),
    Hostile(
        "a Tesseract that is killed on a page",
        23,
        "x.pdf, page 1, model reader: Tesseract failed with code -9",
        _with_tool("kill -9 $$\n"),
    ),
    Hostile(
        "a Tesseract that hangs on a page",
        24,
        "x.pdf, page 1, model reader: Tesseract took more than 1 s",
        _with_tool("exec sleep 60\n"),
    ),
    Hostile(
        "a Tesseract that writes nothing",
        23,
        "x.pdf, page 1, model reader: Tesseract ended without a table",
        _with_tool("exit 0\n"),
    ),
    Hostile(
        "a Tesseract that writes nonsense",
        23,
        "x.pdf, page 1, model reader: Tesseract ended without a table",
        _with_tool('echo nonsense > "$2.tsv"\n'),
    ),
    Hostile(
        "a Tesseract that writes other words than it should",
        23,
        "x.pdf, page 1, model reader: Tesseract ended without a table",
        _with_tool('head -c 100000 /dev/urandom > "$2.tsv"\n'),
    ),
]


def _full(after: int, stage: str) -> Callable[[Room], Got]:
    return lambda room: room.stages(stage, met=Circumstances(full_after=after))


def _small_files(room: Room) -> Got:
    return room.run(pdfs.lines_of_ink(), met=Circumstances(most_bytes=20_000))


def _full_while_read(room: Room) -> Got:
    return room.run(pdfs.plain(), met=Circumstances(full_after=0))


def _loose(room: Room) -> Got:
    return room.stages("tables", "publish", met=Circumstances(umask=0))


def _little_memory(room: Room) -> Got:
    return room.run(pdfs.lines_of_ink(), met=Circumstances(own_server=True, memory=800 * 2**20))


def _long_folder(room: Room) -> Got:
    room.tmp = room.root / ("t" * 120)
    room.tmp.mkdir()
    return room.run(pdfs.plain(), met=Circumstances(own_server=True))


CIRCUMSTANCES = [
    Hostile(
        "a disk that is full when a page has been read", 51, "the disk is full", _full_while_read
    ),
    Hostile(
        "a disk that is full when rows are written",
        51,
        "the disk is full",
        _full(0, "rows"),
        whole=True,
    ),
    Hostile(
        "a disk that is full when tables are published",
        51,
        "the disk is full",
        _full(0, "publish"),
        whole=True,
    ),
    Hostile(
        "a disk that fills while tables are published",
        51,
        "the disk is full",
        _full(20, "publish"),
        whole=True,
    ),
    Hostile("a limit on the size of files", 51, "the disk is full", _small_files),
    Hostile("too little memory", 53, "too little memory", _little_memory),
    Hostile("a folder for temporary files with a long name", 52, "set TMPDIR", _long_folder),
    Hostile("a umask that lets everyone read", 0, "", _loose, whole=True, publishes=True),
]


def _beside(room: Room) -> Got:
    with only_run(room.work):
        return room.main("rows", "x")


def _while_reading(room: Room, by: signal.Signals) -> Got:
    """A run that gets a signal while Tesseract reads; all of its processes end within seconds."""
    started = room.root / "started"
    command = _reads(
        room,
        Circumstances(
            own_server=True, path=room.program(f"{_ANSWERS}touch {started}; exec sleep 60\n")
        ),
        seconds=50,
    )
    until(started.exists)
    command.send(by)
    got = command.wait()
    until(lambda: not command.processes(), 10)
    return got


def _while_publishing(room: Room, by: signal.Signals) -> Got:
    command = room.begin("publish", "x", met=Circumstances(own_server=True))
    until(lambda: any((room.project / "out").glob(".x.new-*")))
    command.send(by)
    got = command.wait()
    until(lambda: not command.processes(), 10)
    return got


def _clear_sockets(room: Room) -> None:
    """Take away the folders of sockets that nobody is left to take away after a kill."""
    for folder in room.tmp.glob("pymp-*"):
        shutil.rmtree(folder)


def _read_again(room: Room) -> Got:
    _while_reading(room, signal.SIGKILL)
    _clear_sockets(room)
    return room.extract(pdfs.plain())


def _published_again(room: Room) -> Got:
    _while_publishing(room, signal.SIGKILL)
    _clear_sockets(room)
    return room.stages("publish")


def _no_folder(room: Room) -> Got:
    (room.root / "file").write_text("x", encoding="utf-8")
    return room.main(
        "run", str(room.write("x.pdf", pdfs.plain())), "--out", str(room.root / "file" / "x")
    )


def _same_name(room: Room) -> Got:
    room.write("x.pdf", pdfs.plain())
    (room.root / "x.pdf").write_bytes(
        pdfs.changed(lambda document: document.pages.append(document.pages[0]))
    )
    return room.main("add", str(room.root / "x.pdf"))


RUNS = [
    Hostile("two runs at once", 50, "another run is at work", _beside, whole=True),
    Hostile(
        "a run that is asked to end while it reads",
        143,
        "",
        lambda room: _while_reading(room, signal.SIGTERM),
    ),
    Hostile(
        "a run that is asked to end while it publishes",
        143,
        "",
        lambda room: _while_publishing(room, signal.SIGTERM),
        whole=True,
    ),
    Hostile(
        "a run that is interrupted while it reads",
        130,
        "stopped",
        lambda room: _while_reading(room, signal.SIGINT),
    ),
    Hostile(
        "a run that is interrupted while it publishes",
        130,
        "stopped",
        lambda room: _while_publishing(room, signal.SIGINT),
        whole=True,
    ),
    Hostile(
        "a run whose terminal is closed while it reads",
        143,
        "",
        lambda room: _while_reading(room, signal.SIGHUP),
    ),
    Hostile("a run after one that was killed while it read", 0, "", _read_again),
    Hostile(
        "a run after one that was killed while it published",
        0,
        "",
        _published_again,
        whole=True,
        publishes=True,
    ),
    Hostile("a file where a folder should be", 52, "room/file: file exists", _no_folder),
    Hostile("two documents with one name", 5, "there is a document called x already", _same_name),
]
