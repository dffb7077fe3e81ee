"""The document's appendices: which table stands in which, and whether those that it names are
there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalize.rows.appendix_labels import names_in
from normalize.rows.records import Piece, Record
from normalize.rows.scan.appendix_titles import Heading, label_of
from normalize.rows.scan.grid_rows import OtherTable, Table
from normalize.rows.scan.layout import Line, PageLayout
from normalize.text.fold import fold
from schemas.errors import MissingAppendix

_MISREAD = "the label names the number of another appendix"
_UNREAD = "no label was read above the table, as above the others"
_BESIDE = "the leading witness did not read the label"
# first and last page, kind, heading, and the table of that kind or of none
_Standing = tuple[int, int, str, Heading | None, Table | None, OtherTable | None]


@dataclass(frozen=True)
class Appendix:
    """One appendix: its number, kind and heading, and the table that stands in it.

    ``is_second``: an appendix of its kind stands before it, so that its rows' keys begin with its
    number.
    """

    number: str
    kind: str
    label: str
    title: tuple[Piece, ...]
    page_no: int
    last_page_no: int
    table: Table | None = None
    other: OtherTable | None = None
    is_second: bool = False
    doubt: str = ""  # why its label, and its title where it has none, want a look


def place_appendices(
    tables: Sequence[Table], others: Sequence[OtherTable], named: Iterable[str] = ()
) -> list[Appendix]:
    """The appendices in document order.

    A table of no known kind is an appendix only where a label stands above it. ``named``: the
    numbers that the text names. Where a single table has no readable label, and a single one of
    these numbers is on no label, that is its number.
    """
    found: list[_Standing] = [
        (table.rows[0].page_no, table.last_page_no, table.name, table.heading, table, None)
        for table in tables
        if table.rows
    ]
    found += [
        (other.page_no, other.page_no, "other", other.heading, None, other)
        for other in others
        if other.heading
    ]
    found.sort(key=lambda item: item[:2])
    labelled = [heading.number for _, _, _, heading, _, _ in found if heading and heading.number]
    missing = [number for number in named if number not in labelled]
    is_told = len(missing) == 1 and len(labelled) == len(found) - 1
    taken: list[str] = []
    kinds: list[str] = []
    appendices = []
    for place, (page_no, last, kind, heading, table, other) in enumerate(found, 1):
        free = [*labelled, *taken] if heading is None or not heading.number else taken
        number = missing[0] if is_told and free is not taken else _number(heading, place, free)
        title = heading or Heading()
        is_second = kind in kinds and kind != "other"
        appendices.append(
            Appendix(
                number,
                kind,
                title.label,
                title.title,
                title.page_no or page_no,
                last,
                table,
                other,
                is_second,
                _doubt(heading, number, bool(labelled)),
            )
        )
        taken.append(number)
        kinds.append(kind)
    return appendices


def _doubt(heading: Heading | None, number: str, others_have_labels: bool) -> str:
    """Why an appendix's label wants a look."""
    if heading is None:
        return _UNREAD if others_have_labels else ""
    if heading.number and heading.number != number:
        return _MISREAD
    return "" if heading.is_sure else _BESIDE


def _number(heading: Heading | None, place: int, taken: Sequence[str]) -> str:
    """The number on its label, else its place, and none that another has."""
    number = heading.number if heading is not None and heading.number else str(place)
    while number in taken:
        number = str(int(number) + 1)
    return number


def appendix_records(appendices: Iterable[Appendix], records: Sequence[Record]) -> Iterator[Record]:
    """A record for each appendix."""
    for appendix in appendices:
        rows = sum(
            record.table == appendix.kind and record.appendix == appendix.number
            for record in records
        )
        cells = {"title": list(appendix.title)} if appendix.title else {}
        yield Record(
            "appendices",
            appendix.number,
            appendix.page_no,
            cells,
            kind=appendix.kind,
            label=appendix.label,
            number=f"{rows} {appendix.last_page_no}",
            appendix=appendix.number,
            review=_doubted(appendix),
            reason=appendix.doubt,
        )


def _doubted(appendix: Appendix) -> tuple[str, ...]:
    """The columns of an appendix that want a look."""
    if not appendix.doubt:
        return ()
    return ("label",) if appendix.title else ("label", "title")


def check_named(
    named: Mapping[str, int], pages: Sequence[PageLayout], appendices: Sequence[Appendix]
) -> None:
    """Raise MissingAppendix where the text names an appendix (number: page) that is not there."""
    known = {appendix.number for appendix in appendices}
    labels = {
        label_of(line): page.page_no for page in pages for line in page.lines[:4] if label_of(line)
    }
    for number, page_no in named.items():
        if number in known:
            continue
        if number in labels:
            what = (
                f"appendix {number}, which the text names, stands there, but no ruled table was "
                "found below its label"
            )
            raise MissingAppendix(
                what,
                f"page {labels[number]}",
                "check that its table is ruled, or scan its pages anew",
            )
        seen = ", ".join(f"{one.number} ({one.kind}, page {one.page_no})" for one in appendices)
        raise MissingAppendix(
            f"the text names appendix {number}, and the document has none; found: {seen}",
            f"page {page_no}",
            "check that all its pages were scanned and that its label can be read",
        )


def named_in(prose: Sequence[Line]) -> dict[str, int]:
    """The numbers of the appendices that the prose names, each with its first page.

    Another document's appendices do not count.
    """
    found: dict[str, int] = {}
    for i, line in enumerate(prose):
        text = fold(line.agreed + " " + (prose[i + 1].agreed if i + 1 < len(prose) else ""))
        own = len(fold(line.agreed))
        for figure in names_in(text, own):
            found.setdefault(figure, line.page_no)
    return found
