"""The document's own record: title, number, date, issuer before the prose; signatory after it; notice and notes around the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from normalize.rows.records import Piece, Record
from normalize.rows.scan.layout import Line
from normalize.rows.scan.paragraphs import Paragraph, paragraph_pieces
from normalize.text.fold import fold

_TITLE = regex.compile(r"\bchuong trinh\b|\bhanh dong\b")
_NUMBER = regex.compile(r"^\W*s[o0](?:\W|\d)")
_DATE = regex.compile(r"\bngay\b.*\bthang\b|\bthang\b.*\bnam\b")
_MOTTO = regex.compile(r"dang cong san|cong hoa xa hoi|doc lap|^\W*$")
_ROLE = regex.compile(
    r"bi thu|t\W?/\W?m\b|chu tich|thay mat|ban chap hanh|ban thuong vu|da ky|tinh uy|k\W?/\W?t\b"
)


def document_record(
    front: Sequence[Line],
    close: Sequence[Line],
    notice: Line | None,
    notes: Sequence[Piece],
    width: float,
) -> Record:
    """The record of the table ``document``: one for each document; a field that nothing is printed for has no words."""
    title = next((i for i, line in enumerate(front) if _TITLE.search(fold(line.agreed))), 0)
    cells: dict[str, list[Piece]] = {"title": _pieces(front[title:])}
    for half in (half for line in front[:title] for half in split_halves(line, width)):
        key = fold(half.agreed)
        column = (
            "number"
            if _NUMBER.match(key)
            else "date"
            if _DATE.search(key)
            else ""
            if _MOTTO.search(key)
            else "issuer"
        )
        if column and column not in cells:
            cells[column] = _pieces([half])
    signatory = _signatory(close, width)
    cells["signatory"] = _pieces([signatory]) if signatory is not None else []
    cells["notice"] = _pieces([notice]) if notice is not None else []
    cells["notes"] = list(notes)
    return Record(
        "document",
        "",
        front[0].page_no if front else 1,
        {column: pieces for column, pieces in cells.items() if pieces},
    )


def split_halves(line: Line, width: float) -> list[Line]:
    """The left and the right part of a line that stands in two columns, as heads of letters and signatures do."""
    left = tuple(slot for slot in line.slots if (slot.word.x0 + slot.word.x1) / 2 < 0.46 * width)
    right = tuple(slot for slot in line.slots if slot not in left)
    gap = min((slot.word.x0 for slot in right), default=width) - max(
        (slot.word.x1 for slot in left), default=0.0
    )
    if not left or not right or gap < 0.03 * width:
        return [line]
    return [replace(line, slots=left), replace(line, slots=right)]


def _signatory(close: Sequence[Line], width: float) -> Line | None:
    """The line with the name that closes the signature block on the right."""
    right = [
        half
        for line in close
        for half in split_halves(line, width)
        if half.slots and half.slots[0].word.x0 > 0.4 * width
    ]
    names = [
        half for half in right if not _ROLE.search(fold(half.agreed)) and _is_name(half.agreed)
    ]
    return names[-1] if names else None


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[:1].isupper() and word[1:].islower() for word in words)


def _pieces(lines: Iterable[Line]) -> list[Piece]:
    return paragraph_pieces(Paragraph(tuple(lines)))
