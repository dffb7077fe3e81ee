"""The shape of the code: which way imports go, how much stands in a folder, a file and a
function.
"""

from __future__ import annotations

import ast
import re
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
MOST_MODULES, USUAL_FUNCTION, LONGEST_FUNCTION, USUAL_FILE = 25, 8, 40, 250
# why a file is longer than usual: a line of its first docstring
REASON = re.compile(r"^Long: (\S.{19,})", re.MULTILINE)


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


@pytest.mark.parametrize("package", [*PACKAGES, "training", "tests"])
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


def long_functions(code: str) -> list[str]:
    """The functions that take more lines than a screen shows, head and docstring counted."""
    return [
        node.name
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]


def test_no_function_is_too_long_to_be_seen_at_once() -> None:
    files = [path for folder in (*PACKAGES, "training") for path in modules(folder)]
    found = {
        str(path.relative_to(PROJECT)): long_functions(path.read_text(encoding="utf-8"))
        for path in [PROJECT / "pipeline.py", PROJECT / "setup.py", *files]
    }
    assert {name: names for name, names in found.items() if names} == {}


@pytest.mark.parametrize(("lines", "told"), [(40, []), (41, ["work"])])
def test_a_function_is_long_with_its_head_and_docstring(lines: int, told: list[str]) -> None:
    head = 'class A:\n    def work(self,\n             a: int) -> None:\n        """It works."""\n'
    code = head + "        print(a)\n" * (lines - head.count("\n") + 1)
    assert long_functions(code) == told


def too_long(code: str) -> bool:
    """Whether a file is longer than usual and its first docstring does not say why."""
    lines = len(code.splitlines())
    return lines > USUAL_FILE and not REASON.search(ast.get_docstring(ast.parse(code)) or "")


def too_short_for_a_reason(code: str) -> bool:
    """Whether a file gives a reason for a length that it does not have (any more)."""
    lines = len(code.splitlines())
    reason = REASON.search(ast.get_docstring(ast.parse(code)) or "")
    return lines <= USUAL_FILE * 4 // 5 and reason is not None


def checked_files() -> list[Path]:
    """All of our code; of tests only what they share.

    A file of tests is a list of cases that are read one at a time, and grows with each fault.
    """
    files = [path for folder in (*PACKAGES, "training", "tests") for path in modules(folder)]
    return [PROJECT / "pipeline.py", *(path for path in files if path.name[:5] != "test_")]


def test_no_file_is_long_without_a_reason() -> None:
    code = {
        str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8") for path in checked_files()
    }
    assert len(code) > 200
    assert [name for name, text in code.items() if too_long(text)] == []
    assert [name for name, text in code.items() if too_short_for_a_reason(text)] == []


@pytest.mark.parametrize(
    ("docstring", "lines", "told"),
    [
        ("What it is.", 250, False),
        ("What it is.", 251, True),
        ("What it is.\n\nLong: one decision over the whole table.\n", 251, False),
        ("What it is.\n\nLong: it is.\n", 251, True),
        ("A line of text that is not too Long: no reason for the file stands here.", 251, True),
    ],
)
def test_a_long_file_needs_a_reason_in_its_first_docstring(
    docstring: str, lines: int, told: bool
) -> None:
    head = f'"""{docstring}"""\n'
    code = head + "A = 1\n" * (lines - head.count("\n"))
    assert too_long(code) == told


def test_every_test_stands_in_the_folder_of_what_it_tests() -> None:
    kept = {"conftest.py", "places.py"}
    assert {path.name for path in (PROJECT / "tests").glob("*.py")} == kept
    rooms = {*PACKAGES, "training", "benchmark", "fixtures", "hostile", "sample"}
    folders = {path.name for path in (PROJECT / "tests").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} == {*rooms, "project", "whole"}
