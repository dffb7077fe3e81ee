"""Roman numerals that are wider or narrower in print than what was read.

Strokes that stand close run together in a scan, and all witnesses then read ``Quý I/2027`` where
``Quý II/2027`` is printed. The word's width tells it: a stroke more is a third of the type size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from normalize.tables.cells import Cell, CellWord
from normalize.text.widths import width
from schemas.witnesses import DUMP, EXACT

_NUMERAL = re.compile(r"[IVX]{1,4}(?:\s?/\s?\d{4})?[,;.]?")
_STROKE = width("I")
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


def _printed(words: Iterable[CellWord]) -> float:
    return sum(width(word.value) for word in words)


def _strokes_off(word: CellWord, scale: float) -> float:
    """By how many strokes a word is wider than its reading is in print."""
    return (word.x1 - word.x0 - width(word.value) * scale) / (_STROKE * scale)
