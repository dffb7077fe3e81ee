"""What stands in a table and in none of its records: nothing of a table is lost in silence.

A group's row with more than its title, a line of growth without a figure, a row that no numbering
has a place for: their cells are published in ``other_cells``, in review, and a finding says so. A
page of text in columns on which no table was found stops the run.

Long: what is lost in tables, around them and on pages without one is told side by side, so that
nothing falls between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import regex

from normalize.rows.appendix_labels import SENT_WITH, UNIT
from normalize.rows.records import Piece, Record
from normalize.rows.scan.appendices import Appendix
from normalize.rows.scan.grid_rows import GridRow
from normalize.rows.scan.layout import Box, Line, PageLayout
from normalize.rows.scan.unnumbered import with_number_of_title, with_numbers_of_texts
from normalize.rows.slots import PrintedWord, Word
from normalize.text.fold import fold
from normalize.text.letters import skeleton
from schemas.errors import LayoutError
from schemas.findings import Finding

_SENTENCE = 6  # words that a line outside tables has at least to be a part of a sentence
_LONGEST_NUMBER = 12  # signs of what stands in a number's cell; more is text
_GAP = 1.2  # of a line's height: paper that is wider than a space, in justified text too
_FEWEST_GAPS = 2  # in a line that runs over three columns; a head or signatures have one
_FEWEST_LINES = 5  # of such lines
_SHARE = 0.25  # of the page's lines
_NUMBER = regex.compile(r"[(\[<>≥≤]?\d")  # begins a row's number, or a figure
_PAGE_NO = regex.compile(r"\d{1,3}")  # behind the titles of a table of contents


@dataclass(frozen=True)
class LeftOver:
    """Words of one box of a table that are in no record."""

    appendix: Appendix
    box: Box
    slots: tuple[PrintedWord, ...]


def words_left_over(
    appendices: Iterable[Appendix], records: Iterable[Record], notes: Iterable[Piece]
) -> list[LeftOver]:
    """The words of the tables that neither a record nor a note has, box by box in order."""
    pieces = [piece for record in records for cell in record.cells.values() for piece in cell]
    used = {id(slot) for piece in (*pieces, *notes) for slot in piece.slots}
    found = []
    for appendix in appendices:
        rows = appendix.table.rows if appendix.table is not None else ()
        bare = [with_number_of_title(row) for row in rows]
        for row in with_numbers_of_texts(bare, appendix.kind) if bare else bare:
            for box in _boxes(row):
                if _repeats_label(row, box):
                    continue
                slots = tuple(slot for slot in _own_words(row, box) if id(slot) not in used)
                if slots:
                    found.append(LeftOver(appendix, box, slots))
    return found


def _boxes(row: GridRow) -> Iterator[Box]:
    """The boxes of a row, each once, from the left."""
    boxes = [box for cell in row.cells.values() for box in cell]
    boxes += [box for box in (row.title, row.number) if box is not None]
    yield from sorted({id(box): box for box in boxes}.values(), key=lambda box: box.column)


def _repeats_label(row: GridRow, box: Box) -> bool:
    """Whether a box says again what its own column's header says, as above a new measure."""
    return any(
        box in row.cells.get(column.name, ()) and _letters(box) == _letters(column.label)
        for column in row.columns
    )


def _letters(box: Box) -> str:
    return "".join(skeleton(word.lower()) for word in box.text.split())


def _own_words(row: GridRow, box: Box) -> Sequence[PrintedWord]:
    """The words of a box that must be published: without specks, and without the row's number."""
    words = [slot for slot in box.slots if any(sign.isalnum() for sign in slot.agreed)]
    if box is not row.number:
        return words
    if box is row.title:
        return words[1:]
    return words if len(" ".join(slot.agreed for slot in words)) > _LONGEST_NUMBER else ()


def left_over_records(found: Sequence[LeftOver], before: int) -> Iterator[Record]:
    """The words as cells of ``other_cells``: of each page's table its own, after ``before``
    tables of no kind.
    """
    tables: dict[tuple[str, int, int], int] = {}
    for one in found:
        box = one.box
        place = (one.appendix.number, box.page_no, box.table_no)
        table_no = tables.setdefault(place, before + len(tables) + 1)
        yield Record(
            "other_cells",
            f"{table_no}|{box.row + 1}|{box.column + 1}",
            box.page_no,
            {"text": [Piece(box.page_no, box.block_no, one.slots)]},
            appendix=one.appendix.number,
            label=f"{box.row_span} {box.column_span} 0",
            review=("text",),
            reason="the cell belongs to no row of its table",
        )


def left_over_findings(found: Sequence[LeftOver]) -> Iterator[Finding]:
    """A finding for each row of the page's grid that has such words."""
    places = dict.fromkeys((one.appendix.kind, one.box.page_no, one.box.row) for one in found)
    for kind, page_no, row in places:
        yield Finding(
            "cells_left_over",
            page_no,
            f"{kind} row {row + 1}",
            "cells of this row belong to no row that is published; they stand in other_cells",
        )


def lines_left_out(
    text: Mapping[int, Sequence[Line]],
    prose: Sequence[Line],
    notes: Sequence[Piece],
    records: Iterable[Record],
) -> list[Line]:
    """The lines of sentences around the tables that no record has.

    ``text``: the lines outside tables by page. The lines of the prose and the notes have places of
    their own; titles in capitals, what an appendix was sent with, and units need none.
    """
    pieces = [piece for record in records for cell in record.cells.values() for piece in cell]
    placed: list[Piece | Line] = [*pieces, *notes, *prose]
    used = {_place(part.page_no, slot) for part in placed for slot in part.slots}
    found: list[Line] = []
    for page_no, lines in text.items():
        for line in _without_sent_with(lines):
            words = [slot for slot in line.slots if any(map(str.isalpha, slot.agreed))]
            has_place = line.text.isupper() or any(_place(page_no, slot) in used for slot in words)
            if len(words) >= _SENTENCE and not has_place:
                found.append(line)
    return found


def left_out_findings(lines: Iterable[Line]) -> Iterator[Finding]:
    """A finding for each page that has such lines."""
    for page_no in dict.fromkeys(line.page_no for line in lines):
        yield Finding(
            "text_left_out",
            page_no,
            "text",
            "text outside the tables of this page has no place in the published tables",
        )


def with_rows_in_doubt(
    records: Iterable[Record], lines: Iterable[Line], pages: Iterable[PageLayout]
) -> list[Record]:
    """The records, with doubt about how many rows an appendix has behind which such lines stand.

    ``lines`` have no place; below a table, or on a page without one, they may be rows of it that
    were not seen as rows.
    """
    found = list(records)
    tops = {page.page_no: [boxes[0].top for boxes in page.tables] for page in pages}
    behind = [line.page_no for line in lines if line.top > min(tops[line.page_no], default=0.0)]
    for page_no in dict.fromkeys(behind):
        above = [n for n, one in enumerate(found) if one.table == "appendices"]
        above = [n for n in above if found[n].page_no <= page_no]
        if above:
            last = max(above, key=lambda n: found[n].page_no)
            review = tuple(dict.fromkeys((*found[last].review, "rows")))
            reason = found[last].reason or "text behind the table has no place in it"
            found[last] = replace(found[last], review=review, reason=reason)
    return found


def _without_sent_with(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without those that say what an appendix was sent with, two at most, and units."""
    is_open = False
    for line in lines:
        text = fold(line.text)
        is_sent_with = SENT_WITH.match(text) is not None
        if not (is_sent_with or is_open or UNIT.match(text)):
            yield line
        is_open = is_sent_with and "(" in text and ")" not in text


def _place(page_no: int, slot: PrintedWord) -> tuple[int, float, float]:
    return page_no, slot.word.x0, slot.word.top


def check_columns_seen(pages: Iterable[PageLayout]) -> None:
    """Raise LayoutError for the first page without a table whose text stands in columns."""
    for page in pages:
        if not page.tables and stands_in_columns(page):
            raise LayoutError(
                "text stands in columns there, and no ruled table was found",
                f"page {page.page_no}",
                "check that its table is ruled, or scan the page anew",
            )


def stands_in_columns(page: PageLayout) -> bool:
    """Whether many lines of a page are parted twice and more by wide paper, as rows are.

    Signatures side by side have no cell that begins with a figure, and of a table of contents the
    last cells count up.
    """
    words = [slot.word for line in page.lines for slot in line.slots if _is_word(slot.agreed)]
    if not words:
        return False
    height = median(word.bottom - word.top for word in words)
    lines = [_cells(line, height) for line in _lines(words, height)]
    parted = [cells for cells in lines if len(cells) > _FEWEST_GAPS]
    has_figures = any(_NUMBER.match(cell[0].text) for cells in parted for cell in cells)
    is_many = len(parted) >= max(_FEWEST_LINES, _SHARE * len(lines))
    return is_many and has_figures and not _are_contents(parted)


def _are_contents(lines: Sequence[Sequence[Sequence[Word]]]) -> bool:
    """Whether all lines, each as its cells, end with the numbers of pages, which count up."""
    ends = [cells[-1][-1].text for cells in lines]
    if not all(map(_PAGE_NO.fullmatch, ends)):
        return False
    pages = list(map(int, ends))
    return pages == sorted(pages) and pages[0] < pages[-1]


def _is_word(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _lines(words: Iterable[Word], height: float) -> list[list[Word]]:
    """The words that stand beside each other, whichever block they were read in."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        if lines and _middle(word) - _middle(lines[-1][-1]) <= height / 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _cells(line: Sequence[Word], height: float) -> list[list[Word]]:
    """A line's words, parted where wide paper is between them."""
    cells: list[list[Word]] = []
    for word in sorted(line, key=lambda word: word.x0):
        if cells and word.x0 - cells[-1][-1].x1 <= _GAP * height:
            cells[-1].append(word)
        else:
            cells.append([word])
    return cells
