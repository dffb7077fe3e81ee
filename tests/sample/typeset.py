"""Sets the programme as a vector PDF with typst and finds the page on which each row and paragraph
starts.

Long: one function for each part of the printed programme.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import typst

from tests.sample.programme import Paragraph, Programme, Row
from tests.sample.variant import WORDINGS, Variant

TEMPLATE = Path(__file__).parent / "template.typ"
WIDTHS = {
    "number": 5,
    "task": 35,
    "lead": 16.5,
    "coordinating": 14,
    "deadline": 10.5,
    "funding": 14,
    "product": 9,
}
INDICATOR_WIDTHS = {"number": 8, "name": 34, "unit": 13, "target": 18, "lead": 25}
GROWTH_WIDTHS = {"number": 5, "name": 52, "unit": 13, "first": 15, "second": 15}
ALIGNMENT = {
    "task": "justify",
    "name": "left",
    "number": "centre",
    "unit": "centre",
    "target": "centre",
}
PLAIN = (
    "issuer_lines",
    "party",
    "place_and_date",
    "title_lines",
    "recipients_heading",
    "recipients",
    "signature_lines",
    "signatory",
    "notice",
)
Cell = dict[str, Any]


@dataclass(frozen=True)
class Face:
    """A typeface by its family name, the folders where Debian or Ubuntu put it and the package that
    carries it.
    """

    family: str
    folders: tuple[str, ...]
    package: str


FACES = {
    "tinos": Face("Tinos", ("/usr/share/fonts/truetype/croscore",), "fonts-croscore"),
    "termes": Face(
        "TeX Gyre Termes",
        (
            "/usr/share/texmf/fonts/opentype/public/tex-gyre",
            "/usr/share/texlive/texmf-dist/fonts/opentype/public/tex-gyre",
        ),
        "fonts-texgyre",
    ),
}


@dataclass(frozen=True)
class Place:
    """A 1-based page and a point on it, in PDF points from the top left."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Printed:
    """A vector PDF; for each mark (such as `tasks:1.1.1`) its place; for each title cut off at the
    edge the words that are left.
    """

    pdf: bytes
    marks: dict[str, Place]
    cut_titles: dict[str, str]


def face_folder(face: Face) -> str:
    """Return the folder that holds the face, or say which package is missing."""
    for folder in face.folders:
        if Path(folder).is_dir():
            return folder
    raise FileNotFoundError(
        f"the typeface {face.family} is not installed: apt-get install {face.package}"
    )


def column(label: tuple[str, ...], width: float, align: str) -> dict[str, Any]:
    """Return one column of a sheet: label lines, relative width, alignment."""
    return {"label": list(label), "width": width, "align": align}


def cell(index: int, *paragraphs: str, **looks: Any) -> Cell:
    """Return one cell of the column `index`, each paragraph on a line of its own."""
    return {"column": index, "paragraphs": [p for p in paragraphs if p], **looks}


def listed(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return bodies as printed: one stands alone, several are led by `- `."""
    return texts if len(texts) < 2 else tuple(f"- {text}" for text in texts)


def prose_blocks(prose: Sequence[Paragraph]) -> list[dict[str, str]]:
    """Return the prose as the template takes it; the style is the shape of the heading's number."""
    shapes = {1: "I", 2: "1", 3: "1.1", 4: "(1)"}
    return [
        {
            "style": shapes[p.section_path.count("/") + 1] if p.kind == "heading" else "",
            "text": p.printed,
            "mark": f"paragraphs:{p.paragraph_id}",
        }
        for p in prose
    ]


def indicator_part(programme: Programme, variant: Variant) -> dict[str, Any]:
    """Return appendix 1: group rows span, a number that stands for several indicators is one merged
    cell.
    """
    keys = variant.indicator_columns
    labels = WORDINGS[variant.wording][0]
    rows = [indicator_row(line, keys, programme.indicators) for line in programme.indicators]
    return {
        "title": programme.frame["appendix_titles"]["1"],
        "mark": "appendix:1",
        "landscape": False,
        "columns": [
            column(labels[k], INDICATOR_WIDTHS[k], ALIGNMENT.get(k, "centre")) for k in keys
        ],
        "segments": [rows],
        "note": None,
    }


def indicator_row(
    line: dict[str, str], keys: tuple[str, ...], every: Sequence[dict[str, str]]
) -> list[Cell]:
    """Return one row of appendix 1; the merged number is printed by the first row of its
    run only.
    """
    if not line["indicator_id"]:
        mark = f"groups:1:{line['number']}"
        return [
            cell(0, line["number"], bold=True, mark=mark),
            cell(1, line["name"], bold=True, colspan=len(keys) - 1, align="middle"),
        ]
    run = [other for other in every if other["number"] == line["number"]]
    row = []
    for index, key in enumerate(keys):
        if key == "number" and line is run[0]:
            row.append(cell(index, line["number"], rowspan=len(run), breakable=len(run) > 1))
        elif key == "name":
            row.append(cell(index, line["name"], mark=f"indicators:{line['indicator_id']}"))
        elif key == "lead":
            row.append(cell(index, *listed(tuple(line["lead"].split(" | ")))))
        elif key != "number":
            row.append(cell(index, line[key]))
    return row


def growth_part(programme: Programme) -> dict[str, Any]:
    """Return appendix 2, whose row II is a second header row."""
    keys = tuple(GROWTH_WIDTHS)
    head, *lines = programme.growth
    rows = []
    for line in lines:
        bold = "." not in line["line_id"]
        rows.append(
            [cell(i, line[k], bold=bold, **growth_mark(line, k)) for i, k in enumerate(keys)]
        )
    return {
        "title": programme.frame["appendix_titles"]["2"],
        "mark": "appendix:2",
        "landscape": True,
        "columns": [
            column((head[k],), GROWTH_WIDTHS[k], "left" if k == "name" else "centre") for k in keys
        ],
        "segments": [rows],
        "note": None,
    }


def growth_mark(line: dict[str, str], key: str) -> dict[str, str]:
    """Return the mark of a growth line, which its name cell carries."""
    return {"mark": f"growth:{line['line_id']}"} if key == "name" else {}


def task_part(programme: Programme, variant: Variant) -> dict[str, Any]:
    """Return appendix 3; a row's layout may start a new page before it or leave it last on its
    page.
    """
    keys = variant.task_columns
    labels = WORDINGS[variant.wording][1]
    segments: list[list[list[Cell]]] = [[]]
    for row in programme.rows:
        if row.layout == "page-before":
            segments.append([])
        segments[-1].append(task_row(row, keys))
        if row.layout == "page-after":
            segments.append([])
    return {
        "title": programme.frame["appendix_titles"]["3"],
        "mark": "appendix:3",
        "landscape": True,
        "columns": [column(labels[k], WIDTHS[k], ALIGNMENT.get(k, "left")) for k in keys],
        "segments": segments,
        "note": programme.frame["note"],
    }


def task_row(row: Row, keys: tuple[str, ...]) -> list[Cell]:
    """Return one row of appendix 3: groups span the table, a row with the layout `cut` may go on
    over the page.
    """
    if row.kind == "group":
        italic = "." in row.number
        looks: Cell = {"bold": True, "italic": italic}
        return [
            cell(0, row.number, mark=f"groups:3:{row.number}", **looks),
            cell(
                1,
                row.text,
                colspan=len(keys) - 1,
                align="middle",
                fit=row.layout == "cut-title",
                key=f"groups:3:{row.number}",
                **looks,
            ),
        ]
    texts: dict[str, tuple[str, ...]] = {
        "number": (row.number,),
        "task": (row.text,),
        "lead": listed(row.lead),
        "coordinating": listed(row.coordinating),
        "deadline": (row.deadline,),
        "funding": (row.funding,),
        "product": (row.product,),
    }
    cells = [cell(i, *texts[k], breakable=row.layout == "cut") for i, k in enumerate(keys)]
    cells[keys.index("task")] |= {"mark": f"tasks:{row.row_id}", "end": f"end:{row.row_id}"}
    return cells


def document(programme: Programme, variant: Variant) -> dict[str, Any]:
    """Return the whole document as the template takes it."""
    frame = programme.frame
    return {key: frame[key] for key in PLAIN} | {
        "face": FACES[variant.face].family,
        "table_size": variant.table_size,
        "spanned_share": 1 - WIDTHS["number"] / sum(WIDTHS[k] for k in variant.task_columns),
        "pages_without_notice": list(variant.pages_without_notice),
        "number_line": f"Số {frame['number']}",
        "prose": prose_blocks(programme.prose),
        "appendices": [
            indicator_part(programme, variant),
            growth_part(programme),
            task_part(programme, variant),
        ],
    }


def typeset(programme: Programme, variant: Variant) -> Printed:
    """Return the programme printed as the variant says."""
    compiler = typst.Compiler(
        input=str(TEMPLATE),
        font_paths=[face_folder(FACES[variant.face])],
        ignore_system_fonts=True,
        sys_inputs={"doc": json.dumps(document(programme, variant), ensure_ascii=False)},
    )
    pdf = cast("bytes", compiler.compile(format="pdf", timestamp=0, pdf_tags=False))
    marks = json.loads(compiler.query("<mark>", field="value"))
    cut = json.loads(compiler.query("<cut-title>", field="value"))
    return Printed(
        pdf=pdf,
        marks={m["key"]: Place(m["page"], m["x"], m["y"]) for m in marks},
        cut_titles={c["key"]: c["text"] for c in cut},
    )
