"""The candidates for every word of a cell, with what the readings say against each.

Long: one method for each kind of candidate, and all cost their readings alike.
"""

import dataclasses
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from normalize.language.speller import Speller
from normalize.language.word_pairs import NUMBER, START, has_figure_for_letter, history, key
from normalize.repair.context_words import ContextWords
from normalize.repair.settings import DecodingCosts
from normalize.repair.sign_options import family_weights, sign_options
from normalize.repair.slots import Slot
from normalize.repair.trellis import WordCandidate
from normalize.text.letters import in_shape
from normalize.text.syllables import is_syllable

_ASKED_FOR = 4  # words that neighbours ask for, at one place
_GHOSTS = 4  # words in a row that may be specks
_A_WORD = 3  # letters: less may be a piece of the word before it
_TAIL_SEEN = 1.0  # nats for a comma that the leading witness surely read where others read a point
_SURELY = 0.9  # the least confidence of a reading, rounded to a tenth
Choice = tuple[str, tuple[str, ...], float]  # text, model keys of its words, cost of the readings


class Lattices:
    """Builds the candidates of cells."""

    def __init__(
        self,
        speller: Speller,
        settings: DecodingCosts,
        context: ContextWords | None = None,
        own: frozenset[str] = frozenset(),
    ) -> None:
        """``context``: words that neighbours ask for are candidates too. ``own``: words that only
        this document has; where all witnesses read one, it is one.
        """
        self.own = own
        self.speller = speller
        self.context = context
        self.settings = settings
        self.weights: Mapping[str, float] = dict(settings.witnesses)
        self._kept: dict[tuple[object, ...], list[Choice]] = {}
        self._emissions: dict[tuple[object, ...], float] = {}

    def emission(self, slot: Slot, text: str) -> float:
        """The cost of all readings of a slot if ``text`` is the printed word.

        The answer is kept, as a document repeats its words.
        """
        mark = (text, *_mark(slot))
        found = self._emissions.get(mark)
        if found is None:
            found = self._emissions[mark] = self._emission(slot, self._counted(slot), text)
        return found

    def _counted(self, slot: Slot) -> list[float]:
        return family_weights(slot.readings, [r.core for r in slot.readings], self.weights)

    def _emission(self, slot: Slot, counted: Sequence[float], text: str) -> float:
        total = 0.0
        for r, weight in zip(slot.readings, counted, strict=True):
            total += (
                weight * self.speller.cost(r.witness, text, r.core)
                if r.core
                else 0.5 * self.settings.missed_cost
            )
        return total

    def _code_emission(self, slot: Slot, text: str) -> float:
        return sum(
            weight * self.settings.code_cost * (r.core != text)
            for r, weight in zip(slot.readings, self._counted(slot), strict=True)
        )

    def _words(self, slot: Slot) -> list[Choice]:
        """What the slot's word may be; the best single reading first, then by cost."""
        mark = (slot.core, slot.frozen, *_mark(slot))
        found = self._kept.get(mark)
        if found is None:
            found = self._kept[mark] = self._codes(slot) if slot.frozen else self._near_words(slot)
            if self._is_own(slot):
                del found[1:]
        return found

    def _is_own(self, slot: Slot) -> bool:
        read = {r.core.lower() for r in slot.readings if r.core}
        return read == {slot.core.lower()} and read <= self.own

    def _codes(self, slot: Slot) -> list[Choice]:
        texts = dict.fromkeys(r.core for r in slot.readings if r.core)
        costs = {text: self._code_emission(slot, text) for text in texts}
        first, pointed = slot.readings[0], slot.core.replace(",", ".")
        if first.confidence >= _SURELY and pointed != slot.core and pointed in costs:
            # a tail is lost, not made: of 18 such figures the comma was printed in all
            costs[slot.core] = min(costs[slot.core], costs[pointed] - _TAIL_SEEN)
        return [(text, (NUMBER,), cost) for text, cost in costs.items()]

    def _near_words(self, slot: Slot) -> list[Choice]:
        found: dict[str, Choice] = {}
        counted = self._counted(slot)
        figures = {r.core[1:].lower() for r in slot.readings if has_figure_for_letter(r.core)}
        for text, words in self._texts(slot):
            # A figure may be a misread letter, but is never dropped: it may be a number whose space
            # was lost.
            if text not in found and (text == slot.core or text.lower() not in figures):
                keys = tuple([key(word) for word in words])
                cost = self._emission(slot, counted, text.replace(" ", ""))
                if len(keys) > 1:
                    inner = sum(
                        self.speller.language.cost(a, b) for a, b in itertools.pairwise(keys)
                    )
                    cost += (
                        self.settings.split_cost * (len(keys) - 1) + inner * self.settings.language
                    )
                found[text] = (text, keys, cost)
        first = found.pop(slot.core)
        costs = {text: choice[2] + self.speller.rarity(choice[1]) for text, choice in found.items()}
        limit = (
            min(first[2] + self.speller.rarity(first[1]), min(costs.values(), default=math.inf))
            + self.settings.reach
        )
        return [
            first,
            *(found[text] for text in sorted(costs, key=lambda t: costs[t]) if costs[text] < limit),
        ]

    def _texts(self, slot: Slot) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The texts that a slot may hold: what was read, and known words near it in the reading's
        case.

        With them go the words of these in small letters.
        """
        for core, witness in {r.core: r.witness for r in reversed(slot.readings) if r.core}.items():
            for text in (core, in_shape(core.lower(), core)):
                yield text, tuple(text.lower().split())
            for guess in self.speller.guesses(witness, core.lower())[1:]:
                yield in_shape(" ".join(guess.words), core), guess.words

    def of_slot(self, slot: Slot, following: str) -> list[WordCandidate]:
        """The candidates of one slot that holds a word.

        ``following`` is the language model's key of the next slot's reading.
        """
        known = (
            bool(following)
            and self.speller.language.counts.seen(key(slot.core.lower()), following) >= 1.0
        )
        signs = sign_options(slot, self.weights, known)
        found = []
        for n, (text, words, cost) in enumerate(self._words(slot)):
            for m, (after, sign_cost) in enumerate(signs):
                if n < 6 or m == 0:
                    last = history(words[-1], after)
                    found.append(
                        WordCandidate(
                            slot.at,
                            slot.at + 1,
                            slot.before + text + after,
                            words[0],
                            last,
                            cost + sign_cost,
                            slot.at,
                            text,
                        )
                    )
        return found

    def _asked_for(
        self, placed: Sequence[Slot], nexts: Sequence[str], n: int
    ) -> list[WordCandidate]:
        """The candidates of a slot that its neighbours ask for."""
        slot = placed[n]
        if self.context is None or slot.frozen or not slot.core.isalpha():
            return []
        before = START
        if n:
            left = placed[n - 1].readings[0]
            before = history(key(left.core.lower()), left.after)
        read, after = slot.readings[0], "" if slot.readings[0].after else nexts[n]
        words = self.context.between(before, slot.core.lower(), after)
        texts = {word: in_shape(word, slot.core) for word in words}
        costs = {word: self.emission(slot, text) for word, text in texts.items()}
        return [
            WordCandidate(
                n,
                n + 1,
                slot.before + texts[word] + read.after,
                key(word),
                history(key(word), read.after),
                costs[word],
                n,
                texts[word],
            )
            for word in sorted(costs, key=lambda word: (costs[word], word))[:_ASKED_FOR]
        ]

    def _joined(self, left: Slot, right: Slot) -> list[WordCandidate]:
        a, b = left.readings[0], right.readings[0]
        if (
            a.after
            or right.before
            or left.frozen
            or right.frozen
            or len(left.readings) > 1
            or len(right.readings) > 1
        ):
            return []
        if key(a.core.lower()) in self.speller.known and key(b.core.lower()) in self.speller.known:
            return []
        read = a.core + b.core
        words = [
            g.words[0]
            for g in self.speller.guesses(a.witness, read.lower())[:4]
            if len(g.words) == 1 and is_syllable(g.words[0])
        ]
        return [self._over_both(left, right, in_shape(word, read), read) for word in words]

    def _over_both(self, left: Slot, right: Slot, text: str, read: str) -> WordCandidate:
        word, b = key(text.lower()), right.readings[0]
        cost = self.speller.cost(b.witness, text, read) + self.settings.join_cost
        return WordCandidate(
            left.at,
            right.at + 1,
            left.before + text + b.after,
            word,
            history(word, b.after),
            cost,
            left.at,
            text,
        )

    def _ghost_cost(self, slot: Slot) -> float:
        """What it costs that a slot's word is not printed at all; infinite where every witness saw
        a word, or the leading one surely read one that exists.
        """
        present = [r for r in slot.readings if r.core]
        if len(present) == len(slot.readings) or (
            len(present) > 1 and max(r.confidence for r in present) > 0.6
        ):
            return math.inf
        if self._is_surely_led(slot):
            return math.inf
        counted = zip(slot.readings, self._counted(slot), strict=True)
        return sum(
            weight * self.settings.ghost_cost + _sureness(r.confidence)
            for r, weight in counted
            if r.core
        )

    def _is_surely_led(self, slot: Slot) -> bool:
        """Whether the leading witness surely read a word of several letters that is known."""
        first = slot.readings[0]
        is_sure = len(first.core) >= _A_WORD and first.confidence >= _SURELY
        return is_sure and key(first.core.lower()) in self.speller.known

    def of_cell(self, slots: Sequence[Slot]) -> list[WordCandidate]:
        """The candidates of a cell's slots that hold words; positions are places in ``slots``."""
        placed = [slot._replace(at=n) for n, slot in enumerate(slots)]
        nexts = [*(key(slot.core.lower()) for slot in placed[1:]), ""][: len(placed)]
        alone = [
            self.of_slot(slot, following) for slot, following in zip(placed, nexts, strict=True)
        ]
        found = [c for candidates in alone for c in candidates]
        found += [c for n in range(len(placed)) for c in self._asked_for(placed, nexts, n)]
        for n in range(len(placed) - 1):
            found += (
                self._joined(placed[n], placed[n + 1]) if slots[n + 1].at == slots[n].at + 1 else []
            )
        costs = [self._ghost_cost(slot) for slot in placed]
        short = [len(slot.core) < _A_WORD for slot in placed]
        return found + list(_over_ghosts(alone, costs, short))


def _mark(slot: Slot) -> list[tuple[str, str, float]]:
    """All that decides what a slot's readings cost."""
    return [(r.witness, r.core, r.confidence) for r in slot.readings]


def _sureness(confidence: float) -> float:
    """What an engine's confidence says against a word's being a speck, in nats; low confidence:
    nothing.
    """
    return max(0.0, -math.log(1.001 - confidence) - 1.0)


def _over_ghosts(
    alone: Sequence[Sequence[WordCandidate]], costs: Sequence[float], short: Sequence[bool]
) -> Iterator[WordCandidate]:
    """Candidates that also cover slots on which nothing is printed: before a word, or at the end of
    the cell behind it; one slot, or up to four of a letter or two each.

    A line that is drawn by hand, or the edge of a cut one, is read as several such words in a row.
    ``costs``: what it costs that a slot is such a one.
    """
    last = len(alone)
    for n, candidates in enumerate(alone):
        spans = [(start, n + 1) for start in range(max(0, n - _GHOSTS), n)]
        if n < last - 1 <= n + _GHOSTS:
            spans.append((n, last))
        for start, end in spans:
            ghosts = [at for at in range(start, end) if at != n]
            if len(ghosts) == 1 or all(short[at] for at in ghosts):
                yield from _covering(candidates, start, end, sum(costs[at] for at in ghosts))


def _covering(
    candidates: Sequence[WordCandidate], start: int, end: int, cost: float
) -> list[WordCandidate]:
    if cost == math.inf:
        return []
    return [dataclasses.replace(c, start=start, end=end, cost=c.cost + cost) for c in candidates]
