"""A language model of administrative Vietnamese: which syllables follow each other.

Pairs are counted in word lists, texts, phrases and the document itself.
"""

import dataclasses
import functools
import itertools
import math
import re
from collections.abc import Mapping, Sequence

from normalize.lists.read_list import read_list
from normalize.text.letters import sound
from normalize.text.syllables import is_syllable

NUMBER = "#"
START = "."
_STOPS = frozenset(".!?…")
_PAUSES = frozenset(",;:()\"“”'‘’[]-–/")
_FIGURE_FIRST = re.compile(r"\d([^\W\d_]+)")
MEASURES = frozenset(
    ("ha", "km", "kg", "cm", "mm", "tỷ", "tr", "kv", "kw", "kwh", "mw", "ml", "ca", "tấn", "lít")
)
_ELSEWHERE = 9000.0  # so that a document of 3,000 words counts half as much as lists and texts
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")


@functools.lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """What the model counts a word as: its preferred spelling, and every number as the same one."""
    return (
        NUMBER
        if any(c.isdigit() for c in word) and not has_figure_for_letter(word)
        else sound(word)
    )


def has_figure_for_letter(word: str) -> bool:
    """Whether a figure was read for a word's first letter (``3an`` for Ban, ``3ộ`` for Bộ).

    Small letters must follow it that are no unit of measure.
    """
    found = _FIGURE_FIRST.fullmatch(word)
    if found is None or not found[1].islower() or found[1] in MEASURES:
        return False
    return len(found[1]) > 1 or not found[1].isascii()


@functools.lru_cache(maxsize=4096)
def pause(signs: str) -> str:
    """What signs between two words mean to the model: a full stop, a pause, or nothing."""
    if any(c in _STOPS for c in signs):
        return START
    return "," if any(c in _PAUSES for c in signs) else ""


def history(word: str, signs: str) -> str:
    """The key under which what follows a word and its signs is counted."""
    sep = pause(signs)
    return START if sep == START else word + sep


def _is_paused(before: str) -> bool:
    """Whether a history is of a word with a pause after it."""
    return len(before) > 1 and before.endswith(",")


@dataclasses.dataclass(frozen=True)
class Weights:
    """What one occurrence in each source is worth."""

    dictionary: float = 0.5
    text: float = 1.0
    phrase: float = 2.0
    document: float = 3.0


@dataclasses.dataclass
class Counts:
    """Weighted counts of words, and of the words that follow a history."""

    words: dict[str, float] = dataclasses.field(default_factory=dict)
    follow: dict[str, dict[str, float]] = dataclasses.field(default_factory=dict)
    # histories whose table is another's, to be copied before it is added to
    shared: set[str] = dataclasses.field(default_factory=set)

    def _follows(self, before: str, word: str, weight: float) -> None:
        if before in self.shared:
            self.shared.remove(before)
            self.follow[before] = dict(self.follow[before])
        table = self.follow.setdefault(before, {})
        table[word] = table.get(word, 0.0) + weight

    def add(self, before: str, word: str, weight: float) -> None:
        """Count one word after its history; after a pause also as following any pause."""
        if weight <= 0.0:
            return
        self.words[word] = self.words.get(word, 0.0) + weight
        self._follows(before, word, weight)
        if _is_paused(before):
            self._follows(",", word, weight)

    def copy(self) -> "Counts":
        """The same counts, to be added to while these stay as they are."""
        return Counts(dict(self.words), dict(self.follow), set(self.follow))

    def seen(self, before: str, word: str) -> float:
        """How often a word was counted after a history."""
        return self.follow.get(before, {}).get(word, 0.0)

    def add_text(self, text: str | Sequence[str], weight: float) -> None:
        """Count every word of a text, which starts a sentence."""
        tokens = (
            _TOKEN.findall(text)
            if isinstance(text, str)
            else [t for token in text for t in _TOKEN.findall(token)]
        )
        before, signs = START, ""
        for token in tokens:
            if not token[0].isalnum():
                signs += token
                continue
            word = key(token.lower())
            self.add(before if before == START else history(before, signs), word, weight)
            before, signs = word, ""

    def add_entry(self, entry: str, weight: float) -> None:
        """Count a dictionary entry: its words, and the pairs inside it."""
        words = [key(w.lower()) for w in _TOKEN.findall(entry) if w[0].isalnum()]
        for word in words:
            self.words[word] = self.words.get(word, 0.0) + weight
        for before, word in itertools.pairwise(words):
            self._follows(before, word, weight)


@functools.cache
def phrases() -> tuple[str, ...]:
    """The phrases of administrative prose (``phrases.csv``)."""
    return tuple(row["phrase"] for row in read_list("phrases.csv"))


class Language:
    """Probabilities of words after words.

    Pairs are smoothed by single words (Witten-Bell), and single words by the rules of spelling.
    """

    def __init__(
        self,
        counts: Counts,
        types: float = 0.8,
        least: float = 0.05,
        own: Mapping[str, float] | None = None,
    ) -> None:
        """``own``: what the document's words count; each is likelier by how frequent it is in it,
        the more so the longer it is.
        """
        self.counts = counts
        self._own = own or {}
        self._length = sum(self._own.values())
        self._types, self._least = types, least
        self._sums: dict[str, tuple[float, float]] = {}
        self._mass = sum(counts.words.values()) + len(counts.words) + 1.0
        self._single: dict[str, float] = {}

    @property
    def has_own(self) -> bool:
        """Whether words are likelier by how frequent they are in the document."""
        return bool(self._own)

    def single(self, word: str, less: float = 0.0) -> float:
        """The probability of a word by itself; ``less`` is taken off the document's count of it.

        A well-formed syllable that was never seen counts as seen once, anything else as hardly
        seen.
        """
        found = self._single.get(word)
        if found is None:
            floor = 1.0 if word == NUMBER or is_syllable(word) else 0.0002
            found = self._single[word] = (self.counts.words.get(word, 0.0) + floor) / self._mass
        if not self._own:
            return found
        own = max(0.0, self._own.get(word, 0.0) - less)
        return found + own / (self._length + _ELSEWHERE)

    def alone(self, word: str, less: float = 0.0) -> float:
        """What a word costs by itself; ``less`` is taken off the document's count of it."""
        return -math.log(self.single(word, less))

    def _sum(self, before: str) -> tuple[float, float]:
        """How often anything was counted after a word, and the share left for words not counted
        there.

        The answer is kept.
        """
        found = self._sums.get(before)
        if found is None:
            table = self.counts.follow.get(before, {})
            total = sum(table.values())
            spread = max(
                self._types * sum(min(1.0, count) for count in table.values()), self._least * total
            )
            found = self._sums[before] = (total, spread) if table else (0.0, 1.0)
        return found

    def _smoothed(self, before: str, words: Sequence[str], lower: Sequence[float]) -> list[float]:
        """The probability of each word after a history, given what each has in the end."""
        total, spread = self._sum(before)
        seen, counted = self.counts.follow.get(before, {}), total + spread
        return [
            (seen.get(word, 0.0) + spread * share) / counted
            for word, share in zip(words, lower, strict=True)
        ]

    def shares(self, befores: Sequence[str], words: Sequence[str]) -> list[list[float]]:
        """How likely each word is after each history: for each history a list by words."""
        single = [self.single(word) for word in words]
        paused = self._smoothed(",", words, single) if any(map(_is_paused, befores)) else single
        follow = self.counts.follow
        lower = [paused if _is_paused(before) else single for before in befores]
        return [
            self._smoothed(before, words, ending) if before in follow else list(ending)
            for before, ending in zip(befores, lower, strict=True)
        ]

    def cost(self, before: str, word: str, less: float = 0.0, less_single: float = 0.0) -> float:
        """What a word costs after the word before it.

        ``less`` is taken off their count, ``less_single`` off that of the word: its own votes.
        """
        single = self.single(word, less_single)
        if _is_paused(before):
            single = self._smoothed(",", [word], [single])[0]
        total, spread = self._sum(before)
        total -= less
        if total <= 0.0:
            return -math.log(single)
        return -math.log(
            (max(0.0, self.counts.seen(before, word) - less) + spread * single) / (total + spread)
        )
