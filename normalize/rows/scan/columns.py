"""A table's columns on each of its pages, also where a stamp, a fold or fading hides a header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from normalize.rows.scan.column_contents import MOST, column_is
from normalize.rows.scan.headers import likeness
from normalize.rows.scan.layout import Box
from schemas.errors import UnknownColumn
from schemas.table_kinds import BOTH, KINDS

_EDGE = 10.0  # points by which a column's edges may move from page to page
EXTRA = "extra|"  # before the label of a column that no published table has a place for
_ALIKE = 80.0  # of 100: how like a part of a label the rest of a header must be


@dataclass(frozen=True)
class Column:
    """A column of a table on one page: its published name ("" unknown), its header's box, its
    edges.

    ``label``: the lower cell of a header of two rows, the header's box where it has one.
    """

    name: str
    header: Box
    x0: float
    x1: float
    lower: Box | None = None

    @property
    def label(self) -> Box:
        """The box of what names the column itself."""
        return self.lower if self.lower is not None else self.header


Columns = tuple[Column, ...]


def name_columns(
    table: str,
    pages: Sequence[tuple[int, Columns]],
    contents: Sequence[Mapping[int, Sequence[str]]] = (),
) -> list[Columns]:
    """The columns of a table's pages (page_no, columns) in order, named as far as they can be.

    What a header leaves unsaid is told by what can be read of it, by another page's column at the
    same place, in a first column by what must stand there, and by what its cells hold
    (``contents``: of each page the texts by the column's place). Raises UnknownColumn where a
    column that the table must have is still not found while one has a header that is not known.
    """
    found = [_named_by_rest(table, columns) for _, columns in pages]
    for i in range(len(found)):
        others = [*found[i - 1 :: -1], *found[i + 1 :]] if i else found[1:]
        for other in others:
            found[i] = _named_by_place(found[i], other)
        found[i] = _named_first(found[i], KINDS[table].key)
    found = _named_by_contents(table, found, contents)
    for (page_no, _), columns in zip(pages, found, strict=True):
        for name in _missing(table, columns):
            if (
                name in KINDS[table].names("by_contents")
                and not all(column.name for column in columns)
                and contents
            ):
                continue  # none of the unknown columns holds such things
            if all(column.name for column in columns) and name not in KINDS[table].names("always"):
                continue
            if name == KINDS[table].key and contents and not _may_be_numbers(columns, contents):
                continue  # the table has no column of numbers
            known = ", ".join(column.name for column in columns if column.name) or "none"
            raise UnknownColumn(
                f"no header of the table of {table} says which column is its {name}; "
                f"of its {len(columns)} columns these are known: {known}",
                f"page {page_no}",
                "add the label to normalize/lists/headers.csv, or scan the page anew where "
                "it cannot be read",
            )
    return found


def _named_by_contents(
    table: str, pages: Sequence[Columns], contents: Sequence[Mapping[int, Sequence[str]]]
) -> list[Columns]:
    """The columns with those that are missed named where an unnamed one holds what they hold."""
    found = list(pages)
    named = {column.name for columns in found for column in columns}
    # last the texts that the rows are about: what is left and holds words
    for kind in (*KINDS[table].names("by_contents"), KINDS[table].text):
        is_given = (
            kind in named
            or (kind == "target" and "value" in named)
            or (kind == "lead" and BOTH in named)
        )
        if is_given:
            continue
        for place in _unnamed_places(found):
            texts = [
                text
                for columns, cells in zip(found, contents, strict=False)
                for i, column in enumerate(columns)
                if _at_place(column, place)
                for text in cells.get(i, ())
            ]
            if column_is(kind, texts) >= MOST:
                found = [
                    tuple(
                        replace(c, name=kind) if not c.name and _at_place(c, place) else c
                        for c in columns
                    )
                    for columns in found
                ]
                break
    return found


def _may_be_numbers(columns: Columns, contents: Sequence[Mapping[int, Sequence[str]]]) -> bool:
    """Whether an unnamed column can hold the rows' numbers: not one of two words and more."""
    for i, column in enumerate(columns):
        texts = [text for cells in contents for text in cells.get(i, ())]
        if not column.name and column_is("task", texts) < MOST:
            return True
    return False


def _unnamed_places(pages: Iterable[Columns]) -> list[tuple[float, float]]:
    places: list[tuple[float, float]] = []
    for columns in pages:
        for column in columns:
            if not column.name and not any(_at_place(column, place) for place in places):
                places.append((column.x0, column.x1))
    return sorted(places)


def _at_place(column: Column, place: tuple[float, float]) -> bool:
    return abs(column.x0 - place[0]) <= _EDGE and abs(column.x1 - place[1]) <= _EDGE


def with_extras(pages: Sequence[Columns]) -> list[Columns]:
    """The columns, those without a name under their label as printed, the same on all pages."""
    labels: dict[tuple[float, float], str] = {}
    for place in _unnamed_places(pages):
        label = _label_at(place, pages)
        again = sum(other.partition(" (")[0] == label for other in labels.values())
        labels[place] = f"{label} ({again + 1})" if again else label
    return [
        tuple(
            column if column.name else replace(column, name=_extra(column, labels))
            for column in columns
        )
        for columns in pages
    ]


def _extra(column: Column, labels: Mapping[tuple[float, float], str]) -> str:
    return next(
        (EXTRA + label for place, label in labels.items() if _at_place(column, place)), EXTRA + "-"
    )


def _label_at(place: tuple[float, float], pages: Iterable[Columns]) -> str:
    """What most pages read over a column; a dash where nothing was read."""
    texts = Counter(
        column.header.text.replace("|", " ").strip()
        for columns in pages
        for column in columns
        if _at_place(column, place)
    )
    del texts[""]
    return texts.most_common(1)[0][0] if texts else "-"


def _missing(table: str, columns: Iterable[Column]) -> list[str]:
    named = {column.name for column in columns}
    if "value" in named and table == "indicators":
        named.add("target")
    if BOTH in named:
        named.add("lead")
    return [name for name in KINDS[table].names("required") if name not in named]


def _named_by_rest(table: str, columns: Columns) -> Columns:
    """The columns with one that must be there named where only a part of its header can be read."""
    for name in _missing(table, columns):
        scored = [
            (max((likeness(table, name, text) for text in column.header.readings), default=0.0), i)
            for i, column in enumerate(columns)
            if not column.name
        ]
        score, i = max(scored, default=(0.0, -1))
        if score >= _ALIKE:
            columns = (*columns[:i], replace(columns[i], name=name), *columns[i + 1 :])
    return columns


def _named_by_place(columns: Columns, others: Columns) -> Columns:
    named = {column.name for column in columns}
    places = [
        (other.x0, other.x1, other.name)
        for other in others
        if other.name and (other.name not in named or other.name == "value")
    ]
    return tuple(
        column if column.name else replace(column, name=_name_at(column, places))
        for column in columns
    )


def _name_at(column: Column, places: Iterable[tuple[float, float, str]]) -> str:
    return next(
        (
            name
            for x0, x1, name in places
            if abs(x0 - column.x0) <= _EDGE and abs(x1 - column.x1) <= _EDGE
        ),
        "",
    )


def _named_first(columns: Columns, key: str) -> Columns:
    if columns[0].name or any(column.name == key for column in columns):
        return columns
    return (replace(columns[0], name=key), *columns[1:])


def runs_as(columns: Sequence[Column], boxes: Iterable[Box]) -> bool:
    """Whether a table without a header has the edges of these columns."""
    edges = {edge for box in boxes for edge in (box.x0, box.x1)}
    known = [column.x0 for column in columns] + [columns[-1].x1]
    return sum(any(abs(edge - other) <= _EDGE for other in edges) for edge in known) >= 0.7 * len(
        known
    )
