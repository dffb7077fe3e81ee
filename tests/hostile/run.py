"""The whole list of hostile inputs, met one by one."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.cases import Hostile
from tests.hostile.command import Got
from tests.hostile.decisions import DECIDED
from tests.hostile.destinations import ARCHIVES, CLEARED, DESTINATIONS
from tests.hostile.dumps import DUMPS
from tests.hostile.files import FILES, NAMES
from tests.hostile.layouts import LAYOUTS
from tests.hostile.params import PARAMS_FILES
from tests.hostile.projects import PROJECTS
from tests.hostile.room import GATE, PARAMS, SMALL, Room
from tests.hostile.tools import CIRCUMSTANCES, RUNS, TOOLS

CASES = (
    *FILES,
    *NAMES,
    *DUMPS,
    *LAYOUTS,
    *PROJECTS,
    *TOOLS,
    *CIRCUMSTANCES,
    *RUNS,
    *DESTINATIONS,
    *ARCHIVES,
    *CLEARED,
    *PARAMS_FILES,
    *DECIDED,
)
_LENIENT = GATE.strip()


def meet(case: Hostile, folder: Path, base: Path | None) -> tuple[Got, list[str]]:
    """What a case got in a fresh room below ``folder``, and what was wrong afterwards; ``base`` is
    a project to start from.
    """
    room = Room(folder, base)
    got = case.act(room)
    return got, list(room.faults(got, case.publishes))


def whole_project(folder: Path) -> Path:
    """A project whose document, a small text dump, went the whole path."""
    room = Room(folder)
    params = PARAMS.replace("gate: {max_missing_rows: 100}", _LENIENT).replace("x.pdf", "x.txt")
    (room.project / "params.yaml").write_text(params, encoding="utf-8")
    room.write("x.txt", SMALL.read_bytes())
    got = room.stages("extract", "rows", "repair", "tables", "publish")
    if got.code:
        raise RuntimeError(got.said)
    return room.project
