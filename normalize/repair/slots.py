"""What each witness read at one place of a cell, split into the word and the signs around it.

Such a place is a slot: it holds one word, or none.

Long: from rows of ``Printed`` to slots in one go; every part knows how readings are split.
"""

import functools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from normalize.language.word_pairs import has_figure_for_letter
from normalize.repair.signs import _SPECK, clean_after, clean_before, split_pieces, split_signs
from normalize.text.letters import nfc, shape
from normalize.text.syllables import is_syllable
from schemas.witnesses import FIRST, INK, LINE, VECTOR

_ROMAN = re.compile(r"^[IVXLC]+$")
_LAW = re.compile(r"\b(QH)([\dIlOo|]{2})$")  # of a National Assembly, by its number: 59/2020/QH14
_DIGITS = str.maketrans("IlOo|", "11001")
_READ = 0.5  # the least confidence of a word that is no speck
_TWO = 2  # witnesses
_WORD = 3  # letters, at least, of what is no sign or unit
# the least confidence of nearly all right words, and the most of one that no dictionary has
_USUALLY_SURE, _MOST_SURE_UNKNOWN = 0.965, 0.935
_BOUNDS = {"≥": ">", "≤": "<"}
_QUOTES = frozenset('"“”‘’')
_STUMPS = frozenset(":;.,!|'’`")  # what is left of a letter that is cut or covered
_STANDING = frozenset("-–+*=/&<>≥≤%")  # signs that stand alone between words


# units that are words of no language: behind a figure context must not make words of them (110 kV)
_UNITS = frozenset(("ha", "km", "kg", "cm", "mm", "kv", "kw", "kwh", "mw", "ml"))
_BOUND = re.compile(r"([≥≤])\s*(\d\S*)")
_MISREAD_BOUND = re.compile(r"[^\W_<>≥≤]\s+(\d\S*)")  # by an engine that does not know these signs


class Reading(NamedTuple):
    """What one witness read at a slot.

    ``core`` is the word without the signs ``before`` and ``after`` it. ``is_cut``: a sign that no
    word begins with stands before its letters (``:ó``).
    """

    witness: str
    before: str
    core: str
    after: str
    confidence: float
    is_cut: bool = False


class Slot(NamedTuple):
    """One word of a cell with its readings, the best single reading first.

    One row of ``Printed`` can hold several slots.
    """

    at: int  # its number in the cell
    row: int
    readings: tuple[Reading, ...]
    before: str
    core: str
    frozen: bool
    alone: str = ""  # the signs of a slot that holds no word
    next_small: bool = False  # the next word starts with a small letter or a digit
    hesitant: float = 0.0  # how much less sure than usual its only witness was, 0 to 1
    sure: float = 1.0  # how sure the leading witness was, not rounded

    @property
    def surely_alone(self) -> float:
        """How nearly the first model, where no other was asked, was as sure of a word as of most,
        0 to 1; 0 where it can be a word that its dictionary lacks.
        """
        is_alone = len(self.readings) == 1 and self.readings[0].witness == FIRST
        return 1.0 - self.hesitant if is_alone and self.sure > _MOST_SURE_UNKNOWN else 0.0


def _reading(witness: str, text: str, confidence: float) -> Reading:
    return read_as(witness, text, round(confidence, 1))


@functools.lru_cache(maxsize=100_000)
def read_as(witness: str, text: str, confidence: float) -> Reading:
    """One Reading object for all places where a witness read the same with the same confidence.

    A document repeats its words.
    """
    before, core, after = split_signs(text)
    core = (
        core
        if witness == VECTOR
        else _LAW.sub(lambda found: found[1] + found[2].translate(_DIGITS), core)
    )
    is_cut = core[:1].isalpha() and before[-1:] in _STUMPS and bool(before)
    start = clean_before(before) if core else before
    return Reading(witness, start, core, clean_after(after), confidence, is_cut)


def parse_readings(text: str, readings: str) -> list[tuple[str, str, float]]:
    """The readings of a ``Printed`` row as (witness, text, confidence), the leading witness's
    first.
    """
    found = [(str(w), nfc(str(t)).strip(), float(c)) for w, t, c in json.loads(readings or "[]")]
    return found or [("text", text, 1.0)]


def _expected(rows: Sequence[Sequence[tuple[str, str, float]]]) -> set[str]:
    """The witnesses that read the whole cell: nearly all of its rows have a reading of theirs.

    The line recogniser reads single words only.
    """
    counts = Counter(w for row in rows for w in {r[0] for r in row})
    return {w for w, n in counts.items() if n >= 0.8 * len(rows)} - {LINE, INK}


def _pieces(row: Sequence[tuple[str, str, float]], absent: Iterable[str]) -> list[list[Reading]]:
    """The readings of each word of a row.

    A witness that read another number of words counts only where it read one word or none; one that
    read signs alone read no word.
    """
    split = [(w, split_pieces(t), c) for w, t, c in row]
    silent = [Reading(w, "", "", "", 0.0) for w in absent]
    size = _voted_size(split) if any(len(parts) > 1 for _, parts, _ in split) else 1
    if size == 1:
        return [[_reading(w, " ".join(parts), c) for w, parts, c in split] + silent]
    whole = [(w, parts if _has_words(parts) else ("",) * size, c) for w, parts, c in split]
    return [
        [_reading(w, parts[i], c) for w, parts, c in whole if len(parts) == size] + silent
        for i in range(size)
    ]


def _has_words(parts: Sequence[str]) -> bool:
    return any(c.isalnum() for part in parts for c in part)


def _voted_size(split: Iterable[tuple[str, tuple[str, ...], float]]) -> int:
    """How many words most witnesses read, each counted by its confidence."""
    votes: Counter[int] = Counter()
    for _, parts, confidence in split:
        votes[len(parts)] += round(100 * confidence) + 1 if _has_words(parts) else 0
    return votes.most_common(1)[0][0]


def is_frozen(core: str, among_capitals: bool) -> bool:
    """Whether context must not decide a word: numbers, codes, Roman numerals, abbreviations."""
    letters, digits = sum(c.isalpha() for c in core), sum(c.isdigit() for c in core)
    if has_figure_for_letter(core):
        return False
    if digits:
        return letters < 2 or letters <= digits or sum(c.isupper() for c in core) > 1
    if _ROMAN.match(core) or any(c in "/." for c in core):
        return True
    return (
        shape(core) == "upper"
        and core.isupper()
        and not among_capitals
        and not is_syllable(core.lower())
    )


def voted(choices: Iterable[tuple[str, float]]) -> str:
    """The choice with most weight; the first of equals."""
    weights: dict[str, float] = defaultdict(float)
    for choice, weight in choices:
        weights[choice] += weight
    return max(weights, key=lambda c: weights[c]) if weights else ""


def _standing_signs(readings: Sequence[Reading]) -> str:
    """The sign of a slot without a word: a dash or the like that witnesses saw for sure.

    So is a unit in brackets, `(%)`. Anything else is a speck.
    """
    seen = [(_SPECK.sub("", r.before), r.confidence) for r in readings]
    found = voted((sign, max(confidence, 0.3)) for sign, confidence in seen)
    agreeing = [confidence for sign, confidence in seen if sign == found]
    sure = max(agreeing, default=0.0) >= 0.5 and 2 * len(agreeing) > len(seen)
    bare = found[1:-1] if found.startswith("(") and found.endswith(")") else found
    return found if sure and bare and set(bare) <= _STANDING else ""


def cell_slots(texts: Sequence[str], readings: Sequence[str], quote: str) -> list[Slot]:
    """The slots of one cell's words as ``Printed`` has them, in order.

    ``quote`` is the document's quotation mark, if it uses only one.
    """
    best = [_quoted(nfc(text).strip(), quote) for text in texts]
    read = [
        _with_bounds(parse_readings(text, _quoted(found, quote, json_text=True)))
        for text, found in zip(best, readings, strict=True)
    ]
    witnesses = _expected(read)
    found: list[tuple[int, list[Reading]]] = []
    for n, row in enumerate(read):
        found += [(n, piece) for piece in _pieces(row, sorted(witnesses - {r[0] for r in row}))]
    hesitant = [_hesitation(row) for row in read]
    return [
        slot._replace(hesitant=hesitant[slot.row], sure=read[slot.row][0][2])
        for slot in _to_slots(_with_paired_quotes(found))
    ]


def _hesitation(row: Sequence[tuple[str, str, float]]) -> float:
    """How much less sure than usual the first model was of a word about which no other was asked.

    It is 0.97 sure of most words, and at most 0.933 of one that its dictionary lacks: between, each
    hundredth below 0.965 counts as 1, up to 1.
    """
    witness, _, confidence = row[0]
    if len(row) > 1 or witness != FIRST or confidence <= _MOST_SURE_UNKNOWN:
        return 0.0
    return min(1.0, max(0.0, (_USUALLY_SURE - confidence) / 0.01))


def _with_bounds(row: list[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
    """The readings of a word with ``≥`` or ``≤`` also where the line recogniser, which does not
    know these signs, read another letter for the one that two others read: ``2 45`` for ``≥ 45``.
    """
    bounds = [found.groups() for _, text, _ in row if (found := _BOUND.fullmatch(text))]
    if len(bounds) < _TWO or len(set(bounds)) > 1:
        return row
    sign, figure = bounds[0]

    def is_bound(witness: str, text: str) -> bool:
        found = _MISREAD_BOUND.fullmatch(text) if witness == LINE else None
        return _BOUND.fullmatch(text) is not None or (found is not None and found[1] == figure)

    return [(w, sign + figure if is_bound(w, text) else text, c) for w, text, c in row]


def _with_paired_quotes(
    found: Sequence[tuple[int, list[Reading]]],
) -> list[tuple[int, list[Reading]]]:
    """The readings without quotation marks that nothing opens before or closes after.

    A straight single one opens nothing (``clean_before``), so that it closes nothing either: behind
    a word it is a raised figure, as engines read a footnote's mark (``tuổi',``), behind a figure or
    a letter it is a mark of its own (``15°30'``).
    """
    opened = [
        n
        for n, (_, readings) in enumerate(found)
        if any(r.before and set(r.before) & _QUOTES for r in readings)
    ]
    closed = [
        n
        for n, (_, readings) in enumerate(found)
        if any(r.after and set(r.after) & _QUOTES for r in readings)
    ]
    kept = []
    for n, (row, readings) in enumerate(found):
        before = "" if closed and n <= closed[-1] else '"“‘'
        after = "'" if opened and n >= opened[0] else "\"”’'"
        kept.append((row, [_without_signs(r, before, after) for r in readings]))
    return kept


def _without_signs(reading: Reading, before: str, after: str) -> Reading:
    if len(reading.core) < _WORD or not reading.core[-1].isalpha():
        after = after.replace("'", "")
    if not reading.core or not (
        set(reading.before) & set(before) or set(reading.after) & set(after)
    ):
        return reading
    return reading._replace(
        before=_without(reading.before, before), after=_without(reading.after, after)
    )


def _without(text: str, characters: str) -> str:
    return "".join(c for c in text if c not in characters)


def _quoted(text: str, quote: str, json_text: bool = False) -> str:
    if not quote:
        return text
    straight = '\\"' if json_text else '"'
    return text.replace("“", straight).replace("”", straight)


def _to_slots(found: Sequence[tuple[int, list[Reading]]]) -> list[Slot]:
    cores = [next((r.core for r in readings if r.core), "") for _, readings in found]
    capital = [shape(core) == "upper" for core in cores]
    slots = []
    for i, ((row, readings), next_small) in enumerate(
        zip(found, _next_small(cores, [readings for _, readings in found]), strict=True)
    ):
        core = cores[i]
        before = _voted_before([r for r in readings if r.core])
        frozen = bool(core) and (
            is_frozen(core, any(capital[max(0, i - 1) : i] + capital[i + 1 : i + 2]))
            or (i > 0 and cores[i - 1][-1:].isdigit() and core.lower() in _UNITS)
        )
        alone = "" if core else _standing_signs(readings)
        slots.append(Slot(i, row, tuple(readings), before, core, frozen, alone, next_small))
    return slots


def _next_small(cores: Sequence[str], found: Sequence[Sequence[Reading]]) -> list[bool]:
    """For each word whether the one after it shows that the sentence goes on.

    That is a small letter or a digit, surely read: a speck can look like either. A word that one
    witness alone saw, and not the leading one, is rather a speck, so that the word behind it tells.
    """
    following, nexts = False, []
    for core, readings in zip(reversed(cores), reversed(found), strict=True):
        nexts.append(following)
        if core and (readings[0].core or sum(r.core == core for r in readings) > 1):
            following = (core[0].islower() or core[0].isdigit()) and max(
                r.confidence for r in readings if r.core
            ) >= _READ
    return nexts[::-1]


def _voted_before(readings: Sequence[Reading]) -> str:
    """The signs before a word.

    One witness is enough for ≥ and ≤, which several engines know only as > and <.
    """
    if not any(r.before for r in readings):
        return ""
    found = voted((r.before, 0.2 + r.confidence) for r in readings)
    return next(
        (r.before for r in readings if r.before in _BOUNDS and _BOUNDS[r.before] == found), found
    )


def one_quote(texts: Iterable[str]) -> str:
    """The straight quotation mark where nearly all of a document's are straight, else nothing."""
    counts = Counter(c for text in texts for c in text if c in '"“”')
    return '"' if counts['"'] > 3 * (counts["“"] + counts["”"]) else ""
