"""The rows of a dump's appendices as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.parts import TablePart
from normalize.rows.dump.table_records import table_findings, table_records
from normalize.rows.dump.table_rows import DumpTable
from normalize.rows.dump.tokens import Token
from normalize.rows.numbering.decide import Decided
from normalize.rows.records import Record
from schemas.errors import UnknownColumn
from tests.normalize.rows.dump.dump_words import tokens_of

REST = "\nở"


def decided(key: str, level: str, **more: object) -> Decided:
    known = {
        "key": key, "number": key, "level": level, "parent": "", "status": "read", "reason": "",
        "missing": (), "out_of_order": False, "margin": 9.0,
    }  # fmt: skip
    return Decided(**{**known, **more})  # type: ignore[arg-type]


def row(key: str, level: str, cells: Mapping[str, str], **more: object) -> DumpRow:
    """A row whose cells hold these texts."""
    read = {name: list(tokens_of(text + REST)[:-1]) for name, text in cells.items()}
    number = tokens_of(key + REST)[:-1]
    return DumpRow(decided(key, level, **more), number, read, frozenset())


def labels(texts: str) -> tuple[tuple[Token, ...], ...]:
    """The labels of columns that stand between bars."""
    return tuple(tokens_of(text + REST)[:-1] for text in texts.split("|") if text)


def table(
    name: str, columns: tuple[str, ...], *rows: DumpRow, periods: str = "", others: str = ""
) -> DumpTable:
    part = TablePart(name, columns, labels(periods), (), others=labels(others))
    return DumpTable(part, rows, ())


def cell(record: Record, column: str) -> str:
    pieces = record.cells.get(column, ())
    return " ".join(slot.text for piece in pieces for slot in piece.slots)


TASKS = ("task_id", "task", "lead", "coordinating", "deadline")
WHOLE = {"task": "Giữ rừng", "lead": "Xã", "coordinating": "Thôn", "deadline": "2027"}
GROWTH = ("line_id", "name", "unit", "value 1", "value 2")


def test_a_task_stands_under_its_group_and_section_and_a_whole_row_is_not_in_review() -> None:
    (record,) = table_records(table("tasks", TASKS, row("1.2.1", "task", WHOLE)))
    assert (record.table, record.row_id, record.group_id, record.section_id) == (
        "tasks", "1.2.1", "1", "1.2",
    )  # fmt: skip
    assert (record.review, record.reason) == ((), "")
    assert cell(record, "task") == "Giữ rừng"


def test_a_cell_that_is_seldom_empty_and_a_small_first_letter_are_in_review() -> None:
    cells = {"task": "giữ rừng", "coordinating": "Thôn", "deadline": "2027"}
    (record,) = table_records(table("tasks", TASKS, row("1.2.1", "task", cells)))
    assert record.review == ("lead", "task")
    assert "seldom empty" in record.reason
    assert "small letter" in record.reason


def test_a_task_that_only_heads_sub_rows_may_have_empty_cells() -> None:
    head = row("1.2.1", "task", {"task": "Giữ rừng"})
    sub = row("1.2.1(1)", "sub_row", WHOLE, parent="1.2.1")
    first, second = table_records(table("tasks", TASKS, head, sub))
    assert (first.review, second.parent_id) == ((), "1.2.1")
    (alone,) = table_records(table("tasks", TASKS, head))
    assert "lead" in alone.review


def test_words_of_other_columns_belong_to_the_title_which_is_then_in_doubt() -> None:
    (record,) = table_records(
        table("tasks", TASKS, row("1", "group", {"task": "Giữ rừng", "lead": "Xã"}))
    )
    assert (record.table, record.kind, cell(record, "title")) == ("groups", "tasks", "Giữ rừng Xã")
    assert record.review == ("title",)


def test_a_line_of_growth_has_a_record_for_each_period_with_a_value() -> None:
    line = row("1", "line", {"name": "Dịch vụ", "value 1": "8,4", "value 2": "10,1"})
    found = table("growth", GROWTH, line, periods="Giai đoan 2020 - 2025|Giai đoạn 2025-2030")
    records = list(table_records(found))
    assert [(record.row_id, cell(record, "value")) for record in records] == [
        ("1|Giai đoạn 2020 - 2025", "8,4"),
        ("1|Giai đoạn 2025 - 2030", "10,1"),
    ]


def test_a_measure_whose_values_are_years_is_a_second_header() -> None:
    second = {"name": "Cơ cấu", "value 1": "Đến năm 2025", "value 2": "Đến năm 2030"}
    line = row("1", "line", {"name": "Dịch vụ", "value 1": "69"})
    found = table(
        "growth", GROWTH, row("II", "measure", second), line,
        periods="Giai đoạn 2020 - 2025|Giai đoạn 2025 - 2030",
    )  # fmt: skip
    (record,) = table_records(found)
    assert (record.row_id, cell(record, "measure")) == ("1|Đến năm 2025", "Cơ cấu")


def test_a_growth_table_without_periods_is_refused() -> None:
    with pytest.raises(UnknownColumn):
        list(table_records(table("growth", GROWTH, row("1", "line", {"name": "Dịch vụ"}))))


def test_what_is_found_about_the_numbers_and_the_columns_is_told() -> None:
    rows = (
        row("1.1.1", "task", WHOLE),
        row("1.1.3", "task", WHOLE, missing=("1.1.2",)),
        row("1.1.2", "task", WHOLE, out_of_order=True),
        row("1.1.4", "task", WHOLE, status="restored", reason="lost"),
    )
    found = list(table_findings(table("tasks", TASKS, *rows)))
    assert [(finding.rule, finding.place) for finding in found] == [
        ("numbering_gap", "tasks 1.1.3"),
        ("numbering_order", "tasks 1.1.2"),
        ("number_restored", "tasks 1.1.4"),
    ]


def test_a_line_without_a_value_is_told_since_it_is_not_published() -> None:
    found = table("growth", GROWTH, row("1", "line", {"name": "Dịch vụ"}), periods="Năm 2025")
    assert [finding.rule for finding in table_findings(found)] == ["no_value"]


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Mục tiêu đến năm 2031", "Mục tiêu đến năm 2031"),
        ("Muc tiều đến nãm 2031", "Mục tiêu đến năm 2031"),
        ("Số phải đạt", "Số phải đạt"),
    ],
)
def test_an_indicator_has_the_label_of_its_column_of_goals(printed: str, label: str) -> None:
    columns = ("indicator_id", "name", "unit", "target", "lead")
    found = table("indicators", columns, row("1", "indicator", {"name": "Số lớp", "target": "9"}))
    part = replace(found.part, target=tokens_of(printed + REST)[:-1])
    (record,) = table_records(replace(found, part=part))
    assert record.label == label


def test_a_column_that_no_list_names_is_published_under_its_printed_label() -> None:
    cells = {**WHOLE, "other 1": "Bà Hoa", "other 2": "x"}
    whole = row("1.1.1", "task", cells)
    unclear = replace(row("1.1.2", "task", cells), doubt=frozenset({"other 1"}))
    empty = row("1.1.3", "task", WHOLE)
    columns = (*TASKS, "other 1", "other 2")
    records = table_records(
        table("tasks", columns, whole, unclear, empty, others="Người theo dõi|Mã")
    )
    tasks, extras = list[Record](), list[Record]()
    for record in records:
        (extras if record.table == "extras" else tasks).append(record)
    assert [(one.row_id, one.label, cell(one, "value"), one.review) for one in extras] == [
        ("tasks|1.1.1|Người theo dõi", "Người theo dõi", "Bà Hoa", ()),
        ("tasks|1.1.1|Mã", "Mã", "x", ()),
        ("tasks|1.1.2|Người theo dõi", "Người theo dõi", "Bà Hoa", ("value",)),
        ("tasks|1.1.2|Mã", "Mã", "x", ()),
    ]
    assert [(one.row_id, one.review) for one in tasks] == [
        ("1.1.1", ()), ("1.1.2", ()), ("1.1.3", ()),
    ]  # fmt: skip


def test_a_growth_column_that_no_list_names_is_told() -> None:
    lines = row("1", "line", {"name": "Dịch vụ", "value 1": "7", "value 2": "8", "other 1": "x"})
    found = table_findings(table("growth", (*GROWTH, "other 1"), lines, others="Nguồn tin"))
    assert [finding.rule for finding in found] == ["unknown_column"]


def test_of_columns_that_no_list_names_the_last_one_is_sure() -> None:
    whole = row("1.1.1", "task", WHOLE)
    assert not list(table_findings(table("tasks", (*TASKS, "other 1"), whole, others="Mã")))
    inner = (*TASKS[:2], "other 1", *TASKS[2:])
    (told,) = table_findings(table("tasks", inner, whole, others="Mã"))
    assert told.rule == "unknown_column"


YEARS = ("indicator_id", "name", "unit", "value 1", "value 2", "target", "lead")
FIGURES = {
    "name": "Số hồ",
    "unit": "Hồ",
    "value 1": "3",
    "value 2": "4",
    "target": "9",
    "lead": "Xã",
}


def test_the_values_of_years_are_rows_beside_the_goal_s() -> None:
    one = table("indicators", YEARS, row("1", "indicator", FIGURES), periods="TH 2024|2027")
    indicator, *values = table_records(one)
    assert (indicator.kind, indicator.review, sorted(indicator.cells)) == (
        "2", (), ["indicator_id", "lead", "name", "target", "unit"],
    )  # fmt: skip
    assert [(v.table, v.row_id, v.label, v.kind, cell(v, "value"), v.review) for v in values] == [
        ("indicator_values", "1|TH 2024", "TH 2024", "0", "3", ()),
        ("indicator_values", "1|2027", "2027", "1", "4", ()),
    ]


def test_the_values_of_years_are_in_doubt_where_one_is_lost() -> None:
    cells = {name: text for name, text in FIGURES.items() if name != "value 2"}
    one = table("indicators", YEARS, row("1", "indicator", cells), periods="TH 2024|2027")
    _, value = table_records(one)
    assert (value.row_id, value.review) == ("1|TH 2024", ("value",))
