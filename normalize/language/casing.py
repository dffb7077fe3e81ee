"""Small letter or capital: how a word is usually written between its neighbours.

That is counted in phrases, in texts and in the document itself.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from normalize.language.word_pairs import key, phrases
from normalize.text.dictionary import sentences
from normalize.text.letters import shape

Pair = tuple[str, str]
Table = Mapping[Pair, list[float]]  # how often small and capital
_OFTEN = 5.0  # the word's own and four more
_ENDS = frozenset(".!?…:")  # of a sentence
_SIGNS = ",.;:!?()\"“”‘’'…-–"


class Cases:
    """Counts of small and capital first letters, of the left and of the right word of each pair of
    words.
    """

    def __init__(
        self, general: "Cases | None" = None, left: Table | None = None, right: Table | None = None
    ) -> None:
        self.general = general  # counts to be added to these
        self.left, self.right = (
            defaultdict(lambda: [0.0, 0.0], table or {}) for table in (left, right)
        )

    def add(self, words: Sequence[str], weight: float, first: bool) -> None:
        """Count a run of words without punctuation.

        Its first word is counted only with ``first``: at a sentence's start it is always a capital.
        """
        for i, (left, right) in enumerate(itertools.pairwise(words)):
            self.add_pair(left, right, bool(i or first), True, weight)

    def add_pair(
        self, left: str, right: str, count_left: bool, count_right: bool, weight: float = 1.0
    ) -> None:
        """Count the case of the words of one pair, each only if asked for.

        Words all in capitals say nothing.
        """
        pair = (key(left.lower()), key(right.lower()))
        for table, word, counted in (
            (self.left, left, count_left),
            (self.right, right, count_right),
        ):
            form = shape(word)
            if counted and form != "upper":
                table[pair][form == "title"] += weight

    def odds(self, before: str, word: str, after: str, less: int | None = None) -> float:
        """The log odds of a capital, in nats.

        ``less`` (0 small, 1 capital) takes one occurrence off the counts: the word's own.
        """
        total = 0.0
        for side, pair in (("left", (word, after)), ("right", (before, word))):
            counts = self.counted(side, pair)
            if any(counts):
                if less is not None:
                    counts[less] = max(0.0, counts[less] - 1.0)
                total += math.log((counts[1] + 0.3) / (counts[0] + 0.3))
        return max(-5.0, min(5.0, total))

    def is_often_capital(self, word: str, after: str) -> bool:
        """Whether a word before another has a capital in the middle of sentences, too.

        So it is with ``Nhân dân``, though ``nhân dân`` is more usual.
        """
        return self.counted("left", (word, after))[1] >= _OFTEN

    def counted(self, side: str, pair: Pair) -> list[float]:
        """How often the word on one side of a pair had a small letter and a capital."""
        own = getattr(self, side).get(pair, (0.0, 0.0))
        more = self.general.counted(side, pair) if self.general is not None else (0.0, 0.0)
        return [own[0] + more[0], own[1] + more[1]]


def general_cases(names: Iterable[str]) -> Cases:
    """Cases counted in ``phrases.csv``, names of bodies and installed texts."""
    cases = Cases()
    for phrase in (*phrases(), *names):
        for run in _runs(phrase.split()):
            cases.add(run, 2.0, True)
    for sentence in sentences():
        for n, run in enumerate(_runs(sentence)):
            cases.add(run, 1.0, n > 0)
    return cases


def _runs(tokens: Sequence[str]) -> Iterable[list[str]]:
    run: list[str] = []
    for token in tokens:
        word = token.strip(',;:()"“”')
        if word and word[0].isalnum():
            run.append(word)
        if run and (not word or word != token):
            yield run
            run = []
    if run:
        yield run


def with_document(general: Cases, cells: Iterable[Sequence[tuple[str, bool]]]) -> Cases:
    """The general cases with the document's own words added.

    Each word comes with its signs and with whether its case was read for sure. A word that begins a
    sentence says nothing of its case.
    """
    cases = Cases(general)
    for words in cells:
        begins = True
        for (word, sure), (following, next_sure) in itertools.pairwise(words):
            left, right = word.strip(_SIGNS), following.strip(_SIGNS)
            if left and right and word.endswith(left) and following.startswith(right):
                cases.add_pair(left, right, sure and not begins, next_sure)
            begins = word[-1:] in _ENDS
    return cases


def swapped(word: str) -> str:
    """``word`` with its first letter in the other case."""
    return word[:1].swapcase() + word[1:]
