"""Why a value differs between two extractions: the document, its reading, or our rules.

For each run of words that differs, three explanations are weighed by what they cost: both pages say
what the first side published; both say what the second published, or what some witness read; or the
document was changed. Costs are in nats, the natural logarithm of how unlikely a thing is.

A misreading costs what letters.py says. Witnesses of one page share errors, so that each further
one counts half. Where a witness was sure, no other was asked; so a published word is also believed
by its confidence.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from audit.comparison.letters import MARK, LetterConfusions, bare, misreading
from audit.published.evidence import differences, is_doubtful, is_hardly_read, readings_between
from audit.published.folder import Cell, Published

DOCUMENT, READING, RULES, UNDECIDED = "document", "reading", "rules", "undecided"
# that of a cell is the first that one of its runs has
CLASSES = (DOCUMENT, UNDECIDED, RULES, READING)
_CHANGE = 5.0  # nats: about one run of words in 150 is changed between two versions
# more, where a few letters, marks or signs differ: seldom is a document changed so little
_ALIKE = 3.0
_DOUBT = 2.5  # more, where one of the sides doubts the words itself
_LEAST_WRONG = 0.002  # the share of words outside review that are wrong on a bad scan
# how much better than the others the story of a change, and that of a misreading, must be to be
# believed
_MARGIN, _LEAD = 2.5, 1.5
_ROMAN = re.compile("[IVXLC]+")
_RULES = ("code", "lists", "settings")


@dataclass(frozen=True)
class Segment:
    """A run of words that differs, with what the witnesses of each side read there."""

    before: str
    after: str
    cause: str
    a_readings: Mapping[str, str]
    b_readings: Mapping[str, str]


@dataclass(frozen=True)
class Side:
    """One side of a changed cell."""

    value: str
    cell: Cell | None
    doubted: bool  # in review
    is_text: bool = False  # running text, where doubt lies on single words
    number: str = ""  # of its row

    @property
    def is_hopeless(self) -> bool:
        """Whether its own side takes the value for wrong."""
        return self.doubted and self.cell is not None and is_hardly_read(self.cell)


@dataclass(frozen=True)
class Seen:
    """What one side published for a run of words, and what its witnesses read there.

    It also holds the cost of the published words being wrong.
    """

    published: str
    readings: Mapping[str, str]
    surprise: float
    doubted: bool
    is_text: bool

    def cost(self, text: str, confusions: LetterConfusions) -> float:
        """The cost of a page that says ``text`` being read and published like this."""
        costs = [misreading(text, reading, confusions) for reading in self.readings.values()]
        read = sum(costs) * (len(costs) + 1) / (2 * len(costs))
        if text == self.published or not self.surprise:
            return read
        unusual = (
            0.0
            if alike(text, self.published, self.is_text)
            else misreading(text, self.published, confusions) - MARK
        )
        return max(read, self.surprise + unusual)


@dataclass(frozen=True)
class Judge:
    """What is known of two extractions as a whole."""

    a_confusions: LetterConfusions
    b_confusions: LetterConfusions
    rules_changed: bool
    # texts of rows that have no partner: what is missing here may stand there
    elsewhere: Collection[str] = ()

    def segments(self, a: Side, b: Side) -> tuple[Segment, ...]:
        """The runs of words in which two sides of a cell differ, each with its cause."""
        ours, theirs = a.value.split(), b.value.split()
        found = []
        for run in differences(ours, theirs):
            before, after = _seen(a, run.a_from, run.a_to), _seen(b, run.b_from, run.b_to)
            cause = self.cause(before, after)
            if _is_number_of(before.published, b) or _is_number_of(after.published, a):
                cause = READING
            elif cause == DOCUMENT and (a.is_hopeless or b.is_hopeless):
                cause = UNDECIDED
            elif (
                cause == DOCUMENT
                and (before.doubted or after.doubted)
                and _only_moved(before.published, after.published, a, b)
            ):
                # a list that was rearranged, or lines that were read out of order
                cause = UNDECIDED
            found.append(
                Segment(before.published, after.published, cause, before.readings, after.readings)
            )
        return tuple(found)

    def cause(self, a: Seen, b: Seen) -> str:
        """The class of one run of words that differs."""
        common = a.readings.keys() & b.readings.keys()
        if common and all(a.readings[name] == b.readings[name] for name in common):
            return RULES if self.rules_changed else READING
        if self._stands_elsewhere(a.published, b.published):
            return READING
        changed = self._cost(a, a.published, b, b.published) + _CHANGE
        changed += (_DOUBT if a.doubted or b.doubted else 0.0) + (
            _ALIKE if alike(a.published, b.published, a.is_text) else 0.0
        )
        stories = {a.published, b.published, *a.readings.values(), *b.readings.values()}
        same = min(self._cost(a, text, b, text) for text in stories)
        if changed + _MARGIN <= same:
            return DOCUMENT
        return READING if same + _LEAD <= changed else UNDECIDED

    def _cost(self, a: Seen, on_a: str, b: Seen, on_b: str) -> float:
        """The cost of two pages that say these texts."""
        return a.cost(on_a, self.a_confusions) + b.cost(on_b, self.b_confusions)

    def _stands_elsewhere(self, before: str, after: str) -> bool:
        longer = max(before, after, key=len)
        return longer in self.elsewhere or (
            len(longer.split()) >= 4
            and any(
                fuzz.partial_ratio(longer, text) >= 90
                for text in self.elsewhere
                if len(text) >= len(longer)
            )
        )


def _seen(side: Side, start: int, end: int) -> Seen:
    """What one side has for the words of its value from ``start`` to ``end``."""
    words, cell = side.value.split(), side.cell
    published = " ".join(words[start:end])
    readings = readings_between(cell, words, start, end) or {"": published}
    doubted = is_doubtful(cell, words, start, end) or (
        side.doubted and not (side.is_text and cell is not None and cell.doubtful)
    )
    if cell is None or doubted or not published:
        return Seen(published, readings, 0.0, doubted, side.is_text)
    # a cell's confidence is that of all its words
    wrong = (1 - cell.confidence) * (end - start) / len(words)
    return Seen(published, readings, -math.log(max(wrong, _LEAST_WRONG)), doubted, side.is_text)


def alike(before: str, after: str, is_text: bool) -> bool:
    """Whether two texts differ only as a misreading would: in marks, case, signs or a few letters.

    Texts with other figures are not alike. Roman numerals are figures too, but in running text they
    may differ by a stroke that is easily lost (``XVII`` for ``XVIII``).
    """
    if [c for c in before if c.isdigit()] != [c for c in after if c.isdigit()]:
        return False
    if _ROMAN.fullmatch(before) and _ROMAN.fullmatch(after):
        return is_text and before.replace("I", "") == after.replace("I", "")
    ours, theirs = ("".join(bare(c) for c in text if c.isalnum()) for text in (before, after))
    return Levenshtein.normalized_distance(ours, theirs) <= 0.4


def _is_number_of(text: str, other: Side) -> bool:
    """Whether a text that the other side lacks is what stands there in the number of the row."""
    return other.is_text and other.number != "" and text.strip("().- ") == other.number.strip("()")


def _only_moved(before: str, after: str, a: Side, b: Side) -> bool:
    """Whether the words that one side lacks here were published or read elsewhere in its cell."""
    ours, theirs = Counter(a.value.split()), Counter(b.value.split())
    gone, new = Counter(before.split()) & (ours - theirs), Counter(after.split()) & (theirs - ours)
    return (not gone or _read_all(ours, b.cell)) and (not new or _read_all(theirs, a.cell))


def _read_all(words: Counter[str], cell: Cell | None) -> bool:
    return cell is not None and any(
        not words - Counter(reading.split()) for reading in cell.readings.values()
    )


def cause_of_cell(segments: Collection[Segment]) -> str:
    """The class of a whole cell."""
    causes = {segment.cause for segment in segments}
    return next((cause for cause in CLASSES if cause in causes), UNDECIDED)


def rules_changed(a: Published, b: Published) -> bool:
    """Whether code, lists or settings differ."""
    return any(a.versions.get(name) != b.versions.get(name) for name in _RULES)
