"""The questions that a reviewer is asked: doubtful words and cells, alike ones together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.display.pictures import has_position
from audit.published.folder import ELLIPSIS, Box
from audit.review_page.doubts import GROUPS_ABOVE, Doubt
from audit.review_page.likely import Likely
from audit.review_page.words import WordSeen
from schemas.table_kinds import KINDS

WHOLE = -1  # in place of a word's number: the question is about the whole cell
_MOST = 9  # keys that choose


@dataclass(frozen=True)
class Choice:
    """A text that may be right, and the witnesses that read it; none where context offers it."""

    text: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spot:
    """One doubtful place: a word of a cell, or a cell as a whole.

    The first of its choices is what is published. ``form`` says how it is asked: word, text,
    number, group, reference, or by what its column holds (bodies, deadline, ...).
    """

    doubt: int
    word: int
    form: str
    read: str
    choices: tuple[Choice, ...]
    box: Box


def to_spots(doubts: Sequence[Doubt], likely: Likely) -> list[Spot]:
    """The places at which a person has to say something, cell by cell."""
    return [
        spot for number, doubt in enumerate(doubts) for spot in _spots_of(number, doubt, likely)
    ]


def alike(spots: Sequence[Spot], doubts: Sequence[Doubt]) -> list[list[int]]:
    """The numbers of spots that are one question, in the order of the first of each.

    Words are alike where the same was read and the same was decided; cells, where they stand in one
    column too.
    """
    found: dict[object, list[int]] = {}
    for number, spot in enumerate(spots):
        found.setdefault(_likeness(spot, doubts[spot.doubt]), []).append(number)
    return list(found.values())


def _likeness(spot: Spot, doubt: Doubt) -> object:
    said = (spot.form, spot.read, frozenset(choice.text for choice in spot.choices if choice.by))
    value = spot.choices[0].text
    if spot.word != WHOLE:
        return said, value
    appendix = doubt.row_id.partition("/")[0] if "/" in doubt.row_id else ""
    if spot.form == "group":
        return spot.form, doubt.table, appendix, doubt.column, value
    # a row's own number, and a cell of which nothing was read, are like no other
    own = doubt.row_id if spot.form == "number" or not (spot.read or value) else ""
    return said, value, doubt.table, doubt.column, own


def _spots_of(number: int, doubt: Doubt, likely: Likely) -> Iterator[Spot]:
    doubted = [place for place, word in enumerate(doubt.words) if word.doubtful]
    if doubted and composed(doubt) == doubt.value and form_of(doubt.table, doubt.column) == "text":
        for place in doubted:
            word = doubt.words[place]
            box = word.box if word.box is not None else doubt.boxes[0]
            yield Spot(number, place, "word", word.read, tuple(_of_word(word)), box)
        return
    form = form_of(doubt.table, doubt.column)
    box = next((box for box in doubt.boxes if has_position(box)), doubt.boxes[0])
    yield Spot(number, WHOLE, form, doubt.read, tuple(_of_cell(doubt, likely)), box)


def form_of(table: str, column: str) -> str:
    """How a column's cells are asked about: ``deadline``, ``group``, ``text``, ..."""
    kind = KINDS[table]
    printed = kind.column(column)
    if column == "refers_to":
        return "reference"
    if column == kind.key:
        return "number"
    if column in GROUPS_ABOVE and table != "groups":
        return "group"
    return "text" if printed is None or printed.holds in ("text", "words") else printed.holds


def composed(doubt: Doubt) -> str:
    """A cell's value put together from its words, as the page does it too."""
    text = " ".join(" ".join(word.value for word in doubt.words).split())
    before, behind = KINDS[doubt.table].sheds
    text = text.lstrip(before).strip() if before else text
    return text.rstrip(behind) if behind else text


def _of_word(word: WordSeen) -> Iterator[Choice]:
    read: dict[str, list[str]] = {}
    for witness, text in word.readings:
        read.setdefault(_spaced(text), []).append(witness)
    texts = dict.fromkeys([word.value, *read, *word.offered])
    for text in list(texts)[:_MOST]:
        yield Choice(text, tuple(read.get(text, ())))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _of_cell(doubt: Doubt, likely: Likely) -> Iterator[Choice]:
    read: dict[str, list[str]] = {}
    for witness, text in doubt.readings.items():
        if ELLIPSIS not in text:
            read.setdefault(text, []).append(witness)
    others = () if form_of(doubt.table, doubt.column) == "number" else _one_word_changed(doubt)
    texts = dict.fromkeys([doubt.value, *read, *likely.of(doubt), *others])
    for text in list(texts)[:_MOST]:
        yield Choice(text, tuple(read.get(text, ())))


def _one_word_changed(doubt: Doubt) -> Iterator[str]:
    """A coded cell's words with one doubtful word as it may be too."""
    values = [word.value for word in doubt.words]
    for place, word in enumerate(doubt.words):
        for other in word.offered:
            texts = [*values[:place], other, *values[place + 1 :]]
            yield " ".join(" ".join(texts).split())


def rules_of(doubt: Doubt) -> Mapping[str, None]:
    """Why a cell is in doubt: the rules of its doubtful words, each once, in order."""
    return dict.fromkeys(word.rule for word in doubt.words if word.doubtful and word.rule)
