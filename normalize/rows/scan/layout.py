"""Pages as what stands on them: boxes with their slots, tables of boxes, and lines outside
tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from normalize.rows.slots import PrintedWord, Word, words_to_slots
from schemas.witnesses import INK


@dataclass(frozen=True)
class Box:
    """A cell of a table, or a run of lines outside tables, on one page; lengths in points."""

    page_no: int
    block_no: int
    table_no: int
    row: int
    column: int
    row_span: int
    column_span: int
    inked: bool
    x0: float
    top: float
    x1: float
    bottom: float
    slots: tuple[PrintedWord, ...]

    @property
    def text(self) -> str:
        """The best single reading of the box."""
        return " ".join(slot.text for slot in self.slots if slot.text)

    @property
    def readings(self) -> tuple[str, ...]:
        """What each witness read in the box, each text once, the leading witness's first."""
        return slots_to_readings(self.slots)


def marked(box: Box, sign: str) -> Box:
    """A box with one of the signs that put a cell into review (``schemas.frames``)."""
    place = Word("", 0.0, 1, box.x0, box.top, box.x0, box.bottom)
    return replace(box, slots=(PrintedWord(place, ((INK, sign, 0.0),)), *box.slots))


@dataclass(frozen=True)
class Line:
    """A printed line outside tables."""

    page_no: int
    block_no: int
    slots: tuple[PrintedWord, ...]

    @property
    def text(self) -> str:
        """The best single reading of the line."""
        return " ".join(slot.text for slot in self.slots if slot.text)

    @cached_property
    def agreed(self) -> str:
        """What most witnesses read in the line."""
        return " ".join(slot.agreed for slot in self.slots if slot.agreed)

    @cached_property
    def read_by_each(self) -> tuple[str, ...]:
        """What each witness by itself read in the line, the leader first."""
        texts: dict[str, list[str]] = {}
        for slot in self.slots:
            for witness, text, _ in slot.readings:
                texts.setdefault(witness, []).append(text)
        return tuple(" ".join(filter(None, words)) for words in texts.values())

    @property
    def x0(self) -> float:
        """Its left edge, by its letters: a speck beside it does not count."""
        return min(slot.word.x0 for slot in self._solid)

    @property
    def x1(self) -> float:
        """Its right edge."""
        return max(slot.word.x1 for slot in self._solid)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(slot.word.top for slot in self._solid)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(slot.word.bottom for slot in self._solid)

    @cached_property
    def _solid(self) -> Sequence[PrintedWord]:
        """The slots in which witnesses agree on letters or digits; all of them where there
        is none.
        """
        return [
            slot for slot in self.slots if any(letter.isalnum() for letter in slot.agreed)
        ] or self.slots


@dataclass(frozen=True)
class PageLayout:
    """One page: its size, the lines outside its tables from top to bottom, and each
    table's boxes.
    """

    page_no: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[tuple[Box, ...], ...]


def slots_to_readings(slots: Sequence[PrintedWord]) -> tuple[str, ...]:
    """The whole text as each witness read it.

    Where a witness read only some of the words, the leading one's stand for the others.
    """
    witnesses = dict.fromkeys(
        witness for slot in slots for witness, _, _ in slot.readings if witness != INK
    )
    texts = [" ".join(_word_of(slot, witness) for slot in slots).split() for witness in witnesses]
    return tuple(dict.fromkeys(" ".join(text) for text in texts))


def _word_of(slot: PrintedWord, witness: str) -> str:
    return next((text for name, text, _ in slot.readings if name == witness), slot.text)


def frames_to_pages(
    pages: pd.DataFrame, blocks: pd.DataFrame, words: pd.DataFrame
) -> list[PageLayout]:
    """The layout of each page from the Pages, Blocks and Words tables."""
    slots = words_to_slots(words)
    boxes: dict[int, list[Box]] = defaultdict(list)
    columns = (
        "page_no",
        "block_no",
        "table_no",
        "row",
        "column",
        "row_span",
        "column_span",
        "inked",
        "x0",
        "top",
        "x1",
        "bottom",
    )
    for values in zip(*(blocks[column].tolist() for column in columns), strict=True):
        found = tuple(slots.get((values[0], values[1]), ()))
        boxes[values[0]].append(Box(**dict(zip(columns, values, strict=True)), slots=found))
    return [
        PageLayout(
            page_no, width, height, tuple(_lines(boxes[page_no])), tuple(_tables(boxes[page_no]))
        )
        for page_no, width, height in zip(
            pages["page_no"].tolist(),
            pages["width"].tolist(),
            pages["height"].tolist(),
            strict=True,
        )
    ]


def _lines(boxes: Iterable[Box]) -> Iterable[Line]:
    for box in boxes:
        if box.table_no == 0:
            by_line: dict[int, list[PrintedWord]] = defaultdict(list)
            for slot in box.slots:
                by_line[slot.word.line_no].append(slot)
            yield from (Line(box.page_no, box.block_no, tuple(found)) for found in by_line.values())


def _tables(boxes: Iterable[Box]) -> Iterable[tuple[Box, ...]]:
    tables: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        if box.table_no:
            tables[box.table_no].append(box)
    return (tuple(tables[number]) for number in sorted(tables))
