"""The document's appendices: which table stands in which, and whether those that it names are
there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
_BESIDE = "the leading witness did not read the label, or others read another number"
# what it costs that an appendix has a number that another witness than the leading one read, that
# strokes run together may be, or that has a stroke more than what was read
_OF_OTHER, _OF_STROKES, _OF_LOST = 1.0, 1.5, 3.0
# the same for any number, where none was read and against what was; what is taken off where the
# text names it
_OF_NONE, _AGAINST, _IS_NAMED = 4.0, 8.0, 1.0
_AWAY = 0.01  # for each number between it and the appendix's place
_BACK = 6.0  # where it does not count up
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
    numbers that the text names.
    """
    found = _standing(tables, others)
    numbers = appendix_numbers([heading for _, _, _, heading, _, _ in found], set(named))
    read = Counter(heading.number for _, _, _, heading, _, _ in found if heading)
    twice = {number for number, count in read.items() if number and count > 1}
    are_labelled = any(heading and heading.numbers for _, _, _, heading, _, _ in found)
    kinds: list[str] = []
    appendices = []
    for number, (page_no, last, kind, heading, table, other) in zip(numbers, found, strict=True):
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
                _doubt(heading, number, are_labelled, twice),
            )
        )
        kinds.append(kind)
    return appendices


def _standing(tables: Sequence[Table], others: Sequence[OtherTable]) -> list[_Standing]:
    """What makes appendices, in document order: tables of a known kind, others below a label."""
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
    return sorted(found, key=lambda item: item[:2])


def appendix_numbers(headings: Sequence[Heading | None], named: Collection[str]) -> list[str]:
    """The numbers of appendices in document order: the cheapest that count up.

    What the leading witness read costs least, then what others read, what strokes run together may
    be, a number that the text names, and any other. A number out of order costs more than any.
    """
    told = [*named, *(number for one in headings if one for number in one.numbers)]
    most = len(headings) + max(map(int, told), default=0)
    paths: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}  # by the last number
    for place, heading in enumerate(headings, 1):
        costs = {
            number: _cost(heading, str(number), named) + _AWAY * abs(number - place)
            for number in range(1, most + 1)
        }
        paths = {
            number: min(
                (cost + own + _BACK * (last >= number), [*before, number])
                for last, (cost, before) in paths.items()
                if number not in before
            )
            for number, own in costs.items()
            if any(number not in before for _, before in paths.values())
        }
    return [str(number) for number in min(paths.values())[1]]


def _cost(heading: Heading | None, number: str, named: Collection[str]) -> float:
    """What it costs that an appendix has this number."""
    numbers = {} if heading is None else heading.numbers
    if heading is not None and heading.number == number:
        return 0.0
    if number in numbers:
        return _OF_OTHER if numbers[number] else _OF_STROKES
    if str(int(number) - 1) in numbers:
        return _OF_LOST
    return (_OF_NONE if not numbers else _AGAINST) - _IS_NAMED * (number in named)


def _doubt(
    heading: Heading | None, number: str, others_have_labels: bool, twice: Collection[str]
) -> str:
    """Why an appendix's label wants a look; ``twice``: the numbers that two labels have."""
    if heading is None or not heading.numbers:
        return _UNREAD if others_have_labels else ""
    if number not in heading.numbers or heading.number in twice:
        return _MISREAD
    is_sure = heading.is_sure and heading.number == number and len(heading.numbers) == 1
    return "" if is_sure else _BESIDE


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
