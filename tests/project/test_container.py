"""The container: what goes into it, and where it can be built, that it asks no network."""

from __future__ import annotations

import fnmatch
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest

from schemas.project.own_code import own_version
from tests.places import PROJECT

SMALL = PROJECT / "tests" / "fixtures" / "dump" / "small.txt"


def sent() -> list[str]:
    """What the builder is handed, as patterns."""
    lines = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines  # all else stays out
    return [line[1:] for line in lines if line.startswith("!")]


def test_the_builder_gets_all_that_the_package_is_made_of_and_no_document() -> None:
    setup = runpy.run_path(str(PROJECT / "setup.py"), run_name="setup")
    files = (Path(name) for name in (*map(str, setup["sources"]()), "setup.py", "pyproject.toml"))
    for file in files:
        above = [file.as_posix(), *(place.as_posix() for place in file.parents)]
        assert any(fnmatch.fnmatch(name, one) for name in above for one in sent()), file
    for kept_out in ("raw", "raw/sample.pdf", "out", ".venv", ".git"):
        assert not any(fnmatch.fnmatch(kept_out, one) for one in sent())


def test_it_runs_as_an_ordinary_user_with_hashed_packages() -> None:
    lines = (PROJECT / "Containerfile").read_text(encoding="utf-8").splitlines()
    last = max(n for n, line in enumerate(lines) if line.startswith("FROM "))
    users = [line for line in lines[last:] if line.startswith("USER ")]
    assert users == ["USER reader"]
    assert not any(line.startswith(("EXPOSE", "VOLUME")) for line in lines)
    asked = [line for line in lines if "-r /checkout/requirements" in line]
    text = "\n".join(lines)
    assert len(asked) == 2
    assert text.count("--require-hashes") == 2


def can(*command: str) -> bool:
    """Whether a command is there and does what is asked."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.wheelhouse
def test_a_container_reads_a_document_without_a_network(tmp_path: Path) -> None:
    program = next((name for name in ("podman", "docker") if can(name, "info")), None)
    if program is None:
        pytest.skip("needs podman or docker at work")
    tag = "programme-tables-test"
    built = [program, "build", "-q", "-f", "Containerfile", "-t", tag, "."]
    subprocess.run(built, cwd=PROJECT, check=True, timeout=1800)
    run = [program, "run", "--rm", "--network", "none", "-v", f"{tmp_path}:/data", tag]
    version = subprocess.run([*run, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout == f"programme-tables {own_version()}\n"
    shutil.copy(SMALL, tmp_path / "x.txt")
    settings = "gate: {max_missing_rows: 999, max_review_share: 1.0}\n"
    (tmp_path / "mine.yaml").write_text(settings, encoding="utf-8")
    tmp_path.chmod(0o777)
    (tmp_path / "x.txt").chmod(0o644)
    subprocess.run([*run, "run", "x.txt", "--params", "mine.yaml"], check=True, timeout=600)
