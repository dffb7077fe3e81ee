"""How the rows of each part of a programme are numbered.

A scheme says what a number looks like, what follows it, and what is skipped between two.

Long: one small class a scheme, side by side so that they can be compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from normalize.rows.numbering.forms import possible_parts, roman_value
from normalize.rows.numbering.letters import letter, letter_value, letters_between, next_letters
from normalize.text.roman import roman

Path = tuple[int, int, int, int, int]
DEPTH = 5  # counters of a path
_MOST_DASHES = 20  # sub-rows of one task that begin with a dash


class Node(NamedTuple):
    """One number: its level from 1 (0 before the first row), and its counters from the outermost
    on.

    A counter is 0 where the number has no such level: ``1.1.2`` of a task is level 3 of the path
    (1, 1, 2, 0, 0).
    """

    level: int
    path: Path


START = Node(0, (0, 0, 0, 0, 0))


class Scheme(Protocol):
    """The numbering of one part."""

    @property
    def levels(self) -> tuple[str, ...]:
        """The names of the levels, from the outermost on."""

    @property
    def titles(self) -> frozenset[int]:
        """The levels, from 1, whose rows are titles that span the table."""

    @property
    def hollow(self) -> float:
        """What it costs that a title has no rows below it."""

    @property
    def is_closing(self) -> bool:
        """Whether a level is printed `1)` beside one printed `1.`."""

    def forms(self, node: Node) -> tuple[str, ...]:
        """What can be printed in the number cell of such a row."""

    def key(self, node: Node) -> str:
        """The published key."""

    def parent(self, node: Node) -> str:
        """The key of the row that this one stands under, empty at the top."""

    def following(self, node: Node) -> list[Node]:
        """The numbers that can come next when nothing is missing."""

    def preceding(self, node: Node) -> list[Node]:
        """Numbers that may stand just before this one."""

    def read(self, reading: str, before: Iterable[Node]) -> list[Node]:
        """The numbers that a reading may stand for after one of those."""

    def skipped(self, a: Node, b: Node) -> tuple[str, ...] | None:
        """The keys that are missing between two rows, the nearest 20; None where b does not come
        after a.
        """

    def unfinished(self, node: Node) -> bool:
        """Whether a part cannot end with this row."""

    def count_skipped(self, a: Node, b: Node) -> int:
        """How many numbers are missing between two rows; -1 where b does not come after a."""

    def inside(self, a: Node, b: Node) -> bool:
        """Whether b stands under a."""


def _cut(path: Path, depth: int, value: int) -> Path:
    """The path with this counter at a depth and none below it."""
    return as_path((*path[:depth], value))


def as_path(counters: Sequence[int]) -> Path:
    """The path of these counters, from the outermost on, none below them."""
    first, second, third, fourth, fifth = (*counters, *START.path)[:DEPTH]
    return first, second, third, fourth, fifth


@dataclass(frozen=True)
class TreeScheme:
    """Counters that begin at 1 again under each parent.

    ``styles`` names for each level how it is printed: ``roman``, ``letter`` (A, B), ``number``
    (its counter alone), ``bracket``, ``closed`` (`1)`), or the depth at which a dotted
    number begins. ``children`` lists for each level (0 for the start) the levels that may stand
    directly under it.
    """

    levels: tuple[str, ...]
    styles: tuple[str | int, ...]
    children: Mapping[int, tuple[int, ...]]
    titles: frozenset[int]
    # what stands between parent and child in a key where the form alone is no key; empty where
    # dotted forms are keys
    joint: str
    hollow: float = 0.0

    @property
    def is_closing(self) -> bool:
        return "closed" in self.styles

    def form(self, node: Node) -> str:
        """What is printed in the number cell."""
        style, value = self.styles[node.level - 1], node.path[node.level - 1]
        plain = {
            "roman": roman(value),
            "letter": letter(value).upper(),
            "bracket": f"({value})",
            "closed": f"{value})",
            "small": f"{letter(value)})",
            "dash": "-",
            "number": str(value),
        }
        if not isinstance(style, int):
            return plain[style]
        return ".".join(str(counter) for counter in node.path[style : node.level] if counter)

    def forms(self, node: Node) -> tuple[str, ...]:
        return (self.form(node),)

    def key(self, node: Node) -> str:
        if node.level == 0:
            return ""
        above, style, value = (
            self.parent(node),
            self.styles[node.level - 1],
            node.path[node.level - 1],
        )
        if not above and not self.joint and style in ("small", "dash", "bracket", "closed"):
            return str(value)  # a sub-row under nothing
        if style in ("small", "dash"):
            return f"{above}({letter(value) if style == 'small' else value})"
        if style == "closed":
            return f"{above}({value})"
        if not self.joint and style != "bracket":
            return self.form(node)
        return above + (self.joint if above else "") + self.form(node)

    def above(self, node: Node) -> Node:
        """The node that this one stands under."""
        for level in range(node.level - 1, 0, -1):
            if node.path[level - 1]:
                return Node(level, _cut(node.path, level - 1, node.path[level - 1]))
        return START

    def parent(self, node: Node) -> str:
        return self.key(self.above(node))

    def following(self, node: Node) -> list[Node]:
        firsts = [
            Node(level, _cut(node.path, level - 1, 1))
            for level in self.children.get(node.level, ())
        ]
        nexts = [
            Node(level, _cut(node.path, level - 1, value))
            for level in range(node.level, 0, -1)
            if node.path[level - 1]
            for value in self._nexts(level, node.path[level - 1])
        ]
        return firsts + nexts

    def _nexts(self, level: int, value: int) -> list[int]:
        return next_letters(value) if self.styles[level - 1] == "small" else [value + 1]

    def preceding(self, node: Node) -> list[Node]:
        value = node.path[node.level - 1]
        if value > 1:
            return [Node(node.level, _cut(node.path, node.level - 1, value - 1))]
        return [self.above(node)] if node.level > 1 else []

    def read(self, reading: str, before: Iterable[Node]) -> list[Node]:
        found: dict[Node, None] = {}
        parents = {
            self._ancestor(node, level) for node in before for level in range(node.level + 1)
        }
        for level, style in enumerate(self.styles, 1):
            for path in self._paths(level, style, reading, parents):
                found[Node(level, path)] = None
        return list(found)

    def _ancestor(self, node: Node, level: int) -> Node:
        return (
            Node(level, _cut(node.path, level, 0))
            if level < DEPTH and (level == 0 or node.path[level - 1])
            else node
        )

    def _paths(
        self, level: int, style: str | int, reading: str, parents: set[Node]
    ) -> Iterable[Path]:
        if style in ("roman", "letter"):
            value = roman_value(reading) if style == "roman" else letter_value(reading)
            above = [p for p in sorted(parents) if level in self.children.get(p.level, ())]
            return [] if value is None else [_cut(p.path, level - 1, value) for p in above]
        if isinstance(style, int):
            return self._dotted(level, style, possible_parts(reading), parents)
        if style in ("small", "dash"):
            return self._lettered(level, style, reading, parents)
        above = [p for p in sorted(parents) if level in self.children.get(p.level, ())]
        return [
            _cut(p.path, level - 1, parts[0])
            for p in above
            for parts in possible_parts(reading)
            if len(parts) == 1 and parts[0] < 100
        ]

    def _lettered(self, level: int, style: str, reading: str, parents: set[Node]) -> list[Path]:
        above = [p for p in sorted(parents) if level in self.children.get(p.level, ())]
        if style == "dash":
            is_dash = bool(reading.strip()) and not any(sign.isalnum() for sign in reading)
            values = range(1, _MOST_DASHES) if is_dash else ()
            return [_cut(p.path, level - 1, value) for p in above for value in values]
        value = letter_value(reading)
        return [_cut(p.path, level - 1, value) for p in above] if value is not None else []

    def _dotted(
        self, level: int, root: int, choices: tuple[tuple[int, ...], ...], parents: set[Node]
    ) -> list[Path]:
        found = []
        roots = {p.path[:root] for p in parents if p.level >= root}
        width = level - root
        for parts in choices:
            full = parts if len(parts) == width else self._shortened(level, width, parts)
            if full is not None and max(full) < 100:
                found += [
                    _cut(as_path((*prefix, *full)), level - 1, full[-1]) for prefix in sorted(roots)
                ]
        return found

    def _shortened(self, level: int, width: int, parts: tuple[int, ...]) -> tuple[int, ...] | None:
        """A two-part number of a third level whose second level does not exist: 3.1 is (3,
        0, 1).
        """
        if width == 3 and len(parts) == 2 and level in self.children.get(1, ()):
            return parts[0], 0, parts[1]
        return None

    def unfinished(self, node: Node) -> bool:  # noqa: ARG002 - the protocol's
        return False

    def count_skipped(self, a: Node, b: Node) -> int:
        old, new, depth = a.path, b.path, 0
        while depth < DEPTH and old[depth] == new[depth]:
            depth += 1
        if depth == DEPTH or new[depth] < old[depth] or (old[depth] == 0 and depth + 1 < a.level):
            # a repeat, a step back, or children of two levels under one parent: 3.5 as a task, then
            # 3.1 as a section
            return -1
        passed = new[depth] - old[depth] - 1
        if depth < len(self.styles) and self.styles[depth] == "small":
            passed = letters_between(old[depth], new[depth])
        return passed + sum(new[depth + 1 :])

    def skipped(self, a: Node, b: Node) -> tuple[str, ...] | None:
        if self.count_skipped(a, b) < 0:
            return None
        depth = next(i for i in range(DEPTH) if a.path[i] != b.path[i])
        values: Iterable[int] = range(a.path[depth] + 1, b.path[depth])
        if depth < len(self.styles) and self.styles[depth] == "small":
            values = [value for value in values if letters_between(value - 1, value + 1)]
        names = [Node(depth + 1, _cut(b.path, depth, value)) for value in values]
        for level in range(depth + 1, b.level):
            if b.path[level - 1]:
                names.append(Node(level, _cut(b.path, level - 1, b.path[level - 1])))
            names += [
                Node(level + 1, _cut(b.path, level, value)) for value in range(1, b.path[level])
            ]
        return tuple(self.key(node) for node in names[:20])

    def inside(self, a: Node, b: Node) -> bool:
        return b.level > a.level and b.path[: a.level] == a.path[: a.level]


TASKS = TreeScheme(
    ("group", "section", "task", "sub_row"),
    ("number", 0, 0, "bracket"),
    {0: (1,), 1: (2, 3), 2: (3,), 3: (4,)},
    frozenset({1, 2}),
    "",
    1.0,
)
TASKS_LETTERED = replace(TASKS, styles=("number", 0, 0, "small"))
TASKS_CLOSED = replace(TASKS, styles=("number", 0, 0, "closed"))
TASKS_DASHED = replace(TASKS, styles=("number", 0, 0, "dash"))
GROWTH = TreeScheme(("measure", "line"), ("roman", "number"), {0: (1,), 1: (2,)}, frozenset(), ".")
PROSE = TreeScheme(
    ("part", "chapter", "section", "point"),
    ("roman", "number", 1, "bracket"),
    {0: (1,), 1: (2, 4), 2: (3, 4), 3: (4,)},
    frozenset(),
    "/",
    0.2,
)
