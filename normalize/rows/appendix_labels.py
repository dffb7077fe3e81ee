"""How appendices are called: their labels above a table, and their names in the text."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from normalize.rows.numbering.forms import roman_value

_OFFICE = r"/(?>\p{L}+(?:-\p{L}+)*)"  # whose form it is, behind its number: ``02/BC-STC``
# a folded line that is a label: ``phu luc 2``, ``bieu so 01/kh``, with what stands behind it
LABEL = regex.compile(
    r"^\W*(?P<name>ph[uư]\W?l[uư]c|(?:phu\s+)?bi[eê]u(?:\s+mau)?|danh muc)\s*(?:so\s*)?"
    rf"(?:(?P<number>\d{{1,2}}|[ivxl]{{1,5}})(?:{_OFFICE})?)?\s*(?P<rest>\W*$|[.:–-].*)"
)
# a folded line that is a label whose Roman numeral was misread or run together with its name
MISREAD_LABEL = regex.compile(r"^\W*ph[uư]\W?l[uư]c\W?(?P<number>[ivxlhm1|!]{1,5})[\W_]*$")
_STROKES = {"l": "i", "1": "i", "|": "i", "!": "i", "h": "ii", "m": "iii"}
SENT_WITH = regex.compile(r"^\W*(?:ban hanh\s+)?kem theo\b")
UNIT = regex.compile(r"^\W*(?:don vi(?: tinh)?|dvt)\s*:")
# a label as it is printed
WELL_PRINTED = regex.compile(
    r"^(?:phụ lục|(?:phụ )?biểu(?: mẫu)?)(?: số)?"
    rf"(?: (?:\d{{1,2}}|[ivxl]{{1,5}})(?:{_OFFICE})?)?$",
    regex.IGNORECASE,
)
_NAMED = regex.compile(
    r"\b(?:ph[uư] l[uư]c|bieu)\s*(?:so\s*)?(?P<number>\d{1,2}|[ivx]{1,5})\b"
    r"(?!\s*[,;(]?\s*(?:ban hanh|kem theo (?!chuong trinh|ke hoach nay)|cua\s|(?:nghi dinh"
    r"|thong tu|quyet dinh|nghi quyet)))"
)


def to_figure(number: str) -> str:
    """An appendix's number as an Arabic figure, "" where it is none."""
    if number.isdigit():
        return str(int(number))
    value = roman_value(number.upper().replace("L", "I")) if number else None
    return str(value) if value else ""


def to_misread_figure(number: str) -> str:
    """The number that strokes run together may be, ``H`` for ``II``, "" where they are none."""
    return to_figure("".join(_STROKES.get(stroke, stroke) for stroke in number))


def names_in(text: str, until: int | None = None) -> Iterable[str]:
    """The numbers of the appendices that a folded text names before a place.

    What another document's appendix is called is none.
    """
    for match in _NAMED.finditer(text):
        if until is None or match.start() < until:
            number = match["number"]
            value = number if number.isdigit() else str(roman_value(number.upper()) or "")
            if value:
                yield str(int(value))
