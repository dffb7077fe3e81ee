"""Every command watched from outside: no other machine is asked, nothing made elsewhere or left."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pikepdf
import psutil
import pytest

from tests.hostile.command import until
from tests.hostile.room import SMALL
from tests.places import PROJECT
from tests.runs.watched import Watched, make_watched, why_not

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("watch")]
PAGES = (9,)  # of the sample: a page of tasks
DVC = ("out/", ".dvc/", "dvc.lock", ".dvc.lock", "dvc.yaml.lock")


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """A copy of the project with one listed dump; adding it is watched too."""
    if reason := why_not():
        pytest.skip(reason)
    found = make_watched(tmp_path_factory.mktemp("watched"), SMALL)
    added = ("raw/", "params.yaml", ".params.yaml.")
    dump = str(found.root / "in" / "north.txt")
    assert found.faults("pipeline.py", "add", dump, may=added) == []
    return found


@pytest.fixture(scope="module")
def scan(watched: Watched) -> Path:
    """A page or two of the sample's scan."""
    path = watched.root / "scan.pdf"
    with pikepdf.open(PROJECT / "raw" / "sample.pdf") as whole, pikepdf.new() as few:
        for number in PAGES:
            few.pages.append(whole.pages[number - 1])
        few.save(path)
    return path


def test_a_scan_read_by_all_engines(watched: Watched, scan: Path) -> None:
    assert watched.faults("pipeline.py", "run", str(scan), "--out", "out/scan", "--jobs", "2") == []


def test_an_archive_of_dumps(watched: Watched) -> None:
    folder = str(watched.root / "in")
    assert watched.faults("pipeline.py", "archive", folder, "--out", "out/many") == []


def test_dvc_repro_and_all_that_is_asked_afterwards(watched: Watched) -> None:
    assert watched.faults("-m", "dvc", "repro", "-q", may=DVC) == []
    run = ("pipeline.py", "run", str(watched.root / "in" / "south.txt"), "--out", "out/south")
    assert watched.faults(*run) == []
    explained = ("pipeline.py", "explain", "out/north", "tasks", "1.1.1", "lead")
    assert watched.faults(*explained, may=()) == []
    assert watched.faults("pipeline.py", "diff", "out/north", "out/south", may=()) == []
    assert watched.faults("pipeline.py", "check", may=()) == []
    assert watched.faults("pipeline.py", "cache", "--trim", "0") == []
    assert watched.faults("pipeline.py", "learn", may=("out/", "raw/")) == []


@pytest.mark.parametrize("moment", ["begun", "reading"])
def test_a_run_that_is_killed_leaves_nothing_outside(
    moment: str, watched: Watched, scan: Path
) -> None:
    shutil.rmtree(watched.project / "out" / "work", ignore_errors=True)
    command, seen = watched.begin(
        "pipeline.py", "run", str(scan), "--out", "out/killed", "--jobs", "2"
    )
    until(lambda: is_reached(moment, watched, command.pid), 120)
    run = psutil.Process(command.pid).children()[0]
    run.kill()
    command.communicate(timeout=60)  # strace ends when all that it watches has ended
    assert not (watched.project / "out" / "killed").exists()
    assert watched.seen_faults(seen, ("out/",)) == []
    assert watched.left() == []


def is_reached(moment: str, watched: Watched, pid: int) -> bool:
    """Whether a run has taken its folder, or has Tesseract at work on a page."""
    if moment == "begun":
        return (watched.project / "out" / "work" / "killed" / "lock").exists()
    names = set()
    for process in psutil.Process(pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            names.add(process.name())
    return "tesseract" in names
