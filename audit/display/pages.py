"""Self-contained HTML pages from the templates of this package, everything in them escaped."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_FOLDER = Path(__file__).parents[1]


def fill(template: str, **values: Any) -> str:
    """A template's text with values put in; an unknown name in it is an error."""
    return _environment().get_template(template).render(**values)


@cache
def labels() -> dict[str, dict[str, str]]:
    """The words of the pages by key, in Vietnamese (``vi``) and English (``en``)."""
    text = (_FOLDER / "labels.csv").read_text(encoding="utf-8")
    return {
        row["key"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(text.splitlines())
    }


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
