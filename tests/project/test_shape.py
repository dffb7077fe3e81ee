"""The shape of the code: which way imports go, how much stands in a folder, a file and a
function.
"""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

from tests.places import PROJECT
from tests.project.test_dvc import imported

PACKAGES = ("audit", "extract", "normalize", "publish", "runs", "schemas")
FOLDERS = {  # which packages a package may import, beside itself
    "schemas": set[str](),
    "runs": {"schemas"},
    "publish": {"schemas"},
    "extract": {"runs", "schemas"},
    "normalize": {"schemas"},
    "audit": {"publish", "runs", "schemas"},
}
ROOMS = {  # the same within normalize: rows, repair and tables never name each other
    "lists": set[str](),
    "text": {"lists"},
    "language": {"lists", "text"},
    "bodies": {"lists", "text"},
    "values": {"bodies", "lists", "text"},
    "rows": {"bodies", "lists", "text", "values"},
    "repair": {"bodies", "language", "lists", "text"},
    "tables": {"bodies", "lists", "text", "values"},
    "learning.py": {"language", "tables", "text"},
}
MOST_MODULES, USUAL_FUNCTION = 25, 8


def modules(folder: str) -> list[Path]:
    return sorted((PROJECT / folder).rglob("*.py"))


def place(path: Path, level: int) -> str:
    return path.relative_to(PROJECT).parts[level]


@pytest.mark.parametrize(("package", "others"), FOLDERS.items())
def test_imports_between_packages_go_one_way(package: str, others: set[str]) -> None:
    wrong = [
        f"{path.relative_to(PROJECT)} imports {other.relative_to(PROJECT)}"
        for path in modules(package)
        for other in imported(path)
        if place(other, 0) not in {package, *others}
    ]
    assert wrong == []


@pytest.mark.parametrize(("room", "others"), ROOMS.items())
def test_imports_between_the_rooms_of_normalize_go_one_way(room: str, others: set[str]) -> None:
    wrong = [
        f"{path.relative_to(PROJECT)} imports {other.relative_to(PROJECT)}"
        for path in modules("normalize")
        if place(path, 1) == room
        for other in imported(path)
        if place(other, 0) == "normalize" and place(other, 1) not in {room, *others}
    ]
    assert wrong == []


def test_every_room_of_normalize_has_its_arrows() -> None:
    assert {place(path, 1) for path in modules("normalize")} == {*ROOMS, "__init__.py"}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_folder_holds_more_than_can_be_looked_over(package: str) -> None:
    folders = {path.parent for path in modules(package)}
    counts = {folder: len(list(folder.glob("*.py"))) - 1 for folder in folders}
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_functions_are_short() -> None:
    lengths = [
        (node.end_lineno or node.lineno) - node.body[0].lineno + 1
        for package in PACKAGES
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert median(lengths) <= USUAL_FUNCTION


def test_every_test_stands_in_the_folder_of_what_it_tests() -> None:
    kept = {"conftest.py", "places.py"}
    assert {path.name for path in (PROJECT / "tests").glob("*.py")} == kept
    rooms = {*PACKAGES, "training", "benchmark", "fixtures", "hostile", "sample"}
    folders = {path.name for path in (PROJECT / "tests").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} == {*rooms, "project", "whole"}
