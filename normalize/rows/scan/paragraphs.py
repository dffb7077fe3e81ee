"""Lines of prose as paragraphs, over page breaks.

A paragraph is told by its indent, its last line's end and the space before it.

Long: margins, beginnings and leading numbers are all told from the same lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import numpy as np
import regex

from normalize.rows.document_head import surely_begins_recipients
from normalize.rows.glued import without_glue
from normalize.rows.records import Piece
from normalize.rows.scan.layout import Line, slots_to_readings
from normalize.rows.slots import PrintedWord
from normalize.text.fold import fold

INDENT = 12.0  # points by which a paragraph's first line stands in from the margin, at least
_SHORT = 18.0  # points by which a paragraph's last line ends before the margin, at least
DEEPEST = 60.0  # and at most
_EDGE = 4.0  # points: lines that begin or end nearer to each other do so at one edge
_FULL_PAGE = 10  # lines: fewer need not show where the page's margins are
_FLUSH = 3  # lines that begin at one edge left of most lines: there is the margin
_INDENTED = 12  # one of so many lines, at least, is indented where paragraphs are
_SPACE = 4.0  # points: the space between two words, at least
_END = regex.compile(r'[.;:!?…]["”’)]*\W{0,2}$')
_ITEM = regex.compile(r"^[-–—+•]$")
_LABEL = regex.compile(
    r"^[\W_]*(?:[(\[{][\dlIiOoỉíìTtSsBZz]{1,3}[)\]}1lJj]?|[IVXLHivxl1T]{1,5}"
    r"|[\dlIOo]{1,2}(?:[.,:][\dlIOo]{1,2}){0,3}|[A-EĐ](?=[.\-–—)]))[.,:;)\]\-–—_]*$"
)


@dataclass(frozen=True)
class Margins:
    """Where the lines of a page begin and end, in points."""

    left: float
    right: float


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's lines over its pages."""

    lines: tuple[Line, ...]

    @property
    def page_no(self) -> int:
        """The page on which it starts."""
        return self.lines[0].page_no

    @property
    def slots(self) -> tuple[PrintedWord, ...]:
        """Its words in order."""
        return tuple(slot for line in self.lines for slot in line.slots)

    @property
    def text(self) -> str:
        """What most witnesses read in it."""
        return " ".join(line.agreed for line in self.lines)


def page_margins(lines: Sequence[Line], around: Sequence[Line] = ()) -> Margins:
    """The margins of a page.

    The left one is the most usual edge among those furthest left, the right one the edge that most
    lines reach. A page of short paragraphs, most of whose lines stand in, shows the left one where
    a line that was full goes on, be it one alone, or where a few lines begin at one edge, those
    ``around`` the prose among them: the list of who gets the document, whose heading alone shows
    it.
    """
    lefts, rights = np.array([line.x0 for line in lines]), np.array([line.x1 for line in lines])
    left = min(_usual_edges(lefts), default=float(lefts.min()))
    right = max(_usual_edges(rights), default=float(rights.max()))
    if rights.max() > right + DEEPEST:  # short lines may end at one place by chance
        right = float(rights.max())
    going_on = [
        line.x0
        for above, line in pairwise(lines)
        if above.x1 > right - _EDGE and abs(above.x0 - left) < _EDGE and not ends_sentence(above)
    ]
    wrapped = [
        line.x0
        for above, line in pairwise(lines)
        if above.x1 > right - _EDGE and INDENT < left - line.x0 < DEEPEST
    ]
    agreed = [
        edge
        for edge in wrapped
        if sum(abs(edge - x) < _EDGE for x in wrapped) > 1 or going_on == [edge]
    ]
    out = [
        (_edge(line), surely_begins_recipients(fold(line.text)))
        for line in (*lines, *around)
        if INDENT < left - _edge(line) < DEEPEST
    ]
    flush = [
        edge
        for edge, is_sure in out
        if is_sure or sum(abs(edge - x) < _EDGE for x, _ in out) >= _FLUSH
    ]
    return Margins(float(np.median(agreed or flush or [left])), right)


def _edge(line: Line) -> float:
    """Where a line begins, the dash that leads an item with it."""
    first = line.slots[0]
    return min(line.x0, first.word.x0) if _ITEM.match(first.text) else line.x0


def margins_of_pages(
    lines: Sequence[Line], around: Sequence[Line] = (), before: Sequence[Line] = ()
) -> dict[int, Margins]:
    """The margins of each page; ``around``: what else stands there; ``before``: the prose of pages
    before them, whose margins they share.

    A page with first lines of paragraphs alone shows no left margin: where all of it stands in from
    the margin that the other pages have, it has theirs.
    """
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page_no, []).append(line)
    own = {
        page_no: page_margins(found, [line for line in around if line.page_no == page_no])
        for page_no, found in by_page.items()
    }
    full = [own[page_no] for page_no, found in by_page.items() if len(found) >= _FULL_PAGE]
    if before:
        full = list(margins_of_pages(before).values())
    if not full:
        return own
    left = float(np.median([margins.left for margins in full]))
    right = float(np.median([margins.right for margins in full]))
    return {
        page_no: Margins(left, right)
        if INDENT < margins.left - left < DEEPEST and (before or len(by_page[page_no]) < _FULL_PAGE)
        else margins
        for page_no, margins in own.items()
    }


def _usual_edges(edges: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
    """The edges near which at least a sixth of the lines begin or end."""
    return [
        float(np.median(edges[np.abs(edges - edge) < _EDGE]))
        for edge in edges
        if (np.abs(edges - edge) < _EDGE).sum() >= max(2, len(edges) / 6)
    ]


def lines_to_paragraphs(
    lines: Sequence[Line], around: Sequence[Line] = (), before: Sequence[Line] = ()
) -> list[Paragraph]:
    """The paragraphs of lines in reading order.

    ``around``: the other lines of their pages; ``before``: the prose of pages before them, which
    has the same margins.
    """
    lines = [_without_glue(line) for line in lines]
    margins = margins_of_pages(lines, around, before)
    spacing = _usual_spacing(lines)
    indented = _pages_with_indents(lines, margins)
    paragraphs: list[list[Line]] = []
    for above, line in zip([None, *lines], lines, strict=False):
        if (
            above is None
            or _starts_paragraph(above, line, margins, spacing)
            or (line.page_no not in indented and _was_forced(above, line, margins))
        ):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return [Paragraph(tuple(found)) for found in paragraphs]


def _without_glue(line: Line) -> Line:
    """The line with a number that is glued to its first word parted from it."""
    return replace(line, slots=(*without_glue(line.slots[0]), *line.slots[1:]))


def _usual_spacing(lines: Sequence[Line]) -> float:
    steps = [b.bottom - a.bottom for a, b in pairwise(lines) if a.page_no == b.page_no]
    return float(np.median(steps)) if steps else 0.0


def _starts_paragraph(
    before: Line, line: Line, margins: dict[int, Margins], spacing: float
) -> bool:
    """Whether a paragraph begins with a line.

    The line is indented, the line before ends early or with a full stop, or there is more space
    than usual between them.
    """
    indent = line.x0 - margins[line.page_no].left
    early = margins[before.page_no].right - before.x1 > _SHORT
    ended = ends_sentence(before)
    wide = before.page_no == line.page_no and line.bottom - before.bottom > 1.12 * spacing
    score = (
        2 * (indent > INDENT)
        + (early and (ended or wide))
        + wide
        + (ended and bool(_label_readings(line)[0]))
        + early * (indent > INDENT)
    )
    return score >= 2


def _pages_with_indents(lines: Sequence[Line], margins: Mapping[int, Margins]) -> set[int]:
    """The pages on which first lines of paragraphs stand in from the margin."""
    counts: Counter[int] = Counter(line.page_no for line in lines)
    stand_in: Counter[int] = Counter(
        line.page_no for line in lines if INDENT < line.x0 - margins[line.page_no].left < DEEPEST
    )
    return {page_no for page_no, many in stand_in.items() if many >= counts[page_no] / _INDENTED}


def _was_forced(before: Line, line: Line, margins: Mapping[int, Margins]) -> bool:
    """Whether the line before ends although the first word of this one would have fitted on it.

    In prose that does not indent its paragraphs nothing else shows where one ends.
    """
    return ends_early(before, line, margins[before.page_no].right)


def ends_early(above: Line, line: Line, right: float) -> bool:
    """Whether a line ends although the first word of the next one has room before ``right``."""
    words = [slot.word for slot in line.slots if slot.text][:1]
    return bool(words) and right - above.x1 > words[0].x1 - words[0].x0 + 2 * _SPACE


def ends_sentence(line: Line) -> bool:
    """Whether a line ends with a sign that ends a sentence or an item."""
    return _END.search(line.agreed) is not None


def is_label(text: str) -> bool:
    """Whether a word can be the number of a heading or sentence, however misread: ``II-``,
    ``(ỉ)``.
    """
    return _LABEL.match(text) is not None and not text.isalpha()


def split_label(paragraph: Paragraph) -> tuple[tuple[str, ...], Paragraph]:
    """The readings of the number that leads a paragraph, and the paragraph without it.

    No readings where there is no number.
    """
    first = paragraph.lines[0]
    readings, count = _label_readings(first)
    if not readings or len(first.slots) <= count:
        return (), paragraph
    return readings, Paragraph((replace(first, slots=first.slots[count:]), *paragraph.lines[1:]))


def _label_readings(line: Line) -> tuple[tuple[str, ...], int]:
    """The readings of the number at the beginning of a line, and how many words it takes up.

    Specks before it are counted with it.
    """
    start = next(
        (i for i, slot in enumerate(line.slots) if any(letter.isalnum() for letter in slot.agreed)),
        0,
    )
    for count in (1, 2):
        slots = line.slots[start : start + count]
        readings = tuple(
            dict.fromkeys(
                r.replace(" ", "") for r in slots_to_readings(slots) if is_label(r.replace(" ", ""))
            )
        )
        if readings and (count == 1 or not any(len(slot.text) > 3 for slot in slots)):
            return readings, start + count + _seen_again(line.slots[start + count :])
    return (), 0


def _seen_again(slots: Sequence[PrintedWord]) -> int:
    """How many of the words after a number are that number once more, as only other witnesses saw
    it.
    """
    again = (
        not slot.text and any(is_label(text.replace(" ", "")) for _, text, _ in slot.readings)
        for slot in slots
    )
    return sum(1 for _ in takewhile(bool, again))


def paragraph_pieces(paragraph: Paragraph) -> list[Piece]:
    """The paragraph's words by page."""
    pieces: dict[int, Piece] = {}
    for line in paragraph.lines:
        known = pieces.get(line.page_no)
        numbered = tuple(
            PrintedWord(slot.word._replace(line_no=i), slot.readings)
            for i, slot in _with_line_numbers(line, known)
        )
        pieces[line.page_no] = Piece(
            line.page_no, line.block_no, (known.slots if known is not None else ()) + numbered
        )
    return list(pieces.values())


def _with_line_numbers(line: Line, known: Piece | None) -> Iterable[tuple[int, PrintedWord]]:
    number = known.slots[-1].word.line_no + 1 if known is not None and known.slots else 1
    return ((number, slot) for slot in line.slots)
