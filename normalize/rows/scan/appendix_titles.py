"""What stands above an appendix's table: its label (``Phụ lục 2``, ``Biểu số 01``) and its
title.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import regex

from normalize.rows.appendix_labels import (
    LABEL,
    MISREAD_LABEL,
    SENT_WITH,
    UNIT,
    WELL_PRINTED,
    to_figure,
    to_misread_figure,
)
from normalize.rows.headings import in_capitals
from normalize.rows.records import Piece
from normalize.rows.scan.layout import Line
from normalize.rows.slots import PrintedWord
from normalize.text.fold import fold

_SPECK = 0.5  # of a line's height: what a word has at least
_SURELY, _SURELY_LETTER = 0.5, 0.9  # the least confidence of a word of a label, of a letter alone
_FEWEST_WORDS = 2
_ASIDE = 40.0  # points between the middles of a table and of its title at most
_MOST_LINES = 12  # of what stands above a table on its page


@dataclass(frozen=True)
class Heading:
    """An appendix's number as an Arabic figure ("" where it has none), its label, its title.

    ``is_sure``: whether the leading witness read the label. ``numbers``: every number that a
    witness read on it, with whether it was read as printed (else strokes ran together).
    """

    number: str = ""
    label: str = ""
    title: tuple[Piece, ...] = ()
    page_no: int = 0
    is_sure: bool = True
    numbers: Mapping[str, bool] = field(default_factory=dict)


def label_of(line: Line) -> str | None:
    """The number of an appendix whose label this line is, "" where it has none, else None."""
    found = _label(line)
    if found is None:
        return "" if _numbers_of(line) else None
    return to_figure(found[1]["number"] or "")


def _numbers_of(line: Line) -> dict[str, bool]:
    """Every number that a witness read on a label, with whether it was read as printed."""
    line = _surely_read(without_specks(line))
    found: dict[str, bool] = {}
    for text in dict.fromkeys((line.text, line.agreed, *line.read_by_each)):
        plain, misread = LABEL.match(fold(text)), MISREAD_LABEL.match(fold(text))
        if plain and plain["number"] and _is_alone(text, plain):
            found[to_figure(plain["number"])] = True
        elif misread and text.strip()[:1].isupper():
            found.setdefault(to_misread_figure(misread["number"]), False)
    return {number: as_printed for number, as_printed in found.items() if number}


def without_specks(line: Line) -> Line:
    """A line of a heading without what stands far from its words and is smaller than they are:
    specks that an engine read as signs.
    """
    words = [slot for slot in line.slots if slot.text and slot.agreed]
    if len(words) < _FEWEST_WORDS:
        return line
    height = float(np.median([slot.word.bottom - slot.word.top for slot in words]))
    end = max((slot.word.x1 for slot in words if _is_as_high(slot, height)), default=None)
    if end is None:
        return line
    kept = tuple(
        slot
        for slot in line.slots
        if slot.word.x0 - end <= height or (slot.text and _is_as_high(slot, height))
    )
    return replace(line, slots=kept)


def _surely_read(line: Line) -> Line:
    """A line without what no witness surely read as a word at its ends: specks beside a label.

    A single letter, which is what a speck looks like, must be read more surely than a word.
    """
    sure = [
        place
        for place, slot in enumerate(line.slots)
        if any(share >= _least(text) for _, text, share in slot.readings)
    ]
    return replace(line, slots=line.slots[sure[0] : sure[-1] + 1]) if sure else line


def _least(text: str) -> float:
    """The least confidence of a reading that is no speck."""
    letters = [sign for sign in text if sign.isalnum()]
    if not letters:
        return math.inf
    return _SURELY_LETTER if len(letters) == 1 and letters[0].isalpha() else _SURELY


def _is_as_high(slot: PrintedWord, height: float) -> bool:
    return slot.word.bottom - slot.word.top >= _SPECK * height


def _label(line: Line) -> tuple[str, regex.Match[str]] | None:
    """The reading of a line that is an appendix's label, the leading witness's if it is one, and
    its parts.

    One witness can fail on a line in bold capitals that the others read.
    """
    line = _surely_read(without_specks(line))
    others = sorted(line.read_by_each, key=lambda text: -len(text.split()))
    for text in dict.fromkeys((line.text, line.agreed, *others)):
        found = LABEL.match(fold(text))
        if found and not found["name"].startswith("danh") and _is_alone(text, found):
            return text, found
    return None


def _is_alone(text: str, found: regex.Match[str]) -> bool:
    """Whether a line is a label, with or without a title behind it, and no sentence about one."""
    if not text.strip()[:1].isupper() and text.strip()[:1].isalpha():
        return False
    return found["number"] is not None or not found["rest"].strip()


def read_heading(above: Sequence[Line]) -> Heading | None:
    """The heading that the lines above a table make, None where no label is among them."""
    lines = [without_specks(line) for line in list(above)[-_MOST_LINES:]]
    starts = [i for i, line in enumerate(lines) if label_of(line) is not None]
    if not starts:
        return None
    first = _surely_read(lines[starts[-1]])
    is_sure = LABEL.match(fold(first.text)) is not None
    label, rest = _split_label(first) if is_sure else (_reading_of(first), None)
    if rest is None and not WELL_PRINTED.match(label):
        others = (_trimmed(text) for text in first.read_by_each)
        label = next(filter(WELL_PRINTED.match, others), label)
        is_sure = False
    title = [
        piece for piece in (rest, *map(_piece, _title_lines(lines[starts[-1] + 1 :]))) if piece
    ]
    number, numbers = label_of(first) or "", _numbers_of(first)
    return Heading(number, label, tuple(title), first.page_no, is_sure, numbers)


def read_title(above: Sequence[Line], middle: float) -> Heading | None:
    """The heading of a table without a label: a title in capitals above it, around its ``middle``.

    Of the lines above, those of the title follow each other up to the table, but for what the
    appendix was sent with and its unit.
    """
    lines = _title_lines([without_specks(line) for line in list(above)[-_MOST_LINES:]])
    beside = [i for i, line in enumerate(lines) if abs((line.x0 + line.x1) / 2 - middle) > _ASIDE]
    lines = lines[beside[-1] + 1 :] if beside else lines
    if not lines or not in_capitals(lines[0].text):
        return None
    return Heading(title=tuple(map(_piece, lines)), page_no=lines[0].page_no)


def title_key(heading: Heading) -> str:
    """A title for comparing, without marks and capitals."""
    return fold(" ".join(slot.text for piece in heading.title for slot in piece.slots))


def _reading_of(line: Line) -> str:
    """A label as a witness that does not lead read it, without the specks around it."""
    found = _label(line)
    return _trimmed(found[0]) if found else ""


def _trimmed(text: str) -> str:
    """A label without the signs around it."""
    return regex.sub(r"^[^\p{L}]+|[^\p{L}\p{N}]+$", "", text)


def _split_label(line: Line) -> tuple[str, Piece | None]:
    """A label as printed, and what stands behind it on its line."""
    found = LABEL.match(fold(line.text))
    if found is None or not found["rest"].strip(" .:–-"):
        return " ".join(line.text.strip(" .:").split()), None
    slots = [slot for slot in line.slots if slot.text]
    end = found.end("number" if found["number"] is not None else "name")
    words = max(len(found[0][:end].split()), 2)  # fewer are run together
    label = " ".join(slot.text for slot in slots[:words]).strip(" .:–-")
    rest = tuple(slot for slot in slots[words:] if slot.text.strip(".:–- "))
    return label, Piece(line.page_no, line.block_no, rest) if rest else None


def _title_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of the title: neither what the appendix was sent with, nor its unit."""
    found: list[Line] = []
    is_sent_with = False
    for line in lines:
        text = fold(line.text)
        is_sent_with = is_sent_with or SENT_WITH.match(text) is not None
        if is_sent_with:
            is_sent_with = ")" not in text and "(" in "".join(fold(one.text) for one in lines)
        elif UNIT.match(text) is None and any(sign.isalnum() for sign in text):
            found.append(line)
    return found


def _piece(line: Line) -> Piece:
    return Piece(line.page_no, line.block_no, line.slots)
