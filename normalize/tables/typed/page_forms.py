"""The closed forms as regular expressions that a browser understands, for a page from disk that can
ask nobody.

They are in small letters and know forms, not what these mean: the stage has the last word.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from normalize.lists.read_list import read_list
from normalize.values.closed_forms import SLOT
from normalize.values.units import listed_units
from schemas.disk import write_bytes

FORMS = "page_forms.json"
_SPECIAL = re.compile(r"[.*+?^${}()|\[\]\\/]")
_NUMBER = r"(?:\d{1,4}|[ivx]{1,4})"
_JOINTS = r"(?:,\s*và|;|,|\+|/|\svà\s|\shoặc\s)"


def page_forms() -> dict[str, list[str]]:
    r"""By how a column is asked about, expressions of which a whole value fits one.

    They hold what JavaScript and Python both understand: ``ngày #/#/#`` becomes
    ``ngày NUMBER\/NUMBER\/NUMBER``.
    """
    times = _times()
    funding = _one_of([row["form"] for row in read_list("funding_forms.csv")])
    return {
        "deadline": times,
        "period": times,
        "funding": [rf"{funding}(?:\s*{_JOINTS}\s*{funding})*"],
        "unit": [_one_of(listed_units())],
    }


def write_page_forms(folder: Path) -> None:
    """Put the expressions beside the tables, for the review page."""
    content = json.dumps(page_forms(), ensure_ascii=False, indent=1)
    write_bytes(folder / FORMS, content.encode())


def _times() -> list[str]:
    """The forms of ``deadline_forms.csv``: moments and spans alone, wrapped, and two together."""
    parts: dict[str, list[str]] = {}
    for row in read_list("deadline_forms.csv"):
        parts.setdefault(row["part"], []).append(row["form"])
    moment, span = _one_of(parts["moment"]), _one_of(parts["span"])
    bare = [_escaped(form) for part in ("whole", "bare") for form in parts[part]]
    either = f"(?:{moment}|{span})"
    wrapped = [_escaped(form).replace(r"\{\}", either) for form in parts["wrap"]]
    two = [_escaped(form).replace(r"\{\}", moment) for form in parts["two"]]
    return [*bare, moment, span, *wrapped, *two]


def _one_of(forms: list[str] | tuple[str, ...]) -> str:
    texts = sorted(dict.fromkeys(_escaped(form) for form in forms), key=len, reverse=True)
    return f"(?:{'|'.join(texts)})"


def _escaped(form: str) -> str:
    """A form as an expression: its signs as they are, its slots as numbers."""
    return _SPECIAL.sub(r"\\\g<0>", form.casefold()).replace(SLOT, _NUMBER)
