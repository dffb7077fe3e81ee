"""What a page carries besides its text: its number at the top, the handling notice at its foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

import regex
from rapidfuzz import fuzz

from normalize.rows.scan.appendix_titles import label_of
from normalize.rows.scan.layout import Line, PageLayout, slots_to_readings
from normalize.rows.slots import PrintedWord
from normalize.text.fold import fold

_EDGE = 0.13  # the share of a page's height that is its top or foot margin
_ALIKE = 75.0  # the likeness (0 to 100) of two pages' notices
_NOTICE_WORDS = ("tai lieu nay thuoc so huu", "viec phat tan su dung trai phep bi nghiem cam")
_PAGE_NUMBER = regex.compile(r"^[\W_]*[\dlIiOoSsBzZT|ĩỉ]{1,3}[\W_]*$")
_LETTERS = 4  # that two witnesses read alike in a line: dirt is not read alike
_STROKE = 10.0  # points: the width of what is read of an edge
_BESIDE = 25.0  # points by which it stands left of the text
_STROKES = 3  # on a page: fewer may be something else
_BORDER = 0.08  # of the page's width: further in, a number may hang before its text
_NARROW = 24.0  # points: no more than three digits of a page number, and a dash to either side


@dataclass(frozen=True)
class Furniture:
    """The lines of each page that are text, and the best reading of the notice (None if there is
    none).
    """

    text: dict[int, list[Line]]
    notice: Line | None


def remove_furniture(pages: Sequence[PageLayout]) -> Furniture:
    """The lines of text of each page, without page numbers, notices, and lines without a letter or
    digit.
    """
    notices = [
        line
        for page in pages
        for line in page.lines
        if _at_foot(page, line) and _is_notice(line.text, pages)
    ]
    text = {
        page.page_no: _without_edge_strokes(
            [
                line
                for line in page.lines
                if line not in notices and not _is_page_number(page, line) and _has_text(line)
            ],
            _BORDER * page.width,
        )
        for page in pages
    }
    best = max(
        notices,
        key=lambda line: sum(slot.word.confidence * len(slot.text) for slot in line.slots),
        default=None,
    )
    return Furniture(text, best)


def _without_edge_strokes(lines: Sequence[Line], border: float) -> list[Line]:
    """A page's lines without strokes left of ``border``, far from all its text.

    The edge of a leaf, or of the shadow beside it, runs down there and was read as letters.
    """
    solid = sorted(
        next((slot.word.x0 for slot in line.slots if not _is_stroke(slot)), line.x0)
        for line in lines
    )
    left = min(border, solid[len(solid) // 4] - _BESIDE) if solid else 0.0
    kept = [
        tuple(dropwhile(lambda slot: _is_stroke(slot) and _end(slot) <= left, line.slots))
        for line in lines
    ]
    changed = [0 < len(slots) < len(line.slots) for line, slots in zip(lines, kept, strict=True)]
    if sum(changed) < _STROKES:
        return list(lines)
    return [
        replace(line, slots=slots) if is_changed else line
        for line, slots, is_changed in zip(lines, kept, changed, strict=True)
    ]


def _end(slot: PrintedWord) -> float:
    """Where a word ends; one that only another witness saw, and as nothing, begins there."""
    return slot.word.x1 if slot.text else slot.word.x0


def _is_stroke(slot: PrintedWord) -> bool:
    """Whether a word has one or two letters no wider than a stroke, or none."""
    word = slot.word
    return not slot.text or (len(word.text) <= 2 and word.x1 - word.x0 <= _STROKE)


def _has_text(line: Line) -> bool:
    """Whether a line has letters on which witnesses agree, read with some confidence, or is a label
    for one of them.

    Dirt read as text has neither.
    """
    if label_of(line) is not None:
        return True
    solid = [slot for slot in line.slots if any(letter.isalnum() for letter in slot.agreed)]
    letters = sum(len(slot.agreed) for slot in solid)
    has_word = any(sum(map(str.isalnum, slot.agreed)) >= 2 for slot in solid)
    return _is_read_alike(line) or (
        has_word
        and sum(slot.word.confidence * len(slot.agreed) for slot in solid) >= 0.35 * letters
    )


def _is_read_alike(line: Line) -> bool:
    """Whether two witnesses read the same letters in a line, whatever the leader made of it."""
    texts = ("".join(filter(str.isalnum, fold(text))) for text in line.read_by_each)
    counts = Counter(text for text in texts if len(text) >= _LETTERS)
    return max(counts.values(), default=0) > 1


def _at_foot(page: PageLayout, line: Line) -> bool:
    return line.top > (1 - _EDGE) * page.height


def _is_notice(text: str, pages: Sequence[PageLayout]) -> bool:
    """Whether a foot line is the known notice, however misread, or stands on many other
    pages too.
    """
    key = fold(text)
    if len(key) < 20:
        return False
    if max(fuzz.partial_ratio(words, key) for words in _NOTICE_WORDS) >= _ALIKE:
        return True
    feet = [fold(line.text) for page in pages for line in page.lines[-2:] if _at_foot(page, line)]
    return sum(fuzz.ratio(key, other) >= _ALIKE for other in feet) > max(2, len(pages) / 3)


def _is_page_number(page: PageLayout, line: Line) -> bool:
    """Whether a line at the top is a number by itself near the middle of the page.

    It may be misread as anything if it stands above all other lines.
    """
    if (
        line.top >= _EDGE * page.height
        or abs((line.x0 + line.x1) / 2 - page.width / 2) >= 0.12 * page.width
    ):
        return False
    if any(_PAGE_NUMBER.match(reading) for reading in slots_to_readings(line.slots)):
        return True
    return line.x1 - line.x0 <= _NARROW and all(
        line.bottom <= other.top for other in page.lines if other is not line and _has_text(other)
    )
