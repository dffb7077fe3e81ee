"""The fictional programme of the province An Lĩnh: its data files read into frozen records."""

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
HEADING = re.compile(r"(?P<number>[IVX]+|\d+(?:\.\d+)*|\(\d+\))(?:- |\. | )(?P<text>.+)")
SMALL_PARAGRAPHS = {
    "#1",
    "I#1",
    "I#2",
    "I#3",
    "II#1",
    "II/1#1",
    "II/1/1.1#1",
    *(f"II/1/1.1/(1)#{n}" for n in (1, 3, 5)),
}
SMALL_INDICATORS = {"I", "1", "2", "4", "II", "5", "III", "12", "13", "14"}
SMALL_ROWS = {
    *("1", "1.1", "1.1.2", "1.1.3", "1.1.4", "1.2", "1.2.1", "1.2.5", "2", "2.2", "2.2.1"),
    *("2.2.3", "2.2.3(1)", "2.2.3(2)", "3", "3.1"),
}
REFERENCE = re.compile(r" @(?P<point>[\d.]+)$")


@dataclass(frozen=True)
class Paragraph:
    """One heading, numbered sentence or plain paragraph of the prose; `printed` has its number,
    `text` has not.
    """

    section_path: str
    kind: str
    number: str
    printed: str
    text: str
    refers_to: str
    paragraph_id: str


@dataclass(frozen=True)
class Row:
    """One row of appendix 3: a group (levels 1 and 2), a task or a numbered sub-row."""

    kind: str
    number: str
    row_id: str
    parent_id: str
    group_id: str
    section_id: str
    text: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    deadline: str
    funding: str
    product: str
    layout: str


@dataclass(frozen=True)
class Programme:
    """Everything the sample prints, and the facts from which its truth is made."""

    frame: dict[str, Any]
    prose: tuple[Paragraph, ...]
    indicators: tuple[dict[str, str], ...]
    growth: tuple[dict[str, str], ...]
    rows: tuple[Row, ...]
    bodies: dict[str, tuple[tuple[str, str], ...]]
    deadlines: dict[str, dict[str, str]]
    milestones: tuple[dict[str, str], ...]
    fundings: dict[str, str]
    citations: tuple[dict[str, str], ...]


def read_csv(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def heading_level(number: str) -> int:
    """Return 1 for `I`, 2 for `1`, 3 for `1.1`, 4 for `(1)`."""
    if number.startswith("("):
        return 4
    return 1 if not number[0].isdigit() else 2 + number.count(".")


def read_prose(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of prose.txt: `= ` leads a heading, `+ ` a numbered sentence, ` @1.2`
    closes a reference.
    """
    path: list[str] = []
    counts: dict[str, int] = {}
    found = []
    for block in text.strip().split("\n\n"):
        lead, printed = (block[0], block[2:]) if block[:2] in ("= ", "+ ") else ("", block)
        point = REFERENCE.search(printed)
        printed = REFERENCE.sub("", printed)
        split = HEADING.fullmatch(printed) if lead else None
        number = split["number"] if split is not None else ""
        if lead == "=":
            above = [n for n in path if heading_level(n) < heading_level(number)]
            path = [*above, number]
        section = "/".join(path)
        counts[section] = counts.get(section, 0) + 1
        found.append(
            Paragraph(
                section_path=section,
                kind="heading" if lead == "=" else "paragraph",
                number=number,
                printed=printed,
                text=split["text"] if split is not None else printed,
                refers_to=point["point"] if point is not None else "",
                paragraph_id=f"{section}#{counts[section]}",
            )
        )
    return tuple(found)


def items(cell: str) -> tuple[str, ...]:
    """Return the printed items of a cell of bodies, which the data keeps apart by ` | `."""
    return tuple(cell.split(" | ")) if cell else ()


def lines_to_rows(lines: Iterable[Mapping[str, str]]) -> tuple[Row, ...]:
    """Return the rows of appendix 3 with the groups and parents they stand under, from lines as in
    tasks.csv.
    """
    group = section = task = ""
    found = []
    for line in lines:
        kind, number = line["kind"], line["number"]
        parent, row_id = "", number
        if kind == "group" and "." in number:
            section, parent = number, group
        elif kind == "group":
            group, section = number, ""
        elif kind == "sub":
            parent, row_id = task, f"{task}{number}"
        else:
            task = number
        found.append(
            Row(
                kind,
                number,
                row_id,
                parent,
                group,
                section,
                line["text"],
                items(line["lead"]),
                items(line["coordinating"]),
                line["deadline"],
                line["funding"],
                line["product"],
                line["layout"],
            )
        )
    return tuple(found)


def read_bodies() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each printed item the (name, body_id) pairs it stands for; body_id is empty for a
    local body.
    """
    bodies: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in read_csv("bodies.csv"):
        bodies[line["printed"]] = (
            *bodies.get(line["printed"], ()),
            (line["name"], line["body_id"]),
        )
    return bodies


@cache
def read_programme() -> Programme:
    """Return the whole fictional programme."""
    return Programme(
        frame=tomllib.loads((DATA / "programme.toml").read_text(encoding="utf-8")),
        prose=read_prose((DATA / "prose.txt").read_text(encoding="utf-8")),
        indicators=read_csv("indicators.csv"),
        growth=read_csv("growth.csv"),
        rows=lines_to_rows(read_csv("tasks.csv")),
        bodies=read_bodies(),
        deadlines={line["deadline"]: line for line in read_csv("deadlines.csv")},
        milestones=read_csv("milestones.csv"),
        fundings={line["funding"]: line["funding_codes"] for line in read_csv("fundings.csv")},
        citations=read_csv("citations.csv"),
    )


def small_programme(programme: Programme) -> Programme:
    """Return the programme cut down to about five pages that still hold a row of nearly
    every kind.
    """
    return replace(
        programme,
        prose=tuple(p for p in programme.prose if p.paragraph_id in SMALL_PARAGRAPHS),
        indicators=tuple(
            line for line in programme.indicators if line["number"] in SMALL_INDICATORS
        ),
        rows=tuple(row for row in programme.rows if row.row_id in SMALL_ROWS),
    )


def long_programme(programme: Programme, times: int) -> Programme:
    """Return the programme with the rows of its appendix 3 so many times, the level-1 numbers of
    each repetition going on.
    """
    lines = read_csv("tasks.csv")
    groups = sum(line["kind"] == "group" and line["number"].isdigit() for line in lines)
    repeated = (
        {**line, "number": _numbered_on(line["number"], turn * groups)}
        for turn in range(times)
        for line in lines
    )
    return replace(programme, rows=lines_to_rows(repeated))


def _numbered_on(number: str, shift: int) -> str:
    first, dot, rest = number.partition(".")
    return f"{int(first) + shift}{dot}{rest}" if first.isdigit() else number
