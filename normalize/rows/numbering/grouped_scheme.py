"""Numberings with groups by Roman numerals, letters or digits.

Their rows count anew in each group, or on through the table.

Long: one class, whose rules of what follows, precedes and is skipped share their counters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from normalize.rows.numbering.forms import possible_parts, roman_value
from normalize.rows.numbering.letters import (
    LETTERS,
    letter,
    letter_value,
    letters_between,
    next_letters,
)
from normalize.rows.numbering.schemes import DEPTH, Node, Path, as_path
from normalize.text.roman import roman

_LETTERS = ("letter", "small", "lower", "lettered")
_MOST_SHOWN = 20  # missing keys that are named
_MOST_GROUPS = 8  # letters of groups: a later one is more likely a misread numeral
_HIGHEST = 500


@dataclass(frozen=True)
class GroupedScheme:
    """Groups of up to three levels, numbered rows, and sub-rows.

    ``styles``: how each level is printed, from the outermost on: ``roman``, ``letter`` (A, B),
    ``lower`` (a, b), ``number``; ``in_brackets``, ``in_closed``, ``lettered`` and ``dashed`` for
    rows that look like sub-rows right below a group; for the sub-rows, the last, ``bracket``
    (``(1)``), ``closed`` (``1)``), ``small`` (``a)``), ``dash`` or ``dotted`` (11.1 under 11).
    ``anew``: whether each level counts from 1 under a new parent; the sub-rows always do. A path
    holds the levels' counters in that order. A counter that runs on through the table keeps its
    value where a new group begins.
    """

    levels: tuple[str, ...]
    styles: tuple[str, ...]
    anew: tuple[bool, ...]
    is_padded: bool = False  # 01, 02
    hollow: float = 1.0
    is_titled: bool = True  # groups span the table

    @cached_property
    def groups(self) -> int:
        """How many levels of groups there are."""
        return len(self.styles) - 2

    @cached_property
    def titles(self) -> frozenset[int]:
        """The levels whose rows are titles that span the table."""
        return frozenset(range(1, self.groups + 1)) if self.is_titled else frozenset()

    @cached_property
    def is_closing(self) -> bool:
        """Whether a level is printed `1)` beside one printed `1.`."""
        return not {"closed", "in_closed"}.isdisjoint(self.styles)

    @cached_property
    def _running(self) -> tuple[bool, ...]:
        """Whether each counter of a path keeps its value where a row of a level above comes."""
        own = [not anew and i < len(self.anew) - 1 for i, anew in enumerate(self.anew)]
        return (*own[: len(self.styles)], *(False for _ in range(DEPTH - len(self.styles))))

    def forms(self, node: Node) -> tuple[str, ...]:
        """What can be printed in the number cell of such a row, the likeliest first."""
        style, value = self.styles[node.level - 1], node.path[node.level - 1]
        plain = {
            "roman": roman(value),
            "letter": letter(value).upper(),
            "small": f"{letter(value)})",
            "lower": letter(value),
            "bracket": f"({value})",
            "closed": f"{value})",
            "in_closed": f"{value})",
            "in_brackets": f"({value})",
            "lettered": f"{letter(value)})",
            "dashed": "-",
            "dash": "-",
            "dotted": ".".join(map(str, node.path[self._root(node.level) : node.level])),
        }
        if style == "lower":
            return plain[style], plain["small"]
        if style in plain:
            return (plain[style],)
        both = (f"{value:02}", str(value)) if self.is_padded else (str(value), f"{value:02}")
        return (*both[: 2 if value < 10 else 1], *self._whole(node))

    def _root(self, level: int) -> int:
        """Where in a path the counters of a dotted number begin."""
        root = level - 1
        while root > 0 and self.styles[root] == "dotted":
            root -= 1
        return root

    def _whole(self, node: Node) -> tuple[str, ...]:
        """The number with its group's in front, where it is printed so: `II.3`, `A.1`."""
        above = node.level - 2
        if above < 0 or not self.anew[above + 1] or self.styles[above] not in ("roman", "letter"):
            return ()
        return (f"{self.forms(Node(above + 1, node.path))[0]}.{node.path[above + 1]}",)

    def key(self, node: Node) -> str:
        """The published key; a counter that begins anew has its group's before it."""
        if node.level == 0:
            return ""
        value, above = node.path[node.level - 1], self.parent(node)
        style = self.styles[node.level - 1]
        if not above and style in ("dotted", "bracket", "closed", "dash", "small"):
            return str(value)  # a sub-row under nothing
        if style == "dotted":
            return f"{above}.{value}"
        if style in ("bracket", "closed", "dash", "small"):
            return f"{above}({letter(value) if style == 'small' else value})"
        figures = ("number", "in_brackets", "in_closed", "dashed")
        own = str(value) if style in figures else self.forms(node)[0].rstrip(")")
        return f"{above}.{own}" if above and self.anew[node.level - 1] else own

    def parent(self, node: Node) -> str:
        """The key of the row that this one stands under, empty at the top."""
        for level in range(node.level - 1, 0, -1):
            if node.path[level - 1]:
                return self.key(Node(level, self._kept(node.path, level)))
        return ""

    def following(self, node: Node) -> list[Node]:
        """The numbers that can come next when nothing is missing."""
        found = []
        for level in range(1, len(self.styles) + 1):
            if level == len(self.styles) and node.level < len(self.styles) - 1:
                continue  # a sub-row stands under a numbered row
            if level <= self.groups and level > node.level + 1:
                continue
            found += [self._set(node.path, level, value) for value in self._nexts(node, level)]
        return found

    def _nexts(self, node: Node, level: int) -> list[int]:
        value = node.path[level - 1]
        if self.styles[level - 1] not in _LETTERS:
            return [value + 1]
        return next_letters(value)

    def preceding(self, node: Node) -> list[Node]:
        """Numbers that may stand just before this one."""
        value = node.path[node.level - 1]
        if node.level == len(self.styles) and value == 1:
            return [Node(node.level - 1, self._kept(node.path, node.level - 1))]
        found = [self._set(node.path, node.level, value - 1)] if value > 1 else []
        if node.level == self.groups + 1 and self.groups and (value == 1) == self.anew[-2]:
            above = max((i for i in range(self.groups) if node.path[i]), default=-1)
            if above >= 0:
                path = list(node.path)
                path[self.groups] = value - 1
                found.append(Node(above + 1, as_path(path)))
        return found

    def read(self, reading: str, before: Iterable[Node]) -> list[Node]:
        """The numbers that a reading may stand for after one of those."""
        paths = sorted({node.path for node in before})
        found = dict.fromkeys(
            node
            for level in range(1, len(self.styles) + 1)
            for path in paths
            for node in self._read_level(level, reading, path)
        )
        return list(found)

    def _read_level(self, level: int, reading: str, path: Path) -> Iterator[Node]:
        style = self.styles[level - 1]
        if style == "dotted":
            root = self._root(level)
            for parts in possible_parts(reading):
                if len(parts) == level - root and max(parts) < _HIGHEST:
                    node = Node(root, path)
                    for counted, value in enumerate(parts, root + 1):
                        node = self._set(node.path, counted, value)
                    yield node
        elif style in ("dash", "dashed"):
            if not any(sign.isalnum() for sign in reading):
                yield self._set(path, level, path[level - 1] + 1)
        else:
            for value in _values(style, reading):
                yield self._set(path, level, value)

    def unfinished(self, node: Node) -> bool:  # noqa: ARG002 - the protocol's
        """Whether a part cannot end with this row."""
        return False

    def count_skipped(self, a: Node, b: Node) -> int:
        """How many numbers are missing between two rows; -1 where b does not come after a."""
        changed, missing = False, 0
        kept = [before if keeps else 0 for before, keeps in zip(a.path, self._running, strict=True)]
        if b.path[b.level :] != tuple(kept[b.level :]):
            return -1
        must_follow = b.level == len(self.styles) or self.styles[b.level - 1] == "dotted"
        above = b.level - 2
        if must_follow and a.level <= above and b.path[above] == a.path[above]:
            return -1  # a sub-row, or 3.1, right under the title of a group further out
        for i in range(b.level):
            base = 0 if changed and self.anew[i] else a.path[i]
            if b.path[i] < base or (i == b.level - 1 and b.path[i] == base):
                return -1
            if b.path[i] > base:
                missing += self._passed(i, base, b.path[i]) + (i < b.level - 1)
                changed = True
        return missing

    def _passed(self, i: int, base: int, value: int) -> int:
        if self.styles[i] in _LETTERS:
            return letters_between(base, value)
        return value - base - 1

    def skipped(self, a: Node, b: Node) -> tuple[str, ...] | None:
        """The keys that are missing between two rows, the first 20; None where b is not later."""
        if self.count_skipped(a, b) < 0:
            return None
        found: list[str] = []
        changed = False
        for i in range(b.level):
            base = 0 if changed and self.anew[i] else a.path[i]
            values = range(base + 1, b.path[i] + (i < b.level - 1))
            named = [
                value
                for value in values
                if self._passed(i, value - 1, value + 1) or value == b.path[i]
            ]
            found += [self.key(self._set(b.path, i + 1, value)) for value in named]
            changed |= b.path[i] > base
        return tuple(found[:_MOST_SHOWN])

    def inside(self, a: Node, b: Node) -> bool:
        """Whether b stands under a."""
        return b.level > a.level and b.path[: a.level] == a.path[: a.level]

    def _kept(self, path: Path, level: int) -> Path:
        """The counters of a row on this level: those below it gone, but for one that runs on."""
        kept = [
            value if i < level or self._running[i] else 0
            for i, value in enumerate(path[: len(self.styles)])
        ]
        return as_path(kept)

    def _set(self, path: Path, level: int, value: int) -> Node:
        counters = list(self._kept(path, level))
        counters[level - 1] = value
        return Node(level, as_path(counters))


def _values(style: str, reading: str) -> list[int]:
    if style == "roman":
        value = roman_value(reading)
        return [value] if value is not None else []
    if style in _LETTERS:
        value = letter_value(reading)
        most = len(LETTERS) if style in ("small", "lettered") else _MOST_GROUPS
        return [value] if value is not None and value <= most else []
    return [
        parts[0] for parts in possible_parts(reading) if len(parts) == 1 and parts[0] < _HIGHEST
    ]
