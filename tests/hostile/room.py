"""A project of its own for one hostile input: what was published earlier stands in it, and what a
run leaves behind is looked at.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from schemas.disk import make_folder
from schemas.documents import CORRECTION_COLUMNS, LEARNED_COLUMNS, LEARNED_NAME
from tests.hostile.command import USUAL, Circumstances, Command, Got

TEXT = (
    "Xuân Lĩnh đoàn kết. Tỉnh ủy yêu cầu các cấp ủy quán triệt và thực hiện nghiêm túc chương "
    "trình hành động này trong nhiệm kỳ."
)
SMALL = Path(__file__).parents[1] / "fixtures" / "dump" / "small.txt"
PARAMS = (
    "documents:\n  x: {file: x.pdf, settings: {}}\nextract: {jobs: 1, page_time_limit_s: "
    "20}\ngate: {max_missing_rows: 100}\n"
)
EARLIER = {
    "sources": [{"title": "x", "sha256": "0" * 64, "pages": 1}],
    "version": "1.0.0",
    "madeWith": {},
}
GATE = (
    "gate: {max_missing_rows: 100, max_review_share: 1.0, max_unknown_share: 1.0, "
    "max_restored_share: 1.0, max_dropped_columns: 9}\n"
)
OPEN = GATE + "extract: {jobs: 2}\n"
# where: what. What to do.
_SHAPE = re.compile(r"^error: .+?: .+?\. .+[^.?][.?]\n\Z", re.DOTALL | re.MULTILINE)


@dataclass
class Room:
    """A fresh project with one listed document ``x``, and tables of it that were published
    earlier.
    """

    root: Path
    base: Path | None = None  # a project whose document went the whole path
    before: Mapping[str, str] = field(default_factory=dict)
    kept: dict[Path, bytes] = field(default_factory=dict)  # files that nothing may change

    def __post_init__(self) -> None:
        self.project, self.tmp = self.root / "project", self.root / "tmp"
        self.out, self.work = self.project / "out" / "x", self.project / "out" / "work" / "x"
        self.source = self.project / "raw" / "x.pdf"
        self.tmp.mkdir(parents=True)
        if self.base is not None:
            shutil.copytree(self.base, self.project)
        else:
            (self.project / "raw").mkdir(parents=True)
            (self.project / "params.yaml").write_text(PARAMS, encoding="utf-8")
            for name, columns in (
                ("x.corrections.csv", CORRECTION_COLUMNS),
                (LEARNED_NAME, LEARNED_COLUMNS),
            ):
                self.write(name, (",".join(columns) + "\n").encode())
            self.out.mkdir(mode=0o700, parents=True)
            (self.project / "out").chmod(0o700)
            for name, content in (
                ("tasks.csv", "published earlier\n"),
                ("datapackage.json", json.dumps(EARLIER)),
            ):
                (self.out / name).write_text(content, encoding="utf-8")
                (self.out / name).chmod(0o600)
        self.before = hashes(self.out)

    def write(self, name: str, content: bytes) -> Path:
        """A file in raw/."""
        path = self.project / "raw" / name
        path.write_bytes(content)
        self.kept[path] = content
        return path

    def keep(self, name: str, content: str = "of others\n") -> Path:
        """A file below the project that no run may touch."""
        path = self.project / name
        make_folder(path.parent)
        path.write_text(content, encoding="utf-8")
        path.chmod(0o600)
        self.kept[path] = content.encode("utf-8")
        return path

    def run_to(self, place: str) -> Got:
        """The whole path for the small dump, published to ``place`` as seen from the project."""
        return self.main("run", str(self.write("x.txt", SMALL.read_bytes())), "--out", place)

    def archive(self, out: str, *names: str) -> Got:
        """An archive of dumps with these names in the folder ``scans``, published below ``out``."""
        for name in names or ("x.txt", "y.txt"):
            self.keep(f"scans/{name}", SMALL.read_text(encoding="utf-8"))
        (self.project / "params.yaml").write_text(OPEN, encoding="utf-8")
        if not (self.project / "pipeline.py").exists():
            (self.project / "pipeline.py").symlink_to(Path(__file__).parents[2] / "pipeline.py")
        return self.main("archive", "scans", "--out", out)

    def hashes(self) -> Mapping[str, str]:
        """The hash of each published file."""
        return hashes(self.out)

    def begin(self, *argv: str, met: Circumstances = USUAL) -> Command:
        """A command, begun in a process of its own."""
        return Command(argv, self.project, self.tmp, met)

    def main(self, *argv: str, met: Circumstances = USUAL) -> Got:
        """What a command got."""
        return self.begin(*argv, met=met).wait()

    def run(self, content: bytes, name: str = "x.pdf", met: Circumstances = USUAL) -> Got:
        """The whole path for a file with this content; what is not called ``x`` is published
        beside.
        """
        out = self.out if name.partition(".")[0] == "x" else self.out.with_name("other")
        return self.main("run", str(self.write(name, content)), "--out", str(out), met=met)

    def stages(self, *stages: str, met: Circumstances = USUAL) -> Got:
        """Stages of the listed document, up to the first that fails."""
        got = Got(0, "")
        for stage in stages:
            if got.code == 0:
                got = self.main(stage, "x", met=met)
        return got

    def extract(self, content: bytes) -> Got:
        """The listed document, with this content, read."""
        self.write("x.pdf", content)
        return self.stages("extract")

    def dump(self, content: bytes, *stages: str) -> Got:
        """The listed document as a text dump, through these stages."""
        (self.project / "params.yaml").write_text(
            PARAMS.replace("x.pdf", "x.txt"), encoding="utf-8"
        )
        self.write("x.txt", content)
        return self.stages(*stages)

    def program(self, script: str) -> str:
        """Folders for ``PATH``, the first with a program ``tesseract`` that does this instead."""
        folder = self.root / "bin"
        folder.mkdir()
        (folder / "tesseract").write_text("#!/bin/sh\n" + script, encoding="utf-8")
        (folder / "tesseract").chmod(0o755)
        return f"{folder}:{os.environ['PATH']}"

    def faults(self, got: Got, publishes: bool) -> Iterator[str]:
        """What is wrong with the room after a command, a sentence each."""
        if not publishes and hashes(self.out) != self.before:
            yield "what was published earlier is no longer whole"
        for path, content in self.kept.items():
            if os.path.lexists(path) and path.is_file() and path.read_bytes() == content:
                continue
            yield f"{path.relative_to(self.project)} was changed or removed"
        left = [path.name for path in self.tmp.iterdir() if not path.name.startswith(".")]
        if left or (self.work / "pictures").exists():
            yield f"temporary files were left behind: {left}"
        out = list((self.project / "out").rglob("*"))
        if any(re.fullmatch(r"\..+\.(new-)?[0-9a-f]{8}", path.name) for path in out):
            yield "half-made files were left behind"
        if any(path.stat().st_mode & 0o077 for path in out if not path.is_symlink()):
            yield "files that others may read"
        if "Traceback" in got.said or any(words in got.said for words in _cell_text()):
            yield "text of the page, or a trace of the code, was said"
        if 0 < got.code < 128 and _SHAPE.search(got.said) is None:
            yield "the message does not say what, where and what to do"


def hashes(folder: Path) -> dict[str, str]:
    """The hash of each file below a folder by its name; refused tables stand beside what is
    published and do not count.
    """
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "refused" not in path.parts
    }


@cache
def _cell_text() -> frozenset[str]:
    """Every two neighbouring words of two letters or more in the documents that are used here."""
    pairs = (
        pair
        for text in (TEXT, SMALL.read_text(encoding="utf-8"))
        for pair in pairwise(text.split())
    )
    return frozenset(
        " ".join(pair) for pair in pairs if all(word.isalpha() and len(word) > 1 for word in pair)
    )
