"""Self-contained HTML pages from the templates of this package, everything in them escaped."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from schemas.words.titles import codes, titles

_FOLDER = Path(__file__).parents[1]
_SHOWN_CODES = (
    "rule",
    "witness",
    "finding",
    "reason",
    "deadline_kind",
    "funding_code",
    "comparator",
)
SCRIPTS = (  # of the review page, in this order
    "base.js",
    "state.js",
    "files.js",
    "queue.js",
    "desk.js",
    "answer.js",
    "forms.js",
    "sheet.js",
    "overview.js",
    "main.js",
)


def fill(template: str, **values: Any) -> str:
    """A template's text with values put in; an unknown name in it is an error."""
    return _environment().get_template(template).render(**values)


@cache
def labels() -> dict[str, dict[str, str]]:
    """The words of the pages by key, in Vietnamese (``vi``) and English (``en``).

    What tables, columns and codes are called (``table.tasks``, ``column.lead``,
    ``column.milestones.label``, ``rule.case``) comes from schemas/words.
    """
    text = (_FOLDER / "labels.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    own = {row["key"]: (row["vi"], row["en"]) for row in rows}
    named = {
        ".".join(filter(None, ("column" if column else "table", table, column))): (to.vi, to.en)
        for (table, column), to in titles().items()
    }
    meant = {
        f"{name}.{code}": (meaning.vi, meaning.en)
        for name in _SHOWN_CODES
        for code, meaning in codes()[name].items()
    }
    return {key: {"vi": vi, "en": en} for key, (vi, en) in {**own, **named, **meant}.items()}


def script_data(value: Any) -> str:
    """JSON that may stand inside a script element: no ``<`` can end it."""
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
    )


def _asset(name: str) -> Markup:
    """A script or style sheet of our own, put in as it is."""
    return Markup((_FOLDER / "templates" / name).read_text(encoding="utf-8"))  # noqa: S704 - no document's text is in it


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    made.globals["asset"] = _asset
    return made
