"""What each column of a table can hold, as the cost of taking a run of tokens for it.

``TEXT`` is what a word of free text costs.

Long: the rules of each kind of column, which share the list of words and the costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import regex
from rapidfuzz.distance import Levenshtein

from normalize.bodies.heads import begins_name
from normalize.rows.dump.phrases import KNOWN, cues, find_phrases, letters_of
from normalize.rows.dump.tokens import BLANK_LINE, SAME_LINE, Token, squash
from normalize.values.deadlines import read_deadline

TEXT = 2.0
_FIGURE = regex.compile(r"^[<>≥≤=~]?\d{1,4}(?:[.,]\d{1,4})*(?:[-–]\d{1,4}(?:[.,]\d{1,4})*)?%?$")
_PART_OF_FIGURE = regex.compile(
    r"^(?:[<>≥≤=~]|[-–]|[<>≥≤=~]?\d{1,4}(?:[.,]\d{1,4})*|\d{1,4}-|-\d{1,4}|%)$"
)
_RATE = regex.compile(r"^\p{L}+(?:/[\p{L}\d.]+)+$")
_YEAR = regex.compile(r"^(?:19|20)\d\d$")
_SHORT = 3  # letters of a unit that may be written small: km, ha, m3
_SCALES = frozenset(("Nghìn", "Ngàn", "Triệu", "Tỷ", "Tỉ"))  # a unit follows: Nghìn m3
_LONGEST_HEAD = 5  # words of a body's head and the one behind it
# a deadline in figures: 2027, 6/2027, 31/12/2026, 2026 - 2030
_WHOLE_DATE = regex.compile(r"^(?:\d{1,2}[/-]){0,2}20\d\d(?:[-–]20\d\d)?$")
_LONGEST_DATE = 3  # tokens
_LONGEST_STAGES, _LONGEST_FIRST = 14, 5
_LONGEST_READ = 6
_ENDS_IN_YEAR = regex.compile(r"20\d\d$")
_DATE = regex.compile(r"^\W*(?:\d{1,2}/)?(?:\d{1,2}/)?(?:20\d\d|\d{1,2})\W*$")
_QUARTER = regex.compile(r"^[IVivl1n]{1,3}(?:[,;/]?|[/-]20\d\d)$")

_LINKS = frozenset(
    (
        "của",
        "và",
        "các",
        "với",
        "cho",
        "trong",
        "về",
        "theo",
        "tại",
        "ở",
        "là",
        "để",
        "từ",
        "đến",
        "những",
        "do",
        "bằng",
        "giữa",
        "của:",
        "-",
    )
)

_STRANGE = 2.6  # a word that no known deadline has

Item = tuple[int, float]  # where it ends, and its cost


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(letters_of(word) for phrase in cues(kind) for word in phrase.split()) - {""}


@lru_cache(maxsize=1 << 14)
def _is_word_of(kind: str, word: str) -> bool:
    return word in _words_of(kind) or (
        len(word) >= 5
        and any(
            Levenshtein.distance(word, known, score_cutoff=1) <= 1
            for known in _words_of(kind)
            if len(known) >= 5
        )
    )


def deadline_word(token: Token) -> float:
    """What it costs that a word stands in a deadline."""
    if _DATE.match(token.text) or not token.key or _QUARTER.match(token.text):
        return 0.5
    return 1.5 if _is_word_of("deadline", token.key) else _STRANGE


def find_dates(tokens: Sequence[Token], start: int) -> Iterator[Item]:
    """Deadlines in figures alone that begin at a token: ``6/2027``, ``2026 - 2030``.

    Behind a word of deadlines they are that one's (``Tháng 6/2027``).
    """
    before = tokens[start - 1] if start > 0 and tokens[start].gap < BLANK_LINE else None
    if before is not None and (
        begins_deadline(before.key) or (is_deadline_word(before) and not before.text[:1].isupper())
    ):
        return
    whole = ""
    for end in range(start + 1, min(start + _LONGEST_DATE, len(tokens)) + 1):
        whole += tokens[end - 1].text.rstrip(".,;") if end - start != 2 else tokens[end - 1].text
        if _WHOLE_DATE.match(whole):
            yield end, KNOWN + 0.15 * (end - start - 1)


def find_stages(tokens: Sequence[Token], start: int) -> Iterator[Item]:
    """Deadlines in stages that begin with a capital, as the grammar of deadlines knows them:
    ``Khởi công quý II/2027; hoàn thành năm 2029``; within a line of few words to the first stage.
    """
    is_within = tokens[start].gap == SAME_LINE
    first = tokens[start : start + _LONGEST_FIRST]
    is_long = is_within and not any(token.text.endswith(";") for token in first)
    if not tokens[start].text[:1].isupper() or is_long:
        return
    longest = min(len(tokens), start + _LONGEST_STAGES)
    for end in range(start + 2, longest + 1):
        if tokens[end - 1].gap == BLANK_LINE:
            return
        if _ENDS_IN_YEAR.search(tokens[end - 1].text) and not _goes_on_in_line(tokens, end):
            text = " ".join(token.text for token in tokens[start:end])
            if ";" in text and read_deadline(text).kind:
                yield end, 2 * KNOWN


def find_read(tokens: Sequence[Token], start: int) -> Iterator[Item]:
    """The longest deadline that begins with a capital word of deadlines and ends with a year, as
    the grammar of deadlines knows it: ``Trước 30/6/2026`` beside ``Cầu thông xe``.
    """
    if not (tokens[start].text[:1].isupper() and begins_deadline(tokens[start].key)):
        return
    found = None
    for end in range(start + 2, min(len(tokens), start + _LONGEST_READ) + 1):
        last = tokens[end - 1]
        if not is_deadline_word(last):
            break
        if _ENDS_IN_YEAR.search(last.text) and not _goes_on_in_line(tokens, end):
            text = " ".join(token.text for token in tokens[start:end])
            found = (end, text) if read_deadline(text).kind else found
    if found is not None:
        yield found[0], KNOWN * len(found[1].split())


def _goes_on_in_line(tokens: Sequence[Token], end: int) -> bool:
    """Whether what stands behind a date goes on in small letters or with a sign, and is no source
    of funding (``sígân sách``).
    """
    if end == len(tokens) or find_phrases("funding", tokens, end):
        return False
    return tokens[end].text[:1].islower() or not tokens[end].key


def ends_in_year(token: Token) -> bool:
    """Whether a date ends with a word: ``30/6/2026``, no ``2026;``."""
    return _ENDS_IN_YEAR.search(token.text) is not None


def is_deadline_word(token: Token) -> bool:
    """Whether a word stands in known deadlines, or is a date or a sign."""
    return deadline_word(token) < _STRANGE


@lru_cache(maxsize=1 << 14)
def begins_deadline(key: str) -> bool:
    """Whether a word is one of the first words of the known deadlines."""
    firsts = {letters_of(phrase.split()[0]) for phrase in cues("deadline")} - {""}
    return key in firsts or any(
        len(first) > 4 and Levenshtein.distance(key, first, score_cutoff=1) <= 1 for first in firsts
    )


def funding_word(token: Token) -> float:
    """What it costs that a word stands in a funding cell."""
    return 1.3 if not token.key or _is_word_of("funding", token.key) else 3.0


def is_figure(token: Token) -> bool:
    """Whether a token is a target or value in figures (``>90``, ``3-3,5``, ``20,000``); a year is
    none.
    """
    return _FIGURE.match(token.text) is not None and not _YEAR.match(token.text)


def find_figures(tokens: Sequence[Token], start: int) -> Iterator[Item]:
    """Figures that begin at a token, also such as were parted: ``3 - 3,5``, ``> 90``."""
    for end in range(start + 1, min(start + 4, len(tokens) + 1)):
        parts = tokens[start:end]
        if not all(_PART_OF_FIGURE.match(token.text) or is_figure(token) for token in parts):
            return
        whole = "".join(token.text for token in parts)
        if _FIGURE.match(whole) and not (
            len(parts) > 1 and all(is_figure(token) for token in parts)
        ):
            yield end, KNOWN + 0.15 * (len(parts) - 1) + (2.5 if _YEAR.match(whole) else 0.0)


def find_units(tokens: Sequence[Token], start: int) -> Iterator[Item]:
    """Units that begin at a token: signs of per cent, known units, unknown ones of up to four
    words.

    A unit begins with a capital or a sign; a short known one also with a small letter before a
    figure (``km`` before ``< 12``).
    """
    text = tokens[start].text
    if text.startswith("%"):
        yield start + 1, KNOWN
    if text.lower() in _short_units() and any(find_figures(tokens, start + 1)):
        yield start + 1, 2 * KNOWN
    if not (text[:1].isupper() or "/" in text):
        return
    if _RATE.match(text):
        yield start + 1, 4 * KNOWN
    if text in _SCALES and start + 1 < len(tokens) and not is_figure(tokens[start + 1]):
        yield start + 2, 4 * KNOWN
    for end, (cost, _) in find_phrases("unit", tokens, start).items():
        if not any("%" in token.text for token in tokens[start + 1 : end]):
            yield end, 2 * cost
    for end in range(start + 1, min(start + 4, len(tokens)) + 1):
        if not is_figure(tokens[end - 1]):
            yield end, 1.8 + (TEXT + 0.2) * (end - start)


@cache
def _short_units() -> frozenset[str]:
    """The known units of a few letters, in small letters."""
    return frozenset(
        unit.lower() for unit in cues("unit") if unit.isalnum() and len(unit) <= _SHORT
    )


def begins_target(tokens: Sequence[Token], start: int) -> bool:
    """Whether words that begin a target in words begin at a token."""
    both = squash(tokens[start : start + 2])
    return any(
        both.startswith(letters_of(phrase))
        if " " in phrase
        else tokens[start].key == letters_of(phrase)
        for phrase in cues("target")
    )


def ends_sentence(token: Token) -> bool:
    """Whether a sentence ends with a word."""
    return token.text.rstrip("\"”’')").endswith((".", ";", ":", "!", "?", "…"))


def ends_badly(token: Token) -> bool:
    """Whether a cell hardly ends with a word: a comma follows it, or it links to the next one."""
    return token.text.endswith(",") or token.text.lower() in _LINKS


def is_body_head(tokens: Sequence[Token], start: int) -> bool:
    """Whether a token looks like a body's first word: a capital, and a word that such names begin
    with.
    """
    at = start + 1 if start + 1 < len(tokens) and not tokens[start].key else start
    if not tokens[at].text.lstrip("-–•+*")[:1].isupper():
        return False
    words = [token.text for token in tokens[at : at + _LONGEST_HEAD]]
    return (
        tokens[at].key in _body_heads()
        or squash(tokens[at : at + 2]) in _body_heads()
        or begins_name(words, 0)
    )


@cache
def _body_heads() -> frozenset[str]:
    return frozenset(letters_of(head) for head in cues("body_head"))
