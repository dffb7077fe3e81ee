"""The letters of Vietnamese: tones, marks, and words without them."""

import functools
import unicodedata

# level, acute, grave, hook, tilde, dot
TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_TONE_SET = frozenset(TONES[1:])
_MARKS = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn


@functools.lru_cache(maxsize=200_000)
def shape(text: str) -> str:
    """The case of a word: ``upper``, ``title`` or ``lower``."""
    letters = [c for c in text if c.isalpha()]
    upper = sum(c != c.lower() for c in letters)
    if len(letters) > 1 and upper * 2 >= len(letters) and upper > 1:
        return "upper"
    return "title" if letters and letters[0] != letters[0].lower() else "lower"


def in_shape(word: str, like: str) -> str:
    """``word`` in the case of another word."""
    form = shape(like)
    if form == "upper":
        return word.upper()
    return word[:1].upper() + word[1:] if form == "title" else word


def nfc(text: str) -> str:
    """``text`` in Unicode's composed form."""
    return unicodedata.normalize("NFC", text)


@functools.lru_cache(maxsize=100_000)
def bare(syllable: str) -> tuple[str, str]:
    """The lower-case syllable without its tone, and the tone as a combining mark or ``""``.

    Where two tones were read, as of ``bãì``, both: it is not ``bãi``.
    """
    parts = unicodedata.normalize("NFD", syllable.lower())
    tone = "".join(c for c in parts if c in _TONE_SET)
    return nfc("".join(c for c in parts if c not in _TONE_SET)), tone


@functools.lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """A search key: lower case, without tone and vowel marks, ``đ`` as ``d``."""
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in parts if c not in _TONE_SET and c not in _MARKS)


def has_marks_of(word: str, other: str) -> bool:
    """Whether a word has the letters of another one, all of its marks, and more: ``đồi`` of
    ``đôi``.
    """
    parts, fewer = (unicodedata.normalize("NFD", text.lower()) for text in (word, other))
    rest = iter(parts)
    return (
        len(parts) > len(fewer)
        and skeleton(word) == skeleton(other)
        and all(sign in rest for sign in fewer)
    )


@functools.lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """One key for the equivalent spellings of a word.

    The tone may stand on either vowel (hoá, hóa), and the end may be i or y (lí, lý).
    """
    letters, tone = bare(word)
    if len(letters) == 2 and letters[0] in "hklmst" and letters[1] == "y":
        letters = letters[0] + "i"
    return letters + tone
