"""The difference of two extractions as one HTML file, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from rapidfuzz import fuzz

from audit.comparison.changes import (
    ADDED,
    CHANGED,
    REMOVED,
    Change,
    Place,
    count_causes,
    count_changes,
)
from audit.comparison.classes import DOCUMENT, READING, RULES, UNDECIDED
from audit.comparison.show import about, versions
from audit.display.marks import GONE, NEW, SAME, Mark, marked, shortened
from audit.display.pages import fill, labels
from audit.published.columns import IDENTITY, UNCOMPARED, shown
from audit.published.folder import Box, Published
from schemas.rules import split

# what the document's owner did comes first, then what may be, then our readings and our rules
ORDER = (DOCUMENT, UNDECIDED, READING, RULES)
_LISTS = ("lead", "coordinating")  # names of bodies with semicolons between
_LIKE = 75.0  # of 100: names that are less alike are two names, not one in other letters
_SAME = " is the same"  # ends the reason of a column that follows from another
Words = Mapping[str, str]  # by language
Pictures = tuple[Mapping[Box, str], Mapping[Box, str]]


@dataclass(frozen=True)
class Item:
    """One name of a list of bodies: kept, gone, new, or with the marks of what it became."""

    kind: str  # "", GONE, NEW or "other"
    marks: tuple[Mark, ...]


def to_html(
    a: Published, b: Published, changes: Sequence[Change], pictures: Pictures = ({}, {})
) -> str:
    """One self-contained HTML file; ``pictures`` are pieces of both sides' pages by their boxes."""
    return fill(
        "diff.html",
        a=a,
        b=b,
        about=[about(a), about(b)],
        versions=[_version(told) for told in versions(a, b)],
        causes=count_causes(changes),
        classes=ORDER,
        counts=[(_named(table, column), cause, n) for table, column, cause, n in _counts(changes)],
        changes=[_entry(change, (a, b), pictures) for change in in_order(changes)],
        labels=labels(),
    )


def in_order(changes: Sequence[Change]) -> list[Change]:
    """The changes in the order in which the page shows them."""
    return sorted(changes, key=lambda change: ORDER.index(change.cause))


def _counts(changes: Sequence[Change]) -> list[tuple[str, str, str, int]]:
    return sorted(count_changes(changes), key=lambda entry: ORDER.index(entry[2]))


def _entry(
    change: Change, sides: tuple[Published, Published], pictures: Pictures
) -> dict[str, Any]:
    """One change as the page shows it."""
    ids = dict.fromkeys(side.row_id for side in (change.a, change.b) if side is not None)
    is_list = change.kind == CHANGED and change.column in _LISTS
    return {
        "change": change,
        "title": _named(change.table, change.column),
        "rows": " → ".join(ids),
        "kind": f"diff_{change.kind}",
        "reason": _reason(change),
        "folded": [_column(change.table, name) for name in change.folded],
        "marks": [] if is_list else shortened(marked(change.before, change.after)),
        "list": list(_items(change.before, change.after)) if is_list else [],
        "row": _whole_row(change, sides),
        "sides": [
            _side(place, drawn) for place, drawn in zip((change.a, change.b), pictures, strict=True)
        ],
    }


def _side(place: Place | None, drawn: Mapping[Box, str]) -> dict[str, Any]:
    boxes = place.boxes if place is not None else ()
    return {
        "boxes": boxes,
        "pictures": [(box.page_no, drawn[box]) for box in boxes if box in drawn],
    }


def _items(before: str, after: str) -> Iterator[Item]:
    """The names of two lists side by side; a name that became another is shown by its letters."""
    ours, theirs = split(before), split(after)
    for what, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (Item("", (Mark(SAME, name),)) for name in ours[i:j])
            continue
        for old, new in zip_longest(ours[i:j], theirs[k:m], fillvalue=""):
            if old and new and fuzz.ratio(old, new) >= _LIKE:
                yield Item("other", tuple(shortened(marked(old, new))))
                continue
            if old:
                yield Item(GONE, (Mark(GONE, old),))
            if new:
                yield Item(NEW, (Mark(NEW, new),))


def _whole_row(change: Change, sides: tuple[Published, Published]) -> list[tuple[Words, str]]:
    """Every filled column of a row that came or went, with its title."""
    if change.kind not in (ADDED, REMOVED):
        return []
    published, place = (sides[1], change.b) if change.kind == ADDED else (sides[0], change.a)
    row = published.row(change.table, place.row_id) if place is not None else None
    if row is None:
        return []
    return [
        (_column(change.table, name), shown(value))
        for name, value in row.values.items()
        if name not in UNCOMPARED | IDENTITY and shown(value)
    ]


def _named(table: str, column: str) -> Words:
    """A table and its column in words; ``row added`` and its like are what became of rows."""
    what = _column(table, column) if column else {"vi": "", "en": ""}
    own = labels()[f"table.{table}"]
    return {lang: ": ".join(filter(None, (own[lang], what[lang]))) for lang in ("vi", "en")}


def _column(table: str, column: str) -> Words:
    kind = column.removeprefix("row ")
    keys = [f"column.{table}.{column}", f"column.{column}", f"table.{column.partition(' ')[0]}"]
    keys += [f"diff_{kind}"] if kind != column else []
    found = next((key for key in keys if key in labels()), "")
    return labels()[found] if found else {"vi": column, "en": column}


def _version(told: str) -> Words:
    """``same code`` in both languages; an engine's name is the same in both."""
    state, _, name = told.partition(" ")
    states, own = labels()[f"diff_{state}"], labels().get(f"diff_made.{name}")
    return {lang: f"{states[lang]} {own[lang] if own else name}" for lang in ("vi", "en")}


def _reason(change: Change) -> Words:
    """Why a change is of its class, in both languages."""
    known = {text["en"]: text for key, text in labels().items() if key.startswith("diff_reason.")}
    if change.reason.endswith(_SAME):
        source = _column(change.table, change.reason.removesuffix(_SAME))
        same = labels()["diff_follows"]
        return {lang: same[lang].format(column=source[lang]) for lang in ("vi", "en")}
    return known.get(change.reason, {"vi": change.reason, "en": change.reason})
