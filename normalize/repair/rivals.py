"""Words that one engine may have misread for others with the same letters and other marks.

It misreads a word alike wherever it stands: ``sổ sức khoẻ`` read ``số sức khoẻ`` in two places of a
fax bears itself out, where the document counts. Lists and texts, which no engine read, tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from normalize.language.word_pairs import Counts, key
from normalize.repair.slots import Slot
from normalize.repair.trellis import WordCandidate
from normalize.text.letters import skeleton
from schemas.witnesses import engine_of

KNOWN = 2.0  # how often a pair that lists or texts know was counted there: a phrase, or two texts
_LIKELY = 6.5  # nats that a misreading costs at most which is to be reckoned with


class Rivals:
    """The words of a cell beside those that may be printed for them; ``general`` are the counts of
    lists and texts, without the document.
    """

    def __init__(
        self, slots: Sequence[Slot], lattice: Sequence[WordCandidate], general: Counts
    ) -> None:
        """``slots``: those with a word, by whose places the candidates of ``lattice`` are told."""
        self._slots = slots
        self._general = general
        self._here: dict[int, list[WordCandidate]] = defaultdict(list)
        for candidate in lattice:
            self._here[candidate.at].append(candidate)

    def are_better(self, left: WordCandidate | None, right: WordCandidate) -> bool:
        """Whether lists never have two words beside each other, but have a rival of one of them
        there.
        """
        if left is None or self._general.seen(left.last, right.first) > 0.0:
            return False
        before = (self._general.seen(other.last, right.first) for other in self._of(left))
        behind = (self._general.seen(left.last, other.first) for other in self._of(right))
        return any(seen >= KNOWN for seen in (*before, *behind))

    def _of(self, chosen: WordCandidate) -> list[WordCandidate]:
        is_single = chosen.end - chosen.start == 1
        slot = self._slots[chosen.at]
        return likely_rivals(slot, chosen.core, self._here[chosen.at]) if is_single else []


def likely_rivals(
    slot: Slot, word: str, candidates: Iterable[WordCandidate]
) -> list[WordCandidate]:
    """What else with a word's letters may be printed at a slot where one engine alone, be it with
    two models, read it, of all that may be.
    """
    own = word.lower()
    engines = {engine_of(r.witness) for r in slot.readings if r.core.lower() == own}
    if slot.frozen or len(engines) != 1:
        return []
    here = [c for c in candidates if c.end - c.start == 1]
    most = min((c.cost for c in here if c.core.lower() == own), default=0.0) + _LIKELY
    return [
        c
        for c in here
        if c.cost <= most
        and key(c.core.lower()) != key(own)
        and skeleton(c.core.lower()) == skeleton(own)
    ]
