"""The wheel: every package of the checkout under one name, ``programme_tables``.

In a checkout the packages stand at the top, as the path of a document goes through them. Installed,
such names as ``schemas`` would meet those of others, so the build puts them under one name and
rewrites what names them, a line to a line: imports, and texts that are exactly a module's name.
Everything else about the package stands in pyproject.toml.
"""

from __future__ import annotations

import ast
import json
import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

NAME = "programme_tables"
PACKAGES = ("audit", "extract", "normalize", "publish", "runs", "schemas")
BESIDE = (
    "pipeline.py",
    "params.yaml",
    "models/README.md",
    "models/reader.traineddata",
    "raw/confusions_learned.csv",
)
CHECKOUT = Path(__file__).parent
MAIN = f'"""``python -m {NAME}``."""\n\nfrom {NAME}.pipeline import command\n\ncommand()\n'


def sources() -> list[Path]:
    """All files that are installed, from the checkout's folder."""
    found = [
        path.relative_to(CHECKOUT)
        for package in PACKAGES
        for path in sorted((CHECKOUT / package).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return [*map(Path, BESIDE), *found]


def module_names(files: list[Path]) -> frozenset[str]:
    """The modules among files as they are imported in a checkout: ``schemas.files``, ``audit``."""
    names = [".".join(path.with_suffix("").parts) for path in files if path.suffix == ".py"]
    return frozenset(name.removesuffix(".__init__") for name in names)


def renamed(code: str, modules: frozenset[str], where: str = "") -> str:
    """A module's code with our modules under ``NAME``; no line is added or lost.

    For example ``from schemas.files import read`` becomes ``from programme_tables.schemas.files
    import read``, and the text "audit.review" becomes "programme_tables.audit.review".
    """
    lines = [line.encode() for line in code.splitlines(keepends=True)]
    places = sorted(_places(code, modules, where), reverse=True)
    for number, start in places:
        line = lines[number - 1]
        lines[number - 1] = line[:start] + f"{NAME}.".encode() + line[start:]
    return b"".join(lines).decode()


def _places(code: str, modules: frozenset[str], where: str) -> list[tuple[int, int]]:
    """Where our modules are named in a module's code: line, and byte in the line."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module in modules:
            found.append((node.lineno, node.col_offset + len("from ")))
        elif isinstance(node, ast.Constant) and node.value in modules - {*PACKAGES}:
            found.append((node.lineno, node.col_offset + 1))
        elif isinstance(node, ast.Import) and any(name.name in modules for name in node.names):
            raise SystemExit(f"{where}, line {node.lineno}: write `from ... import` for our own")
    return found


def built() -> str:
    """What the installed package knows of the checkout that it was made of, as JSON."""
    sys.path.insert(0, str(CHECKOUT))
    from schemas.project.own_code import code_hash, commit, own_version  # noqa: PLC0415

    known = {"version": own_version(), "commit": commit(), "code": code_hash()}
    return json.dumps(known, indent=1) + "\n"


class BuildPackages(build_py):
    """Puts all files under one name instead of setuptools' own search for packages."""

    def run(self) -> None:
        """Fill the folder of which the wheel is made; what an earlier build left there goes."""
        if self.editable_mode:
            raise SystemExit("a checkout needs no installation: `make`, then pipeline.py")
        shutil.rmtree(Path(self.build_lib, NAME), ignore_errors=True)
        files = sources()
        modules = module_names(files)
        for path in files:
            content = (CHECKOUT / path).read_bytes()
            if path.suffix == ".py":
                content = renamed(content.decode(), modules, str(path)).encode()
            self._put(path, content)
        self._put(Path("__init__.py"), f'"""{self.distribution.get_description()}"""\n'.encode())
        self._put(Path("__main__.py"), MAIN.encode())
        self._put(Path("built.json"), built().encode())

    def get_source_files(self) -> list[str]:
        """What a source distribution must hold."""
        return list(map(str, sources()))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:  # noqa: ARG002
        """What ``run`` makes."""
        made = [*sources(), Path("__init__.py"), Path("__main__.py"), Path("built.json")]
        return [str(self._target(path)) for path in made]

    def _put(self, path: Path, content: bytes) -> None:
        target = self._target(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def _target(self, path: Path) -> Path:
        return Path(self.build_lib, NAME, path)


if __name__ == "__main__":
    setup(packages=[NAME], package_dir={NAME: "."}, cmdclass={"build_py": BuildPackages})
