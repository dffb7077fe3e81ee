"""dvc.yaml against the code: a stage names all that it imports, and what makes OCR run again is
only what OCR needs.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.documents import LEARNED_NAME
from schemas.publication import CHANGES, PROVENANCE
from tests.places import PROJECT

OURS = ("extract", "normalize", "publish", "runs", "schemas", "audit")
ENTRY = {
    "extract": "extract/stage.py",
    "rows": "normalize/rows/stage.py",
    "repair": "normalize/repair/stage.py",
    "tables": "normalize/tables/stage.py",
    "publish": "publish/stage.py",
}


def stages() -> dict[str, Any]:
    content = yaml.safe_load((PROJECT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    return {name: stage.get("do", stage) for name, stage in content.items()}


def imported(path: Path) -> set[Path]:
    """Our modules that a module imports, wherever in it the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    files = {
        PROJECT / (name.replace(".", "/") + ".py") for name in names if name.split(".")[0] in OURS
    }
    return {file for file in files if file.exists()}


def closure(path: Path) -> set[Path]:
    found, left = set[Path](), [path]
    while left:
        module = left.pop()
        if module not in found:
            found.add(module)
            left += imported(module)
    return found


@pytest.mark.parametrize(("stage", "entry"), ENTRY.items())
def test_a_stage_depends_on_all_that_it_imports(stage: str, entry: str) -> None:
    deps = [PROJECT / dep for dep in stages()[stage]["deps"]]
    # their values are the stages' params: tests/schemas/test_settings.py
    deps += [PROJECT / "schemas" / name for name in ("settings.py", "plain_yaml.py")]
    entries = [entry, "extract/write_frames.py"] if stage == "extract" else [entry]
    missing = [
        path
        for name in entries
        for path in closure(PROJECT / name)
        if not any(path.is_relative_to(dep) for dep in deps)
    ]
    assert sorted(str(path.relative_to(PROJECT)) for path in missing) == []


LIST = re.compile(r'"([a-z_]+\.csv)"')


@pytest.mark.parametrize("stage", ["rows", "repair", "tables"])
def test_a_stage_depends_on_the_lists_that_it_reads_and_on_no_others(stage: str) -> None:
    deps = stages()[stage]["deps"]
    code = closure(PROJECT / ENTRY[stage])
    code.discard(PROJECT / "normalize" / "lists" / "read_list.py")  # it names them all
    named = {name for path in code for name in LIST.findall(path.read_text(encoding="utf-8"))}
    wanted = {f"normalize/lists/{name}" for name in named - {LEARNED_NAME}}
    assert (f"raw/{LEARNED_NAME}" in deps) == (stage == "repair")
    listed = {dep for dep in deps if dep.endswith(".csv") and dep.startswith("normalize")}
    assert wanted == listed
    modules = {PROJECT / dep for dep in deps if dep.endswith(".py")}
    assert modules <= code | {PROJECT / "normalize" / "lists" / "read_list.py"}
    folders = [PROJECT / dep for dep in deps if dep.startswith("normalize/") and "." not in dep]
    assert all(any(path.is_relative_to(folder) for path in code) for folder in folders)


def test_a_new_form_of_a_deadline_does_not_repeat_the_repair() -> None:
    deps = stages()["repair"]["deps"]
    for of_deadlines in ("normalize/values/deadlines.py", "normalize/lists/deadline_forms.csv"):
        assert not any(of_deadlines.startswith(dep) for dep in deps)


def test_ocr_runs_again_for_nothing_but_its_own_code_settings_and_input() -> None:
    deps = stages()["extract"]["deps"]
    assert [dep for dep in deps if dep.startswith(("normalize", "audit", "out/"))] == []
    assert "schemas" not in deps
    assert "schemas/row_tables.py" not in deps
    assert "raw/${key}.corrections.csv" not in deps


def test_what_is_published_is_not_deleted_by_dvc() -> None:
    publish = stages()["publish"]
    (numbers,), (plot,) = (list(publish[kind][0].values()) for kind in ("metrics", "plots"))
    assert "cache" not in numbers  # else git, which ignores out/, would have to keep them
    assert "cache" not in plot


def test_what_tells_of_the_making_is_hashed_neither_by_us_nor_by_dvc() -> None:
    ignored = (PROJECT / ".dvcignore").read_text(encoding="utf-8").splitlines()
    assert f"/out/**/{PROVENANCE}" in ignored
    assert f"/out/**/review/{CHANGES}" in ignored


def test_the_page_of_plots_asks_no_network_and_draws_what_dvc_hands_to_it() -> None:
    page = (PROJECT / ".dvc" / "plots.html").read_text(encoding="utf-8")
    assert "{plot_divs}" in page
    assert "{scripts}" not in page  # DVC would put the addresses of libraries there
    assert "http" not in page
    assert "function vegaEmbed(place, plot)" in page


@pytest.mark.parametrize("place", [".", ".dvc/tmp/exps/one", ".dvc/tmp/exps/standalone/two"])
def test_a_stage_finds_the_projects_python_from_a_copy_of_the_project(
    place: str, tmp_path: Path
) -> None:
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho $0 $@\n", encoding="utf-8")
    python.chmod(0o755)
    copy = tmp_path / place
    copy.mkdir(parents=True, exist_ok=True)
    shutil.copy(PROJECT / "stage.sh", copy)
    done = subprocess.run(
        ["./stage.sh", "rows", "x"], cwd=copy, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith(".venv/bin/python pipeline.py rows x\n")
    assert all(stage["cmd"].startswith("./stage.sh ") for stage in stages().values())


def test_without_a_python_a_stage_says_what_to_do(tmp_path: Path) -> None:
    shutil.copy(PROJECT / "stage.sh", tmp_path)
    done = subprocess.run(
        ["./stage.sh", "check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("Run make.\n")
