"""Lattices: the candidates of every slot of a cell with what the readings say against each."""

import dataclasses
from collections.abc import Mapping, Sequence

from normalize.candidates import Guess, Speller, in_shape
from normalize.decoder import Candidate
from normalize.language import Weights, history, key
from normalize.lexicon import is_syllable
from normalize.slots import Slot


@dataclasses.dataclass(frozen=True)
class RepairSettings:
    """What may be turned in ``params.yaml``; costs are in nats."""

    weights: Weights = Weights()
    witnesses: tuple[tuple[str, float], ...] = (("vie", 0.7), ("script", 0.7), ("line", 1.0), ("layer", 1.0), ("dump", 1.0))
    candidates: int = 12  # for each reading
    passes: int = 3  # the first without the document's own counts
    language: float = 1.0  # weight of context against readings
    split_cost: float = 4.0  # a space that was not seen
    join_cost: float = 6.0  # a space that is not printed
    code_cost: float = 7.0  # a number or code misread
    missed_cost: float = 5.0  # a word that a witness did not see
    doubt: float = 0.97  # words below this confidence are doubtful


class Lattices:
    """Builds the candidates of cells."""

    def __init__(self, speller: Speller, settings: RepairSettings) -> None:
        self.speller = speller
        self.settings = settings
        self.weights: Mapping[str, float] = dict(settings.witnesses)

    def _weight(self, slot: Slot, witness: str) -> float:
        """What a reading counts: engines that share their errors count less where they read together."""
        return self.weights.get(witness, 1.0) if len(slot.readings) > 1 else 1.0

    def emission(self, slot: Slot, text: str) -> float:
        """The cost of all readings of a slot if ``text`` is printed there."""
        costs = (
            self._weight(slot, r.witness) * (self.speller.cost(r.witness, text, r.core) if r.core else self.settings.missed_cost)
            for r in slot.readings
        )
        return sum(costs)

    def _code_emission(self, slot: Slot, text: str) -> float:
        return sum(self._weight(slot, r.witness) * self.settings.code_cost * (r.core != text) for r in slot.readings)

    def of_slot(self, slot: Slot) -> list[Candidate]:
        """The candidates of one slot that holds a word, the best single reading first, then by their cost."""
        if slot.frozen:
            texts = dict.fromkeys(r.core for r in slot.readings if r.core)
            return [self._single(slot, text, self._code_emission(slot, text)) for text in texts]
        found: dict[str, Candidate] = {}
        for reading in slot.readings:
            if reading.core:
                self._add_near(slot, reading.witness, reading.core, found)
        first = found[slot.core]
        rest = sorted((c for c in found.values() if c is not first), key=lambda c: c.cost)
        return [first, *rest[: self.settings.candidates * 2]]

    def _add_near(self, slot: Slot, witness: str, core: str, found: dict[str, Candidate]) -> None:
        for text in (core, in_shape(core.lower(), core)):
            if text not in found:
                found[text] = self._single(slot, text, self.emission(slot, text))
        for guess in self.speller.guesses(witness, core.lower())[1:]:
            text = in_shape(" ".join(guess.words), core)
            if text not in found:
                found[text] = self._several(slot, guess, text) if len(guess.words) > 1 else self._single(slot, text, self.emission(slot, text))

    def _single(self, slot: Slot, text: str, cost: float) -> Candidate:
        word = key(text.lower())
        return Candidate(slot.index, slot.index + 1, text, word, history(word, slot.after), cost)

    def _several(self, slot: Slot, guess: Guess, text: str) -> Candidate:
        words = [key(word) for word in guess.words]
        inner = sum(self.speller.language.cost(a, b) for a, b in zip(words, words[1:], strict=False))
        cost = self.emission(slot, text.replace(" ", "")) + self.settings.split_cost + inner * self.settings.language
        return Candidate(slot.index, slot.index + 1, text, words[0], history(words[-1], slot.after), cost)

    def _joined(self, left: Slot, right: Slot) -> list[Candidate]:
        if left.after or right.before or left.frozen or right.frozen or len(left.readings) > 1 or len(right.readings) > 1:
            return []
        if key(left.core.lower()) in self.speller.known and key(right.core.lower()) in self.speller.known:
            return []
        witness, read = left.readings[0].witness, left.core + right.core
        words = [g.words[0] for g in self.speller.guesses(witness, read.lower())[:4] if len(g.words) == 1 and is_syllable(g.words[0])]
        return [self._over_both(left, right, in_shape(word, read), self.speller.cost(witness, in_shape(word, read), read)) for word in words]

    def _over_both(self, left: Slot, right: Slot, text: str, cost: float) -> Candidate:
        word = key(text.lower())
        return Candidate(left.index, right.index + 1, text, word, history(word, right.after), cost + self.settings.join_cost)

    def of_cell(self, slots: Sequence[Slot]) -> list[Candidate]:
        """The candidates of a cell's slots that hold words; positions are places in ``slots``."""
        placed = [dataclasses.replace(slot, index=n) for n, slot in enumerate(slots)]
        found = [c for slot in placed for c in self.of_slot(slot)]
        for n, (left, right) in enumerate(zip(placed, placed[1:], strict=False)):
            if slots[n + 1].index == slots[n].index + 1:
                found += self._joined(left, right)
        return found
