"""A programme whose form is data: what its parts hold, and how each is printed.

A programme stands in ``tests/sample/programmes``: the frame in a module, the prose and the tables
in files of plain text beside it, one row a line, its fields kept apart by ` | `, the bodies of a
field by ` / `, its values by ` / `. ``A=B`` in a field of bodies prints A and means the listed name
B; ``{≥,9.5,}`` behind a value gives its comparator and bounds where the printed figure alone does
not.
"""

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROGRAMMES = Path(__file__).parent / "programmes"
NAMES = ("coast", "highland", "midland", "delta")
DITTO = ("nt", "-nt-", "như trên", "Như trên", '"')
_VALUE = re.compile(r"(?P<printed>.*?)\{(?P<comparator>[^,]*),(?P<low>[^,]*),(?P<high>[^,]*)\}")
_NUMBER = re.compile(r"\d+(?:,\d+)?")
_HEADING = re.compile(r"(?P<number>[IVX]+|\d+(?:\.\d+)*|\(\d+\))(?:[-.]\s?| )(?P<text>.+)")
_POINT = re.compile(r" @(?P<point>\S+)$")


@dataclass(frozen=True)
class Column:
    """A column: what it holds, its label's lines, its relative width, and the label above it where
    two rows head the table.

    ``key`` is a column of the contract, ``bodies`` (both roles in one), ``values`` (one for each
    period) or ``extra``.
    """

    key: str
    label: tuple[str, ...]
    width: float
    over: tuple[str, ...] = ()
    role: str = ""  # of a column of values: baseline, milestone, target
    align: str = ""

    @property
    def name(self) -> str:
        """The label on one line."""
        return " ".join(self.label)


@dataclass(frozen=True)
class Line:
    """One row of a table: ``G`` a group, ``T`` a row, ``S`` a sub-row; the printed number; its
    fields by their names.
    """

    kind: str
    number: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Part:
    """An appendix: its kind and what it prints; ``numbering`` is ``whole`` or ``group`` (numbers
    begin anew in each group).
    """

    kind: str
    label: str
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    fields: tuple[str, ...]
    text: str
    numbering: str = "whole"
    attached: str = ""
    attached_below: bool = True
    landscape: bool = True
    size: float = 12.0
    column_numbers: bool = False
    repeated: bool = True
    group_cells: bool = False  # a group's title in the cell of the task, the others empty
    bodies: str = "dashes"  # dashes, lines, commas, semicolons; roles, roles-inline
    note: str = ""
    # number and text of those whose mark, `{1}` in a field, stands in the table
    footnotes: tuple[tuple[str, str], ...] = ()

    @property
    def appendix(self) -> str:
        """The number of the label as an Arabic figure."""
        figure = self.label.split()[-1]
        roman = {"I": "1", "II": "2", "III": "3", "IV": "4"}
        return roman.get(figure) or figure.lstrip("0")

    def lines(self) -> list[Line]:
        """The rows of the text, the fields of each by the names that ``fields`` gives them."""
        found = []
        for row in self.text.strip().splitlines():
            head, *rest = (field.strip() for field in row.split("|"))
            kind, _, number = head.partition(" ")
            found.append(Line(kind, number, dict(zip(self.fields, rest, strict=False))))
        return found


@dataclass(frozen=True)
class Signer:
    """One who signs: the lines above the signature and the name below it."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class FormProgramme:
    """A whole programme in its form, with the facts from which its truth is made."""

    name: str
    kind: str
    province: str
    issuer: str
    issuer_lines: tuple[str, ...]
    motto_lines: tuple[str, ...]
    number_line: str
    number: str
    date: str
    place_and_date: str
    title_lines: tuple[str, ...]
    term: str
    prose: str
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...]
    parts: tuple[Part, ...]
    deadlines: dict[str, str]  # printed -> kind,start,end
    fundings: dict[str, str]
    citations: tuple[tuple[str, str, str], ...]  # printed, number, date
    notice: str = ""
    face: str = "tinos"


@dataclass(frozen=True)
class Passage:
    """One heading, paragraph or footnote of the prose; ``printed`` has its number, ``text`` has
    neither number nor marks.
    """

    section_path: str
    kind: str
    number: str
    printed: str
    text: str
    refers_to: str
    mark: str


@dataclass(frozen=True)
class Value:
    """A printed value with its comparator and bounds."""

    printed: str
    comparator: str
    low: str
    high: str


def text_of(name: str) -> str:
    """Return the text of one file of ``tests/sample/programmes``."""
    return (PROGRAMMES / f"{name}.txt").read_text(encoding="utf-8")


def load(name: str) -> FormProgramme:
    """Return the programme that a module of ``tests/sample/programmes`` holds."""
    programme = importlib.import_module(f"tests.sample.programmes.{name}").PROGRAMME
    if not isinstance(programme, FormProgramme):
        raise TypeError(f"tests/sample/programmes/{name}.py holds no programme")
    return programme


def value_of(text: str) -> Value:
    """Return one value: its bounds in braces, or those of a plain figure with a decimal comma."""
    told = _VALUE.fullmatch(text)
    if told is not None:
        return Value(told["printed"], told["comparator"], told["low"], told["high"])
    if _NUMBER.fullmatch(text):
        figure = text.replace(",", ".")
        return Value(text, "=", figure, figure)
    return Value(text, "text" if text else "", "", "")


def bodies_of(field: str) -> list[tuple[str, str]]:
    """Return the (printed, published) names of a field of bodies."""
    found = []
    for item in filter(None, field.split(" / ")):
        printed, _, name = item.partition("=")
        found.append((printed, name or printed))
    return found


def _level(number: str) -> int:
    if number.startswith("("):
        return 4
    return 1 if not number[0].isdigit() else 2 + number.count(".")


def passages(text: str) -> Iterator[Passage]:
    """Yield the prose: `= ` leads a heading, `+ ` a numbered sentence, `~1 ` a footnote; ` @III.4`
    closes a reference.
    """
    path: list[str] = []
    for count, line in enumerate(filter(None, (line.strip() for line in text.splitlines()))):
        lead, printed = (line[0], line[1:].strip()) if line[:1] in "=+~" else ("", line)
        point = _POINT.search(printed)
        printed = _POINT.sub("", printed)
        kind = {"=": "heading", "~": "footnote"}.get(lead, "paragraph")
        number, words = "", printed
        if lead == "~":
            number, _, words = printed.partition(" ")
        elif lead and (split := _HEADING.fullmatch(printed)) is not None:
            number, words = split["number"], split["text"]
        if lead == "=":
            path = [n for n in path if _level(n) < _level(number)] + [number]
        refers = point["point"] if point is not None else ""
        mark = f"footnotes:{number}" if lead == "~" else f"paragraphs:{count}"
        yield Passage(
            "/".join(path), kind, number, printed, re.sub(r"\{\d+\}", "", words), refers, mark
        )
