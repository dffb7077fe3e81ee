"""Units of measurement, and what misread ones say."""

import functools
import re
from collections.abc import Mapping, Sequence

from normalize.lists.read_list import read_list
from normalize.text.clean import clean
from normalize.text.distance import closest, letters, whole_places
from normalize.text.syllables import is_syllable
from normalize.values.figures import DIFFER
from normalize.values.votes import engine_of, weigh

UNKNOWN_UNIT = "not a unit of the list"
_SPECKS = " .,;:•·~^*_'\"“”‘’`|\\-–—"
_PERCENT = re.compile(r"(?:0/0|[0°oO]/[0oO°]|9%|%[.,:;'4]|9/0|⁄)(?=$|/| )")
_SMEARED = re.compile(r"\w{0,2}%\w{1,2}|\w{1,2}%")  # a lone % whose rings were read as letters
_MORE_TAILS = (
    "ngày",
    "quý",
    "vụ",
    "hộ",
    "xã",
    "lượt",
    "vạn dân",
    "1.000 dân",
    "học sinh",
)  # what a unit is counted by, beside those of the list


@functools.lru_cache(maxsize=1)
def _units() -> tuple[str, ...]:
    return tuple(row["unit"] for row in read_list("units.csv"))


@functools.lru_cache(maxsize=1)
def _composed() -> tuple[str, ...]:
    """The units of the list, and each by each thing that is counted (``Nghìn đồng/ngày``).

    None stands there twice but for its case.
    """
    tails = dict.fromkeys(
        [*(unit.partition("/")[2] for unit in _units() if "/" in unit), *_MORE_TAILS]
    )
    composed = [f"{unit}/{tail}" for unit in _units() for tail in tails]
    by_case = {unit.casefold(): unit for unit in (*reversed(composed), *reversed(_units()))}
    return tuple(by_case.values())


def is_listed(unit: str) -> bool:
    """Whether a unit is of the list, by itself or counted by a thing, in capitals or not."""
    return unit.casefold() in _in_small_letters()


@functools.lru_cache(maxsize=1)
def _in_small_letters() -> frozenset[str]:
    return frozenset(unit.casefold() for unit in listed_units())


def listed_units() -> tuple[str, ...]:
    """The units of the list, then each of them counted by each thing."""
    return (*_units(), *_composed())


def _clean_unit(text: str) -> str:
    # a lone marked vowel is a speck
    plain = re.sub(r"\s[^\W\d_a-zA-ZđĐ]$", "", clean(text).strip(_SPECKS)).strip(_SPECKS)
    return re.sub(r"\s*/\s*", "/", _PERCENT.sub("%", plain))


def _without_smear(unit: str) -> str:
    return "%" if _SMEARED.fullmatch(unit) else unit


@functools.lru_cache(maxsize=256)
def _all_as_cased(first: str, units: tuple[str, ...]) -> tuple[str, ...]:
    """Units with their first letter large or small as in a reading that begins with ``first``.

    Only where it is the same letter.
    """
    return tuple(
        first + unit[1:] if unit[0].casefold() == first.casefold() else unit for unit in units
    )


@functools.lru_cache(maxsize=4096)
def _known(text: str, units: tuple[str, ...]) -> str:
    """The unit that a reading is near, empty where none is, or two are."""
    unit, near, second = closest(text, _all_as_cased(text[0], units))
    return (
        unit
        if _is_near(near, unit) and second - near >= 0.2 and _parts_are_near(text, unit)
        else ""
    )


def _is_near(distance: float, unit: str) -> bool:
    return distance <= max(0.35, 0.2 * letters(unit))


def _parts_are_near(text: str, unit: str) -> bool:
    """Whether the two parts of a unit, around its stroke, are each near what was read.

    As a whole a long part could hide another short one.
    """
    if not ("/" in text and "/" in unit):
        return True
    return all(
        _is_near(closest(read, [part])[1], part)
        for read, part in zip(text.split("/", 1), unit.split("/", 1), strict=True)
    )


def repair_unit(readings: Sequence[str], engines: Sequence[str] = ()) -> tuple[str, bool, str]:
    """A unit as printed from its readings (best first) by ``units.csv``, whether it is sure, and
    why not.

    ``engines`` names the engine of each reading.
    """
    seen = [_clean_unit(text) for text in readings]
    cleaned = [_without_smear(text) for text in seen]
    # a sign without letters, beside them
    whole = {*whole_places(cleaned), *(place for place, text in enumerate(cleaned) if text == "%")}
    texts = {place: cleaned[place] for place in sorted(whole) if cleaned[place]}
    if not texts:
        return "", True, ""
    units = _composed() if any("/" in text for text in texts.values()) else _units()
    found = {place: unit for place, text in texts.items() if (unit := _known(text, units))}
    if not found:
        return _unlisted(texts, engines)
    verdict = weigh(list(found.values()), [engine_of(engines, place) for place in found])
    seconded = len(found) > 1 or len(found) == len(cleaned)
    smeared = verdict.value == "%" and "%" not in seen
    sure = verdict.settled and seconded and not smeared
    return verdict.value, sure, "" if sure else UNKNOWN_UNIT if verdict.settled else DIFFER


def _unlisted(texts: Mapping[int, str], engines: Sequence[str]) -> tuple[str, bool, str]:
    """What most engines read where no unit of the list is near.

    It is sure where two engines read the same words, and nothing else was read.
    """
    names = [engine_of(engines, place) for place in texts]
    verdict = weigh(list(texts.values()), names)
    sure = (
        verdict.unanimous
        and len(set(names)) > 1
        and all(is_syllable(word.lower()) for word in re.split(r"[ /]", verdict.value))
    )
    return verdict.value, sure, "" if sure else UNKNOWN_UNIT
