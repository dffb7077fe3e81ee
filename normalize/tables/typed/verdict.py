"""What is said of a typed value, and by which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# by the key of the reason; the review page has the same keys, with ``typed.`` before them, in two
# languages. ``{value}`` and its like are filled from ``Typed.said``
REASONS: Mapping[str, str] = {
    "empty": "the value is empty, and something is printed there",
    "body_unknown": "{value} is no name of the list, nor of this document",
    "body_twice": "{value} stands twice in the list",
    "deadline_unknown": "no form of a deadline reads so",
    "deadline_vague": "this deadline can be understood in more than one way",
    "no_such_time": "the calendar has no such time",
    "year_far": "the year {value} is far from the document's, which does not name it",
    "period_unknown": "no form of a period reads so",
    "funding_unknown": "{value} is no source of funding of the list",
    "unit_unknown": "{value} is no unit of the list, nor of this document",
    "not_a_figure": "this is no plain figure",
    "figure_backwards": "the first figure is greater than the second",
    "share_over_100": "a share over 100 %",
    "not_a_whole_number": "this is no whole number",
    "no_such_page": "the document has pages 1 to {last}",
    "not_a_date": "this is no date; write it as 2026-06-30",
    "not_of_these": "it must be one of: {choices}",
    "number_form": "no number of this table is written so",
    "number_taken": "another row has the number {value}",
    "no_such_row": "there is no row {value}",
    "word_unknown": "{value} is no Vietnamese word, and stands nowhere else in the document",
    "word_repeated": "{value} stands three times in a row",
    "body_misspelt": "{value} is nearly the name of a body",
    "brackets": "a bracket or quotation mark is opened and not closed, or the other way round",
    "control_character": "a control character was taken out",
    "derived": "this column follows from another one: decide on {column} there",
    "not_decided": "nobody decides on this column",
    "no_such_column": "the table has no such column",
    "no_such_table": "there is no such table of rows",
}
NEAREST = "; the nearest known is {nearest}"
# what was done to a value that fits, told and no doubt
NOTES: Mapping[str, str] = {
    "canonical": "published under the name of the list: {value}",
    "spaces": "spaces were put in order",
    "date_form": "published as {value}",
}


@dataclass(frozen=True)
class Typed:
    """What a typed value is worth in its column.

    ``value`` is what is published of it: a body by the name of the list, a date as ISO, spaces in
    order. ``reason`` is a key of ``REASONS``, empty where the value fits, ``said`` what fills its
    words, ``nearest`` the known value that is nearest, if one is near. ``means`` holds the columns
    that follow from it (``deadline_kind``, ``start``, ``funding_codes``, ``comparator``, ...) and
    ``parts`` its milestones or bodies, as the published tables have them. ``choices`` are the
    values of a column that has only these; ``notes`` keys of ``NOTES``.
    """

    value: str
    reason: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    nearest: str = ""
    means: Mapping[str, Any] = field(default_factory=dict)
    parts: Sequence[Mapping[str, Any]] = ()
    choices: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether nothing speaks against the value."""
        return not self.reason

    @property
    def message(self) -> str:
        """The reason in English, with the nearest known value; empty where the value fits."""
        if self.fits:
            return ""
        told = REASONS[self.reason].format_map(self.said)
        return told + (NEAREST.format(nearest=self.nearest) if self.nearest else "")

    @property
    def plain_message(self) -> str:
        """The same without any text of the document, for the terminal."""
        if self.fits:
            return ""
        hidden = {name: self.said[name] for name in _SPOKEN if name in self.said}
        return REASONS[self.reason].format_map({**_UNSPOKEN, **hidden})


# what fills a reason's words and is no text of the document
_SPOKEN = ("choices", "column", "last")
_UNSPOKEN = {"value": "the value"}


def refused(text: str, reason: str, nearest: str = "", **said: str) -> Typed:
    """A value that does not fit, with what fills the words of its reason."""
    return Typed(text, reason, {"value": text, **said}, nearest)
