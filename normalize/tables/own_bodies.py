"""The names of bodies that a document uses and no list has.

A name that stands in several of its cells is taken for a body.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalize.bodies.heads import begins_name, differs_by_words
from normalize.bodies.listed import Body, BodyList, Form
from normalize.bodies.match import match_cell
from normalize.tables.cells import Cell, CellWord, Key
from normalize.text.clean import early_tone
from normalize.text.distance import distance
from normalize.text.fold import fold
from schemas.settings import BodiesSettings
from schemas.table_kinds import BOTH

UNLISTED = "unlisted"  # the kind of such a body
BODY_COLUMNS = ("lead", "coordinating", BOTH)
# points: a line ends early where the next word and this much more would have fitted on it
_ROOM = 4.0
_WITHOUT_HEAD = 3  # cells that a name needs where it does not begin as names of bodies do
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Rooms:
    """The width in points of the widest line of each column, by table and column."""

    widths: Mapping[tuple[str, str], float]

    def breaks(self, cell: Cell) -> frozenset[int]:
        """The lines of a cell, counted from 0, before which the line above had room for another
        word.

        In a dump there are none.
        """
        room = self.widths.get((cell.key[0], cell.key[2]), 0.0)
        lines = cell.line_words()
        if room <= 0.0:
            return frozenset()
        found = []
        for number, (above, line) in enumerate(pairwise(lines), 1):
            left = _left_edge(above, line) if number == 1 else above[0].x0
            together = (above[-1].x1 - left) + (line[0].x1 - line[0].x0)
            if above[0].part == line[0].part and together + _ROOM < room:
                found.append(number)
        return frozenset(found)


def _left_edge(first: Sequence[CellWord], second: Sequence[CellWord]) -> float:
    """Where a cell's first line begins.

    Words that named a role may have stood before it (``Phối hợp:``): it begins further in than the
    second, and is not set in the middle as that one is.
    """
    middles = [(line[0].x0 + line[-1].x1) / 2 for line in (first, second)]
    is_centred = abs(middles[0] - middles[1]) <= _ROOM
    return first[0].x0 if is_centred else min(first[0].x0, second[0].x0)


def column_rooms(cells: Iterable[Cell]) -> Rooms:
    """The rooms of all columns that name bodies."""
    widths: dict[tuple[str, str], float] = defaultdict(float)
    for cell in cells:
        if cell.key[2] in BODY_COLUMNS:
            widest = max((line[-1].x1 - line[0].x0 for line in cell.line_words()), default=0.0)
            key = (cell.key[0], cell.key[2])
            widths[key] = max(widths[key], widest)
    return Rooms(dict(widths))


def body_slug(name: str) -> str:
    """The id of a body that no list has: `Hội Nghề cá tỉnh` -> `hoi-nghe-ca-tinh`."""
    return _SLUG.sub("-", fold(name)).strip("-")


def with_own_names(
    bodies: BodyList, cells: Mapping[Key, Cell], rooms: Rooms, limits: BodiesSettings, on: str = ""
) -> BodyList:
    """The list of bodies with the document's own names behind it.

    They have the kind ``unlisted`` and stand in the order of their first cells. ``on`` is the
    document's date, by which cells are matched later: what is matched alike is not matched twice.
    """
    names = recurring_names(_unknown_names(bodies, cells, rooms, limits, on))
    new = [
        Body(slug, name, UNLISTED, False)
        for name in names
        if (slug := body_slug(name)) and slug not in bodies.by_id
    ]
    unique = list({body.body_id: body for body in reversed(new)}.values())[::-1]
    if not unique:
        return bodies
    return BodyList(
        [*bodies.bodies, *unique], [*bodies.forms, *(Form(body.name, body) for body in unique)]
    )


def _unknown_names(
    bodies: BodyList, cells: Mapping[Key, Cell], rooms: Rooms, limits: BodiesSettings, on: str
) -> list[str]:
    """The names that no list has, once for each cell whose readings show them as repair
    left them.

    A cell that reaches over several rows stands in each of them and counts once.
    """
    found = []
    places: set[tuple[float, ...]] = set()
    for key, cell in cells.items():
        if key[2] not in BODY_COLUMNS or (place := _place(cell)) in places:
            continue
        places |= {place} if place else set()
        matched = match_cell([cell.every_line()], bodies, limits, on, rooms.breaks(cell))
        readings = [_key(reading) for reading in cell.readings().values()]
        unknown = {item.name: None for item in matched.items if not item.body_id}
        found += [name for name in unknown if any(_key(name) in reading for reading in readings)]
    return found


def _key(text: str) -> str:
    return early_tone(text).casefold()


def _place(cell: Cell) -> tuple[float, ...]:
    """Where a cell's first word stands; nothing in a dump, which has lines alone."""
    word = cell.words[0]
    return (word.page_no, word.x0, word.top) if word.x0 < word.x1 else ()


def recurring_names(names: Sequence[str]) -> list[str]:
    """The names that stand in several cells, as they are printed most often.

    A rarer misreading of one is no name of its own: `Hội Nghề cá tỉnh` in five cells is a body,
    `Hội Nghề ca tỉnh` in two of the same document is not another.
    """
    printed: dict[str, Counter[str]] = {}
    for name in names:
        printed.setdefault(_key(name), Counter())[name] += 1
    found: list[str] = []
    for key in sorted(printed, key=lambda key: -printed[key].total()):
        name, count = printed[key].most_common(1)[0][0], printed[key].total()
        if count >= (2 if begins_name(name.split(), 0) else _WITHOUT_HEAD) and not _is_misreading(
            name, found
        ):
            found.append(name)
    order = {key: place for place, key in enumerate(printed)}
    return sorted(found, key=lambda name: order[_key(name)])


def _is_misreading(name: str, others: Iterable[str]) -> bool:
    return any(
        distance(name, other) < 1.0 and not differs_by_words(name, other) for other in others
    )
