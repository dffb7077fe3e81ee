"""The faultless tables of one printing, made from the same data as the pages and from where the
rows came to stand.

Long: one function for each table of the truth.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.sample.programme import Programme, Row
from tests.sample.typeset import Printed

COLUMNS = {
    "document": "title number date issuer province term signatory notice notes pages",
    "groups": "appendix group_id parent_id title page_no",
    "tasks": "task_id parent_id group_id section_id task lead coordinating deadline deadline_kind "
    "start end funding funding_codes page_no",
    "task_bodies": "task_id role position body_id name printed",
    "milestones": "task_id position label kind start end recurrence",
    "indicators": "indicator_id group_id name unit target comparator "
    "target_min target_max lead page_no",
    "growth": "line_id measure name unit period value value_min value_max page_no",
    "paragraphs": "section_path kind number text refers_to page_no",
    "citations": "table number date",
    "citation_details": "table row_id column document_kind number date issuer printed page_no",
}
Record = dict[str, str]


class Pages:
    """Where each mark stands once some pages are missing: the page number in the finished PDF, none
    when its page is missing.
    """

    def __init__(self, printed: Printed, missing: Iterable[int] = ()) -> None:
        gone = set(missing)
        last = max(place.page for place in printed.marks.values())
        kept = [page for page in range(1, last + 1) if page not in gone]
        self.count = len(kept)
        self.renumbered = {page: number for number, page in enumerate(kept, 1)}
        self.marks = printed.marks

    def of(self, mark: str) -> str:
        """Return the page of a mark as text, empty when its page is missing."""
        return str(self.renumbered.get(self.marks[mark].page, ""))


def names(programme: Programme, printed: Sequence[str]) -> str:
    """Return the canonical names of printed items, joined as the contract says."""
    return "; ".join(name for item in printed for name, _ in programme.bodies[item])


def unlisted(name: str) -> str:
    """Return a name without the leading dash and the closing colon that only layout gave it."""
    return name.removeprefix("- ").removesuffix(":")


def document_rows(programme: Programme, pages: Pages) -> list[Record]:
    """Return the one row of `document`."""
    frame = programme.frame
    keys = ("number", "date", "issuer", "province", "term", "signatory", "notice")
    return [
        {k: frame[k] for k in keys}
        | {
            "title": " ".join(frame["title_lines"]),
            "notes": frame["note"],
            "pages": str(pages.count),
        }
    ]


def group_rows(programme: Programme, printed: Printed, pages: Pages) -> list[Record]:
    """Return the groups of appendices 1 and 3; a title that was cut off holds what was printed."""
    rows = []
    for line in programme.indicators:
        if not line["indicator_id"]:
            number = line["number"]
            rows.append(
                {
                    "appendix": "1",
                    "group_id": number,
                    "parent_id": "",
                    "title": line["name"],
                    "page_no": pages.of(f"groups:1:{number}"),
                }
            )
    for row in programme.rows:
        if row.kind == "group":
            mark = f"groups:3:{row.number}"
            title = printed.cut_titles.get(mark, row.text)
            rows.append(
                {
                    "appendix": "3",
                    "group_id": row.number,
                    "parent_id": row.parent_id,
                    "title": title,
                    "page_no": pages.of(mark),
                }
            )
    return rows


def task_rows(programme: Programme, pages: Pages) -> list[Record]:
    """Return the tasks and sub-rows of appendix 3."""
    return [task_record(programme, row, pages) for row in programme.rows if row.kind != "group"]


def task_record(programme: Programme, row: Row, pages: Pages) -> Record:
    """Return one task; a task that only heads sub-rows has no deadline and no funding."""
    deadline = programme.deadlines.get(row.deadline, {})
    return {
        "task_id": row.row_id,
        "parent_id": row.parent_id,
        "group_id": row.group_id,
        "section_id": row.section_id,
        "task": row.text,
        "lead": names(programme, row.lead),
        "coordinating": names(programme, row.coordinating),
        "deadline": row.deadline,
        "deadline_kind": deadline.get("deadline_kind", ""),
        "start": deadline.get("start", ""),
        "end": deadline.get("end", ""),
        "funding": row.funding,
        "funding_codes": programme.fundings.get(row.funding, ""),
        "page_no": pages.of(f"tasks:{row.row_id}"),
    }


def body_rows(programme: Programme) -> list[Record]:
    """Return the bodies of each task by role and position."""
    rows = []
    for row in programme.rows:
        for role, printed in (("lead", row.lead), ("coordinating", row.coordinating)):
            bodies = [
                (item, name, body_id)
                for item in printed
                for name, body_id in programme.bodies[item]
            ]
            for position, (item, name, body_id) in enumerate(bodies, 1):
                shown = item if len(programme.bodies[item]) == 1 else name
                rows.append(
                    {
                        "task_id": row.row_id,
                        "role": role,
                        "position": str(position),
                        "body_id": body_id,
                        "name": name,
                        "printed": shown,
                    }
                )
    return rows


def milestone_rows(programme: Programme) -> list[Record]:
    """Return a row for each stage or repeat of each task's deadline."""
    return [
        {"task_id": row.row_id, **{k: v for k, v in stage.items() if k != "deadline"}}
        for row in programme.rows
        for stage in programme.milestones
        if row.deadline and stage["deadline"] == row.deadline
    ]


def indicator_rows(programme: Programme, pages: Pages) -> list[Record]:
    """Return the indicators with the group they stand under."""
    rows, group = [], ""
    for line in programme.indicators:
        if not line["indicator_id"]:
            group = line["number"]
            continue
        kept = {
            k: line[k]
            for k in ("indicator_id", "unit", "target", "comparator", "target_min", "target_max")
        }
        lead = names(programme, line["lead"].split(" | "))
        page = pages.of(f"indicators:{line['indicator_id']}")
        rows.append(
            kept
            | {"group_id": group, "name": unlisted(line["name"]), "lead": lead, "page_no": page}
        )
    return rows


def growth_rows(programme: Programme, pages: Pages) -> list[Record]:
    """Return a row for each line and period of appendix 2; row II names a measure and new periods
    and has no values.
    """
    head, *lines = programme.growth
    rows, measure = [], ""
    for line in lines:
        if "." not in line["line_id"]:
            measure = line["name"]
        if line["unit"] == head["unit"]:
            head = line
            continue
        for column in ("first", "second"):
            values = {
                "value": line[column],
                "value_min": line[f"{column}_min"],
                "value_max": line[f"{column}_max"],
            }
            shared = {
                "line_id": line["line_id"],
                "measure": measure,
                "name": unlisted(line["name"]),
                "unit": line["unit"],
            }
            rows.append(
                shared
                | values
                | {"period": head[column], "page_no": pages.of(f"growth:{line['line_id']}")}
            )
    return rows


def paragraph_rows(programme: Programme, pages: Pages) -> list[Record]:
    """Return the headings and paragraphs of the prose."""
    return [
        {
            "section_path": p.section_path,
            "kind": p.kind,
            "number": p.number,
            "text": p.text,
            "refers_to": p.refers_to,
            "page_no": pages.of(f"paragraphs:{p.paragraph_id}"),
        }
        for p in programme.prose
    ]


def citation_rows(programme: Programme, pages: Pages) -> list[Record]:
    """Return every place where a citation of the data stands in a paragraph or a task, in document
    order.
    """
    texts = [("paragraphs", p.paragraph_id, "text", p.text) for p in programme.prose]
    texts += [
        ("tasks", row.row_id, "task", row.text) for row in programme.rows if row.kind != "group"
    ]
    rows = []
    for table, row_id, column, text in texts:
        found = sorted(
            (text.find(c["printed"]), c["printed"], c)
            for c in programme.citations
            if c["printed"] in text
        )
        page = pages.of(f"{table}:{row_id}")
        rows += [
            {"table": table, "row_id": row_id, "column": column, "page_no": page, **citation}
            for _, _, citation in found
        ]
    return rows


def truth_tables(
    programme: Programme, printed: Printed, missing: Iterable[int] = ()
) -> dict[str, list[Record]]:
    """Return all truth tables of one printing; rows that start on a missing page are left out."""
    pages = Pages(printed, missing)
    citations = citation_rows(programme, pages)
    tables = {
        "document": document_rows(programme, pages),
        "groups": group_rows(programme, printed, pages),
        "tasks": task_rows(programme, pages),
        "task_bodies": body_rows(programme),
        "milestones": milestone_rows(programme),
        "indicators": indicator_rows(programme, pages),
        "growth": growth_rows(programme, pages),
        "paragraphs": paragraph_rows(programme, pages),
        "citations": citations,
        "citation_details": citations,
    }
    there = {row["task_id"] for row in tables["tasks"] if row["page_no"]}
    for name in ("task_bodies", "milestones"):
        tables[name] = [row for row in tables[name] if row["task_id"] in there]
    return {name: [row for row in rows if row.get("page_no", "-")] for name, rows in tables.items()}


def write_truth(tables: Mapping[str, Sequence[Record]], folder: Path) -> None:
    """Write each table as CSV with exactly its columns."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(
                out, COLUMNS[name].split(), extrasaction="ignore", lineterminator="\n"
            )
            writer.writeheader()
            writer.writerows(rows)
