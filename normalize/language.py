"""A language model of administrative Vietnamese: pairs of syllables from word lists, texts, phrases and the document itself."""

import csv
import dataclasses
import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import resources

from normalize.lexicon import dictionary, is_syllable, nfc, sentences, sound

NUMBER = "#"
START = "."
_STOPS = frozenset(".;:!?…")
_PAUSES = frozenset(",()\"“”'‘’[]-–/")
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")


@functools.lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """What the model counts a word as: the spelling without its equivalent variants, every number as one."""
    return NUMBER if any(c.isdigit() for c in word) else sound(word)


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


@dataclasses.dataclass(frozen=True)
class Weights:
    """What one occurrence in each source is worth."""

    dictionary: float = 0.5
    text: float = 1.0
    phrase: float = 2.0
    document: float = 3.0


@dataclasses.dataclass
class Counts:
    """Weighted counts of words and of pairs (history, word)."""

    words: dict[str, float] = dataclasses.field(default_factory=lambda: defaultdict(float))
    pairs: dict[tuple[str, str], float] = dataclasses.field(default_factory=lambda: defaultdict(float))

    def add(self, before: str, word: str, weight: float) -> None:
        """Count one word after its history; after a pause also as following any pause."""
        self.words[word] += weight
        self.pairs[before, word] += weight
        if before.endswith(",") and len(before) > 1:
            self.pairs[",", word] += weight

    def copy(self) -> "Counts":
        """The same counts, to be added to."""
        return Counts(defaultdict(float, self.words), defaultdict(float, self.pairs))

    def add_text(self, text: str | Sequence[str], weight: float) -> None:
        """Count every word of a text, which starts a sentence."""
        tokens = _TOKEN.findall(text) if isinstance(text, str) else [t for token in text for t in _TOKEN.findall(token)]
        before, signs = START, ""
        for token in tokens:
            if not token[0].isalnum():
                signs += token
                continue
            word = key(token.lower())
            self.add(history(before, signs) if before != START else START, word, weight)
            before, signs = word, ""

    def add_entry(self, entry: str, weight: float) -> None:
        """Count a dictionary entry: its words, and the pairs inside it."""
        words = [key(w.lower()) for w in _TOKEN.findall(entry) if w[0].isalnum()]
        for word in words:
            self.words[word] += weight
        for before, word in zip(words, words[1:], strict=False):
            self.pairs[before, word] += weight


@functools.cache
def phrases() -> tuple[str, ...]:
    """The phrases of administrative prose (``phrases.csv``)."""
    text = resources.files("normalize").joinpath("phrases.csv").read_text(encoding="utf-8")
    return tuple(nfc(row["phrase"]) for row in csv.DictReader(text.splitlines()))


@functools.cache
def general_counts(names: tuple[str, ...], weights: Weights) -> Counts:
    """Counts from installed word lists and texts, from ``phrases.csv``, and from names of bodies."""
    counts = Counts()
    for entry in dictionary():
        counts.add_entry(entry, weights.dictionary)
    for sentence in sentences():
        counts.add_text(sentence, weights.text)
    for phrase in (*phrases(), *names):
        counts.add_entry(phrase, weights.phrase * 0.5)
        counts.add_text(phrase, weights.phrase * 0.5)
    return counts


class Language:
    """Probabilities of words after words: Witten-Bell smoothing of pairs by single words, of those by the rules of spelling."""

    def __init__(self, counts: Counts, types: float = 0.8) -> None:
        self.counts = counts
        self.types = types
        self.totals: dict[str, float] = defaultdict(float)
        self.fan: dict[str, float] = defaultdict(float)
        for (before, _), count in counts.pairs.items():
            self.totals[before] += count
            self.fan[before] += min(1.0, count)
        self.mass = sum(counts.words.values()) + 1.0
        self._single: dict[str, float] = {}

    def single(self, word: str) -> float:
        """The probability of a word by itself; a well-formed syllable never seen is rare, anything else much rarer."""
        found = self._single.get(word)
        if found is None:
            seen = self.counts.words.get(word, 0.0)
            floor = 0.05 if is_syllable(word) else 0.0002
            found = self._single[word] = (seen + floor) / self.mass
        return found

    def pair(self, before: str, word: str, less: float = 0.0) -> float:
        """The probability of ``word`` after the history ``before``; ``less`` of their count is left out (a word's own vote)."""
        single = self.single(word)
        if before.endswith(",") and len(before) > 1:
            single = self._smoothed(",", word, single, less)
        return self._smoothed(before, word, single, less)

    def _smoothed(self, before: str, word: str, lower: float, less: float) -> float:
        total = self.totals.get(before, 0.0)
        if total <= less:
            return lower
        spread = self.types * self.fan[before]
        count = max(0.0, self.counts.pairs.get((before, word), 0.0) - less)
        return (count + spread * lower) / (total - less + spread)

    def cost(self, before: str, word: str, less: float = 0.0) -> float:
        """``pair`` in nats."""
        return -math.log(self.pair(before, word, less))
