"""Words that both neighbours of a word ask for, where what was read fits neither of them.

The speller tries words whose letters are often misread so. An engine fails otherwise too (``đoàn
vết`` for ``đoàn kết``, ``lữửi vực`` for ``lĩnh vực``): there the neighbours name the word, and the
readings still decide whether it may be printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from normalize.language.word_pairs import START, Counts, key
from normalize.text.letters import skeleton

_OFTEN = 3.0  # how often a pair must have been counted
_FAR, _FEW = 0.6, 2.0  # the share of its letters in which such a word may differ, and how many


class ContextWords:
    """The words that are often counted beside others; ``spelled`` has a spelling for each key."""

    def __init__(self, counts: Counts, spelled: Mapping[str, str]) -> None:
        self.counts = counts
        self.spelled = spelled

    @cached_property
    def _befores(self) -> Mapping[str, list[str]]:
        """The words often counted before each word."""
        found: dict[str, list[str]] = defaultdict(list)
        for before, table in self.counts.follow.items():
            if before[-1:].isalpha():
                for word, count in table.items():
                    if count >= _OFTEN:
                        found[word].append(before)
        return found

    def between(self, before: str, read: str, after: str) -> list[str]:
        """The words that may stand between two others for what was read in small letters; none
        where that fits one of them.

        ``before`` is a history, ``after`` a key of the language model.
        """
        counts, own = self.counts, key(read)
        if counts.seen(before, own) >= 1.0 or (after and counts.seen(own, after) >= 1.0):
            return []
        table = counts.follow.get(before, {}) if before != START else {}
        words = {word for word, count in table.items() if count >= _OFTEN}
        words.update(self._befores.get(after, ()))
        known = [self.spelled[word] for word in sorted(words - {own}) if word in self.spelled]
        most = max(_FEW, _FAR * len(read))
        return [word for word in known if _distance(word, read) <= most]


def _distance(word: str, read: str) -> float:
    """By how many letters two words differ; a mark counts half."""
    bare = Levenshtein.distance(skeleton(word), skeleton(read))
    return (bare + Levenshtein.distance(word, read)) / 2
