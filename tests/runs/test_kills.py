"""Runs that are killed at any moment: what is published is whole, nothing stays at work, and the
next run is as any other.
"""

from __future__ import annotations

import hashlib
import random
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from schemas.publication import PROVENANCE, SUMS, is_whole
from tests.hostile import kills
from tests.hostile.command import Command, until
from tests.hostile.room import Room

KILLS = 4  # in each of three tests, which the cores share; `tests.hostile.kills` does a hundred
Tables = dict[str, str]


@dataclass(frozen=True)
class Versions:
    """Two versions of a document's text, what is published of each, and how long a run takes in
    seconds.
    """

    texts: tuple[bytes, bytes]
    tables: tuple[Tables, Tables]
    seconds: float


def published(room: Room) -> Tables:
    """The hash of every published table and of what describes them; of the review folder, which
    tells of earlier runs too, the names.
    """
    return {
        str(path.relative_to(room.out)): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.parent == room.out and path.name != SUMS  # which names the review's files too
        else ""
        for path in sorted(room.out.rglob("*"))
        if path.is_file() and path.name != PROVENANCE  # which has the time
    }


def run(room: Room) -> tuple[str, ...]:
    return ("run", str(room.project / "raw" / "x.txt"), "--out", str(room.out))


def until_gone(command: Command) -> None:
    until(lambda: not command.processes(), 10)


@pytest.fixture(scope="session")
def versions(whole_project: Path) -> Versions:
    first = (whole_project / "raw" / "x.txt").read_bytes()
    second = first.replace("hằng quý".encode(), "hằng tháng".encode())
    assert second != first
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder, "room"), whole_project)
        before = published(room)
        room.write("x.txt", second)
        begun = time.monotonic()
        assert room.main(*run(room)).code == 0
        seconds = time.monotonic() - begun
        after = published(room)
    assert before != after
    return Versions((first, second), (before, after), seconds)


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment(seed: int, whole_project: Path, versions: Versions) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder, "room"), whole_project)
        turn = kills = 0
        while kills < KILLS:
            turn += 1
            room.write("x.txt", versions.texts[turn % 2])
            command = room.begin(*run(room))
            time.sleep(chance.uniform(0, versions.seconds))
            if chance.random() < 0.5:
                command.kill()
            else:
                command.send(signal.SIGKILL)
            kills += command.wait().code == -signal.SIGKILL  # a quick run can have ended before
            until_gone(command)
            assert published(room) in versions.tables
            assert is_whole(room.out)
        if seed == 0:  # the others would cost as much and tell no more
            assert room.main(*run(room)).code == 0
            assert published(room) == versions.tables[turn % 2]
            assert [
                path.name for path in (room.project / "out").iterdir() if path.name.startswith(".")
            ] == []


@pytest.mark.parametrize("what", ["archive", "worker", "repro"])
def test_killed_archives_workers_and_dvc_leave_whole_tables_and_the_next_run_is_right(
    what: str,
) -> None:
    (killed,) = kills.kills({what: 1}, seed=7)
    assert killed.faults == (), killed
