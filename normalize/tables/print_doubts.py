"""What the print of a coded cell says against its reading: numerals that are wider or narrower,
spaces beside a dash.

Strokes that stand close run together in a scan, and all witnesses then read ``Quý I/2027`` where
``Quý II/2027`` is printed; or they read ``3-4`` where ``3 - 4`` is printed. The word's width tells
it: a stroke more is a third of the type size, two spaces are half of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from normalize.tables.cells import Cell, CellWord
from normalize.text.numerals import PrintedWord, is_outvoted, with_one_numeral
from normalize.text.widths import width
from schemas.witnesses import DUMP, EXACT, engine_of

_NUMERAL = re.compile(r"[IVX]{1,4}(?:\s?/\s?\d{4})?[,;.]?")
_STROKE = width("I")
_RANGE = re.compile(r"[≥≤<>]?\d[\d.,]*[-–]\d[\d.,]*%?")
_SPACED_DASH = re.compile(r"\d\s+[-–]|[-–]\s+\d")
_CLOSED_DASH, _OPEN_DASH = re.compile(r"\d[-–]\d"), re.compile(r"(?:^|\s)[-–]\s*\d|\d\s+[-–]")
_FIGURE_HEIGHT = 676.0  # of the type size's thousandths; a comma's tail hangs below it
_TAIL = 140.0
_ROOM = 220.0  # beside a dash: without spaces less than 50 was measured, with them about 400
# beside a sign and its figures: without a space -50 to -130 for the letters' own room, with one 110
# to 200
_SIGN_ROOM = 30.0
_SPACED_SIGN = re.compile(r"[<>≥≤] \d[\d.,]*%?")
# before a figure: what engines make of a sign that is worn
_MARK_BEFORE = re.compile(r"[<>≥≤~=«»‹›“”\"'‘’:;–—\-_*^]+\s?\d")
_ODD = 0.75  # of a stroke: right readings differ by less than half of one, wrong ones by more
_LEAST = 1000.0  # of the type size's thousandths: what the words that tell the scale must have


def has_odd_numeral(cell: Cell) -> bool:
    """Whether a numeral of a scanned cell is a stroke wider or narrower than what was read, by
    the scale of the cell's other words.
    """
    if {*EXACT, DUMP} & set(cell.witnesses):
        return False
    words = [word for word in cell.words if word.value]
    numerals = [word for word in words if _NUMERAL.fullmatch(word.value)]
    others = [word for word in words if word not in numerals and len(word.value) > 1]
    if not numerals or _printed(others) < _LEAST:
        return False
    scale = sum(word.x1 - word.x0 for word in others) / _printed(others)
    return any(abs(_strokes_off(word, scale)) > _ODD for word in numerals)


def with_printed_numerals(cell: Cell) -> Cell:
    """A cell whose witnesses read the same numeral where the print tells which one is right.

    ``has_outvoted_numeral`` tells where most of them read another one.
    """
    words = [
        PrintedWord(json.loads(word.readings or "[]"), word.x1 - word.x0) for word in cell.words
    ]
    told = with_one_numeral(words)
    if all(new is word.readings for word, new in zip(words, told, strict=True)):
        return cell
    return Cell(
        cell.key,
        tuple(
            replace(word, readings=json.dumps(readings, ensure_ascii=False))
            for word, readings in zip(cell.words, told, strict=True)
        ),
    )


def has_outvoted_numeral(told: Cell, cell: Cell) -> bool:
    """Whether the print told a numeral of a ``cell`` against what most witnesses read there."""
    return any(
        is_outvoted([sure for _, _, sure in json.loads(new.readings)])
        for new, old in zip(told.words, cell.words, strict=True)
        if new.readings != old.readings
    )


def may_have_spaces(cell: Cell, value: str) -> bool:
    """Whether figures of a scanned cell may have spaces beside a dash that their reading lacks, or
    the other way round: witnesses differ, or there is room for them by the scale of the figures'
    height.
    """
    if _SPACED_DASH.search(value) is not None and _are_seen_apart(cell):
        return False
    line = " ".join(word.text for word in cell.words)
    texts = [value, line, *(text for word in cell.words for text in word.by_witness.values())]
    closed, spaced = (any(map(form.search, texts)) for form in (_CLOSED_DASH, _SPACED_DASH))
    return closed and (spaced or any(map(_has_room, cell.words)))


def may_have_sign(cell: Cell, value: str) -> bool:
    """Whether before a figure that has none a scanned cell may have a sign (``>``): a witness read
    a mark there such as a worn sign leaves (``~18``, ``--75``).
    """
    if not value[:1].isdigit() or {*EXACT, DUMP} & set(cell.witnesses):
        return False
    return any(_MARK_BEFORE.match(text) is not None for text in cell.readings().values())


def with_space_behind_sign(cell: Cell, value: str) -> str:
    """A figure with the space behind its sign that the leading witness read and others did not,
    where the print has room for it by the scale of the figures' height.

    `< 1` read `<1` by two of an engine that drops spaces in narrow cells is `< 1`.
    """
    if len(cell.words) != 1 or {*EXACT, DUMP} & set(cell.witnesses):
        return value
    word = cell.words[0]
    is_spaced = _SPACED_SIGN.fullmatch(word.text) is not None
    if not is_spaced or word.text.replace(" ", "") != value:
        return value
    scale = (word.bottom - word.top) / (_FIGURE_HEIGHT + _TAIL * ("," in value))
    return word.text if word.x1 - word.x0 - width(value) * scale > _SIGN_ROOM * scale else value


def _are_seen_apart(cell: Cell) -> bool:
    """Whether two engines saw spaces beside a dash: none was seen to put them there."""
    seen = {engine_of(name) for name, text in cell.readings().items() if _SPACED_DASH.search(text)}
    return len(seen) > 1


def _has_room(word: CellWord) -> bool:
    if _RANGE.fullmatch(word.text) is None or {*EXACT, DUMP} & set(word.by_witness):
        return False
    height = _FIGURE_HEIGHT + _TAIL * ("," in word.text)
    scale = (word.bottom - word.top) / height
    return word.x1 - word.x0 - width(word.text) * scale > _ROOM * scale


def _printed(words: Iterable[CellWord]) -> float:
    return sum(width(word.value) for word in words)


def _strokes_off(word: CellWord, scale: float) -> float:
    """By how many strokes a word is wider than its reading is in print."""
    return (word.x1 - word.x0 - width(word.value) * scale) / (_STROKE * scale)


def sees_spaces(word: CellWord) -> bool:
    """Whether the leading witness read a dash between numbers without spaces, and another one with
    them.

    The other may have looked at this word only.
    """
    return _CLOSED_DASH.search(word.text) is not None and any(
        _OPEN_DASH.search(text) for text in word.by_witness.values()
    )
