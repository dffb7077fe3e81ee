"""What a witness makes of a printed letter: the costs of misreadings, in nats.

They come from the counts in ``confusions.csv``.

Long: kinds of misreading, their counts and the alignment that uses them are read together.
"""

import dataclasses
import functools
import itertools
import math
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from normalize.lists.read_list import read_list, read_rows
from normalize.text.letters import TONES
from schemas.documents import LEARNED_COLUMNS, LEARNED_NAME
from schemas.project.places import home

ANY = "*"  # counts of no witness in particular: general knowledge
# what people's corrections taught, counted by `pipeline.py learn`
LEARNED = home() / "raw" / LEARNED_NAME
_MARKS = {"\u0302": "circumflex", "\u0306": "breve", "\u031b": "horn"}
_SAME_SHAPE = frozenset("cosuvwxzkp")  # the capital is the small letter, larger
# groups of small letters that look like each other
_ALIKE = (
    "aeoc",
    "nur",
    "hbk",
    "ilt1fj",
    "vy",
    "gq",
    "dcl",
    "oqd",
    "xk",
    "mn",
    "st",
    "pd",
    "bh6",
    "gs",
    "td",
    "tr",
    "iy",
    "uv",
    "zs",
    "no",
)
# what is read for a letter, with the letters that it looks like
_SIGN_ALIKE = {
    "3": "bp",
    "0": "o",
    "1": "il",
    "5": "s",
    "6": "b",
    "8": "b",
    "9": "g",
    "\\": "nl",
    "|": "il",
    "!": "il",
    "$": "s",
    "(": "c",
    "[": "il",
}


_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


@dataclasses.dataclass(frozen=True)
class Letter:
    """A letter taken apart: base, vowel mark, tone, stroke and case."""

    base: str
    mark: str
    tone: str
    upper: bool


@functools.lru_cache(maxsize=4096)
def letter(char: str) -> Letter:
    """The parts of one composed character."""
    parts = unicodedata.normalize("NFD", char)
    mark = next((_MARKS[c] for c in parts[1:] if c in _MARKS), "")
    tone = next((c for c in parts[1:] if c in TONES[1:]), "")
    base = parts[0].lower()
    return Letter(
        "d" if base == "đ" else base, "stroke" if base == "đ" else mark, tone, char != char.lower()
    )


@functools.cache
def kind_costs() -> Mapping[str, float]:
    """The cost of each kind of misreading (``confusion_kinds.csv``)."""
    return {row["kind"]: float(row["cost"]) for row in read_list("confusion_kinds.csv")}


@functools.cache
def _alike() -> frozenset[tuple[str, str]]:
    pairs = {(a, b) for group in _ALIKE for a in group for b in group if a != b}
    return frozenset(pairs | {(b, sign) for sign, letters in _SIGN_ALIKE.items() for b in letters})


def _gain_or_loss(printed: str, read: str, name: str) -> str:
    if printed and read:
        return f"{name}_swapped"
    return f"{name}_lost" if printed else f"{name}_gained"


def kinds(printed: str, read: str) -> tuple[str, ...]:
    """The kinds of misreading that make one printed letter another; empty where they are
    the same.
    """
    if printed == read:
        return ()
    if not printed or not read:
        return (
            ("letter_lost",)
            if not read
            else ("letter_gained" if read.isalpha() else "sign_gained",)
        )
    p, r = letter(printed), letter(read)
    if not r.base.isalpha() or not p.base.isalpha():
        return ("digit_alike",) if (p.base, r.base) in _alike() else ("letter_other",)
    found = (
        []
        if p.base == r.base
        else ["letter_alike" if (p.base, r.base) in _alike() else "letter_other"]
    )
    if p.tone != r.tone:
        is_stacked = p.upper and r.upper and p.mark == r.mark and p.mark in ("circumflex", "breve")
        lost = "tone_lost_on_capital" if is_stacked and not r.tone else ""
        found.append(lost or _gain_or_loss(p.tone, r.tone, "tone"))
    if p.mark != r.mark:
        found.append(
            "stroke" if "stroke" in (p.mark, r.mark) else _gain_or_loss(p.mark, r.mark, "mark")
        )
    if p.upper != r.upper:
        found.append("case_alike" if p.base in _SAME_SHAPE else "case_other")
    return tuple(found)


@functools.lru_cache(maxsize=200_000)
def general_cost(printed: str, read: str) -> float:
    """The cost of a misread letter by its kinds alone; a second kind in one letter costs half."""
    costs = sorted((kind_costs()[kind] for kind in kinds(printed, read)), reverse=True)
    return costs[0] + 0.5 * sum(costs[1:]) if costs else 0.0


class _Kept(dict[_Key, _Found]):
    """A function's results, each worked out once.

    A plain look-up takes a third of the time of ``functools.cache``.
    """

    def __init__(self, work_out: Callable[[_Key], _Found]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: _Key) -> _Found:
        found = self[key] = self._work_out(key)
        return found


@dataclasses.dataclass(frozen=True)
class Confusions:
    """How often each witness read a printed string of letters as which; equal strings are right
    readings.
    """

    counts: Mapping[tuple[str, str, str], float]
    weight: float = 150.0  # how many letters the general costs are worth against the counts

    @functools.cached_property
    def totals(self) -> Mapping[tuple[str, str], float]:
        """How often each witness was seen at a printed string."""
        found: dict[tuple[str, str], float] = defaultdict(float)
        for (witness, printed, _), count in self.counts.items():
            found[witness, printed] += count
            # a letter can be gained at every letter
            found[witness, ""] += count if printed else 0.0
        return found

    @functools.cached_property
    def strings(self) -> tuple[tuple[str, str], ...]:
        """The misreadings that are not one letter for one, as (printed, read)."""
        pairs = {
            (p, r) for _, p, r in self.counts if p != r and (len(p) != 1 or len(r) != 1) and p and r
        }
        return tuple(sorted(pairs))

    def string_cost(self, witness: str, printed: str, read: str) -> float:
        """The cost of a misreading of several letters."""
        seen = self.counts.get((witness, printed, read), 0.0)
        base = self.counts.get((ANY, printed, read), 0.5)
        total = max(self.totals.get((witness, letter_), 0.0) for letter_ in printed)
        return -math.log((seen + base) / (total + self.weight * 6))

    def letter_cost(self, witness: str, printed: str, read: str) -> float:
        """The cost that ``witness`` reads one printed letter (or none) as ``read``."""
        prior = self.weight * math.exp(-general_cost(printed, read))
        seen = self.counts.get((witness, printed, read), 0.0) + self.counts.get(
            (ANY, printed, read), 0.0
        )
        total = self.totals.get((witness, printed), 0.0) + self.totals.get((ANY, printed), 0.0)
        return max(0.0, -math.log((seen + prior) / (total + self.weight)))

    @functools.cached_property
    def _letter_costs(self) -> dict[str, dict[tuple[str, str], float]]:
        """``letter_cost`` by witness, then by the printed and the read letter."""
        return _Kept(lambda witness: _Kept(lambda pair: self.letter_cost(witness, *pair)))

    @functools.cached_property
    def _contained(self) -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
        """By word which of ``strings`` it contains: their printed side, and their read side."""
        return _Kept(functools.partial(self._strings_in, 0)), _Kept(
            functools.partial(self._strings_in, 1)
        )

    def _strings_in(self, side: int, word: str) -> frozenset[int]:
        return frozenset(n for n, pair in enumerate(self.strings) if pair[side] in word)

    def cost(self, witness: str, printed: str, read: str) -> float:
        """The cost, in nats, that ``witness`` reads the printed word as ``read``."""
        if printed == read:
            return 0.0
        in_printed, in_read = self._contained
        several = in_printed[printed] & in_read[read]
        costs = self._letter_costs[witness]
        if len(printed) == len(read) and not several:
            letterwise = sum(
                [costs[pair] for pair in zip(printed, read, strict=True) if pair[0] != pair[1]]
            )
            if letterwise < 16.0:  # two letters lost and gained would cost more
                return letterwise
        return self._align(witness, printed, read, [self.strings[n] for n in sorted(several)])

    def _align(
        self, witness: str, printed: str, read: str, several: Sequence[tuple[str, str]]
    ) -> float:
        """The least cost over all alignments, row by row of a table.

        ``rows[i][j]`` is the cost of the first i letters read as the first j.
        """
        costs = self._letter_costs[witness]
        gained = [costs["", r] for r in read]
        rows = [[0.0, *itertools.accumulate(gained)]]
        for i, p in enumerate(printed, 1):
            lost, above = costs[p, ""], rows[-1]
            best = above[0] + lost
            row = [best]
            for r, gain, before, over in zip(read, gained, above, above[1:], strict=False):
                # plain comparisons: ``min`` takes twice as long here, and this is half of what a
                # word costs
                best += gain
                swapped = before if p == r else before + costs[p, r]
                best = min(best, swapped)
                best = min(best, over + lost)
                for ps, rs in several:
                    if printed.endswith(ps, 0, i) and read.endswith(rs, 0, len(row)):
                        best = min(
                            best,
                            rows[i - len(ps)][len(row) - len(rs)]
                            + self.string_cost(witness, ps, rs),
                        )
                row.append(best)
            rows.append(row)
        return rows[-1][-1]


@functools.cache
def confusions() -> Confusions:
    """The counts of ``confusions.csv``, with what people's corrections taught if there are any."""
    counts: dict[tuple[str, str, str], float] = defaultdict(float)
    rows = [*read_list("confusions.csv")]
    if LEARNED.exists():
        rows += read_rows(LEARNED, LEARNED_COLUMNS)
    for row in rows:
        counts[row["witness"], row["printed"], row["read"]] += float(row["count"])
    return Confusions(dict(counts))
