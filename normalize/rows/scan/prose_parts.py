"""The parts of a document's prose: what stands before it, the prose itself, and what closes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import regex

from normalize.rows.document_head import begins_recipients, is_on_behalf, names_kind, title_at
from normalize.rows.headings import in_capitals
from normalize.rows.scan.appendix_titles import label_of
from normalize.rows.scan.layout import Line, PageLayout, slots_to_readings
from normalize.rows.scan.paragraphs import (
    DEEPEST,
    INDENT,
    Margins,
    is_label,
    margins_of_pages,
    page_margins,
)
from normalize.text.fold import fold

_APPENDIX = regex.compile(r"^[^a-z]*phu\W*l[uư]c\W*[0-9ivx?]{0,4}\W*$")
_RECIPIENTS_MISREAD = regex.compile(
    r"^\W*\p{Lu}\p{L}{1,3} [Nn]h\p{L}n\W*(?:(?P<alone>$)|T\W?/\W?M\s+\p{Lu}{2})"
)
_ENTRY = regex.compile(r"^\W*[-–—•+]")
_TOGETHER = regex.compile(r"^\W*(?:ban hanh )?kem theo\b")
_TITLE_WITHIN = 12  # lines from the top


@dataclass(frozen=True)
class ProseParts:
    """The lines of the prose: before its first paragraph, its paragraphs, and from the recipients
    on.
    """

    front: tuple[Line, ...]
    body: tuple[Line, ...]
    close: tuple[Line, ...]


def prose_lines(
    pages: Sequence[PageLayout], text: dict[int, list[Line]], first_table_page: int | None
) -> list[Line]:
    """The lines of text before the first appendix.

    Where the document is not closed before its first table, and is closed behind it, that table
    stands within the prose, which goes on around it.
    """
    before: list[Line] = []
    after: list[Line] = []
    for page in pages:
        lines = text[page.page_no]
        is_first = first_table_page is None or page.page_no < first_table_page
        if (before or not is_first) and any(_APPENDIX.match(fold(line.text)) for line in lines[:3]):
            break
        if not is_first and any(label_of(line) for line in lines):
            break
        (before if is_first else after).extend(lines)
    goes_on = bool(after) and not _is_closed(before) and _is_closed(after)
    return before + after if goes_on else before


def _is_closed(lines: Sequence[Line]) -> bool:
    return any(begins_close(lines[i:]) for i in range(len(lines)))


def split_prose(lines: Sequence[Line], before: Sequence[Line] = ()) -> ProseParts:
    """The prose's three parts.

    The title ends where the first line begins that is indented and not centred; in prose without
    indents, where the first begins at the margin that is none of the title's. Without a title, as
    where a document is a part of a longer one, all but leading lines in capitals is body.
    ``before``: the prose of pages before them, which has the same margins.
    """
    if not lines:
        return ProseParts((), (), ())
    title = next(
        (
            i
            for i, line in enumerate(lines[:_TITLE_WITHIN])
            if _is_capital(line)
            and (names_kind(fold(line.text)) or "chuong trinh" in fold(line.text))
        ),
        None,
    )
    margins = (
        margins_of_pages(lines, (), before)
        if before
        else {
            page_no: page_margins([line for line in lines if line.page_no == page_no])
            for page_no in {line.page_no for line in lines}
        }
    )
    after = title + 1 if title is not None else sum(1 for _ in takewhile(_is_capital, lines))
    start = after if title is None else _body_start(lines, after, margins)
    end = next((i for i in range(start, len(lines)) if begins_close(lines[i:])), len(lines))
    return ProseParts(tuple(lines[:start]), tuple(lines[start:end]), tuple(lines[end:]))


@dataclass(frozen=True)
class Attached:
    """A document that another one promulgates, behind the signature of that one."""

    before: tuple[Line, ...]  # what closes the first one
    title: tuple[Line, ...]
    parts: ProseParts


def attached_document(parts: ProseParts) -> Attached | None:
    """The document that a decision promulgates (`ban hành kèm theo`) and that follows its
    signature on a page of its own; None where there is none with prose.
    """
    close = parts.close
    start = next((i for i, line in enumerate(close) if line.page_no > close[0].page_no), None)
    if start is None or not any("kem theo" in fold(line.text) for line in (*parts.body, *close)):
        return None
    inner = split_prose(close[start:], parts.body)
    keys = [fold(line.agreed) for line in inner.front]
    first = title_at(keys)
    if not inner.body or not inner.front or not names_kind(keys[first]):
        return None
    named = takewhile(lambda line: not _TOGETHER.match(fold(line.agreed)), inner.front[first:])
    return Attached(close[:start], tuple(named), inner)


def _body_start(lines: Sequence[Line], after: int, margins: Mapping[int, Margins]) -> int:
    """Where the body begins: on the page of the title, or below it where that holds no more."""
    on_page = takewhile(lambda line: line.page_no == lines[after - 1].page_no, lines[after:])
    page_end = after + sum(1 for _ in on_page)
    for first, last in ((after, page_end), (page_end, len(lines))):
        for i in range(first, last):
            if _begins_body(lines[i], margins[lines[i].page_no]):
                return i
        flush = _first_flush(lines[:last], first, margins)
        if flush < last:
            return flush
    return len(lines)


def _is_capital(line: Line) -> bool:
    return in_capitals(line.agreed)


def _begins_body(line: Line, margins: Margins) -> bool:
    left, right = line.x0 - margins.left, margins.right - line.x1
    return INDENT < left < DEEPEST and abs(left - right) > INDENT


def _first_flush(lines: Sequence[Line], after: int, margins: Mapping[int, Margins]) -> int:
    """The first line from ``after`` on that begins at the margin and is none of the title's.

    A line of the title is set in the middle. One that fills the width may be the title's too, but
    not below a shorter one, which ends it.
    """
    for i in range(after, len(lines)):
        own = margins[lines[i].page_no]
        left, right = lines[i].x0 - own.left, own.right - lines[i].x1
        is_below_short = i > after and lines[i - 1].x0 - own.left > INDENT
        if abs(left) < INDENT and (right > INDENT or is_below_short):
            return i
    return len(lines)


def begins_close(lines: Sequence[Line]) -> bool:
    """Whether the first of the lines that are left begins what stands below the prose."""
    readings = slots_to_readings(lines[0].slots)
    if any(begins_recipients(fold(reading)) or is_on_behalf(reading) for reading in readings):
        return True
    misread = [
        found for reading in readings if (found := _RECIPIENTS_MISREAD.match(reading)) is not None
    ]
    return any(found["alone"] is None for found in misread) or (
        bool(misread) and _are_recipients(lines[1:])
    )


def _are_recipients(lines: Sequence[Line]) -> bool:
    """Whether lines can be a list of recipients.

    The first must be an entry of such a list, and no numbered part of the prose may follow.
    """
    return not lines or (
        _ENTRY.match(lines[0].text) is not None
        and not any(is_label(line.text.partition(" ")[0]) for line in lines)
    )
