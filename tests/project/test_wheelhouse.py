"""A machine without a network: everything collected, set up and run with nothing but a loopback
address.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.places import PROJECT

# it is collected once, in some minutes, for the worker that runs these
pytestmark = [pytest.mark.xdist_group("wheelhouse"), pytest.mark.wheelhouse]
NEEDED = ("apt-get", "dpkg-deb", "unshare")
ALONE = (
    ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--user", "--map-root-user", "--net")
)


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def can_run(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with its wheelhouse, and no virtual environment."""
    if (
        not all(map(shutil.which, NEEDED))
        or not can_run((*ALONE, "true"))
        or not can_run(("apt-cache", "show", "tesseract-ocr-vie"))
    ):
        pytest.skip("needs Debian's apt with its lists, and the right to take the network away")
    checkout = tmp_path_factory.mktemp("offline") / "checkout"
    for name in run(
        PROJECT, "git", "ls-files", "--cached", "--others", "--exclude-standard"
    ).splitlines():
        if (PROJECT / name).is_file():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, checkout / name)
    (checkout / ".venv").symlink_to(PROJECT / ".venv")
    said = run(checkout, "make", "wheelhouse")
    (checkout / ".venv").unlink()
    assert re.search(r"wheelhouse/: \d+ Python and \d+ system packages", said)
    return checkout


def test_the_checkout_is_set_up_and_runs_without_a_network(wheelhouse: Path) -> None:
    assert not can_run((*ALONE, "ip", "route", "get", "192.0.2.1"))  # an address that is nobody's
    assert "Installing the packages" in run(wheelhouse, *ALONE, "./setup.sh")
    out = wheelhouse / "out" / "small"
    params = (
        (wheelhouse / "params.yaml")
        .read_text(encoding="utf-8")
        .replace("max_missing_rows: 2", "max_missing_rows: 999")
    )
    (wheelhouse / "params.yaml").write_text(
        params.replace("max_review_share: 0.25", "max_review_share: 1.0"), encoding="utf-8"
    )
    run(
        wheelhouse,
        *ALONE,
        ".venv/bin/python",
        "pipeline.py",
        "run",
        "tests/fixtures/dump/small.txt",
        "--out",
        str(out),
    )
    assert (out / "tasks.csv").stat().st_size > 1000
    assert run(wheelhouse, *ALONE, "./setup.sh") == ""


def test_system_packages_stand_on_nothing_that_was_not_collected(
    wheelhouse: Path, tmp_path: Path
) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "wheelhouse.list").write_text(
        f"deb [trusted=yes] file:{wheelhouse}/wheelhouse/debs ./\n", encoding="utf-8"
    )
    only_these = [
        option
        for name, value in (
            ("Dir::Etc::SourceList", tmp_path / "wheelhouse.list"),
            ("Dir::Etc::SourceParts", "/dev/null"),
            ("Dir::State::Lists", tmp_path / "lists"),
            ("Dir::State::status", wheelhouse / "wheelhouse" / "debs" / "base-status"),
            ("Dir::Cache", tmp_path),
            ("APT::Sandbox::User", "root"),
        )
        for option in ("-o", f"{name}={value}")
    ]
    run(tmp_path, *ALONE, "apt-get", *only_these, "update")
    wanted = run(wheelhouse, "./setup.sh", "packages").split()
    done = run(
        tmp_path,
        *ALONE,
        "apt-get",
        *only_these,
        "--simulate",
        "--no-install-recommends",
        "install",
        *wanted,
    )
    assert set(wanted) <= {
        line.split()[1] for line in done.splitlines() if line.startswith("Inst ")
    }


def test_a_damaged_wheel_is_not_installed(wheelhouse: Path) -> None:
    wheel = next((wheelhouse / "wheelhouse" / "wheels").glob("rapidfuzz-*.whl"))
    content = wheel.read_bytes()
    wheel.write_bytes(content[:-1] + b"x")
    (wheelhouse / ".venv" / "locked").unlink(missing_ok=True)
    done = subprocess.run(
        (*ALONE, "./setup.sh"),
        cwd=wheelhouse,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    wheel.write_bytes(content)
    assert done.returncode != 0
    assert wheel.name in done.stdout + done.stderr
