"""The faultless tables, in contract 2.0, of a programme printed in its own form.

Long: one function for each table of the truth.
"""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from normalize.tables.own_bodies import body_slug
from schemas.table_kinds import KINDS
from tests.sample.forms import DITTO, FormProgramme, Line, Part, bodies_of, passages, value_of
from tests.sample.typeset import Printed

COLUMNS = {
    "document": "kind title number date issuer province term signatory notice notes pages",
    "appendices": "appendix kind label title page_no",
    "groups": "appendix group_id parent_id title page_no",
    "tasks": "task_id parent_id group_id section_id task lead coordinating deadline deadline_kind "
    "start end funding funding_codes "
    "product note number appendix page_no",
    "task_bodies": "task_id role position body_id name",
    "indicators": "indicator_id group_id name unit target comparator "
    "target_min target_max lead appendix "
    "page_no",
    "indicator_values": "indicator_id period role value comparator value_min value_max",
    "indicator_bodies": "indicator_id position body_id name",
    "growth": "line_id measure name unit period value value_min value_max page_no",
    "paragraphs": "section_path kind number text refers_to page_no",
    "citations": "table number date",
    "extras": "table row_id label value",
}
Record = dict[str, str]
Tables = dict[str, list[Record]]
_FOOTNOTE_MARK = re.compile(r"\{\d+\}")
BODIES = Path(__file__).parents[2] / "normalize" / "bodies.csv"
LISTED = BODIES if BODIES.exists() else BODIES.parent / "lists" / "bodies.csv"


@cache
def _body_ids() -> dict[str, str]:
    with LISTED.open(encoding="utf-8", newline="") as lines:
        return {line["name"]: line["body_id"] for line in csv.DictReader(lines)}


def plain(number: str) -> str:
    """Return a printed number without brackets and closing dot (`(1)` -> `1`, `a)` -> `a`, `II.` ->
    `II`); of a dash nothing.
    """
    return number.strip("().").rstrip(".") if number != "-" else ""


def _id(number: str) -> str:
    return plain(number).lstrip("0")


class Walk:
    """Where the rows of one table stand: the groups above a row, the row above a sub-row, and how
    many sub-rows that has.
    """

    def __init__(self, part: Part, prefix: str) -> None:
        self.part, self.prefix = part, prefix
        self.top = self.lowest = self.row = ""
        self.subs = 0
        self.twice = self._begin_anew()

    def _begin_anew(self) -> set[str]:
        """The numbers of groups that occur twice: their parent's stands in front of them."""
        numbers = [plain(line.number) for line in self.part.lines() if line.kind == "G"]
        return {number for number in numbers if numbers.count(number) > 1}

    def group(self, line: Line) -> tuple[str, str]:
        """Return a group's id and its parent's."""
        number = plain(line.number)
        below = (
            "." in number
            or number in self.twice
            or (self.top[-1:].isalpha() and number[0] in "IVX" and self.top in "ABCDE")
        )
        if below and self.top:
            self.lowest = f"{self.top}.{number}" if number in self.twice else self.prefix + number
            return self.lowest, self.top
        self.top, self.lowest = self.prefix + number, ""
        return self.top, ""

    def task(self, line: Line) -> tuple[str, str]:
        """Return a row's id and that of the row above it."""
        if line.kind == "S":
            self.subs += 1
            if "." in line.number:  # 11.1 under 11 is whole by itself
                return self.prefix + plain(line.number), self.row
            return f"{self.row}({plain(line.number) or self.subs})", self.row
        self.subs = 0
        own = _id(line.number)
        in_group = self.part.numbering == "group"
        self.row = f"{self.lowest or self.top}.{own}" if in_group else self.prefix + own
        return self.row, ""


class Pages:
    """The page of each mark."""

    def __init__(self, printed: Printed) -> None:
        self.marks = printed.marks

    def of(self, mark: str) -> str:
        """Return the page of a mark as text."""
        return str(self.marks[mark].page)


def named(field: str) -> list[str]:
    """Return the published names of a field of bodies."""
    return [name for _, name in bodies_of(field)]


def without_dittos(lines: list[Line]) -> list[Line]:
    """Return the rows with each ditto mark replaced by the field above it, without the marks of
    footnotes.
    """
    above: dict[str, str] = {}
    found = []
    for line in lines:
        fields = {
            key: above.get(key, "") if text in DITTO else _FOOTNOTE_MARK.sub("", text)
            for key, text in line.fields.items()
        }
        if line.kind != "G":
            above |= {key: text for key, text in fields.items() if text}
        found.append(Line(line.kind, line.number, fields))
    return found


def task_tables(
    programme: FormProgramme, place: int, pages: Pages, prefix: str, tables: Tables
) -> None:
    """Add the rows of one table of tasks."""
    part = programme.parts[place - 1]
    walk = Walk(part, prefix)
    extra = [column.name for column in part.columns if column.key == "extra"]
    for n, line in enumerate(without_dittos(part.lines())):
        page = pages.of(f"{place}:{n}")
        if line.kind == "G":
            group, parent = walk.group(line)
            title = line.fields[part.fields[0]]
            tables["groups"].append(
                {
                    "appendix": part.appendix,
                    "group_id": group,
                    "parent_id": parent,
                    "title": title,
                    "page_no": page,
                }
            )
            continue
        task, parent = walk.task(line)
        fields = {
            key: line.fields.get(key, "")
            for key in ("task", "deadline", "funding", *KINDS["tasks"].free)
        }
        kind, start, end = (
            programme.deadlines[fields["deadline"]].split(",")
            if fields["deadline"]
            else ("", "", "")
        )
        tables["tasks"].append(
            fields
            | {
                "task_id": task,
                "parent_id": parent,
                "group_id": walk.top,
                "section_id": walk.lowest,
                "lead": "; ".join(named(line.fields.get("lead", ""))),
                "coordinating": "; ".join(named(line.fields.get("coordinating", ""))),
                "deadline_kind": kind,
                "start": start,
                "end": end,
                "funding_codes": programme.fundings[fields["funding"]] if fields["funding"] else "",
                "number": plain(line.number),
                "appendix": part.appendix,
                "page_no": page,
            }
        )
        for role in ("lead", "coordinating"):
            for position, name in enumerate(named(line.fields.get(role, "")), 1):
                body = {
                    "role": role,
                    "position": str(position),
                    "body_id": _body_ids().get(name, ""),
                    "name": name,
                }
                tables["task_bodies"].append({"task_id": task} | body)
        for label in extra:
            if line.fields.get(label):
                tables["extras"].append(
                    {"table": "tasks", "row_id": task, "label": label, "value": line.fields[label]}
                )


def indicator_tables(programme: FormProgramme, place: int, pages: Pages, tables: Tables) -> None:
    """Add the rows of one table of indicators."""
    part = programme.parts[place - 1]
    walk = Walk(part, "")
    periods = [column for column in part.columns if column.key == "values"]
    extra = [column.name for column in part.columns if column.key == "extra"]
    for n, line in enumerate(without_dittos(part.lines())):
        page = pages.of(f"{place}:{n}")
        if line.kind == "G":
            group, parent = walk.group(line)
            title = line.fields["name"]
            tables["groups"].append(
                {
                    "appendix": part.appendix,
                    "group_id": group,
                    "parent_id": parent,
                    "title": title,
                    "page_no": page,
                }
            )
            continue
        indicator, _ = walk.task(line)
        values = [value_of(text) for text in line.fields["values"].split(" / ")]
        for column, value in zip(periods, values, strict=True):
            if value.printed:
                bounds = {
                    "comparator": value.comparator,
                    "value_min": value.low,
                    "value_max": value.high,
                }
                row = {
                    "indicator_id": indicator,
                    "period": column.name,
                    "role": column.role,
                    "value": value.printed,
                } | bounds
                tables["indicator_values"].append(row)
        goal = next(
            value for column, value in zip(periods, values, strict=True) if column.role == "target"
        )
        tables["indicators"].append(
            {
                "indicator_id": indicator,
                "group_id": walk.lowest or walk.top,
                "name": line.fields["name"].removeprefix("- "),
                "unit": line.fields.get("unit", ""),
                "target": goal.printed,
                "comparator": goal.comparator,
                "target_min": goal.low,
                "target_max": goal.high,
                "lead": "; ".join(named(line.fields.get("lead", ""))),
                "appendix": part.appendix,
                "page_no": page,
            }
        )
        for position, name in enumerate(named(line.fields.get("lead", "")), 1):
            body = {"position": str(position), "body_id": _body_ids().get(name, ""), "name": name}
            tables["indicator_bodies"].append({"indicator_id": indicator} | body)
        for label in extra:
            if line.fields.get(label):
                tables["extras"].append(
                    {
                        "table": "indicators",
                        "row_id": indicator,
                        "label": label,
                        "value": line.fields[label],
                    }
                )


def growth_tables(programme: FormProgramme, place: int, pages: Pages, tables: Tables) -> None:
    """Add the rows of one table of growth: Roman lines name the measure of the lines below them."""
    part = programme.parts[place - 1]
    periods = [column.name for column in part.columns if column.key == "values"]
    top = measure = ""
    for n, line in enumerate(part.lines()):
        name = line.fields["name"].removeprefix("- ").removesuffix(":")
        if line.kind == "G":
            top, measure = plain(line.number), name
        line_id = top if line.kind == "G" else f"{top}.{plain(line.number)}"
        for period, text in zip(periods, line.fields.get("values", "").split(" / "), strict=False):
            value = value_of(text)
            if value.printed:
                row = {
                    "line_id": line_id,
                    "measure": measure,
                    "name": name,
                    "unit": line.fields.get("unit", ""),
                    "period": period,
                }
                row |= {
                    "value": value.printed,
                    "value_min": value.low,
                    "value_max": value.high,
                    "page_no": pages.of(f"{place}:{n}"),
                }
                tables["growth"].append(row)


def give_ids(programme: FormProgramme, tables: Tables) -> None:
    """Give a name that no list has, but that is printed in several cells, the slug of its name as
    its id; in place.

    A ditto mark names nothing: what stands above it is printed once.
    """
    counts = Counter(
        name
        for part in programme.parts
        for line in part.lines()
        for role in ("lead", "coordinating")
        if line.fields.get(role, "") not in DITTO
        for name in set(named(line.fields.get(role, "")))
    )
    for row in [*tables["task_bodies"], *tables["indicator_bodies"]]:
        row["body_id"] = row["body_id"] or (
            body_slug(row["name"]) if counts[row["name"]] > 1 else ""
        )


def citation_rows(programme: FormProgramme, tables: Mapping[str, list[Record]]) -> list[Record]:
    """Return every place where a citation stands in a paragraph or a task."""
    rows = []
    for table, column in (("paragraphs", "text"), ("tasks", "task")):
        for record in tables[table]:
            found = sorted(
                (record[column].find(printed), number, date)
                for printed, number, date in programme.citations
            )
            rows += [
                {"table": table, "number": number, "date": date}
                for at, number, date in found
                if at >= 0
            ]
    return rows


def document_row(programme: FormProgramme, pages: Pages) -> Record:
    """Return the one row of `document`."""
    return {
        "kind": programme.kind,
        "title": " ".join(programme.title_lines),
        "number": programme.number,
        "date": programme.date,
        "issuer": programme.issuer,
        "province": programme.province,
        "term": programme.term,
        "signatory": "; ".join(signer.name for signer in programme.signers),
        "notice": programme.notice,
        "notes": " ".join([*_table_footnotes(programme), *_notes(programme)]),
        "pages": str(max(place.page for place in pages.marks.values())),
    }


def _table_footnotes(programme: FormProgramme) -> list[str]:
    return [text for part in programme.parts for _, text in part.footnotes]


def _notes(programme: FormProgramme) -> list[str]:
    return [part.note for part in programme.parts if part.note]


def form_truth(programme: FormProgramme, printed: Printed) -> Tables:
    """Return all truth tables of a programme as it was printed."""
    pages = Pages(printed)
    tables: Tables = {name: [] for name in COLUMNS}
    tables["document"] = [document_row(programme, pages)]
    for p in passages(programme.prose):
        text = {
            "section_path": p.section_path,
            "kind": p.kind,
            "number": p.number,
            "text": p.text,
            "refers_to": p.refers_to,
        }
        tables["paragraphs"].append(text | {"page_no": pages.of(p.mark)})
    kinds: list[str] = []
    for place, part in enumerate(programme.parts, 1):
        heading = {"kind": part.kind, "label": part.label, "title": " ".join(part.title)}
        tables["appendices"].append(
            {"appendix": part.appendix, "page_no": pages.of(f"appendix:{place}")} | heading
        )
        if part.kind == "tasks":
            task_tables(
                programme, place, pages, f"{part.appendix}/" if "tasks" in kinds else "", tables
            )
        elif part.kind == "indicators":
            indicator_tables(programme, place, pages, tables)
        else:
            growth_tables(programme, place, pages, tables)
        kinds.append(part.kind)
    give_ids(programme, tables)
    tables["citations"] = citation_rows(programme, tables)
    return tables


def write_form_truth(tables: Tables, folder: Path) -> None:
    """Write each table as CSV with exactly its columns."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS[name].split(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
