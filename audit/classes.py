"""Why a value differs between two extractions: the document, its reading, or our rules.

For each run of words that differs, three stories are weighed by what they cost in nats: both pages say what the first side published,
both say what the second published (or what some witness read), or the document was changed. A misreading costs what letters.py says;
witnesses of one page share errors, so that further ones count half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from audit.evidence import differences, is_doubtful, readings_between
from audit.folder import Cell, Published
from audit.letters import Confusions, misreading

DOCUMENT, READING, RULES, UNDECIDED = "document", "reading", "rules", "undecided"
CLASSES = (DOCUMENT, UNDECIDED, RULES, READING)  # that of a cell is the first that one of its runs has
_CHANGE = 5.0  # nats: about one run of words in 150 is changed between two versions
_DOUBT = 2.5  # more, where one of the sides doubts the words itself
_MARGIN = 2.5  # how much better than the others a story must be to be believed
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


@dataclass(frozen=True)
class Judge:
    """What is known of two extractions as a whole."""

    a_confusions: Confusions
    b_confusions: Confusions
    rules_changed: bool
    elsewhere: Collection[str] = ()  # texts of rows that have no partner: what is missing here may stand there

    def segments(self, a: Side, b: Side) -> tuple[Segment, ...]:
        """The runs of words in which two sides of a cell differ, each with its cause."""
        ours, theirs = a.value.split(), b.value.split()
        found = []
        for run in differences(ours, theirs):
            before, after = " ".join(ours[run.a_from : run.a_to]), " ".join(theirs[run.b_from : run.b_to])
            a_read = readings_between(a.cell, ours, run.a_from, run.a_to) or {"": before}
            b_read = readings_between(b.cell, theirs, run.b_from, run.b_to) or {"": after}
            marked = is_doubtful(a.cell, ours, run.a_from, run.a_to) or is_doubtful(b.cell, theirs, run.b_from, run.b_to)
            doubtful = a.doubted or b.doubted or marked
            cause = self.cause(before, after, a_read, b_read, doubtful)
            if cause == DOCUMENT and doubtful and _only_moved(before, after, a, b):
                cause = UNDECIDED  # a list that was rearranged, or lines that were read out of order
            found.append(Segment(before, after, cause, a_read, b_read))
        return tuple(found)

    def cause(self, before: str, after: str, a_read: Mapping[str, str], b_read: Mapping[str, str], doubtful: bool) -> str:
        """The class of one run of words that differs."""
        common = a_read.keys() & b_read.keys()
        if common and all(a_read[name] == b_read[name] for name in common):
            return RULES if self.rules_changed else READING
        if self._stands_elsewhere(before, after):
            return READING
        changed = self._cost(before, a_read, self.a_confusions) + self._cost(after, b_read, self.b_confusions)
        changed += _CHANGE + (_DOUBT if doubtful else 0.0)
        stories = {before, after, *a_read.values(), *b_read.values()}
        same = min(self._cost(text, a_read, self.a_confusions) + self._cost(text, b_read, self.b_confusions) for text in stories)
        if changed + _MARGIN <= same:
            return DOCUMENT
        return READING if same <= changed else UNDECIDED

    def _cost(self, text: str, read: Mapping[str, str], confusions: Confusions) -> float:
        """The cost of a page that says ``text`` being read like this."""
        costs = [misreading(text, reading, confusions) for reading in read.values()]
        return sum(costs) * (len(costs) + 1) / (2 * len(costs))

    def _stands_elsewhere(self, before: str, after: str) -> bool:
        longer = max(before, after, key=len)
        return len(longer.split()) >= 4 and any(longer in text for text in self.elsewhere)


def _only_moved(before: str, after: str, a: Side, b: Side) -> bool:
    """Whether the words that one side lacks here stand, or were read, somewhere else in its cell."""
    ours, theirs = Counter(a.value.split()), Counter(b.value.split())
    gone, new = Counter(before.split()) & (ours - theirs), Counter(after.split()) & (theirs - ours)
    return (not gone or _read_all(ours, b.cell)) and (not new or _read_all(theirs, a.cell))


def _read_all(words: Counter[str], cell: Cell | None) -> bool:
    return cell is not None and any(not words - Counter(reading.split()) for reading in cell.readings.values())


def cause_of_cell(segments: Collection[Segment]) -> str:
    """The class of a whole cell."""
    causes = {segment.cause for segment in segments}
    return next((cause for cause in CLASSES if cause in causes), UNDECIDED)


def rules_changed(a: Published, b: Published) -> bool:
    """Whether code, lists or settings differ."""
    return any(a.versions.get(name) != b.versions.get(name) for name in _RULES)
