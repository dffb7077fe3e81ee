"""The signs around a word, apart from its letters."""

import functools
import re
import unicodedata

_WORD = re.compile(r"^([^\w]*)(.*?)([^\w%]*)$", re.DOTALL)
_SPECK = re.compile(r"[^\w\s.,;:!?()\"“”'‘’…\-–%/+*&<>=≥≤\[\]]|_")
# hiệu.quả, hiệu,.quả, 4.(khóa
_GLUED = re.compile(
    r"(?:(?<=[^\W\d_][.,;:])|(?<=[^\W\d_A-Z]{2}[.,;:]{2}))(?=[^\W\d_])|(?<=[\w.,;:])(?=\((?=\w))"
)
_STOPS = re.compile(r"([.,;:])[.,;:]+")
# a raised figure, the mark of a footnote, as engines read it between a word and its stop; a quote
# there closes one, and a star is printed as such
_RAISED = re.compile(r"^[!?]+(?=[.,;:]$)")


def clean_before(signs: str) -> str:
    """The printed signs before a word; specks, stops and signs apart from the word are dropped."""
    return _SPECK.sub("", signs.rsplit(" ", maxsplit=1)[-1]).lstrip(".,;:!?'‘’") if signs else ""


def clean_after(signs: str) -> str:
    """The printed signs after a word; specks, signs apart from it and a second stop are dropped.

    So is a footnote's mark that was read as a sign: `tuổi!,` is `tuổi,`.
    """
    signs = _SPECK.sub("", signs.split(" ", maxsplit=1)[0]) if signs else ""
    signs = _RAISED.sub("", signs)
    return signs if "..." in signs else _STOPS.sub(r"\1", signs)


def without_glyphs(text: str) -> str:
    """The text without the glyphs of symbol typefaces, which have no meaning of their own."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Co")


def split_signs(text: str) -> tuple[str, str, str]:
    """Leading signs, the word, trailing signs; a text of signs alone has no word."""
    found = _WORD.match(text)
    if found is None or not any(c.isalnum() for c in text):
        return text, "", ""
    return found[1], found[2], found[3]


@functools.lru_cache(maxsize=100_000)
def split_pieces(text: str) -> tuple[str, ...]:
    """The words of a reading that holds several, each with its signs.

    Signs by themselves join the word before them.
    """
    pieces: list[str] = []
    for part in (piece for token in text.split() for piece in _GLUED.split(token)):
        if pieces and (
            not any(c.isalnum() for c in part) or not any(c.isalnum() for c in pieces[-1])
        ):
            pieces[-1] += " " + part
        else:
            pieces.append(part)
    return tuple(pieces) or (text,)
