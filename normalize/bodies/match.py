"""Cells that name bodies: from the witnesses' readings of a cell to listed bodies in printed order.

Long: choosing the cut, matching its items and doubting them are one decision over the same
readings.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.bodies.listed import BodyList, Form
from normalize.bodies.segments import BodyToken, Segment, cell_tokens, segment_cell
from normalize.text.clean import clean, early_tone
from normalize.text.distance import distance, letters, paired_words, word_costs
from schemas.settings import BodiesSettings

__all__ = ["BodyCell", "BodyItem", "Reading", "match_cell"]

Reading = Sequence[Sequence[str]]  # lines of words
_Lines = tuple[tuple[str, ...], ...]

UNKNOWN = "not a name of the list"
DIFFERENT_WORDS = "letters or words differ from the listed name"
TIE = "another listed name is as near"
NO_DASH = "an item without its dash"
JOINED = "names joined by a word"
OLD_NAME = "a name that was not in use at the document's date"
WITNESSES = "the witnesses read different bodies"
OVERLOOKED = "read by one witness only"

_NUMBER = re.compile(r"\d+")
# Signs and lone marked vowels at either end: specks, which are no part of a name.
_OUTER = re.compile(r"^(?:[\W_]+|[^\W\d_a-zA-ZđĐởỞ]\s)+|(?:[^\w)]+|\s[^\W\d_a-zA-ZđĐởỞ])+$")
_LONE_SIGN = re.compile(r"\s[^\w\s]+\s")
_LEAST_GAP = 0.75  # letters


@dataclass(frozen=True)
class BodyItem:
    """One item of a cell.

    ``score`` is how well the body fits, ``gap`` by how much the next best fits worse, both in
    percent of its letters. ``reason`` is empty unless the item is doubtful.
    """

    body_id: str
    name: str
    printed: str
    score: float
    gap: float
    doubtful: bool
    reason: str


@dataclass(frozen=True)
class BodyCell:
    """A cell's bodies in printed order; ``doubtful`` when any item is, or when one may be
    missing.
    """

    items: tuple[BodyItem, ...]
    doubtful: bool
    reason: str

    @property
    def value(self) -> str:
        """The names joined as they are published."""
        return "; ".join(item.name for item in self.items)


@functools.lru_cache(maxsize=4)
def _vocabulary(bodies: BodyList) -> frozenset[str]:
    """The words of all listed names, small and without signs."""
    return frozenset(_plain(word) for form in bodies.forms for word in form.text.split())


def _plain(word: str) -> str:
    return early_tone(word).casefold().strip(".,;:()")


@dataclass(frozen=True)
class _Context:
    """What a match is judged by."""

    bodies: BodyList
    settings: BodiesSettings
    on: str


def _other_word(read: str, listed: str, vocabulary: frozenset[str]) -> bool:
    """Whether a word was read as another word that names use (``thành`` for ``tỉnh``): no
    misreading.

    Words that differ in marks alone are not told apart here.
    """
    plain = _plain(read)
    return plain in vocabulary and distance(plain, _plain(listed)) >= 1.0


def _same_words(printed: str, name: str, vocabulary: frozenset[str]) -> bool:
    """Whether a reading has a name's words, and its numbers exactly.

    Each word must have most of the letters and be no other word that names use.
    """
    if _NUMBER.findall(printed) != _NUMBER.findall(name) and any(
        letter.isdigit() for letter in name
    ):
        return False
    costs = word_costs(printed, name)
    if costs is None or any(
        _other_word(*pair, vocabulary) for pair in paired_words(printed, name) or ()
    ):
        return False
    return all(cost <= max(1.0, size / 2) for cost, size in costs) and sum(
        cost for cost, _ in costs
    ) <= max(1.0, letters(name) / 9)


def _doubt(
    segment: Segment, form: Form, score: float, gap: tuple[float, float], context: _Context
) -> str:
    """Why a match may be wrong; empty when nothing speaks against it.

    The gap to the next body is looked at in percent and in letters.
    """
    settings, on = context.settings, context.on
    if score < settings.floor or not _same_words(
        segment.printed, form.text, _vocabulary(context.bodies)
    ):
        return DIFFERENT_WORDS
    if gap[0] < settings.gap or gap[1] < _LEAST_GAP:
        return TIE
    if not form.in_force(on) and (form.valid_from or form.valid_to):
        return OLD_NAME
    marks_only = distance(segment.printed, form.text) < 1.0
    if segment.start_kind == "word":
        return JOINED
    if segment.start_kind == "nothing" or (
        segment.start_kind in ("line", "comma") and not marks_only
    ):
        return NO_DASH
    return ""


def _item(segment: Segment, context: _Context) -> BodyItem:
    """A segment with its body, score, gap and doubt."""
    printed = _OUTER.sub("", segment.printed)
    if segment.form is None:
        return BodyItem("", printed, printed, 0.0, 0.0, True, UNKNOWN)
    form, size = segment.form, max(letters(segment.form.text), 1)
    apart = distance(printed, form.text)
    score = max(0.0, 100 * (1 - apart / size))
    gap = context.bodies.rival(printed, form.body.body_id) - apart
    reason = _doubt(
        replace(segment, printed=printed), form, score, (100 * gap / size, gap), context
    )
    return BodyItem(
        form.body.body_id,
        form.body.name,
        printed,
        round(score, 1),
        round(100 * gap / size, 1),
        bool(reason),
        reason,
    )


@functools.lru_cache(maxsize=4096)
def _decode(
    lines: _Lines,
    bodies: BodyList,
    settings: BodiesSettings,
    on: str,
    breaks: frozenset[int] = frozenset(),
) -> tuple[BodyItem, ...]:
    """The items of one reading by itself; ``breaks``: its lines that begin anew."""
    tokens: list[BodyToken] = cell_tokens(lines, breaks)
    return tuple(
        _item(segment, _Context(bodies, settings, on)) for segment in segment_cell(tokens, bodies)
    )


def _whole(cells: Sequence[_Lines]) -> list[int]:
    """Which readings cover the cell: the first, and those with at least 0.7 of the longest one's
    letters.
    """
    sizes = [sum(letters(word) for line in cell for word in line) for cell in cells]
    enough = 0.7 * max(sizes, default=0)
    return [
        number for number, size in enumerate(sizes) if number == 0 or (size >= enough and size > 0)
    ]


def _misfit(items: Sequence[BodyItem], cell: Sequence[Sequence[str]]) -> float:
    """How far a reading is from a sequence of items, in letters."""
    read = " ".join(token.text for token in cell_tokens(cell) if not token.is_sign)
    return distance(read, " ".join(_LONE_SIGN.sub(" ", item.name) for item in items))


def _ids(items: Sequence[BodyItem]) -> tuple[str, ...]:
    return tuple(item.body_id or item.name for item in items)


def _cleared(item: BodyItem) -> BodyItem:
    return replace(item, doubtful=False, reason="")


def _doubted(item: BodyItem) -> BodyItem:
    return replace(item, doubtful=True, reason=item.reason or WITNESSES)


def _doubts(items: Sequence[BodyItem]) -> int:
    return sum(item.doubtful for item in items)


def _names_others(part: Sequence[BodyItem], items: Sequence[BodyItem]) -> bool:
    """Whether a reading surely names a body that is not among the items."""
    return bool(
        {item.body_id for item in part if not item.doubtful} - {item.body_id for item in items}
    )


def _weigh(
    chosen: Sequence[BodyItem],
    others: Sequence[tuple[BodyItem, ...]],
    parts: Sequence[tuple[BodyItem, ...]],
) -> BodyCell:
    """The chosen items, with doubt where other readings of the cell, or of parts of it, say
    otherwise.
    """
    items = list(chosen)
    missing = WITNESSES if any(_names_others(part, items) for part in parts) else ""
    for other in others:
        if _ids(other) == _ids(items):
            # What one witness misread another read well: its doubt is lifted, unless both doubt.
            items = [
                _cleared(item) if item.body_id and not seen.doubtful else item
                for item, seen in zip(items, other, strict=True)
            ]
    for other in others:
        if len(other) == len(items):
            # A misread name that is nearest to another body speaks against this one; one that is
            # near to none says nothing.
            pairs = zip(items, other, strict=True)
            items = [
                _doubted(item) if seen.body_id not in ("", item.body_id) else item
                for item, seen in pairs
            ]
        elif _names_others(other, items):
            missing = WITNESSES
        elif not _doubts(other):
            missing = OVERLOOKED
    reason = next((item.reason for item in items if item.doubtful), missing)
    return BodyCell(tuple(items), bool(reason), reason)


def match_cell(
    readings: Sequence[Reading],
    bodies: BodyList,
    settings: BodiesSettings | None = None,
    on: str = "",
    breaks: frozenset[int] = frozenset(),
) -> BodyCell:
    """The bodies of a cell from its readings by different witnesses, the best reading first.

    Each whole reading is cut into listed names and unknown items. The cut that fits all readings
    best is taken, and its doubts are kept with it. ``on`` is the document's ISO date, where known.
    ``breaks`` are the numbers of the lines, from 0, before which the line above had room for
    another word.
    """
    limits = settings if settings is not None else BodiesSettings()
    cells = [
        tuple(tuple(clean(word) for word in line if clean(word)) for line in reading)
        for reading in readings
    ]
    decoded = [_decode(cell, bodies, limits, on, breaks) for cell in cells]
    if not any(decoded):
        return BodyCell((), False, "")
    whole = _whole(cells)
    found = [number for number in whole if decoded[number]]
    best = min(
        found,
        key=lambda number: (
            sum(_misfit(decoded[number], cells[n]) for n in whole),
            _doubts(decoded[number]),
            number,
        ),
    )
    others = [decoded[number] for number in found if number != best]
    parts = [items for number, items in enumerate(decoded) if number not in whole and items]
    return _weigh(decoded[best], others, parts)
