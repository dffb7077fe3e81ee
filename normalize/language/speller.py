"""What a word that was read may have been: known words that its witnesses are likely to
misread so.
"""

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from normalize.language.confusions import Confusions
from normalize.language.word_pairs import Language, key
from normalize.text.letters import skeleton
from normalize.text.syllables import is_syllable

_SWAPS = {  # letters of like shape, whose words are tried
    "a": "eo",
    "c": "eo",
    "e": "co",
    "o": "ceau",
    "n": "uhrm",
    "u": "nao",
    "h": "bkln",
    "b": "h",
    "k": "h",
    "l": "it",
    "i": "ltr",
    "t": "lifr",
    "f": "t",
    "r": "nt",
    "v": "y",
    "y": "vg",
    "g": "qy",
    "q": "g",
    "d": "ol",
    "m": "n",
    "s": "g",
    "p": "d",
    "j": "i",
    "x": "k",
}
_SIGNS = {
    "3": "bp",
    "0": "o",
    "1": "il",
    "5": "s",
    "6": "b",
    "8": "b",
    "9": "g",
    "|": "il",
    "\\": "nl",
    "!": "il",
    "$": "s",
    "[": "i",
}


class Guess(NamedTuple):
    """A lower-case text that a reading may stand for, and its cost before context.

    It has a space where two words were joined.
    """

    words: tuple[str, ...]
    cost: float


@dataclasses.dataclass(frozen=True)
class KnownGuesses:
    """Guesses for common words, made once without a document, by the spellings near these words."""

    guesses: Mapping[str, tuple[Guess, ...]]  # by reading
    spellings: frozenset[str]
    witness: str = "vie"  # the one that reads every word
    limit: int = 8  # how many for each


class Speller:
    """Finds the known words near a reading; answers are kept, as a document repeats its words.

    ``known_guesses`` are used where the document teaches no word near the reading, and no other
    spelling of one.
    """

    def __init__(
        self,
        vocabulary: Mapping[str, float],
        confusions: Confusions,
        language: Language,
        limit: int,
        known_guesses: KnownGuesses | None = None,
    ) -> None:
        self.confusions = confusions
        self.language = language
        self.limit = limit
        self.known = {key(word) for word in vocabulary}
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        spellings = preferred_spellings(vocabulary)
        self.spelled = {key(word): word for word in spellings}
        for word in spellings:
            self._by_skeleton[skeleton(word)].append(word)
        self._known_guesses = known_guesses
        self._taught = (
            {skeleton(word) for word in known_guesses.spellings.symmetric_difference(spellings)}
            if known_guesses
            else set()
        )
        self._found: dict[tuple[str, str], tuple[Guess, ...]] = {}
        self._costs: dict[tuple[str, str, str], float] = {}
        self._rarities: dict[tuple[str, ...], float] = {}

    def cost(self, witness: str, printed: str, read: str) -> float:
        """The confusion cost of a reading, kept."""
        found = self._costs.get((witness, printed, read))
        if found is None:
            found = self._costs[witness, printed, read] = self.confusions.cost(
                witness, printed, read
            )
        return found

    def guesses(self, witness: str, read: str) -> tuple[Guess, ...]:
        """The likeliest texts for a lower-case reading, best first; the reading itself is among
        them.
        """
        found = self._found.get((witness, read))
        if found is None:
            found = self._found[witness, read] = self._known_guess(witness, read) or self._guess(
                witness, read
            )
        return found

    def _known_guess(self, witness: str, read: str) -> tuple[Guess, ...] | None:
        known = self._known_guesses
        if (
            known is None
            or (witness, self.limit) != (known.witness, known.limit)
            or read not in known.guesses
        ):
            return None
        return known.guesses[read] if self._taught.isdisjoint(self._skeletons(read)) else None

    def _guess(self, witness: str, read: str) -> tuple[Guess, ...]:
        near = [
            Guess((word,), self.cost(witness, word, read))
            for word in self._near(read)
            if word != read
        ]
        if key(read) not in self.known and len(read) > 3:
            near += self._split(witness, read)
        ranked = sorted([(cost + self._rarity_of(words), words, cost) for words, cost in near])
        return (
            Guess((read,), 0.0),
            *(Guess(words, cost) for _, words, cost in ranked[: self.limit]),
        )

    def rarity(self, words: Sequence[str]) -> float:
        """The mean cost of some words (model keys) by themselves."""
        return sum([self.language.alone(w) for w in words]) / max(1, len(words))

    def _rarity_of(self, words: tuple[str, ...]) -> float:
        """``rarity`` of words as they are written, kept."""
        found = self._rarities.get(words)
        if found is None:
            found = self._rarities[words] = self.rarity([key(word) for word in words])
        return found

    def _near(self, read: str) -> Iterable[str]:
        forms = set(self._skeletons(read))
        return sorted({word for form in forms for word in self._by_skeleton.get(form, ())})

    def _skeletons(self, read: str) -> Iterable[str]:
        yield from _swapped(skeleton(read))
        for printed, seen in self.confusions.strings:
            if seen.lower() in read:
                yield from _swapped(skeleton(read.replace(seen.lower(), printed.lower(), 1)))
        if key(read) not in self.known:
            yield from self._edited(skeleton(read))

    def _edited(self, form: str) -> Iterable[str]:
        for i in range(len(form)):
            yield form[:i] + form[i + 1 :]
            if i + 1 < len(form) and len(form) > 3:
                yield form[:i] + form[i + 2 :]
        for i, c in itertools.product(range(len(form) + 1), "abcdeghiklmnopqrstuvxy"):
            yield form[:i] + c + form[i:]
            if i < len(form):
                yield form[:i] + c + form[i + 1 :]

    def _split(self, witness: str, read: str) -> list[Guess]:
        found = []
        for i in range(1, len(read)):
            left, right = self._part(witness, read[:i]), self._part(witness, read[i:])
            found += [Guess((*a.words, *b.words), a.cost + b.cost) for a in left for b in right]
        costs = {g: g.cost + self.language.cost(key(g.words[0]), key(g.words[1])) for g in found}
        return sorted(found, key=lambda g: (costs[g], g.words))[:3]

    def _part(self, witness: str, read: str) -> list[Guess]:
        exact = [Guess((read,), 0.0)] if key(read) in self.known and is_syllable(read) else []
        near = [
            Guess((w,), self.cost(witness, w, read))
            for w in self._by_skeleton.get(skeleton(read), ())
            if w != read
        ]
        return exact + sorted(near, key=lambda g: (g.cost, g.words))[:6]


def _swapped(form: str) -> Iterable[str]:
    form = "".join(_SIGNS[c][0] if c in _SIGNS and len(form) > 1 else c for c in form)
    yield form
    for i, c in enumerate(form):
        for other in _SWAPS.get(c, "") + _SIGNS.get(c, ""):
            yield form[:i] + other + form[i + 1 :]


def preferred_spellings(vocabulary: Mapping[str, float]) -> list[str]:
    """One spelling for each word that has several (hoá, hóa): the most frequent, then the first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(vocabulary):
        groups[key(word)].append(word)
    return [max(words, key=lambda w: vocabulary[w]) for words in groups.values()]
