"""Footnotes of the prose: small lines at the foot of a page that a raised mark in its text
points to; and those of tables, whose mark stands in a cell.

Long: where notes begin, which number each has and which word bears its mark tell one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import regex

from normalize.rows.scan.layout import Line, PageLayout
from normalize.rows.scan.prose_parts import begins_close
from normalize.rows.slots import PrintedWord
from normalize.text.unopened import CLOSED, closing_nothing, left_open

_SMALL = 0.9  # of the height of the prose's lines: what a footnote's lines have at most
_GLUED = regex.compile(r"^\W{0,1}(?P<mark>\d{1,2})\W{0,2}(?P<rest>\p{L}.*)$")
_ALONE = regex.compile(r"^\W{0,1}(?P<mark>\d{1,2})\W{0,1}$")
# A raised figure read as something else before a capital letter.
_SMEARED = regex.compile(r"^[!?'’‘\"“”`´°*|ˆ^¹²³⁴⁵⁶⁷⁸⁹](?P<rest>\p{Lu}\p{Ll}.*)$")
_QUOTED = regex.compile(r"^['’‘\"“”][^'’‘\"“”]+['’‘\"“”]")
_CAPITAL = regex.compile(r"^\W{0,1}\p{Lu}")
_BEARER = regex.compile(
    r"^(?P<word>.*(?:\p{L}{3}|[^\x00-\x7F]\p{L}?|[%)\"”’]))(?P<mark>\d{1,2})(?P<end>[.,;:!?)\"”]*)$"
)
# What an engine makes of a raised figure behind a word.
_MISREAD = regex.compile(r"^(?P<word>.*\p{L})(?P<mark>[!?'’‘`´°*|ˆ^¹²³⁴⁵⁶⁷⁸⁹]+)(?P<end>[.,;:]*)$")


@dataclass(frozen=True)
class Footnote:
    """A footnote: its number, its lines without it, the word that bears its mark (None: not found),
    whether the number stands on it (else it follows from the note after it), and whether its mark
    is told from a quote or bracket alone that closes nothing.
    """

    number: str
    lines: tuple[Line, ...]
    bearer: PrintedWord | None
    is_marked: bool = True
    is_sign: bool = False

    @property
    def page_no(self) -> int:
        """The page at whose foot it stands."""
        return self.lines[0].page_no


class Unmarked(NamedTuple):
    """Lines without a footnote's mark, the word that bore it (None: not found), and whether it was
    a quote or bracket that closes nothing.
    """

    lines: list[Line]
    bearer: PrintedWord | None
    is_sign: bool = False


def take_footnotes(lines: Sequence[Line]) -> tuple[list[Line], list[Footnote]]:
    """The lines without footnotes and their marks, and the footnotes in order."""
    usual = _middle([_height(line) for line in lines])
    kept: list[Line] = []
    found: list[Footnote] = []
    opened = ""
    for page_no in dict.fromkeys(line.page_no for line in lines):
        page = [line for line in lines if line.page_no == page_no]
        start, first = _first_small(page, usual, len(found))
        text, notes = page[:start], to_notes(page[start:], first)
        bearer = None
        for number, note, is_marked in notes:
            text, bearer, is_sign = without_mark(text, number, behind=bearer, opened=opened)
            found.append(Footnote(number, tuple(note), bearer, is_marked, is_sign))
        kept += text
        opened = opened_in(text)  # nothing reaches over two pages' ends
    return kept, found


def _middle(heights: Sequence[float]) -> float:
    return float(np.median(heights or [0.0]))


def _height(line: Line) -> float:
    """The median height of a line's words.

    Capitals and marks make one word higher, but not the line.
    """
    return float(np.median([slot.word.bottom - slot.word.top for slot in line.slots]))


def _first_small(page: Sequence[Line], usual: float, before: int) -> tuple[int, int]:
    """The line with which a page's footnotes begin, and the number of the first of them; the page's
    end where it has none.

    All lines below it are small, and the numbers go on. Above the list of who gets the document,
    which is small as well, no footnote begins.
    """
    close = next((i for i in range(len(page)) if begins_close(page[i:])), 0)
    heights = [_height(line) for line in page]
    feet = [place for place in range(close + 1, len(page)) if _is_foot(page, heights, place, usual)]
    for place in feet:
        for number in (before + 1, 1):
            if number in _numbers_read(page[place]):
                return place, number
    for place in feet:
        if number := _number_from_others(page[:place], page[place:], before):
            return place, number
    return len(page), before + 1


def _number_from_others(text: Sequence[Line], foot: Sequence[Line], before: int) -> int:
    """The number of a footnote whose own mark was not read: the next one's less one, or that of a
    mark in the text above; 0 where neither says that it is a footnote.
    """
    if _number_of(foot[0], before + 1) == before + 1:
        return before + 1
    if not _CAPITAL.match(foot[0].slots[0].text):
        return 0
    for line in foot[1:]:
        if (number := _number_of(line, before + 2)) in (2, before + 2):
            return number - 1
    slots = [slot for line in text for slot in line.slots]
    return next(
        (one for one in (before + 1, 1) if any(_bears(slot, _BEARER, str(one)) for slot in slots)),
        0,
    )


def _is_foot(page: Sequence[Line], heights: Sequence[float], place: int, usual: float) -> bool:
    """Whether a page's lines from one on are small, and stand below the others."""
    foot = heights[place:]
    is_low = page[place].top > page[place - 1].top
    return is_low and _middle(foot) <= _SMALL * usual and max(foot) < usual


def _number_of(line: Line, expected: int) -> int:
    """The number that leads a line: as some witness read it, the expected one if all misread it,
    else 0.
    """
    read = _numbers_read(line)
    if read:
        return expected if expected in read else read[0]
    return expected if any(_SMEARED.match(text) for text in _texts(line.slots[0])) else 0


def _numbers_read(line: Line) -> list[int]:
    """The numbers that witnesses read at a line's beginning."""
    forms = (_GLUED, _ALONE) if len(line.slots) > 1 else (_GLUED,)
    texts = _texts(line.slots[0])
    return [int(found["mark"]) for text in texts for form in forms if (found := form.match(text))]


def _texts(slot: PrintedWord) -> list[str]:
    return [slot.text, *(text for _, text, _ in slot.readings)]


def to_notes(lines: Sequence[Line], first: int) -> list[tuple[str, list[Line], bool]]:
    """The footnotes' numbers and lines, and whether the number stands there: each but the first
    begins with the number after the last one's.
    """
    notes: list[tuple[str, list[Line], bool]] = []
    for line in lines:
        after = int(notes[-1][0]) + 1 if notes else first
        is_marked = _number_of(line, after) == after
        if is_marked or not notes:
            notes.append((str(after), [_without_number(line) if is_marked else line], is_marked))
        else:
            notes[-1][1].append(line)
    return notes


def _without_number(line: Line) -> Line:
    first, *others = line.slots
    if _ALONE.match(first.agreed or first.text):
        return replace(line, slots=tuple(others))
    bare = _changed(_changed(first, _GLUED, "{rest}"), _SMEARED, "{rest}")
    return replace(line, slots=(bare, *others))


def _changed(slot: PrintedWord, form: regex.Pattern[str], left: str) -> PrintedWord:
    """A word with what a form matches in each of its readings replaced by some of its parts."""

    def change(text: str) -> str:
        found = form.match(text)
        return left.format(**found.groupdict()) if found is not None else text

    readings = tuple((witness, change(text), share) for witness, text, share in slot.readings)
    return PrintedWord(slot.word._replace(text=change(slot.word.text)), readings)


def without_mark(
    lines: Sequence[Line],
    number: str,
    *,
    is_read: bool = False,
    behind: PrintedWord | None = None,
    opened: str = "",
) -> Unmarked:
    """The lines with a footnote's mark taken out of the word that bears it, and that word.

    ``is_read``: only a mark that was read as the figure that it is. ``behind``: the word that bears
    the mark before it, behind which alone a quote or bracket may be one. ``opened``: the quotes and
    brackets that the lines before these left open.
    """
    places = _places_of_mark(lines, number) if is_read else _places(lines, number, behind, opened)
    for at, place, form in places:
        line = lines[at]
        bearer = _changed(line.slots[place], form, "{word}{end}")
        slots = (*line.slots[:place], bearer, *line.slots[place + 1 :])
        bare = [*lines[:at], replace(line, slots=slots), *lines[at + 1 :]]
        return Unmarked(bare, bearer, form is CLOSED)
    return Unmarked(list(lines), None)


def opened_in(lines: Sequence[Line]) -> str:
    """The quotes and brackets that lines open and do not close."""
    return left_open(slot.text for line in lines for slot in line.slots)


def _places(
    lines: Sequence[Line], number: str, behind: PrintedWord | None, opened: str
) -> Iterator[tuple[int, int, regex.Pattern[str]]]:
    """The line, place and form of each word that may bear a footnote's mark, likeliest first."""
    yield from _places_of_mark(lines, number)
    places = [(at, place) for at, line in enumerate(lines) for place in range(len(line.slots))]
    slots = [lines[at].slots[place] for at, place in places]
    unopened = list(closing_nothing((slot.text for slot in slots), opened))
    free = {places[n] for n in unopened}
    for at, place, form in _places_of_mark(lines, number, _MISREAD):
        if (at, place) in free or CLOSED.match(lines[at].slots[place].text) is None:
            yield at, place, form
    last = next((n for n, slot in enumerate(slots) if slot is behind), -1)
    for n in unopened:
        if n > last:
            yield *places[n], CLOSED


def _places_of_mark(
    lines: Sequence[Line], number: str, form: regex.Pattern[str] = _BEARER
) -> Iterator[tuple[int, int, regex.Pattern[str]]]:
    for at, line in enumerate(lines):
        for place, slot in enumerate(line.slots):
            if _bears(slot, form, number):
                yield at, place, form


def _bears(slot: PrintedWord, form: regex.Pattern[str], number: str) -> bool:
    found = [match for text in _texts(slot) if (match := form.match(text)) is not None]
    return any(not match["mark"].isdigit() or match["mark"] == number for match in found)


def take_table_footnotes(
    pages: Sequence[PageLayout], text: Mapping[int, Sequence[Line]]
) -> tuple[list[PageLayout], list[Line]]:
    """The pages without the marks of footnotes in their tables, and these footnotes' lines.

    Such a note stands below the table, led by the figure that a word in the table bears. Where
    the first one's figure was misread, the table's words are left as they are.
    """
    kept: list[PageLayout] = []
    found: list[Line] = []
    expected = 1
    for page in pages:
        without = page
        notes, is_read = _notes_below_table(page, text.get(page.page_no, ()), expected)
        for place, (number, lines, _) in enumerate(notes):
            bare, is_borne = _without_mark_in_table(without, number)
            without = bare if is_read or place else without
            found += lines if is_borne else []
            expected = int(number) + 1 if is_borne else expected
        kept.append(without)
    return kept, found


def _notes_below_table(
    page: PageLayout, text: Sequence[Line], expected: int
) -> tuple[list[tuple[str, list[Line], bool]], bool]:
    """What may be footnotes below a page's tables, lines led by figures that count up, and whether
    the first one's figure was read.

    ``expected``: the number of a first one whose figure was misread. What an asterisk leads, or a
    quotation mark that is closed in its line, is none.
    """
    if not page.tables:
        return [], True
    foot = max(box.bottom for boxes in page.tables for box in boxes)
    below = [line for line in text if line.top > foot]
    numbers = [
        0 if line.text.startswith("*") or _QUOTED.match(line.text) else _number_of(line, expected)
        for line in below
    ]
    start = next((place for place, number in enumerate(numbers) if number), None)
    if start is None:
        return [], True
    first = numbers[start]
    return to_notes(below[start:], first), bool(_numbers_read(below[start]))


def _without_mark_in_table(page: PageLayout, number: str) -> tuple[PageLayout, bool]:
    """The page with a footnote's mark taken out of the word in its tables that bears it, and
    whether there is one.
    """
    for form in (_BEARER, _MISREAD):
        for at, boxes in enumerate(page.tables):
            for place, box in enumerate(boxes):
                bearer = next((i for i, s in enumerate(box.slots) if _bears(s, form, number)), None)
                if bearer is None:
                    continue
                bare = _changed(box.slots[bearer], form, "{word}{end}")
                slots = (*box.slots[:bearer], bare, *box.slots[bearer + 1 :])
                changed = (*boxes[:place], replace(box, slots=slots), *boxes[place + 1 :])
                tables = (*page.tables[:at], changed, *page.tables[at + 1 :])
                return replace(page, tables=tables), True
    return page, False
