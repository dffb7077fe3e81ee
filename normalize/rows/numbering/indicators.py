"""How the rows of appendix 1 are numbered.

Whole numbers run on through Roman groups; the rows of merged cells share one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from normalize.rows.numbering.forms import possible_parts, roman_value
from normalize.rows.numbering.letters import letter, letter_value
from normalize.rows.numbering.schemes import Node, as_path
from normalize.text.roman import roman


@dataclass(frozen=True)
class IndicatorScheme:
    """Groups, whole numbers, and the parts 14.1, 14.2 of a number that several rows share.

    ``style``: how groups are printed, ``roman`` or ``letter``, or ``place`` where they have no
    numbers and count by their places; empty where there are none.
    ``anew``: whether the numbers begin at 1 again in each group, or run on through the groups.
    A path begins with group, number and part; part 0 is a row with a number of its own.
    """

    style: str = "roman"
    anew: bool = False
    is_padded: bool = False  # 01, 02

    levels: tuple[str, ...] = ("group", "indicator", "part")
    titles: frozenset[int] = frozenset({1})
    hollow: float = 1.0
    is_closing: bool = False

    def forms(self, node: Node) -> tuple[str, ...]:
        group, number, part, *_ = node.path
        if node.level == 1:
            return (self._group(group),)
        plain = f"{number:02}" if self.is_padded else str(number)
        return (plain, f"{number}.{part}") if part < 2 else (plain, "", f"{number}.{part}")

    def _group(self, value: int) -> str:
        if self.style == "place":
            return str(value)
        return letter(value).upper() if self.style == "letter" else roman(value)

    def _group_value(self, reading: str) -> int | None:
        if not self.style:
            return None
        if self.style == "place":
            return int(reading) if reading.isdecimal() else None
        return letter_value(reading) if self.style == "letter" else roman_value(reading)

    def key(self, node: Node) -> str:
        group, number, part, *_ = node.path
        if node.level <= 1:
            return self._group(group)
        own = f"{number}.{part}" if part else str(number)
        return f"{self._group(group)}.{own}" if self.anew and group else own

    def parent(self, node: Node) -> str:
        return self._group(node.path[0]) if node.level > 1 and node.path[0] else ""

    def following(self, node: Node) -> list[Node]:
        group, number, part, *_ = node.path
        if part == 1:
            return [Node(3, as_path((group, number, 2)))]
        found = [Node(1, as_path((group + 1, self._carried(number), 0)))] if self.style else []
        found += [
            Node(2, as_path((group, number + 1, 0))),
            Node(3, as_path((group, number + 1, 1))),
        ]
        return [*found, Node(3, as_path((group, number, part + 1)))] if part else found

    def _carried(self, number: int) -> int:
        """The number that counting goes on from in a new group."""
        return 0 if self.anew else number

    def preceding(self, node: Node) -> list[Node]:
        group, number, part, *_ = node.path
        if part > 1:
            return [Node(3, as_path((group, number, part - 1)))]
        if self.anew and node.level > 1 and number == 1 and group:
            return [Node(1, as_path((group, 0, 0)))]
        if node.level == 1 or number < 2:
            return []
        return [Node(2, as_path((group, number - 1, 0))), Node(1, as_path((group, number - 1, 0)))]

    def read(self, reading: str, before: Iterable[Node]) -> list[Node]:
        found: dict[Node, None] = {}
        values = [parts[0] for parts in possible_parts(reading) if parts[0] < 500]
        group = self._group_value(reading)
        for node in before:
            if group is not None:
                found[Node(1, as_path((group, self._carried(node.path[1]), 0)))] = None
            for value in values:
                found |= dict.fromkeys(self._numbered(node, value))
        return list(found)

    def _numbered(self, node: Node, value: int) -> list[Node]:
        group, number, part, *_ = node.path
        found = [Node(2, as_path((group, value, 0))), Node(3, as_path((group, value, 1)))]
        return (
            [*found, Node(3, as_path((group, value, part + 1)))]
            if value == number and part
            else found
        )

    def skipped(self, a: Node, b: Node) -> tuple[str, ...] | None:
        (group, number, part, *_), (to_group, to_number, to_part, *_) = a.path, b.path
        if b.level == 1 and part == 1:
            return None  # a merged number has two parts at least
        if b.level == 1:
            is_next = to_group > group and to_number == self._carried(number)
            return tuple(map(self._group, range(group + 1, to_group))) if is_next else None
        if to_group != group:
            return None
        if to_number == number:
            return () if part and to_part == part + 1 else None
        if to_number < number or part == 1 or to_part > 1:
            return None
        return tuple(str(value) for value in range(number + 1, to_number))[:20]

    def unfinished(self, node: Node) -> bool:
        return node.path[2] == 1

    def count_skipped(self, a: Node, b: Node) -> int:
        missing = self.skipped(a, b)
        return -1 if missing is None else len(missing)

    def inside(self, a: Node, b: Node) -> bool:
        return b.level > a.level and b.path[0] == a.path[0]


INDICATORS = IndicatorScheme()
