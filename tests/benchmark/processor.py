"""``python -m tests.benchmark.processor REPORT COMMAND ...``: runs a command and writes, as JSON,
the processor time (user and system) and wall time of all its processes in seconds.

Processes that outlive the command, such as a server that forks workers, are adopted and waited
for: else their time would count nowhere. Exit code: the command's.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


def main(report: str, *command: str) -> int:
    """Run a command to the end of all its processes."""
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    begun = time.monotonic()
    ended = subprocess.run(command, check=False)
    wall = time.monotonic() - begun
    with contextlib.suppress(ChildProcessError):  # raised when none is left
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = {"cpu": used.ru_utime + used.ru_stime, "wall": wall}
    Path(report).write_text(json.dumps(spent), encoding="utf-8")
    return ended.returncode


def arguments(report: Path, command: Sequence[str]) -> list[str]:
    """The command that runs ``command`` measured, from the project's folder."""
    return [sys.executable, "-m", "tests.benchmark.processor", str(report), *command]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
