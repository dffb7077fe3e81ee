"""Roman numerals that witnesses read with different strokes.

Strokes that stand close run together: ``III`` is read as ``HI``, ``II`` as ``I``. Two things tell
what is printed: strokes that became another letter are still as many (an ``H`` is two), and a
stroke more or less is a third of the type size wider or narrower.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from normalize.text.widths import width
from schemas.witnesses import DUMP, EXACT, INK, engine_of

_NUMERAL = re.compile(r"([^\w\s]*)([IVX]{1,5})((?:/\d{4})?[^\w\s]*)")
_RIGHT = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_STROKES = str.maketrans(
    {"H": "II", **dict.fromkeys("ỊÌÍÏl1i", "I"), "v": "V", "x": "X"}  # letters without their size
)
_RUN = re.compile(r"([^\w\s]*)([IVXHỊÌÍÏivxl1]*[IVXHỊÌÍÏ][IVXHỊÌÍÏivxl1]*)((?:/\d{4})?[^\w\s]*)")
_FITS = 0.45  # of a stroke: right readings differ by less, wrong ones by more than half
_LEAST = 1000.0  # of the type size's thousandths: what the words that tell the scale must have
_SURE = 0.9  # the least confidence of such a word
_NOISE = 0.05  # the most confidence of a reading that its own witness takes for nothing
_BELIEVED = 0.5  # the least confidence of a reading that bears others out
_STROKE = width("I")

Reading = tuple[str, str, float]  # witness, text, confidence


class PrintedWord(NamedTuple):
    """A word with its readings, and how wide it is in points."""

    readings: list[Reading]
    wide: float


def with_one_numeral(words: Sequence[PrintedWord]) -> list[list[Reading]]:
    """The readings of a cell's words, where those of a Roman numeral say what is printed.

    Readings whose strokes ran together say the numeral that another witness read; of numerals that
    differ in the number of ``I`` alone the one that is as wide as the print is taken, if it is one
    alone. Where most witnesses read another one, the readings' confidence is 0 (``is_outvoted``).
    """
    if not any(len(word.readings) > 1 and _numerals(word.readings) for word in words):
        return [word.readings for word in words]
    scale = _scale(words)
    found = []
    for word in words:
        readings = _parted(word.readings)
        found.append(_borne_out(_as_wide(readings, word.wide, scale) if scale else readings))
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


def _borne_out(readings: list[Reading]) -> list[Reading]:
    """The readings of a numeral, where two engines that read it alike, one of them surely, stand
    against readings of which their own witness believes nothing: these then say the same
    (``I⁄2027`` at 0.01 beside ``II/2027`` of two).
    """
    told = [reading for reading in readings if reading[2] > _NOISE]
    texts, engines = {text for _, text, _ in told}, {engine_of(name) for name, _, _ in told}
    is_numeral = len(texts) == 1 and _NUMERAL.fullmatch(told[0][1]) is not None
    if len(told) == len(readings) or len(engines) < 2 or not is_numeral:
        return readings
    if max(sure for _, _, sure in told) < _BELIEVED:
        return readings
    return [
        (name, told[0][1] if text and name != INK else text, sure) for name, text, sure in readings
    ]


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
    """The readings where of numerals that differ in their strokes alone the one is taken that the
    print has room for; none is where it has as much room for one that nobody read.
    """
    read = _numerals(readings)
    alike = _with_other_strokes(read)
    texts = [text for _, text, _ in readings if _NUMERAL.fullmatch(text) is not None]
    right = set(_numerals([("", text, 0.0) for text in texts if _fits(text, wide, scale)]))
    unread = [_with(text, numeral) for text in texts for numeral in alike if numeral not in read]
    if not right <= set(alike) or len(right) != 1 or any(_fits(t, wide, scale) for t in unread):
        return readings
    numeral = right.pop()
    told = [(name, _with(text, numeral), sure) for name, text, sure in readings]
    for_it = sum(text == _with(text, numeral) for text in texts)
    return told if 2 * for_it >= len(texts) else [(name, text, 0.0) for name, text, _ in told]


def _with_other_strokes(read: Sequence[str]) -> list[str]:
    """The numerals that differ from those read in how many ``I`` stand at one place, the place at
    which those differ: of ``VI`` and ``VII`` also ``V`` and ``VIII``. None where those differ in
    another letter or at two places, as ``II`` and ``IV`` or ``IV`` and ``VI``.
    """
    parts = [re.split("([VX])", numeral) for numeral in read]
    if len({len(one) for one in parts}) != 1:
        return []
    differing = [at for at, found in enumerate(zip(*parts, strict=True)) if len(set(found)) > 1]
    if len(differing) != 1 or differing[0] % 2:  # the letters between the strokes are odd ones
        return []
    before, after = "".join(parts[0][: differing[0]]), "".join(parts[0][differing[0] + 1 :])
    found = [before + "I" * count + after for count in range(4)]
    return [numeral for numeral in found if numeral and _RIGHT.fullmatch(numeral)]


def _with(text: str, numeral: str) -> str:
    """A numeral's reading with another numeral; any other text as it is."""
    found = _NUMERAL.fullmatch(text)
    return text if found is None else found[1] + numeral + found[3]


def _fits(text: str, wide: float, scale: float) -> bool:
    """Whether the print is as wide as a text, but for less than half a stroke."""
    return abs(wide - width(text) * scale) <= _FITS * _STROKE * scale


def is_outvoted(confidences: Sequence[float]) -> bool:
    """Whether a numeral is what the print has room for against most witnesses, by the confidences
    of its readings: then nobody is believed, and it is in doubt.
    """
    return len(confidences) > 1 and not any(confidences)
