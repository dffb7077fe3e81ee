"""Typed values of the coded columns: bodies, deadlines, periods, funding, units, figures."""

from __future__ import annotations

import re
from dataclasses import replace

from normalize.bodies.listed import Body
from normalize.tables.coded import (
    Coded,
    read_deadline_cell,
    read_figure_cell,
    read_funding_cell,
    read_period,
    read_target_cell,
)
from normalize.tables.typed.known import Known
from normalize.tables.typed.texts import check_text
from normalize.tables.typed.verdict import Typed, refused
from normalize.text.clean import clean, early_tone
from normalize.text.distance import closest, letters
from normalize.values import deadlines, funding
from normalize.values.deadlines import is_plain
from normalize.values.figures import is_percentage, repair_figure
from normalize.values.units import is_listed, listed_units

_NUMBER = re.compile(r"\d+|\b[IVX]+\b")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NEAR = 0.3  # of a value's letters: how far it may be from what is offered as its nearest
_BEFORE, _AFTER = 15, 30  # years about the document's in which its dates lie
_MARK = "-–—•+*. "


def check_bodies(value: str, known: Known) -> Typed:
    """A list of names with semicolons between, each under the name of the list.

    Names may stand with commas between where each of them is known: `Sở A, Sở B`.
    """
    if not value:
        return refused(value, "empty") if any(known.read) else Typed(value)
    names: list[Body | str] = []
    for item in filter(None, (clean(part).strip(_MARK) for part in value.split(";"))):
        names += _named(item, known)
    shown = [name if isinstance(name, str) else name.name for name in names]
    parts = [
        {"body_id": "" if isinstance(name, str) else name.body_id, "name": text, "printed": text}
        for name, text in zip(names, shown, strict=True)
    ]
    found = Typed("; ".join(shown), parts=parts, means={"ids": _ids(names)})
    unknown = next((name for name in names if isinstance(name, str)), None)
    twice = next((name for name in shown if shown.count(name) > 1), None)
    if unknown is not None:
        near = _near(unknown, known.bodies.texts)
        return replace(
            found, reason="body_unknown", said={"value": unknown}, nearest=_canonical(near, known)
        )
    if twice is not None:
        return replace(found, reason="body_twice", said={"value": twice})
    is_typed = all(name in value for name in shown)
    return found if is_typed else replace(found, notes=("canonical",))


def _ids(names: list[Body | str]) -> str:
    return "; ".join(name.body_id for name in names if not isinstance(name, str))


def _named(item: str, known: Known) -> list[Body | str]:
    """The bodies that an item names: one, or several with commas between; else the item itself."""
    whole = _body(item, known)
    if whole is not None:
        return [whole]
    parts = [_body(clean(part), known) for part in item.split(",")]
    return [body for body in parts if body is not None] if all(parts) else [item]


def _body(name: str, known: Known) -> Body | None:
    """The body of that name, in capitals or not, its tone marks on either vowel."""
    form = known.bodies.by_text.get(name)
    if form is None:
        key = early_tone(name).casefold()
        form = next((one for one in known.bodies.forms if _same(one.text, key)), None)
    return form.body if form is not None else None


def _same(text: str, key: str) -> bool:
    return len(text) == len(key) and early_tone(text).casefold() == key


def _canonical(text: str, known: Known) -> str:
    return known.bodies.by_text[text].body.name if text else ""


def _near(value: str, choices: tuple[str, ...]) -> str:
    """The choice that a value is near, empty where none is."""
    found, apart, _ = closest(value, choices)
    return found if apart <= _NEAR * max(letters(value), letters(found)) else ""


def check_deadline(value: str, known: Known) -> Typed:
    """A deadline with its kind, dates and milestones."""
    coded = read_deadline_cell(None, value)
    found = Typed(value, means=coded.derived, parts=coded.parts)
    if not value:
        return refused(value, "empty") if any(known.read) else found
    if not coded.derived["deadline_kind"]:
        return _unread_time(found, "deadline_unknown")
    if not coded.sure:
        return replace(found, reason="deadline_vague")
    far = _far_year(value, known)
    if far:
        return replace(found, reason="year_far", said={"value": far})
    if is_plain(value):
        return found
    words = check_text(value, replace(known, read=()))  # conditions and pieces of work
    return replace(found, reason=words.reason, said=words.said, nearest=words.nearest)


def _unread_time(found: Typed, reason: str) -> Typed:
    """Why a time cannot be read: its words are of no form, or the calendar has no such time."""
    numbers = _NUMBER.findall(found.value)
    masked = _NUMBER.sub("#", found.value)
    forms = tuple(
        form for form in deadlines.printed_forms() if form.count("#") == masked.count("#")
    )
    form = _near(masked, forms)
    if form.casefold() == masked.casefold():
        return replace(found, reason="no_such_time")
    filled = iter(numbers)
    offered = re.sub("#", lambda _: next(filled), form)
    is_time = form and deadlines.read_deadline(offered).sure
    return replace(found, reason=reason, nearest=offered if is_time else "")


def _far_year(value: str, known: Known) -> str:
    """A year that the document does not name and that lies far from its own; else nothing."""
    if not known.date:
        return ""
    own = int(known.date[:4])
    return next(
        (
            year
            for year in _YEAR.findall(value)
            if year not in known.years and not own - _BEFORE <= int(year) <= own + _AFTER
        ),
        "",
    )


def check_period(value: str, known: Known) -> Typed:
    """A period of values, such as the label of a column of them."""
    coded = read_period(None, value, value)
    found = Typed(value, means=coded.derived)
    if not value:
        return refused(value, "empty")
    if value in known.periods:
        return found
    if not coded.sure:
        return _unread_time(found, "period_unknown")
    far = _far_year(value, known)
    return replace(found, reason="year_far", said={"value": far}) if far else found


def check_funding(value: str, known: Known) -> Typed:
    """A source of funding with its codes."""
    coded = read_funding_cell(None, value)
    found = Typed(value, means=coded.derived)
    if coded.sure and value:
        return found
    if not value:
        return refused(value, "empty") if any(known.read) else found
    near = _near(value, funding.printed_forms())
    return replace(found, reason="funding_unknown", said={"value": value}, nearest=near)


def check_unit(value: str, known: Known) -> Typed:
    """A unit of the list or of the document; an indicator can have none."""
    if not value:
        return refused(value, "empty") if any(known.read) else Typed(value)
    if is_listed(value) or value in known.units:
        return Typed(value)
    return refused(value, "unit_unknown", _near(value, listed_units()))


def check_target(value: str, known: Known) -> Typed:
    """A target of an indicator: a figure with its bounds, or words."""
    coded = read_target_cell(None, value, known.unit)
    if coded.sure and coded.derived["comparator"] == "text":
        words = check_text(value, replace(known, read=()))
        return replace(words, means=coded.derived)
    return _check_figure(value, coded, known)


def check_figure(value: str, known: Known) -> Typed:
    """A figure of a growth table with its bounds; words are none."""
    return _check_figure(value, read_figure_cell(None, value, known.unit), known)


def _check_figure(value: str, coded: Coded, known: Known) -> Typed:
    if not value:
        return refused(value, "empty")
    low, high = (bound for name, bound in coded.derived.items() if name != "comparator")
    found = Typed(value, means=coded.derived)
    is_negative = low is not None and low == high and low < 0
    if coded.sure or is_negative:  # of a reading a minus sign is in doubt, for it may be a speck
        return found
    if is_percentage(known.unit) and max(low or 0.0, high or 0.0) > 100:
        return replace(found, reason="share_over_100")
    ends = re.fullmatch(r"[<>≥≤=]?\s*(\d+)\s*(?:-|–|đến)\s*(\d+)%?", value)
    if ends is not None and int(ends[1]) > int(ends[2]):
        return replace(found, reason="figure_backwards")
    repaired = repair_figure([value])[0]
    again = read_target_cell(None, repaired, known.unit)
    near = repaired if repaired != value and again.sure else ""
    return replace(found, reason="not_a_figure", nearest=near)
