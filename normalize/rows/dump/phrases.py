"""Known phrases in a dump, however misread: names of bodies, funding, deadlines and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import regex
from rapidfuzz.distance import Levenshtein

from normalize.lists.read_list import read_list
from normalize.rows.dump.tokens import Token, squash
from normalize.text.fold import fold

PER_WORD = 0.6  # a word too many or too few
PER_LETTER = 1.0  # a letter that differs from a known phrase
KNOWN = 0.3  # a known phrase by itself
_FAR = 0.16  # the share of a phrase's letters that may differ
_PUNCTUATION = 0.1
_DASHES, _CLOSING = frozenset("-–—"), frozenset(",;.")
BULLET = regex.compile(r"^[-–—•+*]")
_SOURCES = {
    "unit": ("units.csv", "unit"),
    "funding": ("funding_forms.csv", "form"),
    "deadline": ("deadline_forms.csv", "form"),
}
_PLACEHOLDER = regex.compile(r"[#{}]")

# where a known phrase ends, to its cost and its place in the list
Found = Mapping[int, tuple[float, int]]


@cache
def cues(kind: str) -> tuple[str, ...]:
    """The known phrases of a kind: units, funding or deadlines, else those of that kind in
    dump_cues.csv.
    """
    name, column = _SOURCES.get(kind, ("dump_cues.csv", "phrase"))
    return tuple(
        row[column] for row in read_list(name) if row.get("kind") == kind or kind in _SOURCES
    )


@cache
def body_names() -> tuple[tuple[str, bool], ...]:
    """The names and aliases of bodies, each with whether it is a generic one ("Các cơ quan liên
    quan").
    """
    bodies = {
        row["body_id"]: (row["name"], row["is_generic"] == "true")
        for row in read_list("bodies.csv")
    }
    aliases = [
        (row["alias"], bodies[row["body_id"]][1])
        for row in read_list("body_aliases.csv")
        if row["body_id"] in bodies
    ]
    return (*bodies.values(), *aliases)


@lru_cache(maxsize=1 << 14)
def letters_of(text: str) -> str:
    """The letters and digits of a text in one run, small and without marks."""
    return regex.sub(r"[^a-z0-9]+", "", fold(text))


@dataclass(frozen=True)
class Phrase:
    """A known phrase, and what it is compared by.

    That is its letters in one run, its first word's, how many words and dashes between words it
    has, and its place in its list.
    """

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
        Phrase(
            letters_of(text), letters_of(text.split()[0]), len(text.split()), text.count(" - "), i
        )
        for i, text in enumerate(texts)
        if letters_of(text)
    )


@cache
def body_phrases() -> tuple[Phrase, ...]:
    """The names of bodies as phrases; ``index`` is the place in ``body_names``."""
    return to_phrases([name for name, _ in body_names()])


@cache
def cue_phrases(kind: str) -> tuple[Phrase, ...]:
    """The known phrases of a kind, as phrases.

    Of deadlines only those of three words and more; others are read word by word.
    """
    whole = [text for text in cues(kind) if not _PLACEHOLDER.search(text)]
    return to_phrases([text for text in whole if kind != "deadline" or len(text.split()) > 2])


@lru_cache(maxsize=1 << 14)
def _starting_like(kind: str, word: str, closely: bool) -> tuple[Phrase, ...]:
    """The phrases whose first word is like a word; ``closely``: the same but for a letter."""
    phrases = body_phrases() if kind == "body" else cue_phrases(kind)
    if closely:
        return tuple(
            phrase
            for phrase in phrases
            if Levenshtein.distance(word, phrase.first, score_cutoff=1) <= 1
        )
    return tuple(phrase for phrase in phrases if is_like_word(word, phrase.first))


def is_like_word(word: str, first: str) -> bool:
    """Whether a word may be a phrase's first one: a letter or two may differ."""
    most = 1 if len(word) <= 3 else 2
    return bool(word) and Levenshtein.distance(word, first, score_cutoff=most) <= most


def find_phrases(kind: str, tokens: Sequence[Token], start: int) -> dict[int, tuple[float, int]]:
    """The known phrases of a kind that begin at a token: by their end, the cost and index of the
    likeliest.
    """
    at = (
        start + 1
        if start + 1 < len(tokens) and not tokens[start].key and BULLET.match(tokens[start].text)
        else start
    )
    return nearest(_phrases_at(kind, tokens, at), tokens, at)


def nearest(
    phrases: Sequence[Phrase], tokens: Sequence[Token], at: int
) -> dict[int, tuple[float, int]]:
    """Of some phrases those that begin at a token, as ``find_phrases`` tells them."""
    if not phrases:
        return {}
    runs = _runs(tokens, at, max(phrase.words for phrase in phrases) + 3)
    letters, found = runs[-1].letters, dict[int, tuple[float, int]]()
    for phrase in phrases:
        if not _can_begin(letters, phrase):
            continue
        for run in runs[max(0, phrase.words - 3) : phrase.words + 3]:
            if not _has_shape(run, phrase):
                continue
            far = Levenshtein.distance(run.letters, phrase.letters, score_cutoff=phrase.most)
            if far <= phrase.most:
                cost = (
                    KNOWN
                    + PER_LETTER * far
                    + PER_WORD * abs(run.words - phrase.words)
                    + _PUNCTUATION * (run.end - at - run.words)
                )
                if run.end not in found or cost < found[run.end][0]:
                    found[run.end] = (cost, phrase.index)
    return found


def _can_begin(letters: str, phrase: Phrase) -> bool:
    """Whether any run of these letters can be like a phrase.

    Where as many letters as the phrase has differ too much, none is: what is left out of a run or
    added differs once more at most for each letter.
    """
    most = 2 * phrase.most
    begun = letters[: len(phrase.letters)]
    return Levenshtein.distance(begun, phrase.letters, score_cutoff=most) <= most


def _has_shape(run: _Run, phrase: Phrase) -> bool:
    """Whether a run of words can be a phrase, by its length and its dashes."""
    return not (
        run.is_open
        or run.dashes > phrase.dashes
        or abs(len(run.letters) - len(phrase.letters)) > phrase.most
    )


class _Run(NamedTuple):
    """Some tokens: their letters, their end, how many are words, how many dashes.

    It also says whether a sign ends them that no phrase ends with.
    """

    letters: str
    end: int
    words: int
    dashes: int
    is_open: bool


def _runs(tokens: Sequence[Token], at: int, most: int) -> list[_Run]:
    """The runs of one, two, ... tokens from a token on."""
    runs: list[_Run] = []
    letters, words, dashes = "", 0, 0
    for end in range(at + 1, min(at + most, len(tokens)) + 1):
        token = tokens[end - 1]
        letters += token.key
        words += bool(token.key)
        dashes += token.text in _DASHES
        runs.append(_Run(letters, end, words, dashes, not token.key and token.text not in _CLOSING))
    return runs


def _phrases_at(kind: str, tokens: Sequence[Token], at: int) -> tuple[Phrase, ...]:
    """The phrases that may begin at a token by its first word, which may have been read in two
    pieces.
    """
    whole = _starting_like(kind, tokens[at].key, False)
    if len(tokens[at].key) > 2 or tokens[at].text.endswith((".", ",")):
        return whole
    return whole + _starting_like(kind, squash(tokens[at : at + 2]), True)
