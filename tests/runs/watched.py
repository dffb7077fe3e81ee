"""A command watched from outside, by its system calls: where it connects to, and what it makes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from tests.hostile.room import GATE
from tests.places import PROJECT

_CALLS = (
    "connect,sendto,sendmsg,sendmmsg,bind,open,openat,openat2,creat,truncate,mkdir,mkdirat,mknod,"
    "mknodat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir"
)
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)(?:<([^>]*)>)?")
_FOLDER = re.compile(r"AT_FDCWD<([^>]*)>")  # where the process stands, told with every open file
_NUMBER_OR_FOLDER = re.compile(r"^(?:AT_FDCWD|\d+)<([^>]*)>$")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ADDRESS = re.compile(
    r'sa_family=AF_INET6?, sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|AF_INET6, )"([^"]+)"'
)
_SOCKET_FILE = re.compile(r'sa_family=AF_UNIX, sun_path="([^"]*)"')
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
# the system's memory of names of users and hosts, which every look-up of a user's name tries
_NAMES = "/var/run/nscd/socket"
_NO_FILE = re.compile(r"/dev/(null|tty|shm/sem\.[\w-]+)|/proc/\d+/.*|/proc/self/.*")
# set in the shell that runs the tests, they would change what is watched
_UNSET = ("ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "CI", "DVC_SITE_CACHE_DIR")


def why_not() -> str:
    """Why no command can be watched here; empty where one can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect", "true"],
        capture_output=True,
        text=True,
        check=False,
    )
    return f"strace may not watch here: {tried.stderr.strip()}" if tried.returncode else ""


@dataclass(frozen=True)
class Watched:
    """A copy of the project in git, with a home and a folder for temporary files of its own."""

    root: Path

    @property
    def project(self) -> Path:
        """The copy."""
        return self.root / "project"

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.root / "home"

    @property
    def tmp(self) -> Path:
        """The folder for temporary files."""
        return self.root / "tmp"

    def begin(self, *argv: str) -> tuple[subprocess.Popen[str], Path]:
        """A command of Python in the copy, begun under watch; the folder of what is seen."""
        seen = Path(tempfile.mkdtemp(prefix="calls-", dir=self.root))
        unset = {name: value for name, value in os.environ.items() if name not in _UNSET}
        environ = {name: value for name, value in unset.items() if not name.startswith("XDG_")}
        strace = ["strace", "-f", "-ff", "-qq", "-y", "--seccomp-bpf", "-e", f"trace={_CALLS}"]
        command = subprocess.Popen(
            [*strace, "-o", str(seen / "of"), ".venv/bin/python", *argv],
            cwd=self.project,
            env=environ | {"HOME": str(self.home), "TMPDIR": str(self.tmp)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return command, seen

    def faults(self, *argv: str, may: tuple[str, ...] = ("out/",), code: int = 0) -> list[str]:
        """What is wrong with a whole command, which may change what begins so in the copy."""
        command, seen = self.begin(*argv)
        said, _ = command.communicate(timeout=600)
        found = [] if command.returncode == code else [f"ended with {command.returncode}: {said}"]
        return [*found, *self.seen_faults(seen, may), *self.left()]

    def seen_faults(self, seen: Path, may: tuple[str, ...]) -> list[str]:
        """What is wrong in the calls that were seen, each once."""
        files = sorted(seen.iterdir())
        if not any(file.stat().st_size for file in files):
            return ["nothing was seen"]
        allowed = re.compile("|".join(re.escape(str(self.project / place)) for place in may))
        counts = re.escape(str(Path(sys.prefix).resolve())) + r"/\.?vietnamese-counts-"
        kept = re.compile(f"{counts}|{re.escape(str(self.tmp))}/")
        found: dict[str, None] = {}
        for file in files:
            for call, path in self._changes(file):
                if not (allowed.match(path) or kept.match(path) or _NO_FILE.fullmatch(path)):
                    found[f"{call} {path}"] = None
            found |= dict.fromkeys(self._connections(file))
        return list(found)

    def left(self) -> list[str]:
        """What stands in the home folder and in that for temporary files."""
        paths = [*self.home.rglob("*"), *self.tmp.rglob("*")]
        return [f"left: {path.relative_to(self.root)}" for path in paths]

    def _changes(self, file: Path) -> Iterator[tuple[str, str]]:
        """What was made, opened to write, renamed or removed in one thread, as (call, path)."""
        folder = str(self.project)
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            if (told := _FOLDER.search(line)) is not None:
                folder = told[1]
            call = _CALL.match(line)
            if call is None or int(call[3]) < 0 or call[1].startswith(("connect", "send")):
                continue
            opens = call[1].startswith("open")
            if opens and _WRITES.search(call[2]) is None:
                continue
            paths = [call[4]] if opens and call[4] else _paths(call[1], call[2], folder)
            for path in paths:
                yield call[1], path

    def _connections(self, file: Path) -> Iterator[str]:
        """Name servers, and what was asked of others than this machine.

        That the list of name servers is read is no fault: `tesseract --version` has its libraries
        tell theirs, of which one finds this machine's own name, in /etc/hosts.
        """
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            if not line.startswith(("connect", "send")):
                continue
            for port, address in _ADDRESS.findall(line):
                if port == "53" or not ip_address(address).is_loopback:
                    yield f"asks {address}, port {port}"
            for name in _SOCKET_FILE.findall(line):
                if name != _NAMES and not name.startswith((str(self.tmp), "/proc/self/fd/")):
                    yield f"asks {name}"


def _paths(call: str, arguments: str, folder: str) -> list[str]:
    """The paths that a call names, a relative one below the folder told before it or ``folder``."""
    if call == "bind":
        return _SOCKET_FILE.findall(arguments)
    texts = _QUOTED.findall(arguments)
    if call in {"symlink", "symlinkat"}:  # the first is what the link says
        texts = texts[1:]
    told = [found[1] for part in arguments.split(", ") if (found := _NUMBER_OR_FOLDER.match(part))]
    bases = told if len(told) == len(texts) else [folder] * len(texts)
    paths = (Path(base, text) for base, text in zip(bases, texts, strict=True))
    return [str(path.parent.resolve() / path.name) for path in paths]


def make_watched(root: Path, dump: Path) -> Watched:
    """A copy of the project as it stands here, compiled, its gate open, no document listed."""
    watched = Watched(root)
    for folder in (watched.home, watched.tmp):
        folder.mkdir()
    subprocess.run(["git", "clone", "-q", str(PROJECT), str(watched.project)], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.split("\0"):
        if name and not name.startswith("tests/") and (PROJECT / name).is_file():
            shutil.copy2(PROJECT / name, watched.project / name)
    (watched.project / ".venv").symlink_to(sys.prefix)
    for path in watched.project.glob("raw/sample*"):
        path.unlink()
    params = (watched.project / "params.yaml").read_text(encoding="utf-8")
    params = re.sub(r"(?m)^gate:\n(?:  .*\n)*", GATE, params)  # all other sections stay
    params = params.replace(
        "documents:\n  sample: {file: sample.pdf, settings: {}}", "documents: {}"
    )
    (watched.project / "params.yaml").write_text(params, encoding="utf-8")
    for name in ("north", "south"):
        (root / "in").mkdir(exist_ok=True)
        shutil.copy(dump, root / "in" / f"{name}.txt")
    packages = ("audit", "extract", "normalize", "publish", "runs", "schemas")
    compiled = [".venv/bin/python", "-m", "compileall", "-qq", *packages]
    subprocess.run(compiled, cwd=watched.project, check=True)
    return watched
