"""Funding: what a task's source of money means, and what its misread words say."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from normalize.lists.read_list import read_list
from normalize.text.clean import clean, early_tone
from normalize.values.closed_forms import decode_form

CODES = ("state_budget", "other_lawful", "ppp")  # the order in which they are published

BUDGET = "state_budget"
NONE = "none"  # money of none of these, or none at all

# of any level of the state: `Ngân sách huyện`, `Nguồn ngân sách cấp xã`; and what goes on from one
# (`Ngân sách tỉnh, xã`)
_LEVEL = r"(?:cấp )?(?:nhà nước|trung ương|địa phương|tỉnh|thành phố|huyện|thị xã|quận|xã|phường)"
_BUDGET = re.compile(rf"(?:nguồn |vốn |kinh phí |nguồn vốn )?ngân sách {_LEVEL}")
_MORE = re.compile(_LEVEL)
_JOINT = re.compile(r"\s*(?:,\s*và|;|,|\+|/|\bvà\b|\bhoặc\b)\s*")


@dataclass(frozen=True)
class Funding:
    """The codes of a source of money joined with ``; ``, and whether that is sure.

    The codes are empty where the source is not known.
    """

    codes: str
    sure: bool


def _key(text: str) -> str:
    return early_tone(clean(text)).casefold().strip(" .;,")


@functools.lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {_key(row["form"]): row["code"] for row in read_list("funding_forms.csv")}


def read_funding(text: str) -> Funding:
    """The codes of a source of money as printed.

    Every part must be known: an unknown one leaves all codes empty and unsure.
    """
    if not clean(text):
        return Funding("", True)
    if _codes().get(_key(text)) == NONE:
        return Funding("", True)
    codes: list[str | None] = []
    for part in filter(None, _JOINT.split(_key(text))):
        goes_on = codes[-1:] == [BUDGET] and _MORE.fullmatch(part) is not None
        is_budget = goes_on or _BUDGET.fullmatch(part) is not None
        codes.append(BUDGET if is_budget else _codes().get(part))
    found = {code for code in codes if code is not None}
    if not codes or None in codes or NONE in codes:
        return Funding("", False)
    return Funding("; ".join(code for code in CODES if code in found), True)


@functools.lru_cache(maxsize=1)
def printed_forms() -> tuple[str, ...]:
    """All ways to print a source of money: each form alone, and two or three of different kinds
    joined.
    """
    rows = read_list("funding_forms.csv")
    by_code = {code: [row["form"] for row in rows if row["code"] == code] for code in CODES}
    found = [form for code in CODES for form in by_code[code]]
    found += [row["form"] for row in rows if row["code"] == NONE]
    for a, b in permutations(CODES, 2):
        found += [
            f"{x}{joint}{y}" for x in by_code[a] for y in by_code[b] for joint in (" và ", ", ")
        ]
    heads = ("Ngân sách nhà nước", "Ngân sách tỉnh", "Ngân sách trung ương", "Ngân sách địa phương")
    pairs = [(x, y) for x, y in permutations(heads, 2)]
    pairs += [(x, y[0].lower() + y[1:]) for x, y in pairs]
    found += [f"{x}{joint}{y}" for x, y in pairs for joint in (" và ", ", ")]
    found += [f"{x}, PPP và {y}" for x in heads for y in by_code["other_lawful"]]
    return tuple(dict.fromkeys(form[0].upper() + form[1:] for form in found))


def _is_known(text: str) -> bool:
    """Whether every part of a source of money is a form of the list."""
    return read_funding(text).sure


def repair_funding(readings: Sequence[str], engines: Sequence[str] = ()) -> tuple[str, bool, str]:
    """A source of money as printed from its readings (best first), whether that is sure, and why
    not.

    ``engines`` names the engine of each reading.
    """
    found = decode_form(readings, printed_forms(), _is_known, engines, _is_known)
    return found.printed, found.sure, found.reason
