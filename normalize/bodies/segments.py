"""How a cell's words are cut into names of bodies and unknown items: the cheapest way through them.

Long: costs, steps and the search over them are one dynamic program.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalize.bodies.heads import begins_name, differs_by_words
from normalize.bodies.listed import BodyList, Form
from normalize.text.distance import distances, letters

# Costs in letters: what it takes to begin an item at a word, by what stands before it.
START = {
    "cell": 0.0, "dash": 0.0, "inner dash": 0.8, "semicolon": 0.2, "break": 0.2, "named": 0.3,
    "comma": 0.4, "word": 1.2, "line": 1.5, "nothing": 4.0,
}  # fmt: skip
# an unknown item at a line without a dash, in a cell with and without other dashes
LOST_DASH = {True: 3.0, False: 8.0}
ITEM = 0.2
UNKNOWN_ITEM, UNKNOWN_LETTER, UNKNOWN_DASH = 2.0, 0.3, 2.0
UNKNOWN_JOINT = 4.0  # a place inside an unknown item where another name seems to begin
SPECK, LOOSE_DASH = 0.3, 1.0
FARTHEST = 0.3  # of a name's letters

UNKNOWN_STARTS = ("cell", "dash", "inner dash", "semicolon", "line", "break", "named")
# what surely parts an item from an unknown one before it
PARTED = ("dash", "inner dash", "semicolon", "break", "named")

_CLOSING = frozenset({"tỉnh"})  # the last words of names, behind which another one may begin
_DASH = re.compile(r"[-‐‑–—−•·~_*+=¬»]")
_GLUED = re.compile(r"([-‐‑–—−•·~_*+=¬»]+)(?=\w)")


@dataclass(frozen=True)
class BodyToken:
    """A word of a cell, or a sign that stands by itself."""

    text: str
    line_start: bool
    is_sign: bool  # neither letter nor digit
    after_break: bool = False  # the line before it had room for it: a new line was wanted

    @property
    def is_dash(self) -> bool:
        """Whether it can lead an item: a dash, or what a dash is misread for.

        At the head of a line any sign by itself counts.
        """
        return self.is_sign and (self.line_start or _DASH.search(self.text) is not None)


@dataclass(frozen=True)
class Segment:
    """One item: its words as read, and the form they are taken for (None: unknown).

    ``start`` says what stood before it (a key of ``START``).
    """

    printed: str
    form: Form | None
    start_kind: str


def _has_letter(text: str) -> bool:
    """Whether a text holds a letter or digit; a mark that stands alone (``ˆ``) is none."""
    return any(unicodedata.category(letter) in ("Lu", "Ll", "Lo", "Nd") for letter in text)


def cell_tokens(lines: Sequence[Sequence[str]], breaks: Collection[int] = ()) -> list[BodyToken]:
    """The words of a cell's lines, with a dash that is glued to a word's head cut off.

    ``breaks``: the lines at which something new begins.
    """
    tokens = []
    for line_no, line in enumerate(lines):
        parts = (
            [part for word in line for part in _GLUED.sub(r"\1 ", word, count=1).split()]
            if line
            else []
        )
        for number, part in enumerate(parts):
            tokens.append(
                BodyToken(
                    part, number == 0, not _has_letter(part), number == 0 and line_no in breaks
                )
            )
    return tokens


@dataclass(frozen=True)
class _Step:
    """The cheapest way to a place: its cost, the place and state before, the item that ended (if
    any).
    """

    cost: float
    place: int
    state: str
    segment: Segment | None


# words taken, and whether the last item was a "body", "unknown" or there is none yet
_State = tuple[int, str]


def _starts(
    tokens: Sequence[BodyToken], heads: Sequence[bool], place: int, state: str
) -> list[tuple[int, str]]:
    """Where an item can begin when the words up to a place are taken, and what leads it there."""
    if place >= len(tokens):
        return []
    token = tokens[place]
    before = next((t.text[-1] for t in reversed(tokens[:place])), "")
    if token.is_dash:
        return [(place + 1, "dash" if token.line_start or state == "" else "inner dash")]
    if state == "":
        return [(place, "cell")]
    after = {";": "semicolon", ",": "named" if heads[place] else "comma"}.get(before, "")
    if after or _is_anew(tokens, heads, place):
        return [(place, after or "break")]
    found = [(place, "line" if token.line_start else "nothing")]
    return [*found, (place + 1, "word")] if token.text == "và" else found


def _is_anew(tokens: Sequence[BodyToken], heads: Sequence[bool], place: int) -> bool:
    """Whether a name begins on a line of its own.

    The line before had room for its first word, or ends as names do (``Bảo tàng tỉnh``).
    """
    token = tokens[place]
    is_closed = place > 0 and tokens[place - 1].text.casefold() in _CLOSING
    return heads[place] and (token.after_break or (token.line_start and is_closed))


def _unknown_costs(
    tokens: Sequence[BodyToken], heads: Sequence[bool], start: int, kind: str, dashes: bool
) -> list[float | None]:
    """What it costs to take words for one unknown item, for each place where it may end.

    None where no unknown item may begin.
    """
    rest = tokens[start:]
    if kind not in UNKNOWN_STARTS or not rest or rest[0].is_sign:
        return [None] * len(rest)
    lost = LOST_DASH[dashes] if kind == "line" else START[kind]
    costs: list[float | None] = []
    total = lost + UNKNOWN_ITEM
    for place in range(start, len(tokens)):
        total += UNKNOWN_LETTER * letters(tokens[place].text)
        if place > start:
            total += _inner_cost(tokens, heads, place)
        costs.append(total)
    return costs


def _inner_cost(tokens: Sequence[BodyToken], heads: Sequence[bool], place: int) -> float:
    """What speaks against a word's being inside an unknown item.

    It is a dash at the head of a line, more so where the cell's first item has one too or another
    name follows; a dash within a line, where dashes lead the cell's items and a name follows; or
    a sign that another name begins.
    """
    token, before = tokens[place], tokens[place - 1].text[-1]
    is_led = heads[place + 1 : place + 2] == [True]
    if token.is_dash and token.line_start:
        return UNKNOWN_JOINT if tokens[0].is_dash or is_led else UNKNOWN_DASH
    if token.is_dash and is_led and any(one.is_dash and one.line_start for one in tokens):
        return UNKNOWN_JOINT
    parted = before == ";" or (heads[place] and before == ",") or _is_anew(tokens, heads, place)
    return UNKNOWN_JOINT if parted else 0.0


def _name_costs(
    tokens: Sequence[BodyToken], bodies: BodyList
) -> dict[tuple[int, int], list[tuple[float, Form]]]:
    """For each stretch of words the names that are near it, nearest first."""
    forms = bodies.near(" ".join(token.text for token in tokens))
    longest = max((len(form.text.split()) for form in forms), default=0) + 2
    count = len(tokens)
    spans = [
        (i, j)
        for i in range(count)
        for j in range(i + 1, min(count, i + longest) + 1)
        if not tokens[i].is_sign
    ]
    if not forms or not spans:
        return {}
    texts = [" ".join(token.text for token in tokens[i:j]) for i, j in spans]
    table: NDArray[np.float64] = distances(texts, [form.text for form in forms])
    limits = np.array([FARTHEST * letters(form.text) for form in forms])
    found: dict[tuple[int, int], list[tuple[float, Form]]] = {}
    for row in np.flatnonzero((table <= limits).any(axis=1)):
        near = [
            (float(table[row, n]), forms[n])
            for n in np.argsort(table[row], kind="stable")[:2]
            if table[row, n] <= limits[n]
        ]
        same = [
            (apart, form)
            for apart, form in near
            if not differs_by_words(_bare(texts[row]), form.text)
        ]
        if same:
            found[spans[row]] = same
    return found


def _bare(text: str) -> str:
    return text.strip(" .,;:•~")


def _is_cheaper(best: Mapping[_State, _Step], key: _State, cost: float) -> bool:
    return key not in best or cost < best[key].cost - 1e-9


def _extend(tokens: Sequence[BodyToken], bodies: BodyList) -> dict[_State, _Step]:
    """The cheapest step to every place and state."""
    names = _name_costs(tokens, bodies)
    dashes = any(token.is_dash for token in tokens)
    texts = [token.text for token in tokens]
    heads = [begins_name(texts, place) for place in range(len(tokens))]
    best: dict[_State, _Step] = {(0, ""): _Step(0.0, -1, "", None)}
    for place in range(len(tokens)):
        for state in ("", "body", "unknown"):
            here = best.get((place, state))
            if here is None:
                continue
            if tokens[place].is_sign:
                cost = here.cost + (LOOSE_DASH if tokens[place].is_dash else SPECK)
                if _is_cheaper(best, (place + 1, state), cost):
                    best[place + 1, state] = _Step(cost, place, state, None)
            for start, kind in _starts(tokens, heads, place, state):
                for end, unknown in enumerate(
                    _unknown_costs(tokens, heads, start, kind, dashes), start + 1
                ):
                    after_unknown = state == "unknown" and kind not in PARTED
                    offers: list[tuple[str, float, Form | None]] = [
                        ("body", here.cost + START[kind] + ITEM + apart, form)
                        for apart, form in names.get((start, end), ())[: 0 if after_unknown else 1]
                    ]
                    offers += (
                        [("unknown", here.cost + unknown, None)] if unknown is not None else []
                    )
                    for last, cost, named in offers:
                        if _is_cheaper(best, (end, last), cost):
                            printed = " ".join(token.text for token in tokens[start:end])
                            best[end, last] = _Step(
                                cost, place, state, Segment(printed, named, kind)
                            )
    return best


def segment_cell(tokens: Sequence[BodyToken], bodies: BodyList) -> list[Segment]:
    """The cheapest cut of a cell's words into items, in order; empty when no word has a letter."""
    best = _extend(tokens, bodies)
    ends = [
        (best[key].cost, key)
        for key in ((len(tokens), state) for state in ("body", "unknown"))
        if key in best
    ]
    if not ends:
        return []
    key = min(ends)[1]
    found: list[Segment] = []
    while key[0] > 0:
        step = best[key]
        if step.segment is not None:
            found.append(step.segment)
        key = (step.place, step.state)
    return found[::-1]
