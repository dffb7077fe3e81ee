"""The record of the table ``document``.

Title, number, date and issuer stand before the prose, who signed stands after it, notice and notes
around the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from normalize.rows.document_head import (
    document_record,
    head_column,
    is_role,
    title_at,
    title_length,
)
from normalize.rows.records import Piece, Record
from normalize.rows.scan.layout import Line, PageLayout
from normalize.rows.scan.paragraphs import (
    DEEPEST,
    Paragraph,
    ends_early,
    ends_sentence,
    paragraph_pieces,
    split_label,
)
from normalize.text.fold import fold

_STAR = regex.compile(r"^\W*\*")
# what leads a note below a table; `- Nguồn: ngân sách tỉnh` is an item of prose
_NOTE = regex.compile(
    r"^\W*(?:ghi chu|chu thich|chu giai|luu y)\s*[:;.]|^[\s(\"“]*nguon(?: so lieu)?\s*:"
)
_LEAD_ALONE = regex.compile(r"^[\W_]*(?:\p{L}+\s+){0,3}\p{L}+\s*[:;.]\W*$")
_ITEM_OF_NOTE = regex.compile(r"^\s*[(\-–—+•]")


def scanned_document(
    front: Sequence[Line],
    close: Sequence[Line],
    notice: Line | None,
    notes: Sequence[Piece],
    width: float,
) -> Record:
    """The record of the table ``document`` from the lines before and after the prose.

    ``width`` is that of a page, in points.
    """
    title = title_at([fold(line.agreed) for line in front])
    end = title + title_length([line.agreed for line in front[title:]])
    halves = (half for line in front[:title] for half in split_halves(line, width))
    return document_record(
        _pieces(front[title:end]),
        ((_column(half), _is_left(half, width), half) for half in halves),
        _pieces,
        {
            "signatory": _pieces(_signatories(close, width)),
            "notice": _pieces([notice]) if notice is not None else [],
            "notes": notes,
        },
        front[0].page_no if front else 1,
    )


def _column(half: Line) -> str:
    """What half a line of the head is; its number also where one witness alone read `Số` so."""
    column = head_column(fold(half.agreed))
    read = (head_column(fold(text)) for text in half.read_by_each)
    return "number" if column == "issuer" and "number" in read else column


def split_halves(line: Line, width: float) -> list[Line]:
    """The left and the right part of a line in two columns, as in the heads of letters and
    signatures.
    """
    left = tuple(slot for slot in line.slots if (slot.word.x0 + slot.word.x1) / 2 < 0.46 * width)
    right = tuple(slot for slot in line.slots if slot not in left)
    gap = min((slot.word.x0 for slot in right), default=width) - max(
        (slot.word.x1 for slot in left), default=0.0
    )
    if not left or not right or gap < 0.03 * width:
        return [line]
    return [replace(line, slots=left), replace(line, slots=right)]


def _is_left(line: Line, width: float) -> bool:
    return (line.x0 + line.x1) / 2 < 0.46 * width


def _signatories(close: Sequence[Line], width: float) -> list[Line]:
    """The lines with the names that close the signature blocks.

    On the left a role must stand above the name.
    """
    halves = [half for line in close for half in split_halves(line, width) if half.slots]
    right = [half for half in halves if half.slots[0].word.x0 > 0.4 * width]
    left = [half for half in halves if half.slots[0].word.x0 <= 0.4 * width]
    role = next((i for i, half in enumerate(left) if _heads_signature(half.agreed)), len(left))
    return [*_last_name(left[role + 1 :]), *_last_name(right)]


def _heads_signature(text: str) -> bool:
    return text.isupper() and is_role(fold(text))


def _last_name(lines: Sequence[Line]) -> list[Line]:
    names = [line for line in lines if not is_role(fold(line.agreed)) and _is_name(line.agreed)]
    return names[-1:]


def _is_name(text: str) -> bool:
    """Whether a line can be a person's name: `Đinh Văn Lâm`, `Y Thu Hà`."""
    words = text.split()
    is_cased = all(word[:1].isupper() and word[1:] == word[1:].lower() for word in words)
    return 2 <= len(words) <= 5 and is_cased and any(len(word) > 1 for word in words)


def _pieces(lines: Iterable[Line]) -> list[Piece]:
    return paragraph_pieces(Paragraph(tuple(lines)))


def notes_below(pages: Sequence[PageLayout], text: Mapping[int, Sequence[Line]]) -> Iterator[Piece]:
    """Notes led by an asterisk or `Ghi chú:` in the lines below the tables of each page."""
    for page in pages:
        if page.tables:
            boxes = [box for table in page.tables for box in table]
            foot = max(box.bottom for box in boxes)
            below = [line for line in text[page.page_no] if line.top > foot]
            edges = [line.x1 for line in below] + [max(box.x1 for box in boxes) - DEEPEST]
            yield from _pieces(note_lines(below, max(edges)))


def note_lines(below: Sequence[Line], right: float) -> list[Line]:
    """The lines of the notes among those below a table.

    An asterisk's note reaches to the page's end. One led by a word is its own paragraph and the
    items right below the word alone: what comes behind may be prose. ``right``: where a full line
    ends, in points.
    """
    found: list[Line] = []
    above: Line | None = None  # the line before, where it is one of a note
    for place, line in enumerate(below):
        if _STAR.match(line.text):
            return [*found, *below[place:]]
        is_led = _NOTE.match(fold(line.text)) is not None
        above = line if is_led or (above is not None and _goes_on(found, line, right)) else None
        if above is not None:
            found.append(line)
    return found


def _goes_on(note: Sequence[Line], line: Line, right: float) -> bool:
    """Whether a line goes on with the note whose lines are above it."""
    above = note[-1]
    led = next(one for one in reversed(note) if _NOTE.match(fold(one.text)))
    is_item = _ITEM_OF_NOTE.match(line.text) is not None
    if line.top - above.bottom > above.bottom - above.top or line.text.isupper():
        return False
    if _LEAD_ALONE.match(led.text) and (is_item or above is led):
        return is_item or not split_label(Paragraph((line,)))[0]
    if is_item or split_label(Paragraph((line,)))[0]:
        return False
    ended = ends_sentence(above) or ends_early(above, line, right)
    return line.text[:1].islower() or not ended
