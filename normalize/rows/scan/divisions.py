"""Parts of a prose above its numbered headings: `Phần thứ nhất`, `Chương II`, `Điều 3.`

Numbers begin anew below each, and below the title of a document that another one promulgates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from normalize.rows.headings import is_title
from normalize.rows.scan.paragraphs import Paragraph
from normalize.text.fold import fold

_LEVELS = {"phan": 0, "chuong": 1, "dieu": 2}
_NAMES = {"phan": "Phần", "chuong": "Chương", "dieu": "Điều"}
_ARTICLE = _LEVELS["dieu"]
_NUMBER = regex.compile(r"(?:thu \p{L}+|[ivxl]{1,5}|\d{1,2}|[a-e])")
_SIGN = regex.compile(r"[.:;,]?[-–—]?$")  # behind the number; a dot is misread as well
_MARKS = "\"'“”‘’*-–—. "


@dataclass(frozen=True)
class Division:
    """One such part: its printed number (`Điều 3`; empty of an attached document, whose title is
    all), its level from 0 downwards, whether it is a heading, and its paragraph without the number.
    """

    number: str
    level: int
    is_heading: bool
    text: Paragraph


def division_of(paragraph: Paragraph) -> Division | None:
    """The division that a paragraph begins, or None.

    The number must be parted from what follows by a sign, or by the line's end or capitals:
    `Điều 5 của Luật ...` begins none.
    """
    line = paragraph.lines[0]
    words = [slot.agreed for slot in line.slots]
    name = fold(words[0]).strip(_MARKS) if words else ""
    if name not in _LEVELS or not words[0].strip(_MARKS)[:1].isupper():
        return None
    for count in (2, 3):
        printed = " ".join(words[1:count])
        number = _SIGN.sub("", printed)
        if len(words) < count or not _NUMBER.fullmatch(fold(number)):
            continue
        is_alone = len(line.slots) == count
        rest = replace(line, slots=line.slots[count:])
        lines = paragraph.lines[1:] if is_alone else (rest, *paragraph.lines[1:])
        text = Paragraph(tuple(lines))
        if not lines or not (number != printed or is_alone or text.text.isupper()):
            return None
        own = _NAMES[name].upper() if words[0].isupper() else _NAMES[name]
        level = _LEVELS[name]
        return Division(f"{own} {number}", level, level < _ARTICLE or is_title(text.text), text)
    return None


def with_titles_joined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, those that hold a division's number alone joined with the title below.

    `Phần thứ hai` stands above `NHIỆM VỤ, GIẢI PHÁP`, both in the middle of the page.
    """
    waiting: Paragraph | None = None
    for paragraph in paragraphs:
        if waiting is not None:
            joined = Paragraph((*waiting.lines, *paragraph.lines))
            if paragraph.text.isupper() and division_of(joined) is not None:
                waiting = None
                yield joined
                continue
            yield waiting
            waiting = None
        if _is_bare(paragraph):
            waiting = paragraph
        else:
            yield paragraph
    if waiting is not None:
        yield waiting


def _is_bare(paragraph: Paragraph) -> bool:
    words = fold(paragraph.text).strip(_MARKS).split()
    number = _SIGN.sub("", " ".join(words[1:]))
    return bool(words) and words[0] in _LEVELS and _NUMBER.fullmatch(number) is not None


def path_below(path: Sequence[tuple[int, str]], division: Division) -> list[tuple[int, str]]:
    """The headings, each with its level, that what follows a division stands under."""
    above = [one for one in path if one[0] < division.level]
    return [*above, (division.level, division.number)] if division.is_heading else above


def out_of_order(divisions: Mapping[int, Division]) -> set[int]:
    """The places of the articles whose number is not the one before and one more.

    An attached document has its own first article.
    """
    found, last = set[int](), 0
    for place, division in sorted(divisions.items()):
        if division.level < 0:
            last = 0
        if division.level == _ARTICLE:
            figure = division.number.split()[-1]
            if figure != str(last + 1):
                found.add(place)
            last = int(figure) if figure.isdigit() else last + 1
    return found


def joined_path(path: Iterable[tuple[int, str]], below: str = "") -> str:
    """The numbers of headings as a section_path."""
    return "/".join(filter(None, (*(number for _, number in path), below)))
