"""Short cells with a closed grammar: words are decoded from the printed forms that exist.

Digits come only from what was read.

Long: one decision in steps (numbers out, the form, dissent); its parts share the look-alike digits.
"""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from normalize.text.clean import clean, plain_dashes
from normalize.text.distance import closest, letters, whole_places, word_costs
from normalize.values.votes import engine_of, weigh

SLOT = "#"  # stands for a number in a form
MISREAD = "the words were misread"
NO_FORM = "no known form"
TIE = "two forms are equally near"
NUMBERS = "the witnesses read different numbers"
LETTER_DIGITS = "a digit was read as a letter"
SIGNS = "the signs between the words are not those of a known form"
ONE_READING = "an unlisted form that one reading says"
WITNESSES = "the witnesses differ"

_DIGITS = str.maketrans("OoQlI|ìíSsZzB", "0001111155228")
_NUMERAL = re.compile(r"(?=[\dOoQlI|ìíSsZzB/.]*\d)[\dOoQlI|ìíSsZzB]+")
_QUARTER = re.compile(
    r"(?<=qu[ýyỹỳ] )([IV1ilHíìịỊÍÌ|!\]]{1,4})((?: ?- ?[IV1ilHíìịỊÍÌ|!\]]{1,4})?)(?![\w.])",
    re.IGNORECASE,
)
# all that is in a quarter's number
_STROKES = str.maketrans({**dict.fromkeys("1ilíìịỊÍÌ|!]", "I"), "h": "II", "H": "II", "v": "V"})
_UNSURE_STROKES = frozenset("1HhíìịỊÍÌ!]")
# quarters numbered with digits
_ARABIC = re.compile(r"qu[ýyỹỳ] (?:1 ?- ?)?[234](?!\d)", re.IGNORECASE)
_QUARTERS = frozenset(("I", "II", "III", "IV"))
_NUMERALS = re.compile(r"[^\s\-]+")
_FRACTION = "\u2044"  # a slash, as the script model likes to read it
_OUTER = " .,;:•~^*_'\"“”‘’`|\\-–—="
_WHOLE = 2  # letters: more of them are a word and no misread sign
_ONE_SHAPE = frozenset("ckopsuvwxzô#")  # letters whose capitals look the same
_SIGNS = re.compile(r"[-,;/()]")
_SPACED_DASH = re.compile(r"(\S)(\s*)([-‐‑–—−])(\s*)(?=\S)")


@dataclass(frozen=True)
class DecodedForm:
    """A cell as printed, whether that is sure, and why not (empty when it is)."""

    printed: str
    sure: bool
    reason: str


@dataclass(frozen=True)
class _Match:
    """A reading taken for a form.

    It has the form, its distance and the next form's, and its numbers as read and as digits.
    """

    form: str
    masked: str  # the reading with its numbers as slots
    distance: float
    gap: float
    numbers: tuple[str, ...]
    clean_digits: bool
    doubt: str = ""  # what of the reading the form would change, if it is more than misread letters
    listed: bool = True  # the form is of the list, not the reading's own

    @property
    def printed(self) -> str:
        """The form with the reading's numbers in it."""
        numbers = iter(self.numbers)
        return re.sub(SLOT, lambda _: next(numbers), self.form)


def even_dashes(text: str) -> str:
    """A dash between numbers with a space on both sides or on neither, and as a hyphen.

    Engines and line ends drop one of the two spaces.
    """
    return _SPACED_DASH.sub(
        lambda m: f"{m[1]} - " if m[2] or m[4] else f"{m[1]}-", plain_dashes(text)
    )


def roman_quarters(text: str) -> str:
    """The text with the numbers of quarters as Roman numerals, however their strokes were read.

    ``quý HI/2026`` becomes ``quý III/2026``, ``quý 1I/2026`` becomes ``quý II/2026``.
    """
    return (
        text
        if _ARABIC.search(text)
        else _QUARTER.sub(lambda m: _NUMERALS.sub(lambda n: _roman(n[0]), m[0]), text)
    )


def _is_misread(text: str) -> bool:
    """Whether the number of a quarter may be misread; a lone stroke can be nothing but I.

    It holds what may be more or fewer strokes than one, or a digit, or is no number.
    """
    if _ARABIC.search(text):
        return False
    numbers = [
        number
        for found in _QUARTER.finditer(text)
        for number in _NUMERALS.findall(found[1] + " " + found[2])
    ]
    return any(
        set(number) & _UNSURE_STROKES or number.translate(_STROKES) not in _QUARTERS
        for number in numbers
    )


def _roman(strokes: str) -> str:
    read = strokes.translate(_STROKES)
    return "IV" if read.endswith("V") else read[:3]


def _numbers_out(text: str) -> tuple[str, tuple[str, ...], bool]:
    """A reading with ``#`` for its numbers, these numbers, and whether all were read as digits."""
    quarters = roman_quarters(text)
    parts = re.split(r"([\s/\-]+)", quarters)
    found, honest = [], not _is_misread(text)
    for place, part in enumerate(parts):
        core = part.strip(_OUTER)
        if core in _QUARTERS:
            found.append(core)
            parts[place] = part.replace(core, SLOT, 1)
        elif core and _NUMERAL.fullmatch(core):
            digits = core.translate(_DIGITS)
            honest = honest and digits == core
            found.append(digits)
            parts[place] = part.replace(core, SLOT, 1)
    return "".join(parts), tuple(found), honest


Judge = Callable[[str], bool]


@functools.lru_cache(maxsize=4096)
def _match(text: str, forms: tuple[str, ...], understood: Judge | None) -> _Match | None:
    """The form that a reading stands for, with as many numbers as the reading has.

    First a form that the reading is, but for its case. Then the reading itself, where the grammar
    understands it: what is printed is published, whatever form it has. Then the nearest form with
    the same signs (`Quý I, II/2026` is no `Quý I - II/2026`), and last, in doubt, the nearest of
    all.
    """
    masked, numbers, honest = _numbers_out(text)
    fitting = _with_slots(forms, len(numbers))
    own = next((form for form in fitting if form.casefold() == masked.casefold()), "")
    if not own and understood is not None and understood(text):
        return _Match(masked, masked, 0.0, float("inf"), numbers, honest, listed=False)
    same = _with_signs(fitting, _signs(masked))
    near = closest(masked, same)
    choices = same if near[0] and near[1] <= _limit(near[0]) else fitting
    form, apart, _ = closest(masked, choices)
    rivals = tuple(other for other in choices if other.casefold() != form.casefold())
    if not form:
        return None
    gap = closest(masked, rivals)[1] - apart
    if own:
        form = _in_case_of(own, masked)
    return _Match(form, masked, apart, gap, numbers, honest, "" if choices is same else SIGNS)


def _in_case_of(form: str, masked: str) -> str:
    """The form with capitals where a reading has them, but for letters that are alike in both."""
    words = zip(form.split(" "), masked.split(" "), strict=False)
    return " ".join(
        read
        if word != read and read[:1].lower() not in _ONE_SHAPE and word[1:] == read[1:]
        else word
        for word, read in words
    )


def _signs(text: str) -> str:
    """The signs of a text that part its words: those of a form are never put in place of others."""
    return "".join(_SIGNS.findall(text))


@functools.lru_cache(maxsize=256)
def _with_slots(forms: tuple[str, ...], count: int) -> tuple[str, ...]:
    return tuple(form for form in forms if form.count(SLOT) == count)


@functools.lru_cache(maxsize=1024)
def _with_signs(forms: tuple[str, ...], signs: str) -> tuple[str, ...]:
    return tuple(form for form in forms if _signs(form) == signs)


def _limit(form: str) -> float:
    """How many letters a reading may be from a form that it is taken for."""
    return 0.25 * letters(form) + 0.3


def _good(match: _Match) -> bool:
    return match.distance <= _limit(match.form)


def _puts_another_word(match: _Match) -> bool:
    """Whether a form has, in place of a word that was read, one with none of its letters (`PPP` for
    `ODA`).
    """
    costs = word_costs(match.masked, match.form)
    return costs is not None and any(cost >= size > _WHOLE for cost, size in costs)


def _doubt(match: _Match, seen: bool, plausible: Callable[[str], bool]) -> str:
    """Why the chosen match may be wrong; ``seen``: some reading has its numbers in digits."""
    if not plausible(match.printed):
        return NO_FORM
    if not seen:
        return LETTER_DIGITS
    if match.gap < 0.2:
        return TIE
    costs = word_costs(match.masked, match.form)
    close = costs is not None and all(cost <= max(1.0, 0.6 * size) for cost, size in costs)
    return "" if close and match.distance <= max(1.0, 0.17 * letters(match.form)) else MISREAD


def decode_form(
    readings: Sequence[str],
    forms: tuple[str, ...],
    plausible: Judge,
    engines: Sequence[str] = (),
    understood: Judge | None = None,
) -> DecodedForm:
    """The printed text of a cell from its readings (best first), by the forms that exist.

    ``plausible`` refuses impossible numbers. ``understood`` says whether a grammar that knows each
    of a reading's words can read it: the reading is then what is printed, listed form or not.
    """
    places = [place for place in whole_places(readings) if _plain(readings[place])]
    texts = [_plain(readings[place]) for place in places]
    names = [engine_of(engines, place) for place in places]
    if not texts:
        return DecodedForm("", True, "")
    matches = [_match(text, forms, understood) for text in texts]
    found = [
        (match, name)
        for match, name in zip(matches, names, strict=True)
        if match and _good(match) and not _puts_another_word(match)
    ]
    if not found:
        return _as_read(texts, names, plausible)
    verdict = weigh([match.printed for match, _ in found], [name for _, name in found])
    agreeing = [match for match, _ in found if match.printed == verdict.value]
    best = min(agreeing, key=lambda match: match.distance)
    reason = _doubt_of_agreeing(best, agreeing, plausible)
    if not verdict.settled:
        reason = (
            _dissent(best, [match for match, _ in found if match.printed != best.printed]) or reason
        )
    return DecodedForm(_first_case(best.printed, texts), not reason, reason)


def _plain(reading: str) -> str:
    """A reading with one kind of dash and of stroke, without signs around it."""
    return even_dashes(clean(reading).replace(_FRACTION, "/").strip(_OUTER))


def _doubt_of_agreeing(best: _Match, agreeing: Sequence[_Match], plausible: Judge) -> str:
    """Why what some readings say alike may be wrong; ``best`` is the one of them nearest to it."""
    reason = _doubt(best, any(match.clean_digits for match in agreeing), plausible)
    if not reason and all(match.doubt for match in agreeing):
        reason = agreeing[0].doubt
    return reason or ("" if best.listed or len(agreeing) > 1 else ONE_READING)


def _dissent(best: _Match, others: Sequence[_Match]) -> str:
    """What other readings say against a match.

    Other numbers always do; other words (hàng năm, hằng năm) if they are read as well as these.
    """
    if any(match.numbers != best.numbers for match in others):
        return NUMBERS
    return WITNESSES if any(match.distance <= best.distance + 0.3 for match in others) else ""


def _first_case(value: str, texts: Sequence[str]) -> str:
    """The value with its first letter as most readings have it."""
    first = value[:1].lower() + value[1:].partition(" ")[0]
    small = sum(text.partition(" ")[0] == first for text in texts)
    return value[:1].lower() + value[1:] if 2 * small > sum(bool(text) for text in texts) else value


def _as_read(
    texts: Sequence[str], engines: Sequence[str], plausible: Callable[[str], bool]
) -> DecodedForm:
    """What most engines read where no form fits.

    It is sure when a second reading says the same and it can be understood.
    """
    verdict = weigh([roman_quarters(text) for text in texts], engines)
    if not plausible(verdict.value):
        return DecodedForm(verdict.value, False, NO_FORM)
    if all(_is_misread(text) for text in texts):
        return DecodedForm(verdict.value, False, LETTER_DIGITS)
    if not verdict.settled:
        return DecodedForm(verdict.value, False, WITNESSES)
    seconded = [roman_quarters(text) for text in texts].count(verdict.value) > 1
    return DecodedForm(verdict.value, seconded, "" if seconded else NO_FORM)
