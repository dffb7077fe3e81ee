"""Targets, values and units: what figures mean, and what misread ones say.

A digit is never invented.

Long: reading a figure and repairing it follow one grammar of numbers, signs and comparators.
"""

import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from normalize.lists.read_list import read_list
from normalize.text.clean import clean, early_tone, plain_dashes
from normalize.text.distance import whole_places
from normalize.values.votes import engine_of, weigh

SPECK = "a mark beside the figure"
LETTER = "a letter in a figure"
DIFFER = "the witnesses read different figures"
DECIMAL = "the witnesses differ in a comma or dot"
SPACING = "the witnesses differ in spacing"
WORDS = "the witnesses differ in words"
ONE_WITNESS = "words that one witness read"
NO_FIGURE = "not a figure"

_NUMBER = r"\d+(?:[.,]\d+)*"
_TAIL = r"(?P<tail>%(?:/năm)?|trở lên|trở xuống)?"
_FIGURE = re.compile(
    rf"(?P<sign>[<>≥≤]|>=|<=|=)?\s*(?P<a>{_NUMBER})\s*(?:%\s*)?(?:(?:[-÷~]"
    rf"|đến)\s*(?P<b>{_NUMBER}))?\s*{_TAIL}"
)
_LEADS = {
    "trên": ">",
    "hơn": ">",
    "lớn hơn": ">",
    "cao hơn": ">",
    "đạt trên": ">",
    "dưới": "<",
    "nhỏ hơn": "<",
    "ít nhất": "≥",
    "tối thiểu": "≥",
    "tối đa": "≤",
    "không quá": "≤",
    "đạt": "",
    "bằng": "",
    "từ": "",
    "đạt từ": "",
    "phấn đấu đạt": "",
}
_WORDED = re.compile(rf"(?P<lead>{'|'.join(_LEADS)})\s+(?P<rest>.+)")
_SIGNS = str.maketrans(
    {"›": ">", "»": ">", "＞": ">", "‹": "<", "«": "<", "＜": "<", "⩾": "≥", "⩽": "≤"}
)
_SPECKS = " .,;:•·~^*_'\"“”‘’`|\\°¬"
_LETTER_DIGITS = str.maketrans("OoQlI|ìíSsZzB", "0001111155228")
_NONE = re.compile(r"-+|\.{2,}|…+")
_OPEN = re.compile(r"\d - \d|^[<>≥≤=] \d")
# what an engine that does not know ≥ and ≤ reads for them (an s is a 5 by then), with the space
# behind
_SIGN_AS_DIGIT = "25"
_LIKE_A_SIGN = re.compile(r"[25sSzZ<>≥≤] (?P<figure>\d.*)")
_FIGURE_LIKE = re.compile(
    r"[\d.,\s<>≥≤=%/\-–—÷~OoQlI|ìíSsZzB]*\d[\d.,\s<>≥≤=%/\-–—÷~OoQlI|ìíSsZzB]*"
)


@dataclass(frozen=True)
class Target:
    """What a target means: its comparator (``text`` for words), least and greatest value, and
    sureness.
    """

    comparator: str
    minimum: float | None
    maximum: float | None
    sure: bool


@functools.lru_cache(maxsize=1)
def _percentages() -> dict[str, bool]:
    return {
        row["unit"].casefold(): row["is_percentage"] == "true" for row in read_list("units.csv")
    }


def is_percentage(unit: str) -> bool:
    """Whether figures in this unit are percentages."""
    return _percentages().get(clean(unit).casefold(), "%" in unit)


def read_number(text: str, unit: str) -> float | None:
    """A number by the contract's rule.

    A lone sign before exactly three digits groups thousands, but not after 0 or in a percentage.
    """
    signs = re.findall(r"[.,]", text)
    groups = re.split(r"[.,]", text)
    if not signs:
        return float(text)
    thousands = groups[0] != "0" and len(groups[0]) <= 3 and not is_percentage(unit)
    if len(signs) == 1:
        return (
            float("".join(groups)) if thousands and len(groups[1]) == 3 else float(".".join(groups))
        )
    grouped = (
        groups[0][0] != "0"
        and len(groups[0]) <= 3
        and all(len(group) == 3 for group in groups[1:-1])
    )
    if len(set(signs)) == 1:
        return float("".join(groups)) if grouped and len(groups[-1]) == 3 else None
    if len(set(signs[:-1])) == 1 and grouped:
        return float("".join(groups[:-1]) + "." + groups[-1])
    return None


def _negative(number: float | None) -> Target:
    if number is None:
        return Target("", None, None, False)
    return Target("=", -number, -number, False)


def _plausible(low: float | None, high: float | None, unit: str) -> bool:
    """No share over a hundred."""
    share = clean(unit) == "%"
    return not (share and max(low or 0.0, high or 0.0) > 100)


def _bounds(sign: str, low: float, high: float | None, unit: str) -> Target:
    if high is not None and low > high:
        # a sign was lost or misread: which bound is wrong cannot be told
        return Target("", None, None, False)
    if high is not None:
        return Target("range", low, high, not sign and low < high and _plausible(low, high, unit))
    if sign in (">", "≥"):
        return Target(sign, low, None, _plausible(low, None, unit))
    if sign in ("<", "≤"):
        return Target(sign, None, low, _plausible(None, low, unit))
    return Target("=", low, low, _plausible(low, low, unit))


def _figure(text: str, unit: str, sign: str = "") -> Target | None:
    """A target in digits, or None where the text is not one."""
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    low, high = read_number(match["a"], unit), read_number(match["b"], unit) if match["b"] else None
    if low is None or (match["b"] and high is None):
        return Target("", None, None, False)
    tail = {"trở lên": "≥", "trở xuống": "≤"}.get(match["tail"] or "", "")
    own = {">=": "≥", "<=": "≤", "=": ""}.get(match["sign"] or "", match["sign"] or "")
    return _bounds(own or tail or sign, low, high, unit)


def read_target(text: str, unit: str) -> Target:
    """What a target as printed means in its unit, by the rules of the published ``indicators``
    table.

    It goes into review where it is not sure. A dash or dots alone say that there is none. A minus
    sign is never sure here: a scan's may be a bullet, or what is left of `<`.
    """
    plain = early_tone(plain_dashes(clean(text))).translate(_SIGNS).casefold()
    if _NONE.fullmatch(plain):
        return Target("", None, None, True)
    minus = re.fullmatch(rf"-\s?({_NUMBER})%?", plain)
    if minus is not None:
        return _negative(read_number(minus[1], unit))
    found = _figure(plain, unit)
    if found is not None:
        return found
    worded = _WORDED.fullmatch(plain)
    if worded is not None:
        inner = _figure(worded["rest"], unit, _LEADS[worded["lead"]])
        if inner is not None:
            return inner
    words = [word for word in plain.split() if sum(letter.isalpha() for letter in word) > 1]
    mixed = re.search(r"\d[a-z]|[a-z]\d|^[<>≥≤=]", plain) is not None
    return Target("text" if words else "", None, None, len(words) > 1 and not mixed)


def read_value(text: str, unit: str) -> Target:
    """What a value of the growth table means: it is read as a target, but words are never sure."""
    found = read_target(text, unit)
    return found if found.comparator != "text" else replace(found, sure=False)


def _clean_figure(text: str) -> tuple[str, str]:
    """A reading without specks and with look-alike letters as digits, and the reason for the
    change.

    The reason is empty where nothing was changed.
    """
    plain = re.sub(r"([<>])\s?(?=[<>])", "", clean(text).translate(_SIGNS))
    core = plain.strip(_SPECKS)
    if not _FIGURE_LIKE.fullmatch(core):
        return plain.strip(" ~^*_`|\\•°¬"), ""
    core = (
        core.strip(_SPECKS + "–—-")
        if not re.match(r"[-–—]\s?\d", core)
        else core.rstrip(_SPECKS + "–—-")
    )
    digits = plain_dashes(core.translate(_LETTER_DIGITS))
    return digits, LETTER if digits != plain_dashes(core) else ("" if plain == core else SPECK)


def _is_figure(text: str) -> bool:
    return re.fullmatch(rf"-?\s?{_FIGURE.pattern}", text) is not None


def _closed_up(text: str) -> str:
    return text.replace(" ", "")


def _vote_figures(
    found: Sequence[tuple[str, str]], engines: Sequence[str]
) -> tuple[str, bool, str]:
    """The figure that most engines read, and what was done to each reading.

    Its inner spaces are those that most readings have.
    """
    verdict = weigh([_closed_up(value) for value, _ in found], engines)
    agreeing = [(value, change) for value, change in found if _closed_up(value) == verdict.value]
    spaced = Counter(value for value, _ in agreeing)
    names = [
        name
        for (value, _), name in zip(found, engines, strict=True)
        if _closed_up(value) == verdict.value
    ]
    opened = _opened(agreeing, names, spaced)
    among = opened or spaced
    value = max(among, key=lambda printed: (among[printed], -len(printed)))
    value = _with_sign_apart(value, [text for text, _ in found])
    if not _is_figure(value):
        return value, False, NO_FIGURE
    if not verdict.settled:
        return value, False, DIFFER
    if not opened and len(spaced) > 1 and len(set(spaced.values())) == 1:
        return value, False, SPACING
    changes = {change for _, change in agreeing}
    return (value, False, LETTER) if changes == {LETTER} else (value, True, "")


def _opened(
    agreeing: Sequence[tuple[str, str]], engines: Sequence[str], spaced: Counter[str]
) -> dict[str, int]:
    """The readings with spaces around a dash or behind a sign, where another engine saw some.

    An engine drops the spaces of a narrow cell; none was seen to put one on both sides of a dash.
    """
    seen: dict[bool, set[str]] = {True: set(), False: set()}
    for (value, _), engine in zip(agreeing, engines, strict=True):
        seen[_OPEN.search(value) is not None].add(engine)
    if not seen[True] - seen[False]:
        return {}
    return {printed: count for printed, count in spaced.items() if _OPEN.search(printed)}


def _with_sign_apart(value: str, readings: Sequence[str]) -> str:
    """A figure with the space behind its sign that a reading saw which took the sign for a digit.

    `≥45`, `≥45`, `2 45` -> `≥ 45`: a figure has no space between its digits, so the 2 is the sign.
    """
    sign, figure = value[:1], value[1:]
    if sign not in ("≥", "≤") or figure.startswith(" "):
        return value
    seen = (_LIKE_A_SIGN.fullmatch(reading) for reading in readings)
    apart = any(match is not None and match["figure"] == figure for match in seen)
    return f"{sign} {figure}" if apart else value


def _with_other_signs(value: str) -> set[str]:
    """A figure with commas for its dots, or dots for its commas.

    The engines confuse these in the same way, so that two engines do not outvote one.
    """
    closed = _closed_up(value)
    return {closed.replace(".", ","), closed.replace(",", ".")} - {closed}


def _with_bounds(cleaned: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], bool]:
    """The readings with a sign for the digit that some read in its place; whether that is unsure.

    `≥45`, `≥45`, `245` -> `≥45`, and `2 45` -> `≥ 45`: no engine sees the sign where a digit is
    printed, but those that hardly know it read a digit. It is unsure where one reading alone shows
    the sign.
    """
    seen = [_closed_up(value) for value, _ in cleaned if value[:1] in ("≥", "≤")]
    taken = {digit + value[1:]: value[0] for value in seen for digit in _SIGN_AS_DIGIT if value[1:]}
    found = [(_with_bound(value, taken), change) for value, change in cleaned]
    return found, len(seen) == 1 and found != list(cleaned)


def _with_bound(value: str, taken: Mapping[str, str]) -> str:
    """A figure with its sign where its first digit was read for one; ``taken``: the signs of such
    figures, which may have a space behind that digit (`2 45`).
    """
    sign = taken.get(_closed_up(value) if value[1:2] == " " else value)
    return value if sign is None else sign + value[1:]


def _vote_words(texts: Sequence[str], engines: Sequence[str]) -> tuple[str, bool, str]:
    """The words that most engines read; sure only when a second reading says the same."""
    places = whole_places(texts)
    whole = [_clean_figure(texts[place])[0] for place in places]
    verdict = weigh(whole, [engine_of(engines, place) for place in places])
    if not verdict.settled:
        return verdict.value, False, WORDS
    seconded = whole.count(verdict.value) > 1
    return verdict.value, seconded, "" if seconded else ONE_WITNESS


def repair_figure(readings: Sequence[str], engines: Sequence[str] = ()) -> tuple[str, bool, str]:
    """A figure or worded target as printed from its readings (best first), sureness, and why not.

    ``engines`` names the engine of each reading: where they differ, two engines outvote one;
    without names every difference is in doubt.
    """
    places = [place for place, text in enumerate(readings) if clean(text)]
    texts, names = (
        [clean(readings[place]) for place in places],
        [engine_of(engines, place) for place in places],
    )
    if not texts:
        return "", True, ""
    cleaned = [_clean_figure(text) for text in texts]
    shown = [place for place, (value, _) in enumerate(cleaned) if _FIGURE_LIKE.fullmatch(value)]
    worded = any(sum(letter.isalpha() for letter in value) > 3 for value, _ in cleaned)
    if not shown or (worded and 2 * len(shown) < len(cleaned)):
        return _vote_words(texts, names)
    cleaned, doubted = _with_bounds(cleaned)
    value, sure, reason = _vote_figures(
        [cleaned[place] for place in shown], [names[place] for place in shown]
    )
    if doubted:
        return value, False, DIFFER
    if sure and any(_closed_up(cleaned[place][0]) in _with_other_signs(value) for place in shown):
        return value, False, DECIMAL
    agreed = len({names[place] for place in shown if cleaned[place][0] == value}) > 1
    return (value, sure, reason) if len(shown) == len(cleaned) or agreed else (value, False, DIFFER)
