"""``PYTHON peer_img2table.py PDF OUT PSM WAY``: img2table's tables of a scan as JSON, each a list
of rows of cells. WAY is `page` (img2table shares out the words of whole pages), `implicit` (the
same, with rows and columns that have no ruling) or `cell` (each cell of its grid is read alone).

Run by the peers' own Python, in which this project is not installed: it imports nothing of ours.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cv2
from img2table.document import PDF
from img2table.ocr import TesseractOCR

CORES = len(os.sched_getaffinity(0))
Tables = list[list[list[str]]]


def tables_by_page(source: str, psm: int, implicit: bool) -> Tables:
    """What img2table makes of a page that Tesseract read as a whole, without the word None that it
    puts where a line has no words.
    """
    found = PDF(source, detect_rotation=True).extract_tables(
        ocr=TesseractOCR(n_threads=CORES, lang="vie", psm=psm),
        implicit_rows=implicit,
        implicit_columns=implicit,
    )
    return [
        [
            [re.sub(r"\bNone\b", "", cell.value or "") for cell in row]
            for row in table.content.values()
        ]
        for page in found.values()
        for table in page
    ]


def tables_by_cell(source: str, psm: int) -> Tables:
    """img2table's grids, every cell cut out, enlarged by half and read by itself; a cell that
    spans columns stands in each of them, as in img2table.
    """
    document = PDF(source, detect_rotation=True)
    pages = document.extract_tables()
    with ThreadPoolExecutor(CORES) as pool:
        return [
            _read_table(image, table, psm, pool)
            for image, tables in zip(document.images, pages.values(), strict=True)
            for table in tables
        ]


def _read_table(image: Any, table: Any, psm: int, pool: ThreadPoolExecutor) -> list[list[str]]:
    rows = [
        [(c.bbox.x1, c.bbox.y1, c.bbox.x2, c.bbox.y2) for c in row]
        for row in table.content.values()
    ]
    boxes = list({box for row in rows for box in row})
    texts = dict(zip(boxes, pool.map(lambda box: _read(image, box, psm), boxes), strict=True))
    return [[texts[box] for box in row] for row in rows]


def _read(image: Any, box: tuple[int, int, int, int], psm: int) -> str:
    left, top, right, bottom = box
    cut = image[top + 2 : bottom - 2, left + 2 : right - 2]  # without the rulings
    if min(cut.shape[:2]) < 8:
        return ""
    enlarged = cv2.resize(cut, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        cv2.imwrite(file.name, enlarged)
        command = ["tesseract", file.name, "-", "-l", "vie", "--psm", str(psm), "--dpi", "300"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main(source: str, out: str, psm: str, way: str) -> None:
    """Read one scan and write its tables."""
    os.dup2(2, 1)  # the library prints Tesseract's version at every start
    tables = (
        tables_by_cell(source, int(psm))
        if way == "cell"
        else tables_by_page(source, int(psm), implicit=way == "implicit")
    )
    Path(out).write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
