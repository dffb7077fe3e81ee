"""deadlines.ics: every dated deadline once, as calendars read it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from publish import stage
from publish.deadlines import tables_to_calendar
from publish.stage import About
from schemas.published import check_tables
from tests.normalize.tables.tables import small_tables

DATED = {"kind": "during", "start": "2026-10-01", "end": "2026-10-31"}
REPEAT = {"kind": "recurring", "start": "", "end": "", "recurrence": "yearly"}


def parsed(content: bytes) -> list[dict[str, str]]:
    """The entries of a calendar by RFC 5545: unfolded, each property with its text unescaped."""
    lines = content.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    entries: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            entries.append({})
        elif entries:
            entries[-1].setdefault(name, value)
    return entries


def text(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


def stages(*rows: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """The small tables with these milestones of its first task, whose own deadline has no end."""
    tables = small_tables()
    blank = {"task_id": "1.1.10", "label": "", "recurrence": ""}
    made = [blank | {"position": i + 1} | row for i, row in enumerate(rows)]
    tables["milestones"] = pd.DataFrame(made, columns=list(tables["milestones"].columns))
    tables["tasks"].loc[0, ["start", "end", "deadline_kind"]] = ["", "", "recurring"]
    return check_tables(tables)


def test_each_stage_and_each_deadline_without_stages_is_an_entry() -> None:
    tables = small_tables()
    tables["tasks"].loc[2, ["deadline", "deadline_kind", "end"]] = ["x", "before", "2027-12-31"]
    found = parsed(tables_to_calendar(check_tables(tables)))
    assert [(entry["UID"], entry["DTSTART;VALUE=DATE"]) for entry in found] == [
        ("sample/milestones/1.1.10|1@programme-tables", "20260630"),
        ("sample/milestones/1.1.10|2@programme-tables", "20291231"),
        ("sample/tasks/1.1.11(1)@programme-tables", "20271231"),
    ]
    first = found[0]
    assert text(first["SUMMARY"]) == "1.1.10 phê duyệt: Rà soát, bổ sung quy định."
    assert first["SUMMARY"] == r"1.1.10 phê duyệt: Rà soát\, bổ sung quy định."
    assert first["CATEGORIES"] == "Sở Tài chính,Văn phòng Tỉnh ủy"
    assert "sample, milestones 1.1.10|1, trang 3" in text(first["DESCRIPTION"]).split("\n")
    assert first["DTSTAMP"] == "20251001T000000Z"
    assert "RRULE" not in first
    assert "CATEGORIES" not in found[2]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([DATED, REPEAT], [("20261031", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=-1")]),
        ([REPEAT | {"start": "2026-02-03"}], [("20260203", "FREQ=YEARLY")]),
        (
            [REPEAT | {"start": "2026-01-05", "recurrence": "quarterly", "end": "2030-12-31"}],
            [("20260105", "FREQ=MONTHLY;INTERVAL=3;UNTIL=20301231")],
        ),
        (
            [DATED, REPEAT | {"recurrence": "monthly"}],
            [("20261031", "FREQ=MONTHLY;BYMONTHDAY=-1")],
        ),
        # a repeat with words of its own is another thing than the stage before it, and has no date
        ([DATED, REPEAT | {"label": "Quý I"}], [("20261031", None)]),
        ([REPEAT], []),
    ],
)
def test_repeats(rows: list[dict[str, str]], wanted: list[tuple[str, str | None]]) -> None:
    found = parsed(tables_to_calendar(stages(*rows)))
    assert [(entry["DTSTART;VALUE=DATE"], entry.get("RRULE")) for entry in found] == wanted


def test_a_deadline_in_doubt_is_tentative() -> None:
    tables = small_tables()
    tables["tasks"].loc[0, "review"] = "lead; deadline"
    assert {e["STATUS"] for e in parsed(tables_to_calendar(tables))} == {"TENTATIVE"}
    tables["tasks"].loc[0, "review"] = "lead"
    assert {e["STATUS"] for e in parsed(tables_to_calendar(tables))} == {"CONFIRMED"}


def test_lines_are_folded_between_letters_and_signs_are_escaped() -> None:
    tables = small_tables()
    task = "Ủy ban; dấu \\ và “ngoặc”, " * 12
    tables["tasks"].loc[0, "task"] = task.strip()
    content = tables_to_calendar(check_tables(tables))
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        line.decode("utf-8")  # no letter is cut in two
    entry = parsed(content)[0]
    assert text(entry["DESCRIPTION"]).split("\n")[0] == task.strip()
    assert len(text(entry["SUMMARY"])) <= 120


def test_it_is_published_with_the_tables(tmp_path: Path) -> None:
    stage.publish(small_tables(), tmp_path, About({}))
    made = (tmp_path / "deadlines.ics").read_bytes()
    assert made == tables_to_calendar(check_tables(small_tables()))
    assert "  deadlines.ics\n" in (tmp_path / "SHA256SUMS").read_text(encoding="utf-8")
