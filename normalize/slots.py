"""Word slots: what each witness read at one place of a cell, split into the word and the signs around it."""

import dataclasses
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from normalize.candidates import shape
from normalize.lexicon import is_syllable, nfc

_WORD = re.compile(r"^([^\w]*)(.*?)([^\w%]*)$", re.DOTALL)
_SPECK = re.compile(r"[^\w\s.,;:!?()\"“”'‘’…\-–%/+*&<>=≥≤\[\]]|_")
_ROMAN = re.compile(r"^[IVXLC]+$")


@dataclasses.dataclass(frozen=True)
class Reading:
    """What one witness read at a slot; ``core`` is the word without the signs ``before`` and ``after`` it."""

    witness: str
    before: str
    core: str
    after: str
    confidence: float


@dataclasses.dataclass(frozen=True)
class Slot:
    """One printed word of a cell with its readings, the best single reading first."""

    index: int
    text: str
    readings: tuple[Reading, ...]
    before: str
    core: str
    after: str
    frozen: bool


def clean_signs(signs: str) -> str:
    """The signs that are printed in such documents; specks read as signs are dropped."""
    return _SPECK.sub("", signs)


def split_signs(text: str) -> tuple[str, str, str]:
    """Leading signs, the word, trailing signs; a text of signs alone has no word."""
    found = _WORD.match(text)
    if found is None or not any(c.isalnum() for c in text):
        return text, "", ""
    return found[1], found[2], found[3]


def parse_readings(text: str, readings: str) -> tuple[Reading, ...]:
    """The readings of a ``printed`` row, the best single one first."""
    found = [Reading(str(w), *split_signs(nfc(str(t))), float(c)) for w, t, c in json.loads(readings or "[]")]
    if not found:
        found = [Reading("text", *split_signs(nfc(text)), 1.0)]
    best = split_signs(nfc(text))
    return tuple(sorted(found, key=lambda r: (r.before, r.core, r.after) != best))


def voted(choices: Iterable[tuple[str, float]]) -> str:
    """The choice with most weight; the first of equals."""
    weights: dict[str, float] = defaultdict(float)
    for choice, weight in choices:
        weights[choice] += weight
    return max(weights, key=lambda c: weights[c]) if weights else ""


def is_frozen(core: str, among_capitals: bool) -> bool:
    """Whether context must not decide a word: numbers, codes, Roman numerals, abbreviations."""
    letters, digits = sum(c.isalpha() for c in core), sum(c.isdigit() for c in core)
    if digits:
        return letters < 2 or letters <= digits or sum(c.isupper() for c in core) > 1
    if _ROMAN.match(core) or any(c in "/." for c in core):
        return True
    return shape(core) == "upper" and core.isupper() and not among_capitals and not is_syllable(core.lower())


def slot_of(index: int, text: str, readings: Sequence[Reading], weights: dict[str, float], among_capitals: bool) -> Slot:
    """A slot whose signs are voted by the witnesses and whose word is still open."""
    before = voted((clean_signs(r.before), weights.get(r.witness, 1.0)) for r in readings)
    after = voted((clean_signs(r.after), weights.get(r.witness, 1.0)) for r in readings)
    core = next((r.core for r in readings if r.core), "")
    return Slot(index, text, tuple(readings), before, core, after, is_frozen(core, among_capitals))


def cell_slots(rows: pd.DataFrame, weights: dict[str, float]) -> list[Slot]:
    """The slots of one cell's ``printed`` rows, in order."""
    texts = [nfc(str(t)) for t in rows["text"]]
    read = [parse_readings(t, r) for t, r in zip(texts, rows["readings"], strict=True)]
    capital = [shape(split_signs(t)[1]) == "upper" for t in texts]
    near = [any(capital[max(0, i - 1) : i] + capital[i + 1 : i + 2]) for i in range(len(texts))]
    return [slot_of(i, t, r, weights, n) for i, (t, r, n) in enumerate(zip(texts, read, near, strict=True))]
