"""setup.sh on a machine that lacks what it needs and may not install it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.places import PROJECT

NEEDED = (
    "bash",
    "cat",
    "dirname",
    "env",
    "grep",
    "python3",
    "sha256sum",
    "sort",
    "tr",
    "uname",
    "readlink",
    "head",
    "cut",
    "sed",
)


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A PATH with the usual programs, an ordinary user, no sudo and no Tesseract."""
    for name in NEEDED:
        found = next(
            (
                Path(place, name)
                for place in os.environ["PATH"].split(":")
                if Path(place, name).exists()
            ),
            None,
        )
        if found is not None:
            (tmp_path / name).symlink_to(found.resolve() if name != "python3" else found)
    program(tmp_path, "id", "echo 1000")
    return tmp_path


def run(machine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(machine), "HOME": os.environ.get("HOME", "/")}
    command = [str(machine / "bash"), str(PROJECT / "setup.sh"), *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_without_the_right_to_install_the_packages_are_named(machine: Path) -> None:
    result = run(machine)
    assert (result.returncode, result.stdout) == (1, "")
    assert "tesseract-ocr tesseract-ocr-vie tesseract-ocr-script-viet git" in result.stderr
    assert "sudo apt-get install" in result.stderr


def test_only_what_is_missing_is_named(machine: Path) -> None:
    program(machine, "git", "")
    program(machine, "tesseract", "echo 'List of available languages (2):'; echo eng; echo vie")
    missing = run(machine).stderr.splitlines()[0].partition(": ")[2].split()
    assert [name for name in missing if not name.startswith("python")] == [
        "tesseract-ocr-script-viet"
    ]


def test_tests_need_a_browser_and_strace_too(machine: Path) -> None:
    def missing(*arguments: str) -> set[str]:
        return set(run(machine, *arguments).stderr.splitlines()[0].partition(": ")[2].split())

    assert {name for name in missing("test") - missing() if not name.startswith("fonts-")} == {
        "chromium",
        "chromium-driver",
        "strace",
    }
    program(machine, "chromium", "")
    assert {name for name in missing("test") - missing() if not name.startswith("fonts-")} == {
        "chromium-driver",
        "strace",
    }


PYTHON = """
echo "$*" >>"$CALLS"
case "$*" in
  "-m venv .venv") mkdir -p .venv/bin && ln -s "$CALLS.python" .venv/bin/python ;;
  "-c import pip") [ -e .venv/bin/python ] ;;
  "-m uv "*) exit "$UV_ENDS" ;;
esac
"""


def installed(machine: Path, uv_ends: int) -> tuple[str, list[str]]:
    """What setup.sh says in a new checkout, and the calls that install packages."""
    checkout, calls = machine / "checkout", machine / "calls"
    checkout.mkdir()
    for name in ("setup.sh", "requirements.lock", "requirements-words.lock"):
        (checkout / name).symlink_to(PROJECT / name)
    (checkout / "setup.sh").unlink()
    (checkout / "setup.sh").write_text((PROJECT / "setup.sh").read_text("utf-8"), "utf-8")
    program(machine, "git", "")
    program(machine, "mkdir", 'exec /bin/mkdir "$@"')
    program(machine, "ln", 'exec /bin/ln "$@"')
    program(machine, "tesseract", "printf 'List of (3):\\neng\\nvie\\nscript/Vietnamese\\n'")
    program(machine, "calls.python", PYTHON)
    (machine / "python3").unlink()
    (machine / "python3").symlink_to("calls.python")
    environment = {"PATH": str(machine), "CALLS": str(calls), "UV_ENDS": str(uv_ends)}
    done = subprocess.run(
        [str(machine / "bash"), str(checkout / "setup.sh")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (checkout / ".venv" / "locked").exists()
    told = calls.read_text(encoding="utf-8").splitlines()
    return done.stdout, [call for call in told if " install " in call]


def test_uv_installs_what_is_locked_and_both_check_the_hashes(machine: Path) -> None:
    said, (fetched, packages) = installed(machine, 0)
    assert fetched.startswith("-m pip install ")
    assert fetched.endswith(" --require-hashes -r requirements-uv.lock")
    assert packages.startswith("-m uv pip install ")
    assert " --require-hashes " in packages
    assert packages.endswith(" --no-deps -r requirements.lock -r requirements-words.lock")
    assert "uv could not" not in said


def test_where_uv_cannot_pip_does_the_same(machine: Path) -> None:
    said, (_, _, packages) = installed(machine, 2)
    assert "uv could not (.venv/uv-said tells why)" in said
    assert packages.startswith("-m pip install ")
    assert " --require-hashes " in packages
    assert packages.endswith(" --no-deps -r requirements.lock -r requirements-words.lock")
