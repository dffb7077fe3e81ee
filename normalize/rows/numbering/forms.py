"""What OCR makes of a row number.

Readings are brought to plain digits; a cost says how likely a reading stands for a number.
"""

import re
from functools import cache, lru_cache
from itertools import accumulate, combinations, pairwise

from rapidfuzz.distance import Levenshtein

from normalize.rows.numbering.letters import letter_cost
from normalize.text.roman import roman

LOST = 2.0  # the number cell was read as nothing
NONSENSE = 2.6  # at most this for a reading without any digit, nor a letter that looks like one
LETTERS = 3.4  # at most this for a reading of letters that look like digits
CONTRADICTION = 6.0  # at most this for any reading
LOOKALIKE = 0.3  # a letter or mark that is read for a digit or a dot
DOT, BRACKET, JUNK, DIGIT = 0.5, 0.7, 0.7, 5.0
ALIKE = 4.0  # for two digits that are often taken for each other
LOST_DIGIT = 3.0

_DIGITS = str.maketrans(
    dict.fromkeys("lIi|!ịỉíìĩÌÍỊỈĨ[]", "1")
    | {
        "O": "0",
        "o": "0",
        "ó": "0",
        "Z": "2",
        "z": "2",
        "S": "5",
        "s": "5",
        "B": "8",
        "g": "9",
        "q": "9",
        "b": "6",
        "T": "7",
        "?": "7",
        "A": "4",
    }
)
_DOTS = re.compile(r"[\s,;:·•_\-–—'`]+")
_ALIKE = {frozenset(pair) for pair in ("17", "38", "56", "08", "68", "06", "35", "49", "27", "14")}
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_MOST_PARTS = 4  # of a dotted number
_PARTING = " .,:;-–"  # what may stand between a group's number and a row's
_CLOSED = re.compile(r"\d+\)")  # 1): where 1. stands beside it, the bracket tells the level
_WITH_GROUP = re.compile(r"[A-ZĐ]+\.\d+")  # II.3
_ROMAN_LETTERS = str.maketrans(
    {
        "l": "I",
        "1": "I",
        "|": "I",
        "!": "I",
        "i": "I",
        "í": "I",
        "ì": "I",
        "ỉ": "I",
        **dict.fromkeys("ĩịÌÍỈĨỊ", "I"),
        "n": "II",
        "N": "II",
        "H": "II",
    }
    | {
        "U": "II",
        "E": "II",
        "m": "III",
        "M": "III",
        "r": "I",
        "v": "V",
        "y": "V",
        "Y": "V",
        "x": "X",
        "T": "I",
        "J": "I",
    }
)


_VALUES = {roman(value): value for value in range(1, 40)}


def plain_digits(reading: str) -> str:
    """A reading with look-alike letters as digits and separators as dots, without a dot at either
    end.
    """
    text = _DOTS.sub(".", reading.strip()).translate(_DIGITS)
    return re.sub(r"\.{2,}", ".", text).strip(".")


def plain_roman(reading: str) -> str:
    """A reading with look-alike letters as Roman numerals, and everything else left out."""
    return re.sub(r"[^IVX]", "", reading.strip(" .-–,:").translate(_ROMAN_LETTERS))


def roman_value(reading: str) -> int | None:
    """The value of a reading that can be taken for a Roman numeral, else None."""
    return _VALUES.get(plain_roman(reading))


def _splits(digits: str) -> list[tuple[int, ...]]:
    """All ways to part a run of digits in up to three numbers without leading zeros."""
    found = []
    for count in range(min(3, len(digits))):
        for cuts in combinations(range(1, len(digits)), count):
            edges = (0, *cuts, len(digits))
            parts = [digits[i:j] for i, j in pairwise(edges)]
            if all(part[0] != "0" and len(part) <= 3 for part in parts):
                found.append(tuple(int(part) for part in parts))
    return found


@lru_cache(maxsize=4096)
def possible_parts(reading: str) -> tuple[tuple[int, ...], ...]:
    """The numbers that a reading may stand for, as their parts.

    ``1.1.2`` is (1, 1, 2), and ``112`` also (1, 12), (112,).
    """
    digits = re.sub(r"[^0-9.]", "", plain_digits(reading)).strip(".")
    if not digits or len(digits) > 9:
        return ()
    dotted = tuple(int(part) for part in digits.split(".") if part)
    found = [dotted] if 0 not in dotted and len(dotted) <= _MOST_PARTS else []
    return tuple(dict.fromkeys(found + _splits(digits.replace(".", ""))))


@cache
def _change(a: str, b: str) -> float:
    if a == b:
        return 0.0
    return ALIKE if frozenset((a, b)) in _ALIKE else DIGIT


@cache
def _loss(char: str) -> float:
    if char == ".":
        return DOT
    if char in "()":
        return BRACKET
    return LOST_DIGIT if char.isdigit() else JUNK


def _edits(reading: str, form: str) -> float:
    """The least cost of edits that turn the plain reading into the form."""
    losses = [_loss(char) for char in form]
    row = list(accumulate(losses, initial=0.0))
    for read in reading:
        last, gained = row, _loss(read)
        left = last[0] + gained
        row = [left]
        for char, loss, above, before in zip(form, losses, last[1:], last, strict=False):
            left = min(
                above + gained,
                left + loss,
                before if read == char else before + _change(read, char),
            )
            row.append(left)
    return row[-1]


def _roman_cost(reading: str, form: str) -> float:
    plain = plain_roman(reading)
    if plain == form:
        return 0.0 if reading.strip(" .-–") == form else LOOKALIKE
    return 1.0 + 1.5 * Levenshtein.distance(plain, form)


def _cost_as_whole(text: str, form: str) -> float:
    """The cost for a dash, which is read or not, and for a number with its group's in front
    (`II.3`), which was misread as the group's and its own are (`H3`, `II,3`).

    Figures alone are a number that has no group's in front.
    """
    if as_read(text, form):
        return 0.0
    if form == "-" or not any(map(str.isalpha, text)):
        return CONTRADICTION
    group, _, own = form.rpartition(".")
    parts = [(text[:i].rstrip(_PARTING), text[i:].lstrip(_PARTING)) for i in range(1, len(text))]
    costs = [reading_cost(a, group) + reading_cost(b, own) for a, b in parts if a and b]
    return min([CONTRADICTION, *(cost + DOT for cost in costs)])


@lru_cache(maxsize=65536)
def reading_cost(reading: str, form: str) -> float:
    """What it costs that a row numbered ``form`` was read as ``reading``.

    0 where they are the same, more the less likely that is.
    """
    text = reading.strip()
    if not text or not form:
        return LOST if text != form else 0.0
    if form == "-" or _WITH_GROUP.fullmatch(form):
        return _cost_as_whole(text, form)
    if form[0].isalpha() and form not in _VALUES:
        return letter_cost(text, form)
    if form[0] in "IVX":
        return min(_roman_cost(text, form), NONSENSE if not possible_parts(text) else CONTRADICTION)
    plain = plain_digits(text)
    if len(form) == 2 and form[0] == "0" and form != text.strip(" .-–:)"):
        return CONTRADICTION  # 01 is a way to print 1, and 1 is the form for whatever else was read
    cost = _edits(plain, form) + (
        0.0 if plain == text.strip(" .-–)") or plain == text.strip(" .-–") else LOOKALIKE
    )
    return min(
        cost,
        CONTRADICTION
        if re.search(r"\d", text)
        else LETTERS
        if re.search(r"\d", plain)
        else NONSENSE,
    )


def as_read(reading: str, form: str) -> bool:
    """Whether a reading says this number as it is, but for spaces and a closing dot, dash,
    stroke or bracket (`1)`).
    """
    plain = re.sub(r"\s+", "", reading)
    if form == "-":
        return bool(plain) and not any(sign.isalnum() for sign in plain)
    if _CLOSED.fullmatch(form):
        return plain.rstrip(".-–:/") == form
    closing = ".-–:/" if "(" in plain else ".-–:/)"
    return plain.rstrip(closing) == form or (
        form[-1:] == ")" and plain.strip("().-–:") == form[:-1] and form[0] != "("
    )
