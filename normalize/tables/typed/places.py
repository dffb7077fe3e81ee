"""Typed numbers of rows, references to rows and pages, dates, and columns of a few values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from normalize.tables.cells import number_of
from normalize.tables.typed.known import Known
from normalize.tables.typed.verdict import Typed, refused
from normalize.text.clean import plain_dashes
from normalize.text.distance import closest
from normalize.text.roman import roman
from schemas.table import APPENDIX, APPENDIX_KINDS, POINT, VALUE_ROLES
from schemas.table_kinds import KINDS, ROW_ID

DOCUMENT_NUMBER = re.compile(
    r"(\d+\s*[-–]\s*[^\W\d_]+\s*/\s*[^\W\d_]+"
    r"|\d+\s*/\s*(?:\d{4}\s*/\s*)?[^\W\d_]+\s*[-–]\s*[^\W\d_]+)"
)
_PARAGRAPH_NUMBER = re.compile(
    r"\((?:\d+|[a-zđ])\)|(?:\d+|[IVXLCDM]+|[A-HĐ])(?:\.\d+)*|\*+|[a-zđ]|"
)
_DATE = re.compile(
    r"(?:ngày )?(?P<d>\d{1,2})(?:[/.-]| tháng )(?P<m>\d{1,2})(?:[/.-]| năm )(?P<y>\d{4})"
)
_TERM = re.compile(r"(?:nhiệm kỳ )?(\d{4})\s*-\s*(\d{4})", re.IGNORECASE)
_FLAGS = {"true": "true", "false": "false", "1": "true", "0": "false"}
PARAGRAPH_KINDS = ("heading", "paragraph", "footnote")
_ROMAN = frozenset(roman(number) for number in range(1, 40))
_LONG_ENOUGH = 3  # letters: what is shorter is near to everything
Check = Callable[[str, Known], Typed]


def check_number(table: str) -> Check:
    """What checks the number of a table's rows: its form, and that no other row has it."""
    form = re.compile(ROW_ID if table == "groups" else KINDS[table].number_form)

    def check(value: str, known: Known) -> Typed:
        number = value.rstrip(".")
        if not form.match(number) or not _has_numerals(number):
            return refused(value, "number_form", _nearest(number, _numbers(table, known)))
        if number != number_of(table, known.row_id) and number in _numbers(table, known):
            return refused(value, "number_taken", value=number)
        above = _group_above(number) if table == "tasks" else ""
        groups = _numbers("groups", known)
        if above and groups and above not in groups:
            return refused(value, "no_such_row", _nearest(above, groups), value=above)
        return Typed(number)

    return check


def _has_numerals(number: str) -> bool:
    """Whether what looks like a Roman numeral is one: `IV`, and not `IIII`."""
    parts = re.findall(r"[IVXLC]{2,}", number)
    return all(part in _ROMAN for part in parts)


def _group_above(number: str) -> str:
    """The group that a dotted number of a task names itself: `1.2` of `1.2.3` and `1.2.3(1)`."""
    head = number.partition("/")[2] or number
    return head.partition("(")[0].rpartition(".")[0]


def _numbers(table: str, known: Known) -> list[str]:
    """The numbers of a table's rows; of groups those in the row's own appendix."""
    ids = known.ids.get(table, frozenset())
    if table != "groups":
        return sorted(number_of(table, key) for key in ids)
    appendix = known.appendix or known.row_id.partition("|")[0]
    return sorted(number_of(table, key) for key in ids if key.partition("|")[0] == appendix)


def check_paragraph_number(value: str, _: Known) -> Typed:
    """The number printed before a paragraph, as in its form; there may be none."""
    number = value.rstrip(".")
    fits = _PARAGRAPH_NUMBER.fullmatch(number) is not None
    return Typed(number) if fits else refused(value, "number_form")


def check_group(value: str, known: Known) -> Typed:
    """A group that a row stands under, by its number in the row's appendix; there may be none."""
    return _of_rows(value, _numbers("groups", known))


def check_task(value: str, known: Known) -> Typed:
    """The task that a sub-row belongs to; there may be none."""
    return _of_rows(value, known.ids.get("tasks", frozenset()))


def check_appendix(value: str, known: Known) -> Typed:
    """The number of an appendix of the document."""
    if not re.match(APPENDIX, value):
        return refused(value, "number_form")
    return _of_rows(value, known.ids.get("appendices", frozenset()))


def check_points(value: str, known: Known) -> Typed:
    """Points of the appendix of tasks that a sentence names, with semicolons between; maybe
    none.
    """
    points = [point.strip().rstrip(".") for point in value.split(";") if point.strip()]
    rows = {*known.ids.get("tasks", frozenset())}
    rows |= {number_of("groups", key) for key in known.ids.get("groups", frozenset())}
    for point in points:
        if not re.match(POINT, point):
            return refused(value, "number_form", value=point)
        if point not in rows:
            return refused(value, "no_such_row", _nearest(point, rows), value=point)
    return Typed("; ".join(points))


def check_section(value: str, known: Known) -> Typed:
    """The numbers of the headings above a paragraph, joined by slashes: those of a section that
    other paragraphs stand in.
    """
    others = {
        key.partition("#")[0]
        for key in known.ids.get("paragraphs", frozenset())
        if key != known.row_id
    }
    return _of_rows(value.strip("/"), others)


def _of_rows(value: str, rows: Iterable[str]) -> Typed:
    known = sorted(rows)
    if not value or value in known:
        return Typed(value)
    bare = value.rstrip(".")
    return Typed(bare) if bare in known else refused(value, "no_such_row", _nearest(value, known))


def _nearest(value: str, choices: Iterable[str]) -> str:
    """The number that differs least, if by one letter or sign at most."""
    found, apart, _ = closest(value, sorted(choices))
    return found if apart <= 1.0 and len(value) >= _LONG_ENOUGH else ""


def check_page(value: str, known: Known) -> Typed:
    """A page of the document."""
    if not value.isdecimal():
        return refused(value, "not_a_whole_number")
    page = int(value)
    fits = page >= 1 and (not known.pages or page <= known.pages)
    return Typed(str(page)) if fits else refused(value, "no_such_page", last=str(known.pages))


def check_count(value: str, _: Known) -> Typed:
    """A whole number that is not below zero."""
    return Typed(str(int(value))) if value.isdecimal() else refused(value, "not_a_whole_number")


def check_date(value: str, known: Known) -> Typed:
    """A date, ISO or as it is written in Vietnam: day, month, year. It may be missing."""
    if not value:
        return refused(value, "empty") if any(known.read) else Typed(value)
    match = _DATE.fullmatch(plain_dashes(value).casefold())
    iso = f"{match['y']}-{int(match['m']):02d}-{int(match['d']):02d}" if match else value
    try:
        found = date.fromisoformat(iso).isoformat()
    except ValueError:
        return refused(value, "no_such_time" if match else "not_a_date")
    return Typed(found, notes=() if found == value else ("date_form",))


def check_term(value: str, _: Known) -> Typed:
    """A term of office: `2025 - 2030`."""
    match = _TERM.fullmatch(plain_dashes(value))
    if not value or (match is not None and int(match[1]) < int(match[2])):
        return Typed(f"{match[1]} - {match[2]}" if match is not None else "")
    return refused(value, "period_unknown")


def check_document_number(value: str, _: Known) -> Typed:
    """The number and signs of a document: `04-CTr/TU`, `312/KH-UBND`."""
    if not value or DOCUMENT_NUMBER.fullmatch(value):
        return Typed(re.sub(r"\s", "", value))
    return refused(value, "number_form")


def one_of(choices: Iterable[str]) -> Check:
    """What checks a column that has only these values."""
    allowed = tuple(choices)

    def check(value: str, _: Known) -> Typed:
        if value in allowed:
            return Typed(value, choices=allowed)
        return replace(
            refused(value, "not_of_these", _nearest(value, allowed), choices=", ".join(allowed)),
            choices=allowed,
        )

    return check


def check_flag(value: str, known: Known) -> Typed:
    """Yes or no, as spreadsheets write it too: `TRUE`."""
    return one_of(("true", "false"))(_FLAGS.get(value.casefold(), value), known)


KINDS_OF = {
    "appendices": APPENDIX_KINDS,
    "paragraphs": PARAGRAPH_KINDS,
    "indicator_values": VALUE_ROLES,
}
