"""Footnotes in the prose of a dump: lines at the foot of a page that are led by a figure which a
word above them bears as its mark.

Example: ``1Theo báo cáo của ngành.`` below ``... đã xong phần lớn1, còn lại``. The footnotes are
taken out, so that a sentence that runs over the page goes on, and so is the mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from normalize.rows.dump.tokens import NEW_PAGE, Token, tokens_to_lines
from normalize.rows.dump.word_costs import ends_sentence
from normalize.rows.scan.footnotes import Footnote, opened_in, to_notes, without_mark
from normalize.rows.scan.layout import Line

_MARK = regex.compile(r"^(\d{1,2}) ?\p{Lu}")
_LONGEST = 10  # lines of the notes of a page
_ABOVE = 60  # lines above a note in which the word that bears its mark may stand


@dataclass(frozen=True)
class NotedText:
    """A prose's tokens without footnotes and their marks, and the footnotes in order."""

    tokens: tuple[Token, ...]
    notes: tuple[Footnote, ...]


def take_prose_notes(tokens: Sequence[Token]) -> NotedText:
    """The tokens of a prose apart from the footnotes of its pages."""
    kept: list[tuple[Token, ...]] = []
    notes: list[Footnote] = []
    for page in _pages(tokens):
        start, first = _first_note(page, kept, len(notes))
        kept += page[:start]
        for number, lines, is_marked in to_notes([_as_line(line) for line in page[start:]], first):
            above = kept[-_ABOVE:]
            opened = opened_in([_as_line(line) for line in kept[-2 * _ABOVE : -_ABOVE]])
            bare, bearer, is_sign = without_mark(list(map(_as_line, above)), number, opened=opened)
            kept[-_ABOVE:] = [_with_slots(*pair) for pair in zip(above, bare, strict=True)]
            notes.append(Footnote(number, tuple(lines), bearer, is_marked, is_sign))
    return NotedText(tuple(token for line in kept for token in line), tuple(notes))


def _pages(tokens: Sequence[Token]) -> list[list[tuple[Token, ...]]]:
    """The lines of each page."""
    pages: list[list[tuple[Token, ...]]] = []
    for line in tokens_to_lines(tokens):
        if not pages or line[0].gap == NEW_PAGE:
            pages.append([])
        pages[-1].append(line)
    return pages


def _first_note(
    page: Sequence[tuple[Token, ...]], before: Sequence[tuple[Token, ...]], count: int
) -> tuple[int, int]:
    """The line with which a page's footnotes begin and the first one's number; the page's end where
    it has none.

    The number goes on from the notes before or is 1, the text above has the mark, the note begins
    with a capital and ends a sentence.
    """
    for place in range(max(1, len(page) - _LONGEST), len(page)):
        mark = _MARK.match(" ".join(token.text for token in page[place]))
        number = int(mark[1]) if mark is not None else 0
        if number not in (count + 1, 1) or not ends_sentence(page[-1][-1]):
            continue
        above = [_as_line(line) for line in (*before, *page[:place])][-_ABOVE:]
        if without_mark(above, str(number), is_read=True)[1] is not None:
            return place, number
    return len(page), count + 1


def _as_line(line: Sequence[Token]) -> Line:
    first = line[0]
    return Line(first.page_no, first.block_no, tuple(token.slot for token in line))


def _with_slots(line: Sequence[Token], bare: Line) -> tuple[Token, ...]:
    """A line's tokens with the slots of the same line without a mark."""
    return tuple(
        token if token.slot is slot else replace(token, slot=slot)
        for token, slot in zip(line, bare.slots, strict=True)
    )
