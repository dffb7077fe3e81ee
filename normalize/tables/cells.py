"""A row's cells put together again from their repaired words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import nan, prod
from operator import attrgetter

import pandas as pd

from schemas.witnesses import INK, MARK_RULES

_BROKEN = re.compile(r"(?<=\w[-/])\n(?=\w)")
Key = tuple[str, str, str]  # table, row_id, column
_COLUMNS = (
    "part",
    "word_no",
    "line_no",
    "page_no",
    "text",
    "confidence",
    "readings",
    "x0",
    "top",
    "x1",
    "bottom",
    "value",
    "value_confidence",
    "doubtful",
    "rule",
)


@dataclass(frozen=True)
class CellWord:
    """One printed word: what was read and what it was decided to say; box in points."""

    part: int
    word_no: int
    line_no: int
    page_no: int
    text: str
    confidence: float
    readings: str
    x0: float
    top: float
    x1: float
    bottom: float
    value: str
    value_confidence: float
    doubtful: bool
    rule: str

    @cached_property
    def by_witness(self) -> Mapping[str, str]:
        """What each witness read here; a witness that did not look is absent."""
        return {witness: text for witness, text, _ in json.loads(self.readings) if witness != INK}

    @property
    def is_unread(self) -> bool:
        """Whether it is no word but a mark: of ink that none read, or of a doubt about a place."""
        return self.rule in MARK_RULES.values()


@dataclass(frozen=True)
class Cell:
    """One printed cell with its words in order."""

    key: Key
    words: tuple[CellWord, ...]

    @cached_property
    def value(self) -> str:
        """Its repaired text, single spaces."""
        return join(word.value for word in self.words)

    @cached_property
    def printed(self) -> str:
        """Its best single reading."""
        return join(word.text for word in self.words)

    @cached_property
    def confidence(self) -> float:
        """The probability that every word is right."""
        return prod(
            (
                word.value_confidence
                for word in self.words
                if word.value or word.text or word.is_unread
            ),
            start=1.0,
        )

    @cached_property
    def doubtful(self) -> tuple[str, ...]:
        """The positions of doubtful words, from 1, as text."""
        return tuple(str(word.word_no) for word in self.words if word.doubtful)

    @property
    def has_unread(self) -> bool:
        """Whether ink stands in it that no witness read."""
        return any(word.is_unread for word in self.words)

    @cached_property
    def witnesses(self) -> tuple[str, ...]:
        """The witnesses that read the cell, the leading one first."""
        return tuple(dict.fromkeys(name for word in self.words for name in word.by_witness))

    def lines(self, witness: str | None = None) -> list[list[str]]:
        """The words of each printed line by one witness; its repaired words without one."""
        lines: list[list[str]] = []
        for _, words in groupby(self.words, key=attrgetter("part", "line_no")):
            line = join(
                word.value if witness is None else word.by_witness.get(witness, word.text)
                for word in words
            ).split()
            if line:
                lines.append(line)
        return lines

    def line_words(self) -> list[list[CellWord]]:
        """The words of each printed line."""
        return [list(words) for _, words in groupby(self.words, key=attrgetter("part", "line_no"))]

    def every_line(self, witness: str | None = None) -> list[list[str]]:
        """As ``lines``, with an empty line for each of which nothing was read.

        So lines keep their numbers.
        """
        return [
            join(
                word.value if witness is None else word.by_witness.get(witness, word.text)
                for word in words
            ).split()
            for words in self.line_words()
        ]

    def set_text(self, witness: str) -> str:
        """What a witness of vector text has in the cell.

        A line that was broken behind a slash or hyphen of a word goes on without a space.
        """
        text = "\n".join(join(line) for line in self.every_line(witness))
        return _BROKEN.sub("", text).replace("\n", " ")

    def readings(self) -> dict[str, str]:
        """The whole cell as each witness read it, the leading witness's reading first.

        A witness of a part gets the leading one's words for the rest. It counts only where it read
        all that is in dispute, or differs: it must not confirm words that it never saw.
        """
        whole = [
            name
            for name in self.witnesses
            if all(name in word.by_witness or not word.text for word in self.words)
        ] or list(self.witnesses[:1])
        disputed = [
            word
            for word in self.words
            if len({word.by_witness.get(name, "") for name in whole}) > 1
        ]
        heard = [name for name in self.witnesses if name in whole or self._is_heard(name, disputed)]
        return {name: join(" ".join(line) for line in self.lines(name)) for name in heard}

    def _is_heard(self, witness: str, disputed: Sequence[CellWord]) -> bool:
        if disputed:
            return all(witness in word.by_witness for word in disputed)
        differing = [word for word in self.words if {*word.by_witness.values()} - {word.text}]
        read = [word for word in differing if witness in word.by_witness]
        return 0 < len(differing) == len(read) or any(w.by_witness[witness] != w.text for w in read)


def number_of(table: str, row_id: str) -> str:
    """The printed number in a row's key: without appendix or period."""
    return row_id.rpartition("|")[2] if table == "groups" else row_id.partition("|")[0]


def join(texts: Iterable[str]) -> str:
    """Texts with single spaces between, empty ones left out."""
    return " ".join(" ".join(texts).split())


def repaired_to_cells(repaired: pd.DataFrame) -> dict[Key, Cell]:
    """The cells of a Repaired table by table, row and column."""
    found: dict[Key, list[CellWord]] = {}
    keys = zip(
        repaired["table"].tolist(),
        repaired["row_id"].tolist(),
        repaired["column"].tolist(),
        strict=True,
    )
    values = zip(*(repaired[column].tolist() for column in _COLUMNS), strict=True)
    for key, fields in zip(keys, values, strict=True):
        found.setdefault(key, []).append(CellWord(*fields))
    return {key: Cell(key, tuple(words)) for key, words in found.items()}


def cell_boxes(cell: Cell, value: str, is_text: bool, confidence: float) -> list[dict[str, object]]:
    """The cell's rows for the published table ``cells``, one for each box.

    Each box of a text has its own words; a coded value stands in every box.
    """
    rows = []
    for part, group in groupby(cell.words, key=attrgetter("part")):
        words = list(group)
        rows.append(
            {
                "table": cell.key[0],
                "row_id": cell.key[1],
                "column": cell.key[2],
                "part": part,
                "page_no": words[0].page_no,
                **_box(words),
                "printed": join(word.text for word in words),
                "value": join(word.value for word in words) if is_text else value,
                "confidence": confidence,
                "readings": _readings(words),
                "doubtful": "; ".join(str(i) for i, word in enumerate(words, 1) if word.doubtful),
            }
        )
    return rows


def _box(words: Sequence[CellWord]) -> dict[str, float]:
    """The box around all words; in a dump the numbers of the first and last line, and no sides."""
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    if left == right:
        left = right = nan
    return {
        "x0": left,
        "top": min(w.top for w in words),
        "x1": right,
        "bottom": max(w.bottom for w in words),
    }


def _readings(words: Sequence[CellWord]) -> str:
    """What each witness read in the box, as a JSON object; an ellipsis for words it did not look
    at.
    """
    witnesses = dict.fromkeys(name for word in words for name in word.by_witness)
    return json.dumps(
        {name: join(word.by_witness.get(name, "…") for word in words) for name in witnesses},
        ensure_ascii=False,
    )
