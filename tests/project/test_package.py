"""The wheel: one name in site-packages, all lists and models in it, and the same tables as from the
checkout.
"""

from __future__ import annotations

import ast
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from runs.command_line import HIDDEN
from runs.commands import ABOUT
from schemas.project.own_code import code_hash, own_version
from tests.places import PROJECT

pytestmark = pytest.mark.xdist_group("package")
SETUP: dict[str, Any] = runpy.run_path(str(PROJECT / "setup.py"), run_name="setup")
SMALL = PROJECT / "tests" / "fixtures" / "dump" / "small.txt"
MODULES = frozenset({"schemas", "schemas.files", "audit", "audit.review", "pipeline"})


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("from schemas.files import read", "from programme_tables.schemas.files import read"),
        ("from audit import review", "from programme_tables.audit import review"),
        (
            "if x:\n    from schemas.files import (\n        read,\n    )",
            "if x:\n    from programme_tables.schemas.files import (\n        read,\n    )",
        ),
        ("call('đ', 'audit.review')", "call('đ', 'programme_tables.audit.review')"),
        ("from schemas_of.files import read", "from schemas_of.files import read"),
        ("a = 'audit', 'see audit.review', schemas.files", None),
        ("from .files import read\nimport json", None),
    ],
)
def test_what_names_our_modules_is_renamed_a_line_to_a_line(code: str, made: str | None) -> None:
    assert SETUP["renamed"](code, MODULES) == (code if made is None else made)


def test_an_import_that_cannot_be_renamed_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"x\.py, line 2: write `from"):
        SETUP["renamed"]("\nimport schemas.files", MODULES, "x.py")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel; its libraries are those of this one."""
    folder = tmp_path_factory.mktemp("package")
    checkout = folder / "checkout"
    for name in (*SETUP["PACKAGES"], "models", "raw"):
        ignored = shutil.ignore_patterns("__pycache__", "*.pdf")
        shutil.copytree(PROJECT / name, checkout / name, ignore=ignored)
    for name in ("pipeline.py", "params.yaml", "pyproject.toml", "setup.py", "README.md"):
        shutil.copy(PROJECT / name, checkout / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    built = ["wheel", "-q", "--no-build-isolation", "--no-deps", "--no-index", "-w", folder]
    run([*pip, *map(str, built), str(checkout)], folder)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "venv"
    run([sys.executable, "-m", "venv", "--without-pip", str(environment)], folder)
    (place,) = environment.glob("lib/python*/site-packages")
    libraries = sysconfig.get_path("purelib")
    (place / "libraries.pth").write_text(libraries + "\n", encoding="utf-8")
    python = str(environment / "bin" / "python")
    installed = ["--python", python, "install", "-q", "--no-deps", "--no-index", str(wheel)]
    run([*pip, *installed], folder)
    shutil.rmtree(checkout)  # what is installed needs none
    return environment


def run(
    command: list[str], folder: Path, code: int = 0, **more: str
) -> subprocess.CompletedProcess[str]:
    """A command, called in a folder by somebody with a home of his own."""
    known = {"PATH": os.environ["PATH"], "HOME": str(folder), **more}
    done = subprocess.run(
        command, cwd=folder, env=known, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == code, done.stderr[-2000:]
    return done


def program(environment: Path, *argv: str) -> list[str]:
    return [str(environment / "bin" / "programme-tables"), *argv]


def packages(environment: Path) -> Path:
    (place,) = environment.glob("lib/python*/site-packages")
    return place


@pytest.mark.wheelhouse
def test_one_name_is_installed_with_all_lists_templates_and_models(environment: Path) -> None:
    place = packages(environment)
    names = {path.name for path in place.iterdir()} - {"libraries.pth"}
    assert names == {"programme_tables", f"programme_tables-{own_version()}.dist-info"}
    ours = place / "programme_tables"
    made = {path.relative_to(ours).as_posix() for path in ours.rglob("*") if path.suffix != ".pyc"}
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *SETUP["PACKAGES"]],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = {name for name in listed.stdout.split() if (PROJECT / name).is_file()}
    assert wanted <= made
    assert set(SETUP["BESIDE"]) <= made
    assert not any(name.startswith(("tests", "training", "notebooks")) for name in made)


@pytest.mark.wheelhouse
def test_no_module_that_is_installed_names_another_by_its_name_in_the_checkout(
    environment: Path,
) -> None:
    ours = packages(environment) / "programme_tables"
    top = {*SETUP["PACKAGES"], "pipeline"}
    names = re.compile(rf"({'|'.join(top)})(\.[a-z_]+)+")
    for path in ours.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in top
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named = ours / (node.value.replace(".", "/") + ".py")
                assert not (names.fullmatch(node.value) and named.exists()), path


@pytest.mark.wheelhouse
def test_the_command_reads_a_document_far_from_any_checkout(
    environment: Path, tmp_path: Path, whole_project: Path
) -> None:
    shutil.copy(SMALL, tmp_path / "x.txt")
    shutil.copy(whole_project / "params.yaml", tmp_path / "mine.yaml")
    said = run(program(environment, "run", "x.txt", "--params", "mine.yaml"), tmp_path).stdout
    assert said.startswith("out/x is published, in ")
    checkouts = whole_project / "out" / "x"
    for name in ("tasks.csv", "indicators.csv", "cells.csv", "repairs.csv"):
        assert (tmp_path / "out" / "x" / name).read_bytes() == (checkouts / name).read_bytes()
    made_with = json.loads((tmp_path / "out/x/datapackage.json").read_text("utf-8"))["madeWith"]
    assert made_with["code"] == code_hash()
    kept = tmp_path / ".cache" / "programme-tables"
    assert [path.name[:17] for path in kept.iterdir()] == ["vietnamese-counts"]
    assert {path.name for path in tmp_path.iterdir()} == {".cache", "mine.yaml", "out", "x.txt"}
    same = program(environment, "diff", "out/x", str(checkouts), "--quiet")
    run(same, tmp_path)
    shown = run(program(environment, "cache"), tmp_path, XDG_CACHE_HOME=str(tmp_path / "c")).stdout
    assert shown == f"{tmp_path / 'c' / 'programme-tables' / 'pages'}: 0 pages, 0.0 MB\n"
    explained = program(environment, "explain", "out/x", "tasks", "1.1.1", "lead")
    assert run(explained, tmp_path).stdout.startswith("tasks 1.1.1 lead: ")
    assert "published" in run(program(environment, "status"), tmp_path).stdout


@pytest.mark.wheelhouse
def test_an_archive_runs_each_document_by_the_installed_command(
    environment: Path, tmp_path: Path, whole_project: Path
) -> None:
    (tmp_path / "scans").mkdir()
    shutil.copy(SMALL, tmp_path / "scans" / "x.txt")
    (tmp_path / "schemas.py").write_text("raise SystemExit('not ours')", encoding="utf-8")
    shutil.copy(whole_project / "params.yaml", tmp_path / "mine.yaml")
    command = ["archive", "scans", "--out", "many", "--params", "mine.yaml"]
    said = run(program(environment, *command), tmp_path).stdout
    assert said == "many/archive.csv: 1 documents published, 0 unchanged\n"
    assert (
        " 0 documents published, 1 unchanged"
        in run(program(environment, *command), tmp_path).stdout
    )


@pytest.mark.wheelhouse
def test_documents_are_added_only_to_a_project(environment: Path, tmp_path: Path) -> None:
    shutil.copy(SMALL, tmp_path / "x.txt")
    for command in (["add", "x.txt"], ["remove", "x"], ["learn"]):
        said = run(program(environment, *command), tmp_path, 8).stderr
        assert "works on the documents of a project" in said
    below = tmp_path / "project" / "scans"
    (tmp_path / "project" / "raw").mkdir(parents=True)
    below.mkdir()
    for name in ("pipeline.py", "dvc.yaml"):
        (tmp_path / "project" / name).touch()
    (tmp_path / "project" / "params.yaml").write_text("documents: {}\n", encoding="utf-8")
    run(program(environment, "add", str(tmp_path / "x.txt")), below)
    assert (tmp_path / "project" / "raw" / "x.txt").is_file()
    assert "not made yet" in run(program(environment, "status"), below).stdout


@pytest.mark.wheelhouse
def test_help_has_a_description_an_example_and_exit_codes_and_hides_the_stages(
    environment: Path, tmp_path: Path
) -> None:
    listed = run(program(environment, "--help"), tmp_path).stdout
    shown = set(re.findall(r"^    ([a-z]+) ", listed, re.MULTILINE))
    assert shown == set(ABOUT)
    assert not shown & set(HIDDEN)
    version = run(program(environment, "--version"), tmp_path).stdout
    assert version == f"programme-tables {own_version()}\n"


@pytest.mark.parametrize("name", ABOUT)
def test_every_command_tells_an_example_that_its_own_parser_takes(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from runs.command_line import parse  # noqa: PLC0415

    with pytest.raises(SystemExit):
        parse([name, "--help"], PROJECT)
    told = capsys.readouterr().out
    assert f"example:\n  python pipeline.py {ABOUT[name].example}\n" in told
    assert "\nexit codes:\n  0 " in told
    assert parse(ABOUT[name].example.split(), PROJECT).command == name
