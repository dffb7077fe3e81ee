"""Numbers of rows that the engine which errs otherwise reads as other numbers."""

from __future__ import annotations

import json
import re

from normalize.tables.cells import Cell
from schemas.witnesses import LINE, engine_of

_FIGURE = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}")
_SURE = 0.9  # of 1: how sure the line recogniser must be of each word


def is_read_otherwise(cell: Cell, *numbers: str) -> bool:
    """Whether the line recogniser surely reads another number in a row's number cell.

    ``numbers``: what the row's number is published as, and its key. A lost dot or the groups of a
    key make no other number: `12.3` is `1.2.3`, and `3` is `II.3`.
    """
    words = [
        (text, sure)
        for word in cell.words
        for witness, text, sure in json.loads(word.readings)
        if engine_of(witness) == LINE
    ]
    read = "".join(text for text, _ in words).strip(" .()-–")
    own = [digits for number in numbers if (digits := _digits(number))]
    if not own or _FIGURE.fullmatch(read) is None or min(sure for _, sure in words) < _SURE:
        return False
    return not any(digits.endswith(_digits(read)) for digits in own)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
