"""What stands above a table in a dump: its appendix's label and title; and which appendix the
prose names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalize.rows.appendix_labels import LABEL, SENT_WITH, UNIT, names_in, to_figure
from normalize.rows.dump.tokens import Token, tokens_to_lines
from normalize.text.fold import fold
from schemas.errors import MissingAppendix

_BEYOND = 1  # a figure this much above the highest label may be an appendix that is not there
_OFTEN = 2  # times that another one must be named: a single figure may be misread


@dataclass(frozen=True)
class DumpHeading:
    """An appendix's number as an Arabic figure ("" where none was read), its label as it was
    read, and its title.
    """

    number: str = ""
    label: str = ""
    title: tuple[Token, ...] = ()


def read_heading(above: Sequence[Token]) -> DumpHeading:
    """The heading that the words between a table's header and what is before it make."""
    lines = tokens_to_lines(above)
    if not lines:
        return DumpHeading()
    found = LABEL.match(fold(_text(lines[0])))
    if found is None or found["name"].startswith("danh"):
        return DumpHeading(title=_title(lines))
    label = _text(lines[0]).strip(" .:–-•")
    rest = tuple(token for line in lines[1:] for token in line)
    return DumpHeading(to_figure(found["number"] or ""), label, _title(tokens_to_lines(rest)))


def _text(line: Iterable[Token]) -> str:
    return " ".join(token.text for token in line)


def _title(lines: Sequence[Sequence[Token]]) -> tuple[Token, ...]:
    """The words of the title: neither what the appendix was sent with, nor its unit or page."""
    found: list[Token] = []
    is_sent_with = False
    for line in lines:
        text = fold(_text(line))
        is_sent_with = is_sent_with or SENT_WITH.match(text) is not None
        if is_sent_with:
            is_sent_with = ")" not in text
        elif UNIT.match(text) is None and any(sign.isalpha() for sign in text):
            found += line
    return tuple(found)


def number_appendices(headings: Sequence[DumpHeading], usual: Sequence[str]) -> list[str]:
    """The number of each appendix: that on its label, else the one after the appendix above, or
    where none has a label the ``usual`` one of its kind, else the next that is free.
    """
    labelled = [heading.number for heading in headings]
    numbers: list[str] = []
    for heading, own in zip(headings, usual, strict=True):
        following = str(int(numbers[-1] if numbers else 0) + 1)
        number = heading.number or (following if any(labelled) else own)
        taken = numbers if heading.number else [*numbers, *labelled]
        while number in taken:
            number = str(int(number) + 1)
        numbers.append(number)
    return numbers


def check_named(prose: Sequence[Token], numbers: Sequence[str], kinds: Sequence[str]) -> None:
    """Raise MissingAppendix where the prose names an appendix that the text does not have.

    A figure in a dump may be misread: one far above those that are there must be named twice.
    """
    named = Counter(names_in(fold(_text(prose))))
    highest = max(map(int, numbers), default=0)
    for number, count in named.items():
        is_near = int(number) <= highest + _BEYOND
        if number in numbers or not (is_near or count >= _OFTEN):
            continue
        seen = ", ".join(f"{own} ({kind})" for own, kind in zip(numbers, kinds, strict=True))
        raise MissingAppendix(
            f"the text names appendix {number}, and the dump has no table for it; found: {seen}",
            "the text",
            "check that the dump is whole and that the header of its table can be read, or mend "
            "the number in the text where it was misread",
        )
