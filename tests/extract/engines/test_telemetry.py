"""Loading the line recogniser leaves no device's number, no queue of events and no open file
behind.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract.engines.line_recogniser import LineRecogniser
from tests.places import PROJECT

_LOADED = """
import os, sys
from extract.engines.line_recogniser import LineRecogniser
LineRecogniser.load()
opened = [os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
sys.stdout.write("\\n".join(path for path in opened if path.startswith(os.environ["HOME"])))
"""


def left_by(home: Path) -> set[str]:
    """What a process leaves, or has open, below its home folder when it loads the recogniser."""
    unset = (
        "ORT_DISABLE_TELEMETRY",
        "ORT_RUNNING_UNIT_TESTS",
        "CI",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
    )
    environ = {name: value for name, value in os.environ.items() if name not in unset}
    environ |= {
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONPATH": str(PROJECT),
    }
    done = subprocess.run(
        [sys.executable, "-c", _LOADED],
        env=environ,
        cwd=home,
        check=True,
        capture_output=True,
        text=True,
    )
    return {str(path.relative_to(home)) for path in home.rglob("*")} | set(done.stdout.split())


def test_nothing_is_left_in_the_home_folder(tmp_path: Path) -> None:
    if LineRecogniser.load() is None:
        pytest.skip("the weights are not installed")
    assert left_by(tmp_path) == set()
