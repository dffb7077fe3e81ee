"""Letters as row numbers (``a)``, ``b)``, ``A``, ``B``), without those that many documents leave
out.
"""

from __future__ import annotations

LETTERS = "abcdđefghijklmnopqrstuvxy"
_OFTEN_LEFT_OUT = frozenset("đfj")  # a, b, c, d, e as well as a, b, c, d, đ, e
_LIKE_LETTERS = {"đ": "d", "d": "đ", "e": "c", "c": "e", "6": "b", "8": "b", "0": "o", "ơ": "o"}
_AROUND = " .-–:,;()[]"
_LOOKALIKE, _OTHER, _DIGITS = 0.6, 3.0, 6.0


def letter(value: int) -> str:
    """The letter that counts as this, from 1 on; none where there are not so many."""
    return LETTERS[value - 1] if 0 < value <= len(LETTERS) else ""


def letter_value(reading: str) -> int | None:
    """What a reading of a lone letter counts as, in small letters or capitals, else None."""
    plain = reading.strip(_AROUND).casefold()
    return LETTERS.index(plain) + 1 if len(plain) == 1 and plain in LETTERS else None


def letters_between(before: int, value: int) -> int:
    """How many letters are missing between two; those that are often left out are not."""
    passed = LETTERS[before : value - 1]
    return sum(one not in _OFTEN_LEFT_OUT for one in passed)


def next_letters(value: int) -> list[int]:
    """What can come next: the letter after this, and the first after it that is never left out."""
    found = [value + 1]
    while found[-1] <= len(LETTERS) and LETTERS[found[-1] - 1] in _OFTEN_LEFT_OUT:
        found.append(found[-1] + 1)
    return [one for one in found if one <= len(LETTERS)]


def letter_cost(reading: str, form: str) -> float:
    """What it costs that a row with this letter was read so: nothing where it says it."""
    plain, wanted = reading.strip(_AROUND), form.strip(_AROUND)
    if plain == wanted:
        return 0.0 if (")" in reading) == (")" in form) else _LOOKALIKE / 2
    if plain.casefold() == wanted.casefold():
        return _LOOKALIKE
    if _LIKE_LETTERS.get(plain.casefold()) == wanted.casefold():
        return 2 * _LOOKALIKE
    return _DIGITS if any(sign.isdigit() for sign in plain) else _OTHER
