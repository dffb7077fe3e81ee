"""What each column of a table can hold, as costs of taking a run of a dump's tokens for it; ``TEXT`` is what a word of free text costs."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import regex
from rapidfuzz.distance import Levenshtein

from normalize.dump_words import Token, squash
from normalize.search_key import fold

TEXT = 2.0
PER_WORD = 0.6  # a word too many or too few
PER_LETTER = 1.0  # a letter that differs from a known phrase
KNOWN = 0.3  # a known phrase by itself
_FAR = 0.16  # the share of a phrase's letters that may differ
_PUNCTUATION = 0.1
BULLET = regex.compile(r"^[-–—•+*]")
_FIGURE = regex.compile(r"^[<>≥≤=~]?\d{1,4}(?:[.,]\d{1,4})*(?:[-–]\d{1,4}(?:[.,]\d{1,4})*)?%?$")
_PART_OF_FIGURE = regex.compile(r"^(?:[<>≥≤=~]|[-–]|[<>≥≤=~]?\d{1,4}(?:[.,]\d{1,4})*|\d{1,4}-|-\d{1,4}|%)$")
_RATE = regex.compile(r"^\p{L}+(?:/[\p{L}\d.]+)+$")
_YEAR = regex.compile(r"^(?:19|20)\d\d$")
_DATE = regex.compile(r"^\W*(?:\d{1,2}/)?(?:\d{1,2}/)?(?:20\d\d|\d{1,2})\W*$")
_QUARTER = regex.compile(r"^[IVivl1n]{1,3}[,;/]?$")

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

Item = tuple[int, float]  # where it ends, and its cost


_SOURCES = {"unit": ("units.csv", "unit"), "funding": ("funding_forms.csv", "form"), "deadline": ("deadline_forms.csv", "form")}
_PLACEHOLDER = regex.compile(r"[#{}]")


@cache
def cues(kind: str) -> tuple[str, ...]:
    """The known phrases of a kind: the forms of units, funding and deadlines, else those of that kind in dump_cues.csv."""
    name, column = _SOURCES.get(kind, ("dump_cues.csv", "phrase"))
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return tuple(row[column] for row in csv.DictReader(file) if row.get("kind") == kind or kind in _SOURCES)


@cache
def body_names() -> tuple[tuple[str, bool], ...]:
    """The names of bodies, aliases too, and whether each is a generic one such as "Các cơ quan liên quan"."""
    folder = Path(__file__).parent
    with (folder / "bodies.csv").open(encoding="utf-8", newline="") as file:
        bodies = {row["body_id"]: (row["name"], row["is_generic"] == "true") for row in csv.DictReader(file)}
    with (folder / "body_aliases.csv").open(encoding="utf-8", newline="") as file:
        aliases = [(row["alias"], bodies[row["body_id"]][1]) for row in csv.DictReader(file) if row["body_id"] in bodies]
    return (*bodies.values(), *aliases)


def _key(text: str) -> str:
    return regex.sub(r"[^a-z0-9]+", "", fold(text))


@dataclass(frozen=True)
class Phrase:
    """A known phrase: its letters in one run, its first word's, how many words and dashes between words it has, and its place in its list."""

    letters: str
    first: str
    words: int
    dashes: int
    index: int

    @cached_property
    def most(self) -> int:
        """How many letters may differ."""
        return max(1 if len(self.letters) > 5 else 0, int(_FAR * len(self.letters)))


def to_phrases(texts: Sequence[str]) -> tuple[Phrase, ...]:
    """Texts as phrases to be found."""
    return tuple(
        Phrase(_key(text), _key(text.split()[0]), len(text.split()), text.count(" - "), i) for i, text in enumerate(texts) if _key(text)
    )


@cache
def body_phrases() -> tuple[Phrase, ...]:
    """The names of bodies as phrases; ``index`` is the place in ``body_names``."""
    return to_phrases([name for name, _ in body_names()])


@cache
def cue_phrases(kind: str) -> tuple[Phrase, ...]:
    """The cues of a kind as phrases; of deadlines only those of three words and more, the others are read word by word."""
    whole = [text for text in cues(kind) if not _PLACEHOLDER.search(text)]
    return to_phrases([text for text in whole if kind != "deadline" or len(text.split()) > 2])


@lru_cache(maxsize=1 << 14)
def _starting_like(kind: str, word: str, closely: bool) -> tuple[Phrase, ...]:
    """The phrases whose first word is like a word; ``closely``: the same but for a letter."""
    phrases = body_phrases() if kind == "body" else cue_phrases(kind)
    if closely:
        return tuple(phrase for phrase in phrases if Levenshtein.distance(word, phrase.first, score_cutoff=1) <= 1)
    most = 1 if len(word) <= 3 else 2
    return tuple(phrase for phrase in phrases if word and Levenshtein.distance(word, phrase.first, score_cutoff=most) <= most)


def find_phrases(kind: str, tokens: Sequence[Token], start: int) -> dict[int, tuple[float, int]]:
    """The known phrases of a kind that begin at a token: by where they end, the cost and the index of the likeliest."""
    at = start + 1 if start + 1 < len(tokens) and not tokens[start].key and BULLET.match(tokens[start].text) else start
    phrases = _phrases_at(kind, tokens, at)
    if not phrases:
        return {}
    runs = _runs(tokens, at, max(phrase.words for phrase in phrases) + 3)
    found: dict[int, tuple[float, int]] = {}
    for phrase in phrases:
        for letters, end, words in runs[max(0, phrase.words - 3) : phrase.words + 3]:
            if (
                abs(len(letters) - len(phrase.letters)) > phrase.most
                or _is_open(tokens[end - 1])
                or _dashes(tokens[at:end]) > phrase.dashes
            ):
                continue
            far = Levenshtein.distance(letters, phrase.letters, score_cutoff=phrase.most)
            if far <= phrase.most:
                cost = KNOWN + PER_LETTER * far + PER_WORD * abs(words - phrase.words) + _PUNCTUATION * (end - at - words)
                if end not in found or cost < found[end][0]:
                    found[end] = (cost, phrase.index)
    return found


def _dashes(tokens: Sequence[Token]) -> int:
    return sum(token.text in ("-", "–", "—") for token in tokens)


def _is_open(token: Token) -> bool:
    """Whether a sign stands alone that no phrase ends with, such as the bullet of the next one."""
    return not token.key and token.text not in (",", ";", ".")


def _runs(tokens: Sequence[Token], at: int, most: int) -> list[tuple[str, int, int]]:
    """The runs of one, two, ... tokens from a token on: their letters, where they end, and how many of them are words."""
    runs: list[tuple[str, int, int]] = []
    letters, words = "", 0
    for end in range(at + 1, min(at + most, len(tokens)) + 1):
        letters += tokens[end - 1].key
        words += bool(tokens[end - 1].key)
        runs.append((letters, end, words))
    return runs


def _phrases_at(kind: str, tokens: Sequence[Token], at: int) -> tuple[Phrase, ...]:
    """The phrases that may begin at a token, by its first word; also where that was read in two pieces."""
    whole = _starting_like(kind, tokens[at].key, False)
    if len(tokens[at].key) > 2 or tokens[at].text.endswith((".", ",")):
        return whole
    return whole + _starting_like(kind, squash(tokens[at : at + 2]), True)


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(_key(word) for phrase in cues(kind) for word in phrase.split()) - {""}


@lru_cache(maxsize=1 << 14)
def _is_word_of(kind: str, word: str) -> bool:
    return word in _words_of(kind) or (
        len(word) >= 5 and any(Levenshtein.distance(word, known, score_cutoff=1) <= 1 for known in _words_of(kind) if len(known) >= 5)
    )


def deadline_word(token: Token) -> float:
    """What it costs that a word stands in a deadline."""
    if _DATE.match(token.text) or not token.key or _QUARTER.match(token.text):
        return 0.5
    return 1.5 if _is_word_of("deadline", token.key) else 2.6


@lru_cache(maxsize=1 << 14)
def begins_deadline(key: str) -> bool:
    """Whether a word is one of the first words of the known deadlines."""
    firsts = {_key(phrase.split()[0]) for phrase in cues("deadline")} - {""}
    return key in firsts or any(len(first) > 4 and Levenshtein.distance(key, first, score_cutoff=1) <= 1 for first in firsts)


def funding_word(token: Token) -> float:
    """What it costs that a word stands in a funding cell."""
    return 1.3 if not token.key or _is_word_of("funding", token.key) else 3.0


def is_figure(token: Token) -> bool:
    """Whether a token is a target or value in figures: ``>90``, ``3-3,5``, ``20,000``; a year is none."""
    return _FIGURE.match(token.text) is not None and not _YEAR.match(token.text)


def find_figures(tokens: Sequence[Token], start: int) -> Iterator[Item]:
    """Figures that begin at a token, also such as were parted: ``3 - 3,5``, ``> 90``."""
    for end in range(start + 1, min(start + 4, len(tokens) + 1)):
        parts = tokens[start:end]
        if not all(_PART_OF_FIGURE.match(token.text) or is_figure(token) for token in parts):
            return
        whole = "".join(token.text for token in parts)
        if _FIGURE.match(whole) and not (len(parts) > 1 and all(is_figure(token) for token in parts)):
            yield end, KNOWN + 0.15 * (len(parts) - 1) + (2.5 if _YEAR.match(whole) else 0.0)


def find_units(tokens: Sequence[Token], start: int) -> Iterator[Item]:
    """Units that begin at a token: signs of per cent, known units, and unknown ones of up to four words; a unit begins with a capital or a sign."""
    text = tokens[start].text
    if text.startswith("%"):
        yield start + 1, KNOWN
    if not (text[:1].isupper() or "/" in text):
        return
    if _RATE.match(text):
        yield start + 1, 4 * KNOWN
    for end, (cost, _) in find_phrases("unit", tokens, start).items():
        if not any("%" in token.text for token in tokens[start + 1 : end]):
            yield end, 2 * cost
    for end in range(start + 1, min(start + 4, len(tokens)) + 1):
        if not is_figure(tokens[end - 1]):
            yield end, 1.8 + (TEXT + 0.2) * (end - start)


def begins_target(tokens: Sequence[Token], start: int) -> bool:
    """Whether words that begin a target in words begin at a token."""
    both = squash(tokens[start : start + 2])
    return any(both.startswith(_key(phrase)) if " " in phrase else tokens[start].key == _key(phrase) for phrase in cues("target"))


def ends_sentence(token: Token) -> bool:
    """Whether a sentence ends with a word."""
    return token.text.rstrip("\"”’')").endswith((".", ";", ":", "!", "?", "…"))


def ends_badly(token: Token) -> bool:
    """Whether a cell hardly ends with a word: a comma follows it, or it links to the next one."""
    return token.text.endswith(",") or token.text.lower() in _LINKS


def is_body_head(tokens: Sequence[Token], start: int) -> bool:
    """Whether a token looks like the first word of a body's name: a capital, and one of the words such names begin with."""
    at = start + 1 if start + 1 < len(tokens) and not tokens[start].key else start
    if not tokens[at].text.lstrip("-–•+*")[:1].isupper():
        return False
    return tokens[at].key in _body_heads() or squash(tokens[at : at + 2]) in _body_heads()


@cache
def _body_heads() -> frozenset[str]:
    return frozenset(_key(head) for head in cues("body_head"))
