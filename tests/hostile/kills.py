"""``python -m tests.hostile.kills --count 100`` kills runs, ``dvc repro``, archives and their
workers at any moment, and prints each kill.

After every kill the published tables must be whole, those of the version before or of the one
after, nothing may stay at work, and the next run must publish the new version. Exit code 1 where
something else was found.

Long: a list of kills, and the runs that they interrupt.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psutil

from schemas.errors import DamagedLock
from schemas.publication import is_whole, read_description, read_sums
from tests.hostile.command import Circumstances, Command
from tests.hostile.room import GATE, OPEN, SMALL

PROJECT = Path(__file__).parents[2]
SHARES = {"run": 40, "archive": 20, "worker": 25, "repro": 15}  # of a hundred kills
_TEXTS = (
    SMALL.read_text(encoding="utf-8"),
    SMALL.read_text(encoding="utf-8").replace("hằng quý", "hằng tháng"),
)
_WITHOUT = (
    "SHA256SUMS",
    "datapackage.json",
)  # these name each other's, and the review's, which tells of earlier runs
_OWN_GATE = re.compile(r"^gate:.*?(?=^\w|\Z)", re.MULTILINE | re.DOTALL)  # of params.yaml
_UNCHANGED = "south"  # a document of an archive that stays as it is
_ENDS = 30.0  # seconds in which what a killed command began must have ended


@dataclass(frozen=True)
class Kill:
    """One kill: of what, after how many seconds, how, and what was wrong afterwards."""

    what: str
    seconds: float
    how: str
    faults: tuple[str, ...]


class Under(Protocol):
    """A command under way, the first of a session of processes."""

    @property
    def pid(self) -> int:
        """Its number, and that of its session."""

    def wait(self) -> int:
        """Its exit code, minus the number of a signal that killed it."""


class Forked:
    """A command in a process that begins from one which has loaded what it needs."""

    def __init__(self, argv: Sequence[str], root: Path) -> None:
        (root / "tmp").mkdir(exist_ok=True)
        self._said = root / "said"
        self._command = Command(argv, root, root / "tmp", Circumstances(seconds=600.0))
        self.pid = self._command.session

    def wait(self) -> int:
        """Its exit code."""
        got = self._command.wait()
        self._said.write_text(got.said, encoding="utf-8")
        return got.code


@dataclass
class Ground:
    """A folder of documents that are published, and the command that publishes them."""

    root: Path
    names: Sequence[str]
    chance: random.Random
    known: dict[tuple[str, str], dict[str, str]] = field(
        default_factory=dict
    )  # (document, source's hash) -> its tables' hashes
    seconds: float = 0.0  # that a whole command takes

    @property
    def out(self) -> Path:
        """Where they are published."""
        return self.root / "out"

    def source(self, name: str) -> Path:
        """A document's file."""
        return self.root / "in" / f"{name}.txt"

    def command(self) -> list[str]:
        """The command line that publishes all of them."""
        raise NotImplementedError

    def begin(self) -> Under:
        """The command, begun in a session of its own."""
        log = (self.root / "said").open("ab")
        return subprocess.Popen(
            self.command(), cwd=self.root, stdout=log, stderr=log, start_new_session=True
        )

    def write(self, turn: int) -> None:
        """Put the version of a turn into every document's file."""
        for name in self.names:
            self.source(name).parent.mkdir(exist_ok=True)
            if name != _UNCHANGED or not self.source(name).exists():
                self.source(name).write_text(_TEXTS[turn % 2], encoding="utf-8")

    def learn(self) -> None:
        """Publish both versions once, to know what belongs to each, and how long it takes."""
        for turn in range(2):
            self.write(turn)
            begun = time.monotonic()
            if self.begin().wait() != 0:
                raise RuntimeError((self.root / "said").read_text(encoding="utf-8"))
            self.seconds = time.monotonic() - begun
            for name in self.names:
                found = _published(self.out / name)
                self.known[name, found[0]] = found[1]

    def faults(self) -> Iterator[str]:
        """What is wrong with what is published, a sentence each."""
        for name in self.names:
            if not is_whole(self.out / name):
                yield f"{name} is not whole"
            elif (
                self.known.get((name, _published(self.out / name)[0]))
                != _published(self.out / name)[1]
            ):
                yield f"the tables of {name} are not of one version"

    def next_faults(self, turn: int) -> Iterator[str]:
        """What is wrong after the next run, which is not killed."""
        if self.begin().wait() != 0:
            yield (
                "the next run failed: "
                + (self.root / "said").read_text(encoding="utf-8")[-300:].strip()
            )
        yield from self.faults()
        new = [source for (name, source) in self.known if name == self.names[0]][turn % 2]
        if _published(self.out / self.names[0])[0] != new:
            yield "the next run did not publish the new version"
        yield from (f"{path.name} was left behind" for path in self.out.glob(".*.new-*"))


class Run(Ground):
    """The command ``run``."""

    def command(self) -> list[str]:
        """Publish the one document."""
        (name,) = self.names
        return [
            "--params",
            str(self.root / "params.yaml"),
            "run",
            str(self.source(name)),
            "--out",
            str(self.out / name),
        ]

    def begin(self) -> Under:
        """The command, in a process that has loaded what it needs."""
        return Forked(self.command(), self.root)


class Archive(Ground):
    """The command ``archive``."""

    def command(self) -> list[str]:
        """Publish the folder."""
        return [*_pipeline(self.root), "archive", str(self.root / "in"), "--out", str(self.out)]


class Repro(Ground):
    """``dvc repro`` in a clone of the project."""

    def source(self, name: str) -> Path:
        """A document's file, in the clone's raw/."""
        return self.root / "raw" / f"{name}.txt"

    def command(self) -> list[str]:
        """Reproduce everything."""
        return [sys.executable, "-m", "dvc", "repro", "-q"]

    def next_faults(self, turn: int) -> Iterator[str]:
        """What is wrong after the next run; before it, what the pipeline says to do about DVC's own
        files is done.
        """
        told = subprocess.run(
            [sys.executable, "pipeline.py", "check"],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        if told.returncode == DamagedLock.exit_code:
            if "git checkout dvc.lock" in told.stderr:
                subprocess.run(["git", "checkout", "-q", "dvc.lock"], cwd=self.root, check=True)
            else:
                (self.root / ".dvc" / "tmp" / "rwlock").unlink()
        elif told.returncode != 0:
            yield f"check says: {told.stderr}"
        yield from super().next_faults(turn)


def _pipeline(root: Path) -> list[str]:
    return [sys.executable, str(PROJECT / "pipeline.py"), "--params", str(root / "params.yaml")]


def _published(folder: Path) -> tuple[str, dict[str, str]]:
    """The hash of the source that a publication names, and of each of its files beside the
    review.
    """
    described, sums = read_description(folder), read_sums(folder)
    tables = {
        name: digest
        for name, digest in (sums or {}).items()
        if "/" not in name and name not in _WITHOUT
    }
    return "" if described is None else described.source, tables


def make_ground(kind: str, root: Path, chance: random.Random) -> Ground:
    """A fresh folder for one kind of kill, its documents published."""
    if kind == "repro":
        return _make_clone(root, chance)
    root.mkdir(parents=True)
    (root / "params.yaml").write_text(OPEN, encoding="utf-8")
    ground = (
        Run(root, ("north",), chance)
        if kind == "run"
        else Archive(root, ("north", "south"), chance)
    )
    ground.learn()
    return ground


def _make_clone(root: Path, chance: random.Random) -> Ground:
    """A clone of the project as it stands in git, with one small document."""
    subprocess.run(["git", "clone", "-q", str(PROJECT), str(root)], check=True)
    (root / ".venv").symlink_to(sys.prefix)
    for path in [*(root / "raw").glob("sample.*")]:
        path.rename(path.with_name(path.name.replace("sample.", "north.")))
    (root / "raw" / "north.pdf").unlink()
    params = _OWN_GATE.sub("", (root / "params.yaml").read_text(encoding="utf-8"))
    params = params.replace(
        "  sample: {file: sample.pdf, settings: {}}", "  north: {file: north.txt, settings: {}}"
    )
    (root / "params.yaml").write_text(f"{params}\n{GATE}", encoding="utf-8")
    ground = Repro(root, ("north",), chance)
    ground.learn()
    identity = ["-c", "user.name=x", "-c", "user.email=x@x"]
    subprocess.run(["git", *identity, "commit", "-q", "-a", "-m", "lock"], cwd=root, check=True)
    return ground


def kill_once(what: str, ground: Ground, turn: int) -> Kill | None:
    """Begin the command on a new version and kill it, or one of its workers, at any moment; None
    where it had ended before.
    """
    ground.write(turn)
    command = ground.begin()
    moment = ground.chance.uniform(0, ground.seconds)
    how = (
        _kill_worker(command, moment) if what == "worker" else _kill(command, moment, ground.chance)
    )
    code = command.wait()
    if how is None or (what != "worker" and code >= 0):
        return None
    faults = [*_until_gone(command.pid), *ground.faults()]
    if what == "worker" and code != 0:
        faults.append(f"the archive ended with {code}")
    return Kill(what, moment, how, (*faults, *ground.next_faults(turn)))


def _kill(command: Under, moment: float, chance: random.Random) -> str | None:
    """Kill the first process, or all at once."""
    time.sleep(moment)
    alone = chance.random() < 0.5
    with suppress(ProcessLookupError):
        if alone:
            os.kill(command.pid, signal.SIGKILL)
        else:
            os.killpg(command.pid, signal.SIGKILL)
    return "alone" if alone else "with all that it began"


def _kill_worker(command: Under, moment: float) -> str | None:
    """Kill one of the processes that an archive began for its documents; None where it had none at
    that moment.
    """
    time.sleep(moment)
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(command.pid).children():
            if "run" in child.cmdline():
                child.send_signal(signal.SIGKILL)
                return "a document's process"
    return None


def _until_gone(session: int) -> list[str]:
    """Wait until nothing of a session is at work; what still is."""
    end = time.monotonic() + _ENDS
    while left := [pid for pid in psutil.pids() if _is_of(pid, session)]:
        if time.monotonic() > end:
            return [f"still at work: {len(left)} processes"]
        time.sleep(0.05)
    return []


def _is_of(pid: int, session: int) -> bool:
    try:
        return os.getsid(pid) == session and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False


def kills(counts: Mapping[str, int], seed: int) -> Iterator[Kill]:
    """So many kills of each kind."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        for what, count in counts.items():
            if not count:
                continue
            ground = make_ground(
                "archive" if what == "worker" else what, Path(folder, what), chance
            )
            done = turn = 0
            while done < count:
                turn += 1
                killed = kill_once(what, ground, turn)
                if killed is not None:
                    done += 1
                    yield killed


def shares(count: int, only: str = "") -> dict[str, int]:
    """How many kills of each kind make ``count`` in all."""
    if only:
        return {only: count}
    found = {what: count * share // 100 for what, share in SHARES.items()}
    return found | {"run": found["run"] + count - sum(found.values())}


def main() -> int:
    """Print a line for each kill, and the sum."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.kills")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=list(SHARES), default="", help="only this kind")
    arguments = parser.parse_args()
    seen: Counter[str] = Counter()
    wrong = 0
    for number, killed in enumerate(
        kills(shares(arguments.count, arguments.only), arguments.seed), 1
    ):
        seen[killed.what] += 1
        wrong += bool(killed.faults)
        told = "; ".join(killed.faults) or "whole, and the next run right"
        sys.stdout.write(
            f"{number} {killed.what}, {killed.how}, after {killed.seconds:.2f} s: {told}\n"
        )
        sys.stdout.flush()
    sums = ", ".join(f"{count} of {what}" for what, count in seen.items())
    sys.stdout.write(f"{seen.total()} kills ({sums}): {wrong} with something wrong\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
