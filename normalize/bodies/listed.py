"""The list of bodies with their aliases, and where its names stand in running text."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from normalize.lists.read_list import read_list
from normalize.text.distance import closest, distance, layers, letters, word_costs


@dataclass(frozen=True)
class Body:
    """One row of ``bodies.csv``."""

    body_id: str
    name: str
    kind: str
    is_generic: bool


@dataclass(frozen=True)
class Form:
    """One way to write a body's name.

    The dates are ISO texts, empty where its use has no beginning or no end. ``note`` is empty for
    the canonical name.
    """

    text: str
    body: Body
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""

    def in_force(self, on: str) -> bool:
        """Whether the form was in use on an ISO date.

        On an unknown date (empty), only forms without dates count as in use.
        """
        if not on:
            return not (self.valid_from or self.valid_to)
        return self.valid_from <= on and (not self.valid_to or on <= self.valid_to)


@dataclass(frozen=True)
class Span:
    """Words ``start`` to ``end`` (exclusive) that name a body, and how many letters they
    differ by.
    """

    start: int
    end: int
    body: Body
    form: str
    distance: float


class BodyList:
    """The bodies and all forms of their names, with what is needed to find them fast."""

    def __init__(self, bodies: Sequence[Body], forms: Sequence[Form]) -> None:
        self.bodies = tuple(bodies)
        self.forms = tuple(forms)
        self.by_id: Mapping[str, Body] = {body.body_id: body for body in bodies}
        self.by_text: Mapping[str, Form] = {form.text: form for form in forms}
        self.texts = tuple(form.text for form in forms)
        self.keys = tuple(layers(form.text)[0] for form in forms)
        self._starts = _first_words(self.forms)

    def near(self, text: str, floor: float = 70.0) -> list[Form]:
        """The forms that may stand somewhere in the text.

        At least ``floor`` percent of a form's letters must be found in some part of it.
        """
        key = layers(text)[0]
        hits = process.extract(
            key, self.keys, scorer=fuzz.partial_ratio, score_cutoff=floor, limit=None
        )
        return [
            self.forms[number]
            for _, _, number in sorted(hits, key=lambda hit: hit[2])
            if len(self.keys[number]) <= 1.3 * len(key)
        ]

    def rival(self, text: str, body_id: str) -> float:
        """The distance of the text to the nearest name of any other body."""
        return closest(text, self._others(body_id))[1]

    @functools.lru_cache(maxsize=512)  # noqa: B019 - one list lives as long as the run
    def _others(self, body_id: str) -> tuple[str, ...]:
        return tuple(form.text for form in self.forms if form.body.body_id != body_id)

    def starts(self, word: str) -> Sequence[Form]:
        """The forms whose first word has the letters of this word, longest first."""
        return self._starts.get(layers(word)[0], ())


def _first_words(forms: Iterable[Form]) -> dict[str, list[Form]]:
    """Forms by the letters of their first word, and by these with one letter missing; longest
    first.
    """
    found: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(forms, key=lambda form: -len(form.text)):
        key = layers(form.text.split()[0])[0]
        shorter = (
            {key[:place] + key[place + 1 :] for place in range(len(key))} if len(key) > 2 else set()
        )
        for variant in sorted({key, *shorter}):
            found[variant].append(form)
    return dict(found)


@functools.lru_cache(maxsize=1)
def load_bodies() -> BodyList:
    """The list of ``bodies.csv`` with the aliases of ``body_aliases.csv``, in their order."""
    bodies = [
        Body(row["body_id"], row["name"], row["kind"], row["is_generic"] == "true")
        for row in read_list("bodies.csv")
    ]
    by_id = {body.body_id: body for body in bodies}
    forms = [Form(body.name, body) for body in bodies]
    aliases = read_list("body_aliases.csv")
    forms += [
        Form(row["alias"], by_id[row["body_id"]], row["valid_from"], row["valid_to"], row["note"])
        for row in aliases
    ]
    return BodyList(bodies, forms)


def _bare(word: str) -> str:
    return word.strip(".,;:()[]\"'“”‘’•~^*-–_")


def _reads_as(text: str, name: str) -> bool:
    """Whether words pair off with those of a name, each having most of its letters.

    A comma or semicolon may stand only where the name has one.
    """
    costs = word_costs(text, name)
    close = costs is not None and all(cost <= max(1.0, size / 2) for cost, size in costs)
    return close and [word[-1] in ",;" for word in text.split()] == [
        word[-1] in ",;" for word in name.split()
    ]


def _span_at(words: Sequence[str], start: int, bodies: BodyList) -> Span | None:
    """The form that explains most letters from a place on, misread by at most a tenth of them.

    None where two bodies explain as many.
    """
    found: list[tuple[float, Span]] = []
    for form in bodies.starts(_bare(words[start])):
        size = form.text.count(" ") + 1
        if start + size > len(words):
            continue
        # Signs within the name stay (commas are part of it), those around it do not.
        text = " ".join([*words[start : start + size - 1], _bare(words[start + size - 1])]).lstrip(
            "(\"“'-"
        )
        apart = distance(text, form.text)
        if apart <= 0.1 * len(form.text) and _reads_as(text, form.text):
            found.append(
                (
                    4 * apart - letters(form.text),
                    Span(start, start + size, form.body, form.text, apart),
                )
            )
    if not found:
        return None
    cost, best = min(found, key=lambda pair: pair[0])
    tied = any(other < cost + 2 and span.body != best.body for other, span in found)
    return None if tied else best


def find_in_text(words: Sequence[str], bodies: BodyList) -> list[Span]:
    """The names of bodies in running text from left to right, the longest where several begin.

    Each word has the signs around it.
    """
    found: list[Span] = []
    place = 0
    while place < len(words):
        span = _span_at(words, place, bodies)
        if span is not None:
            found.append(span)
        place = span.end if span is not None else place + 1
    return found
