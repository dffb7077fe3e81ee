"""A made-up scan with the intermediates that the stages would leave, for tests of what reviewers
get.

Long: one faked document, whose tables and readings must fit each other.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import img2pdf
import numpy as np
import pandas as pd
from PIL import Image, ImageDraw, ImageFont

from schemas.disk import write_bytes
from schemas.files import write
from schemas.frames import Blocks, Pages, Words
from schemas.part_tables import Repairs
from schemas.row_frames import Repaired, Rows

_FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
_SIZE, _DPI = 11, 120  # points, dots per inch
WIDTH, HEIGHT = 842, 595  # points of a landscape page
_COLUMNS = {"task_id": 40, "task": 90, "lead": 420, "deadline": 560, "funding": 690}
TEXTS = (
    "Xây dựng kế hoạch trồng rừng ngập mặn ven biển.",
    "Nâng cấp thư viện trường học vùng cao, hải đảo.",
    "Tổ chức hội thi tuyên truyền viên giỏi toàn tỉnh.",
)


@dataclass(frozen=True)
class CellText:
    """A cell to be printed: the word with ``wrong`` as its first reading is doubtful."""

    table: str
    row_id: str
    column: str
    page_no: int
    x: float
    top: float
    text: str
    wrong: tuple[str, str] = ("", "")  # a word, and what the first witness reads for it


def make_work(
    folder: Path, pages: int = 2, rows_a_page: int = 3, name: str = "case"
) -> tuple[Path, Path]:
    """The folder ``work/<name>`` and the PDF ``raw/<name>.pdf`` of a document with this many pages
    of tasks.
    """
    work, source = folder / "out" / "work" / name, folder / "raw" / f"{name}.pdf"
    cells = list(_cells(pages, rows_a_page))
    rows = pd.DataFrame(list(_rows(pages, rows_a_page)), columns=list(Rows.to_schema().columns))
    write(Rows, rows, work / "rows" / "rows.parquet")
    write_bytes(work / "rows" / "notices.json", b"[]")
    repaired = pd.DataFrame(
        [word for cell in cells for word in _words(cell)],
        columns=list(Repaired.to_schema().columns),
    )
    write(Repaired, repaired, work / "repair" / "repaired.parquet")
    write(
        Repairs,
        pd.DataFrame([], columns=list(Repairs.to_schema().columns)),
        work / "repair" / "repairs.parquet",
    )
    _write_extract(work / "extract", cells, pages)
    write_bytes(source, pages_to_pdf([_draw(cells, page_no) for page_no in range(1, pages + 1)]))
    return work, source


def pages_to_pdf(pages: Sequence[Image.Image]) -> bytes:
    """A PDF of page pictures, as a scanner makes it."""
    pictures = []
    for page in pages:
        buffer = io.BytesIO()
        page.save(buffer, "JPEG", quality=80, dpi=(_DPI, _DPI))
        pictures.append(buffer.getvalue())
    return bytes(img2pdf.convert(pictures))


def _cells(pages: int, rows_a_page: int) -> Iterator[CellText]:
    yield CellText("document", "", "title", 1, 40, 30, "CHƯƠNG TRÌNH HÀNH ĐỘNG")
    yield CellText("groups", "3|1", "title", 1, 40, 50, "Công tác xây dựng Đảng")
    yield CellText("groups", "3|1.1", "title", 1, 40, 70, "Công tác chính trị")
    for number, page_no, top in _places(pages, rows_a_page):
        task_id, text = f"1.1.{number}", TEXTS[number % 3]
        wrong = (
            text.split()[2],
            text.split()[2].replace("ế", "ể").replace("ư", "u").replace("ộ", "ô"),
        )
        closed = {
            "lead": "Sở Tài chính",
            "deadline": "Tháng 6/2026",
            "funding": "Ngân sách nhà nước",
        }
        printed = {"task_id": task_id, "task": f"{text[:-1]} đợt {number}.", **closed}
        for column, x in _COLUMNS.items():
            yield CellText(
                "tasks",
                task_id,
                column,
                page_no,
                x,
                top,
                printed[column],
                wrong if column == "task" else ("", ""),
            )


def _places(pages: int, rows_a_page: int) -> Iterator[tuple[int, int, float]]:
    for number in range(1, pages * rows_a_page + 1):
        yield (
            number,
            (number - 1) // rows_a_page + 1,
            100.0 + (number - 1) % rows_a_page * (440 // rows_a_page),
        )


def _rows(pages: int, rows_a_page: int) -> Iterator[dict[str, Any]]:
    empty = dict.fromkeys(
        (
            "parent_id",
            "group_id",
            "section_id",
            "section_path",
            "kind",
            "number",
            "review",
            "reason",
            "appendix",
            "label",
        ),
        "",
    )
    yield {"table": "document", "row_id": "", **empty, "page_no": 1}
    standing = {"kind": "tasks", "number": f"{pages * rows_a_page} {pages}", "appendix": "3"}
    yield {"table": "appendices", "row_id": "3", **empty, **standing, "page_no": 1}
    yield {"table": "groups", "row_id": "3|1", **empty, "appendix": "3", "page_no": 1}
    yield {
        "table": "groups",
        "row_id": "3|1.1",
        **empty,
        "parent_id": "1",
        "appendix": "3",
        "page_no": 1,
    }
    for number, page_no, _ in _places(pages, rows_a_page):
        yield {
            "table": "tasks",
            "row_id": f"1.1.{number}",
            **empty,
            "group_id": "1",
            "section_id": "1.1",
            "appendix": "3",
            "page_no": page_no,
        }


def _words(cell: CellText) -> Iterator[dict[str, Any]]:
    x, space = cell.x, _width(" ")
    for number, word in enumerate(cell.text.split(), 1):
        doubtful = bool(cell.wrong[0]) and word == cell.wrong[0] and number == 3
        text = cell.wrong[1] if doubtful else word
        readings = [["vie", text, 0.9], ["script", word, 0.9]]
        place = {
            "page_no": cell.page_no,
            "block_no": _block(cell),
            "x0": x,
            "top": cell.top,
            "x1": x + _width(word),
            "bottom": cell.top + _SIZE,
        }
        keys = {
            "table": cell.table,
            "row_id": cell.row_id,
            "column": cell.column,
            "part": 1,
            "word_no": number,
            "line_no": 1,
        }
        read = {
            "text": text,
            "confidence": 0.9,
            "readings": json.dumps(readings, ensure_ascii=False),
            "value": word,
        }
        sure = {
            "value_confidence": 0.6 if doubtful else 0.999,
            "doubtful": doubtful,
            "rule": "context" if doubtful else "",
            "offered": json.dumps([text, word.upper()], ensure_ascii=False) if doubtful else "",
        }
        yield keys | place | read | sure
        x += _width(word) + space


def _block(cell: CellText) -> int:
    return 1 + list(_COLUMNS).index(cell.column) if cell.table == "tasks" else 9


def _write_extract(folder: Path, cells: Sequence[CellText], pages: int) -> None:
    about = {
        "width": float(WIDTH),
        "height": float(HEIGHT),
        "turn": 0,
        "skew": 0.0,
        "warp": "",
        "source": "scan",
        "sha256": "0" * 64,
    }
    write(
        Pages,
        pd.DataFrame([{"page_no": page_no, **about} for page_no in range(1, pages + 1)]),
        folder / "pages.parquet",
    )
    grid = {"table_no": 1, "row": 0, "column": 0, "row_span": 1, "column_span": 1, "inked": True}
    keys = dict.fromkeys((cell.page_no, _block(cell), cell.x) for cell in cells)
    blocks = [
        {"page_no": p, "block_no": b, **grid, "x0": x, "top": 90.0, "x1": x + 100, "bottom": 500.0}
        for p, b, x in keys
        if b < 9
    ]
    write(Blocks, pd.DataFrame(blocks), folder / "blocks.parquet")
    footer = {
        "block_no": 20,
        "witness": "vie",
        "line_no": 1,
        "word_no": 1,
        "text": "TRANG",
        "confidence": 0.9,
    }
    box = {"x0": 400.0, "top": 560.0, "x1": 440.0, "bottom": 571.0}
    write(
        Words,
        pd.DataFrame([{"page_no": p, **footer, **box} for p in range(1, pages + 1)]),
        folder / "words.parquet",
    )


def _draw(cells: Sequence[CellText], page_no: int) -> Image.Image:
    noise = np.random.default_rng(page_no).normal(238, 6, (HEIGHT * _DPI // 72, WIDTH * _DPI // 72))
    page = Image.fromarray(noise.clip(0, 255).astype(np.uint8))
    pen, scale = ImageDraw.Draw(page), _DPI / 72
    for cell in cells:
        if cell.page_no == page_no:
            pen.text((cell.x * scale, cell.top * scale), cell.text, fill=30, font=_font(scale))
    return page


def _font(scale: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return (
        ImageFont.truetype(str(_FONT), _SIZE * scale)
        if _FONT.exists()
        else ImageFont.load_default(_SIZE * scale)
    )


def _width(text: str) -> float:
    return float(_font(1).getlength(text))
