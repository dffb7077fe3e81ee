"""Roman numerals that witnesses read with different strokes.

Strokes that stand close run together: ``III`` is read as ``HI``, ``II`` as ``I``. Two things tell
what is printed: strokes that became another letter are still as many (an ``H`` is two), and a
stroke more or less is a third of the type size wider or narrower.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from normalize.text.widths import width
from schemas.witnesses import DUMP, EXACT

_NUMERAL = re.compile(r"([^\w\s]*)([IVX]{1,5})((?:/\d{4})?[^\w\s]*)")
_STROKES = str.maketrans(
    {"H": "II", **dict.fromkeys("ỊÌÍÏl1i", "I"), "v": "V", "x": "X"}  # letters without their size
)
_RUN = re.compile(r"([^\w\s]*)([IVXHỊÌÍÏivxl1]*[IVXHỊÌÍÏ][IVXHỊÌÍÏivxl1]*)((?:/\d{4})?[^\w\s]*)")
_FITS = 0.45  # of a stroke: right readings differ by less, wrong ones by more than half
_LEAST = 1000.0  # of the type size's thousandths: what the words that tell the scale must have
_SURE = 0.9  # the least confidence of such a word
_STROKE = width("I")

Reading = tuple[str, str, float]  # witness, text, confidence


class PrintedWord(NamedTuple):
    """A word with its readings, and how wide it is in points."""

    readings: list[Reading]
    wide: float


def with_one_numeral(words: Sequence[PrintedWord]) -> list[list[Reading]]:
    """The readings of a cell's words, where those of a Roman numeral say what is printed.

    Readings whose strokes ran together say the numeral that another witness read; of different
    numerals the one that is as wide as the print is taken, if it is one alone.
    """
    if not any(len(word.readings) > 1 and _numerals(word.readings) for word in words):
        return [word.readings for word in words]
    scale = _scale(words)
    found = []
    for word in words:
        readings = _parted(word.readings)
        found.append(_as_wide(readings, word.wide, scale) if scale else readings)
    return found


def numeral_readings(printed: pd.DataFrame) -> list[str]:
    """The column ``readings`` of a Printed table, each cell's numerals made one (json)."""
    column = printed["readings"].tolist()
    keys = zip(*(printed[name].tolist() for name in ("table", "row_id", "column")), strict=True)
    wide = (printed["x1"] - printed["x0"]).tolist()
    for _, group in groupby(enumerate(keys), key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        words = [PrintedWord(_loaded(column[place]), wide[place]) for place in places]
        for place, word, readings in zip(places, words, with_one_numeral(words), strict=True):
            if readings is not word.readings:
                column[place] = json.dumps(readings, ensure_ascii=False)
    return column


def _loaded(readings: object) -> list[Reading]:
    return [(str(w), str(t), float(c)) for w, t, c in json.loads(str(readings or "[]"))]


def _numerals(readings: Sequence[Reading]) -> list[str]:
    """The different numerals that witnesses read, without what stands around them."""
    found = (_NUMERAL.fullmatch(text) for _, text, _ in readings)
    return list(dict.fromkeys(match[2] for match in found if match is not None))


def _parted(readings: list[Reading]) -> list[Reading]:
    """The readings with the strokes of a numeral apart, where another witness read that numeral.

    One stroke alone (``Ï``) says nothing: a ``1`` is read so too.
    """
    known = _numerals(readings)
    if not known or len(readings) == 1:
        return readings
    found = [(name, _apart(text, known), sure) for name, text, sure in readings]
    return readings if found == readings else found


def _apart(text: str, known: Sequence[str]) -> str:
    match = _RUN.fullmatch(text)
    if match is None or text.strip(".,;:()").isdigit():
        return text
    numeral = match[2].translate(_STROKES)
    return match[1] + numeral + match[3] if numeral in known and len(numeral) > 1 else text


def _scale(words: Sequence[PrintedWord]) -> float:
    """The points of a thousandth of the type size, by the words that are surely no numeral; 0 where
    they are too few, or where no scan was read.
    """
    plain = [
        (text, word.wide)
        for word in words
        for name, text, sure in word.readings[:1]
        if sure >= _SURE and len(text) > 1 and " " not in text and not _NUMERAL.fullmatch(text)
    ]
    witnesses = {name for word in words for name, _, _ in word.readings}
    whole = sum(width(text) for text, _ in plain)
    if witnesses & {*EXACT, DUMP} or whole < _LEAST:
        return 0.0
    return sum(wide for _, wide in plain) / whole


def _as_wide(readings: list[Reading], wide: float, scale: float) -> list[Reading]:
    """The readings where a numeral that the print has no room for, or too much, is the one that it
    has room for.
    """
    if len(_numerals(readings)) < 2:
        return readings
    fitting = {text for text in _texts(readings) if abs(_off(text, wide, scale)) <= _FITS}
    right = _numerals([("", text, 0.0) for text in fitting])
    if len(right) != 1:
        return readings
    return [(name, _NUMERAL.sub(rf"\g<1>{right[0]}\g<3>", text, count=1), sure)
            if _NUMERAL.fullmatch(text) else (name, text, sure)
            for name, text, sure in readings]  # fmt: skip


def _texts(readings: Sequence[Reading]) -> Iterator[str]:
    return (text for _, text, _ in readings if _NUMERAL.fullmatch(text) is not None)


def _off(text: str, wide: float, scale: float) -> float:
    """By how many strokes the print is wider than a text."""
    return (wide - width(text) * scale) / (_STROKE * scale)
