"""Two texts side by side with what differs marked letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from audit.published.evidence import differences

_CONTEXT = 4  # words shown around a difference in a long text
SAME, GONE, NEW, LEFT_OUT = "same", "gone", "new", "left out"


@dataclass(frozen=True)
class Mark:
    """A piece of text: on both sides, on one side alone, or left out to shorten what is shown."""

    kind: str
    text: str


def marked(before: str, after: str) -> list[Mark]:
    """Both texts as one list of pieces.

    Words that are the same stay whole; in words that differ the letters are compared.
    """
    ours, theirs = before.split(), after.split()
    marks, done = list[Mark](), 0
    for run in differences(ours, theirs):
        marks.append(Mark(SAME, _spaced(ours[done : run.a_from])))
        marks += _differing(
            " ".join(ours[run.a_from : run.a_to]), " ".join(theirs[run.b_from : run.b_to])
        )
        marks.append(Mark(SAME, " "))
        done = run.a_to
    marks.append(Mark(SAME, _spaced(ours[done:])))
    return [mark for mark in marks if mark.text]


def shortened(marks: Sequence[Mark]) -> list[Mark]:
    """The same with long runs of unchanged words cut to those beside a difference."""
    found = []
    for position, mark in enumerate(marks):
        words = mark.text.split(" ")
        if mark.kind != SAME or len(words) <= 2 * _CONTEXT + 2:
            found.append(mark)
            continue
        head = [] if position == 0 else words[:_CONTEXT]
        tail = [] if position == len(marks) - 1 else words[-_CONTEXT - 1 :]
        found += [
            Mark(SAME, " ".join([*head, ""])),
            Mark(LEFT_OUT, "… "),
            Mark(SAME, " ".join(tail)),
        ]
    return [mark for mark in found if mark.text]


def _differing(before: str, after: str) -> list[Mark]:
    """Letters that differ; figures and texts that share hardly a letter are set off whole."""
    codes = Levenshtein.opcodes(before, after)
    shared = sum(code.src_end - code.src_start for code in codes if code.tag == "equal")
    if any(c.isdigit() for c in before + after) or 2 * shared < min(len(before), len(after)):
        return [Mark(GONE, before), Mark(NEW, after)]
    marks = []
    for code in codes:
        gone, new = before[code.src_start : code.src_end], after[code.dest_start : code.dest_end]
        marks += [Mark(SAME, gone)] if code.tag == "equal" else [Mark(GONE, gone), Mark(NEW, new)]
    return marks


def _spaced(words: Sequence[str]) -> str:
    return " ".join([*words, ""]) if words else ""
