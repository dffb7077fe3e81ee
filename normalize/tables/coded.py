"""Coded columns: what a closed vocabulary or a grammar makes of all readings of a cell.

Long: one short function for each kind of column, and what all of them ask of a cell's readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from normalize.bodies.listed import BodyList
from normalize.bodies.match import BodyCell, match_cell
from normalize.tables.cells import Cell
from normalize.tables.own_bodies import Rooms
from normalize.tables.print_doubts import (
    has_odd_numeral,
    has_outvoted_numeral,
    may_have_sign,
    may_have_spaces,
    sees_spaces,
    with_printed_numerals,
    with_space_behind_sign,
)
from normalize.text.clean import clean
from normalize.values.closed_forms import NO_FORM, ONE_READING, TIE, WITNESSES
from normalize.values.deadlines import (
    read_deadline,
    read_deadline_of_year,
    repair_deadline,
)
from normalize.values.figures import DECIMAL, ONE_WITNESS, read_target, read_value, repair_figure
from normalize.values.funding import read_funding, repair_funding
from normalize.values.period_labels import read_label
from normalize.values.units import UNKNOWN_UNIT, repair_unit
from schemas.settings import BodiesSettings
from schemas.witnesses import DUMP, VECTOR, engine_of

# how often a value that nothing speaks against, and one in review, proved right on scans with a
# truth
SURE, UNSURE = 0.995, 0.6
# reasons that only say that no list has the form: the words may still be sure, one by one
_FORM_ALONE = frozenset((NO_FORM, TIE, ONE_READING, ONE_WITNESS, UNKNOWN_UNIT))
_WORDS_SURE = 0.99  # the least probability that all words of such a cell are right
OTHER_NUMBERS = "its words, taken one by one, have other numbers"
_NUMBER = re.compile(r"\d+|\b[IVX]+\b")
_MINUS = re.compile(r"[-–−]\d+(?:[.,]\d+)*%?")
NO_ROLES = "no word says who leads and who helps"


@dataclass(frozen=True)
class Coded:
    """A coded cell: its published value, derived columns, parts (bodies, stages), and doubt with a
    reason.
    """

    value: str = ""
    sure: bool = True
    reason: str = ""
    derived: dict[str, Any] = field(default_factory=dict)
    parts: Sequence[dict[str, Any]] = ()

    @property
    def confidence(self) -> float:
        """The probability that the value is right."""
        return SURE if self.sure else UNSURE


@dataclass(frozen=True)
class Matcher:
    """What printed names are matched with: the list, the limits, the document's ISO date.

    The date is empty where it is not known; so is the year that the document is for, where it is
    not for one alone.
    """

    bodies: BodyList
    limits: BodiesSettings = field(default_factory=BodiesSettings)
    date: str = ""
    rooms: Rooms = field(default_factory=lambda: Rooms({}))
    year: str = ""


def read_bodies(cell: Cell | None, decided: str | None, matcher: Matcher) -> Coded:
    """The bodies of a lead or coordinating cell, their canonical names joined with ``; ``.

    A decided value is a list of names joined in the same way.
    """
    if decided is not None:
        parts = [_named(name, matcher.bodies) for name in decided.split("; ") if name]
        return Coded(decided, parts=parts)
    if cell is None:
        return Coded()
    breaks = matcher.rooms.breaks(cell)
    readings = [cell.every_line(witness) for witness in cell.witnesses]
    found = match_cell(readings, matcher.bodies, matcher.limits, matcher.date, breaks)
    if any(not item.body_id for item in found.items):
        found = with_repaired_names(
            found,
            match_cell([cell.every_line()], matcher.bodies, matcher.limits, matcher.date, breaks),
        )
    parts = [
        {"body_id": item.body_id, "name": item.name, "printed": item.printed}
        for item in found.items
    ]
    return Coded(found.value, not found.doubtful and bool(found.items), found.reason, parts=parts)


def with_repaired_names(found: BodyCell, repaired: BodyCell) -> BodyCell:
    """A cell with its unknown names as repair left them, if repair leaves the same listed
    bodies.
    """
    if [item.body_id for item in found.items] != [item.body_id for item in repaired.items]:
        return found
    pairs = zip(found.items, repaired.items, strict=True)
    items = [item if item.body_id else replace(item, name=other.name) for item, other in pairs]
    return replace(found, items=tuple(items))


def read_both_roles(cell: Cell | None, matcher: Matcher) -> tuple[Coded, Coded]:
    """Those who lead and those who help, of a cell in which no word parts them.

    The first leads; both columns go into review.
    """
    both = read_bodies(cell, None, matcher)
    names = both.value.split("; ") if both.value else []
    lead = Coded("; ".join(names[:1]), False, NO_ROLES, parts=both.parts[:1])
    return lead, Coded("; ".join(names[1:]), False, NO_ROLES, parts=both.parts[1:])


def _named(name: str, bodies: BodyList) -> dict[str, str]:
    body_id = next((body.body_id for body in bodies.bodies if body.name == name), "")
    return {"body_id": body_id, "name": name, "printed": name}


def read_deadline_cell(cell: Cell | None, decided: str | None, year: str = "") -> Coded:
    """A deadline with its kind, dates and milestones.

    One without a year, `Quý II`, is in the ``year`` of a document for one year, in doubt.
    """
    told = with_printed_numerals(cell) if cell is not None else None
    value, sure, reason = _read(told, decided, repair_deadline)
    if (
        sure
        and decided is None
        and cell is not None
        and any(sees_spaces(word) for word in cell.words)
    ):
        sure, reason = False, "a witness saw spaces beside a dash"
    if sure and decided is None and cell is not None and has_odd_numeral(cell):
        sure, reason = False, "a numeral is wider or narrower in print than what was read"
    if sure and decided is None and told and cell and has_outvoted_numeral(told, cell):
        sure, reason = False, "most witnesses read another numeral than the print has room for"
    meant = read_deadline_of_year(value, year)
    derived = {"deadline_kind": meant.kind, "start": meant.start, "end": meant.end}
    return Coded(
        value,
        sure and (meant.sure or not value),
        reason or _unless(meant.sure, "an unknown form"),
        derived,
        [asdict(item) for item in meant.milestones],
    )


def read_funding_cell(cell: Cell | None, decided: str | None) -> Coded:
    """A source of funding with its codes."""
    value, sure, reason = _read(cell, decided, repair_funding)
    meant = read_funding(value)
    return Coded(
        value,
        sure and (meant.sure or not value),
        reason or _unless(meant.sure, "an unknown form"),
        {"funding_codes": meant.codes},
    )


def read_unit_cell(cell: Cell | None, decided: str | None) -> Coded:
    """A unit of measurement; an indicator can have none.

    A number alone is none: that repair has one says nothing against a unit, for a ``%`` whose rings
    ran together is read as a digit.
    """
    value, sure, reason = _read(cell, decided, repair_unit)
    if reason == OTHER_NUMBERS and cell is not None and cell.value.isdigit():
        return Coded(value)
    return Coded(value, sure, reason)


def _read_figure(cell: Cell | None, decided: str | None) -> tuple[str, bool, str]:
    """What a cell of figures says, whether that is sure, and why it is not.

    Words in place of a figure (`Không còn hộ nghèo`) are repair's, for no list has them; they are
    in doubt where it doubts one that the witnesses read otherwise.
    """
    value, sure, reason = _read(cell, decided, repair_figure)
    if decided is not None or cell is None:
        return value, sure, reason
    if not sure and _keeps_commas(cell, value):
        value, sure, reason = cell.value, reason == DECIMAL, "" if reason == DECIMAL else reason
    value = with_space_behind_sign(cell, value)
    in_words = not any(letter.isdigit() for letter in value)
    if in_words and cell.doubtful and value != cell.value:
        return cell.value, False, WITNESSES
    if sure and may_have_spaces(cell, value):
        return value, False, "there may be spaces beside a dash"
    if sure and may_have_sign(cell, value):
        return value, False, "there may be a sign before the figure"
    return value, sure, reason


def _keeps_commas(cell: Cell, value: str) -> bool:
    """Whether the leading witness and repair have commas in a figure where others read points.

    A tail is lost, not made: in 22 of 22 such figures of eight scans the comma is printed, and in
    none of 175 figures with a point did that witness read a comma.
    """
    own = cell.value
    is_same = own.replace(",", ".") == value.replace(",", ".")
    return is_same and own.count(",") == cell.printed.count(",") >= max(1, value.count(","))


def read_target_cell(cell: Cell | None, decided: str | None, unit: str) -> Coded:
    """A target with its comparator and bounds."""
    value, sure, reason = _read_figure(cell, decided)
    meant = read_target(value, unit)
    derived = {
        "comparator": meant.comparator if value else "",
        "target_min": meant.minimum,
        "target_max": meant.maximum,
    }
    is_plain = meant.sure or _has_set_minus(cell, value)
    return Coded(
        value,
        sure and bool(value) and is_plain,
        reason or _unless(is_plain, "not a plain figure"),
        derived,
    )


def read_figure_cell(cell: Cell | None, decided: str | None, unit: str) -> Coded:
    """A figure of the growth table with its bounds."""
    value, sure, reason = _read_figure(cell, decided)
    meant = read_value(value, unit)
    derived = {"value_min": meant.minimum, "value_max": meant.maximum}
    is_plain = meant.sure or _has_set_minus(cell, value)
    return Coded(
        value,
        sure and bool(value) and is_plain,
        reason or _unless(is_plain, "not a plain figure"),
        derived,
    )


def _has_set_minus(cell: Cell | None, value: str) -> bool:
    """Whether a figure has a minus sign that a program set: no reading of a scan is one for sure,
    and a dash apart from the figure may lead an item.
    """
    is_set = cell is not None and set(cell.witnesses) == {VECTOR}
    return is_set and _MINUS.fullmatch(value) is not None


def read_period(_: Cell | None, decided: str | None, label: str) -> Coded:
    """A period of the growth table.

    Its label was decided when the rows were put together, since it is part of their key.
    """
    value = label if decided is None else decided
    told, meant = read_label(value), read_deadline(value)
    start, end = told.dates if told is not None else (meant.start, meant.end)
    known = told is not None or meant.kind != ""
    reason = "" if known else "an unknown form"
    return Coded(value, known, reason, {"period_start": start, "period_end": end})


def _read(
    cell: Cell | None,
    decided: str | None,
    repair: Callable[[Sequence[str], Sequence[str]], tuple[str, bool, str]],
) -> tuple[str, bool, str]:
    """A decided value as it is; else what a grammar makes of the cell's readings; nothing if it is
    empty.
    """
    if decided is not None:
        return decided, True, ""
    if cell is None:
        return "", True, ""
    readings = cell.readings()
    if set(readings) == {VECTOR}:
        # set by a program: no reading of it can be better than itself
        return clean(cell.set_text(VECTOR)), True, ""
    value, sure, reason = repair(list(readings.values()), [engine_of(name) for name in readings])
    if reason in _FORM_ALONE and value == cell.value and _is_surely_read(cell):
        sure, reason = True, ""
    if sure and _numbers(value) != _numbers(cell.value):
        return value, False, OTHER_NUMBERS
    return value, sure, reason


def _is_surely_read(cell: Cell) -> bool:
    """Whether repair is sure of every word of a scan's cell, and so of all of them together.

    It never is of a letter alone, as engines read a piece of a ruling.
    """
    if sum(sign.isalpha() for sign in cell.value) == 1:
        return False
    return not cell.doubtful and DUMP not in cell.witnesses and cell.confidence >= _WORDS_SURE


def _numbers(text: str) -> list[str]:
    """The numbers of a text, also Roman ones, in order: ``quý II/2027`` gives ``II`` and
    ``2027``.
    """
    return _NUMBER.findall(text)


def _unless(sure: bool, reason: str) -> str:
    return "" if sure else reason
