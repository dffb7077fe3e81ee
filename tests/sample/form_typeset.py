"""Sets a programme of ``tests/sample/programmes`` in its own form as a vector PDF with typst."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any, cast

import typst

from tests.sample.forms import (
    DITTO,
    Column,
    FormProgramme,
    Line,
    Part,
    bodies_of,
    passages,
    value_of,
)
from tests.sample.typeset import FACES, Place, Printed, cell, face_folder

TEMPLATE = Path(__file__).parent / "forms.typ"
Cell = dict[str, Any]
_CENTRED = ("number", "unit", "values", "deadline")
_SHAPES = {1: "I", 2: "1", 3: "1.1"}


def _head_cell(label: tuple[str, ...], columns: int = 1, rows: int = 1, bold: bool = True) -> Cell:
    return {"label": list(label), "colspan": columns, "rowspan": rows, "bold": bold}


def header_rows(part: Part) -> list[list[Cell]]:
    """Return the header: one row, or two where labels stand over others; then the row of column
    numbers, if there is one.
    """
    two = any(column.over for column in part.columns)
    first: list[Cell] = []
    for over, run in groupby(part.columns, key=lambda column: column.over):
        below = list(run)
        if over:
            first.append(_head_cell(over, columns=len(below)))
        else:
            first += [_head_cell(column.label, rows=2 if two else 1) for column in below]
    rows = [first]
    if two:
        rows.append([_head_cell(column.label) for column in part.columns if column.over])
    if part.column_numbers:
        rows.append([_head_cell((f"({n})",), bold=False) for n in range(1, len(part.columns) + 1)])
    return rows


def listed(field: str, style: str) -> list[str]:
    """Return the paragraphs of a field of bodies in the style of its table."""
    if field in DITTO:
        return [field]
    names = [printed for printed, _ in bodies_of(field)]
    if style == "dashes":
        return names if len(names) < 2 else [f"- {name}" for name in names]
    return names if style == "lines" else [{"commas": ", ", "semicolons": "; "}[style].join(names)]


def both_roles(line: Line, style: str) -> list[str]:
    """Return the paragraphs of the one column that names those who lead and those who help."""
    lead, helping = (
        ", ".join(printed for printed, _ in bodies_of(line.fields.get(key, "")))
        for key in ("lead", "coordinating")
    )
    if style == "roles-inline":
        return [f"Chủ trì: {lead}" + (f"; phối hợp: {helping}" if helping else "")] if lead else []
    return [
        text
        for text in (f"Chủ trì: {lead}" if lead else "", f"Phối hợp: {helping}" if helping else "")
        if text
    ]


def printed_field(line: Line, column: Column, part: Part, values: dict[str, str]) -> list[str]:
    """Return the paragraphs of one cell."""
    if column.key == "number":
        return [line.number]
    if column.key == "bodies":
        return both_roles(line, part.bodies)
    if column.key in ("lead", "coordinating"):
        return listed(
            line.fields.get(column.key, ""), part.bodies if part.kind == "tasks" else "lines"
        )
    if column.key == "values":
        return [values.get(column.name, "")]
    if column.key == "extra":
        return [line.fields.get(column.name, "")]
    return [line.fields.get(column.key, "")]


def values_by_period(line: Line, part: Part) -> dict[str, str]:
    """Return the printed value of each period."""
    periods = [column.name for column in part.columns if column.key == "values"]
    values = line.fields.get("values", "").split(" / ")
    return {period: value_of(value).printed for period, value in zip(periods, values, strict=False)}


def row_cells(line: Line, part: Part, mark: str) -> list[Cell]:
    """Return the cells of one row; a group's title spans the table unless the part keeps it in its
    column.
    """
    text_at = next(i for i, column in enumerate(part.columns) if column.key in ("task", "name"))
    if line.kind == "G" and not part.group_cells:
        title = line.fields[part.fields[0]]
        span = cell(1, title, bold=True, colspan=len(part.columns) - 1, align="middle")
        return [cell(0, line.number, bold=True, mark=mark), span]
    values = values_by_period(line, part)
    cells = [
        cell(i, *printed_field(line, column, part, values), bold=line.kind == "G")
        for i, column in enumerate(part.columns)
    ]
    cells[text_at] |= {"mark": mark}
    return cells


def sheet(part: Part, place: int) -> dict[str, Any]:
    """Return an appendix as the template takes it."""
    columns = [
        {"width": c.width, "align": c.align or ("centre" if c.key in _CENTRED else "left")}
        for c in part.columns
    ]
    return {
        "label": part.label,
        "attached": part.attached,
        "attached_below": part.attached_below,
        "title": list(part.title),
        "mark": f"appendix:{place}",
        "landscape": part.landscape,
        "size": part.size,
        "repeated": part.repeated,
        "columns": columns,
        "header": header_rows(part),
        "rows": [row_cells(line, part, f"{place}:{n}") for n, line in enumerate(part.lines())],
        "note": part.note,
    }


def document(programme: FormProgramme) -> dict[str, Any]:
    """Return the whole document as the template takes it."""
    prose = list(passages(programme.prose))
    return {
        "face": FACES[programme.face].family,
        "notice": programme.notice,
        "issuer_lines": programme.issuer_lines,
        "motto_lines": programme.motto_lines,
        "number_line": programme.number_line,
        "place_and_date": programme.place_and_date,
        "title_lines": programme.title_lines,
        "recipients_heading": "Nơi nhận:",
        "recipients": programme.recipients,
        "signers": [{"lines": signer.lines, "name": signer.name} for signer in programme.signers],
        "footnotes": {p.number: p.text for p in prose if p.kind == "footnote"}
        | dict(note for part in programme.parts for note in part.footnotes),
        "prose": [
            {
                "text": p.printed,
                "mark": p.mark,
                "style": _SHAPES.get(p.section_path.count("/") + 1, "(1)")
                if p.kind == "heading"
                else "",
            }
            for p in prose
            if p.kind != "footnote"
        ],
        "parts": [sheet(part, place) for place, part in enumerate(programme.parts, 1)],
    }


def typeset_form(programme: FormProgramme) -> Printed:
    """Return the programme printed in its form."""
    compiler = typst.Compiler(
        input=str(TEMPLATE),
        font_paths=[face_folder(FACES[programme.face])],
        ignore_system_fonts=True,
        sys_inputs={"doc": json.dumps(document(programme), ensure_ascii=False)},
    )
    pdf = cast("bytes", compiler.compile(format="pdf", timestamp=0, pdf_tags=False))
    marks = json.loads(compiler.query("<mark>", field="value"))
    return Printed(pdf, {m["key"]: Place(m["page"], m["x"], m["y"]) for m in marks}, {})
