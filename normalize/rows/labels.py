"""The header labels of the tables' columns."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from normalize.lists.read_list import read_list
from normalize.text.fold import fold

_YEARS = regex.compile(r"\b(?:19|20)\d\d\b")


@cache
def labels() -> tuple[tuple[str, str, str], ...]:
    """The known labels of a ruled header as (table, column, folded label)."""
    rows = [*read_list("headers.csv"), *read_list("headers_in_rulings.csv")]
    return tuple((row["table"], row["column"], _plain(row["label"])) for row in rows)


@cache
def labels_in_text() -> tuple[tuple[str, str, str], ...]:
    """The labels that can be told from running text, for a dump has no rulings around its headers.

    Labels of headers_in_rulings.csv are left out: "Danh mục nhiệm vụ" heads a column in one
    document and is an appendix's title in another.
    """
    rows = read_list("headers.csv")
    return tuple((row["table"], row["column"], _plain(row["label"])) for row in rows)


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    return " ".join(regex.sub(r"[^a-z ]+", " ", fold(_YEARS.sub(" ", text))).split())
