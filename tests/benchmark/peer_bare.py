"""``python -m tests.benchmark.peer_bare PDF OUT MODEL PSM``: what bare Tesseract reads of a scan,
as JSON: each page a table of one column, whose rows are the lines.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmark.measure import render_pages


def main(source: str, out: str, model: str, psm: str) -> None:
    """Read one scan and write its lines."""

    def lines(page: Path) -> list[list[str]]:
        command = ["tesseract", str(page), "-", "-l", model, "--psm", psm]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return [[line] for line in said.splitlines() if line.strip()]

    with tempfile.TemporaryDirectory() as folder:
        pages = render_pages(Path(source), Path(folder))
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            tables = list(pool.map(lines, pages))
    Path(out).write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
