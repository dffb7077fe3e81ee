"""What a run hears of the signals that it gets."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.places import PROJECT

RUN = (
    "import os, signal\n"
    "from runs.signals import hear_signals\n"
    "hear_signals()\n"
    "os.kill(os.getpid(), signal.SIGHUP)\n"
    "print('went on')\n"
)


@pytest.mark.parametrize(
    ("before", "code", "said"), [(signal.SIG_IGN, 0, "went on\n"), (signal.SIG_DFL, 143, "")]
)
def test_a_run_under_nohup_goes_on_when_its_terminal_closes(
    before: signal.Handlers, code: int, said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=PROJECT,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, before),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, said)
