"""How likely one text is a misreading of another, as a cost in nats.

What OCR often confuses costs little; what it seldom does costs much.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

# one for another: case, tone or vowel mark, signs, ..., unlike kinds
CASE, MARK, SIGN, LETTER, DIGIT, MIXED = 2.0, 2.5, 1.5, 4.5, 6.5, 3.5
LOST_LETTER, LOST_DIGIT, LOST_SIGN, LOST_SPACE = 4.0, 6.5, 1.5, 1.0
# a word lost or made up, the next one beside it, one that is signs alone
LOST_WORD, NEXT_WORD, SPECK = 5.0, 2.0, 1.5
# how many sightings of a letter the costs above are worth against the counts of the two documents
_WEIGHT = 100.0
_DASHES = str.maketrans("–—−", "---")


@lru_cache(maxsize=8192)
def bare(letter: str) -> str:
    """A letter's small base without marks: ``Ổ`` is ``o``. For comparing only."""
    plain = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    return plain.lower().replace("đ", "d")


def substitution(printed: str, read: str) -> float:
    """The cost of reading one letter as another, without knowing the documents."""
    if printed == read:
        return 0.0
    if printed.isalpha() and read.isalpha():
        same = bare(printed) == bare(read)
        return CASE if same and printed.lower() == read.lower() else MARK if same else LETTER
    if printed.isdigit() and read.isdigit():
        return DIGIT
    return SIGN if not printed.isalnum() and not read.isalnum() else MIXED


def loss(letter: str) -> float:
    """The cost of losing a letter, or of making one up."""
    if letter.isspace():
        return LOST_SPACE
    return LOST_DIGIT if letter.isdigit() else LOST_LETTER if letter.isalpha() else LOST_SIGN


@dataclass(frozen=True)
class LetterConfusions:
    """How often each letter of one extraction was read as which, counted over the cells without
    doubt.
    """

    seen: Counter[str] = field(default_factory=Counter)
    read_as: Counter[tuple[str, str]] = field(default_factory=Counter)

    def cost(self, printed: str, read: str) -> float:
        """The cost of reading the letter ``printed`` as ``read``.

        It is the general cost, moved by at most one nat by this scan's own counts.
        """
        general = substitution(printed, read)
        if general == 0.0:
            return 0.0
        rate = (self.read_as[printed, read] + _WEIGHT * math.exp(-general)) / (
            self.seen[printed] + _WEIGHT
        )
        return min(max(-math.log(rate), 1.0), general + 1.0)


def count_confusions(pairs: Iterable[tuple[str, str]]) -> LetterConfusions:
    """Counts from pairs of what a cell says and what one witness read there."""
    found = LetterConfusions()
    for said, read in pairs:
        found.seen.update(said)
        if said != read:
            found.read_as.update(
                (said[op.src_pos], read[op.dest_pos])
                for op in Levenshtein.editops(said, read)
                if op.tag == "replace"
            )
    return found


def misreading(printed: str, read: str, confusions: LetterConfusions) -> float:
    """The cost of reading the text ``printed`` as the text ``read``.

    It is summed word by word; where words were split or joined, the letters are compared as one
    run.
    """
    said, seen = _plain(printed), _plain(read)
    if said == seen:
        return 0.0
    by_word = _align(said.split(), seen.split(), lambda a, b: _word(a, b, confusions), lost_words)
    if max(len(said), len(seen)) > 120 or not said or not seen:
        return by_word
    spaces = abs(said.count(" ") - seen.count(" ")) * LOST_SPACE
    return min(by_word, _letters(said.replace(" ", ""), seen.replace(" ", ""), confusions) + spaces)


def lost_words(word: str, again: bool) -> float:
    """The cost of a word that is lost or made up; ``again`` where the one before it was too."""
    if not any(c.isalnum() for c in word):
        return SPECK
    return NEXT_WORD if again else LOST_WORD


def _word(printed: str, read: str, confusions: LetterConfusions) -> float:
    """The cost of reading one word as another.

    The cheapest of three: letter by letter, the case of the whole word lost, or strokes joined
    (``II`` read as ``H``).
    """
    costs = [_letters(printed, read, confusions)]
    if printed.isupper() != read.isupper():
        costs.append(CASE + _letters(printed.lower(), read.lower(), confusions))
    if "H" in printed + read:
        costs.append(
            MIXED + _letters(printed.replace("H", "II"), read.replace("H", "II"), confusions)
        )
    return min(costs)


def _letters(printed: str, read: str, confusions: LetterConfusions) -> float:
    return _align(printed, read, confusions.cost, lambda letter, _: loss(letter))


def _align(
    printed: Sequence[str],
    read: Sequence[str],
    change: Callable[[str, str], float],
    lose: Callable[[str, bool], float],
) -> float:
    """The least cost of turning one sequence into the other.

    The second argument of ``lose`` tells whether the item before was lost too.
    """
    costs, before = [0.0], [""]
    for item in read:
        costs.append(costs[-1] + lose(item, before[-1] == "made up"))
        before.append("made up")
    for said in printed:
        row, steps = [costs[0] + lose(said, before[0] == "lost")], ["lost"]
        for j, seen in enumerate(read, 1):
            best = min(
                (costs[j - 1] + (0.0 if said == seen else change(said, seen)), "kept"),
                (costs[j] + lose(said, before[j] == "lost"), "lost"),
                (row[-1] + lose(seen, steps[-1] == "made up"), "made up"),
            )
            row.append(best[0])
            steps.append(best[1])
        costs, before = row, steps
    return costs[-1]


def _plain(text: str) -> str:
    """One kind of dash; list marks and dashes that stand alone are no evidence."""
    return " ".join(
        word for word in text.translate(_DASHES).replace(";", " ").split() if word.strip("-•*")
    )
