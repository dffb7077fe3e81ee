"""Tables of a dump whose rows are not numbered 1.1.1."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.dump import text_to_frames
from normalize.rows.dump.parts import text_to_parts
from normalize.rows.dump.rows import dump_to_assembly
from normalize.rows.dump.table_records import table_records
from normalize.rows.dump.table_rows import DumpTable, part_to_table
from normalize.rows.records import Record
from schemas.errors import UnknownNumbering
from tests.normalize.rows.dump.dump_words import tokens_of, words

CELLS = "Dựng cổng làng.\n\nSở Y tế\n\nSở Tài chính\n\nNăm 2027\n\nNgân sách nhà nước\n"
TASKS = "TT Nhiệm vụ cụ thể Cơ quan chủ trì Cơ quan phối hợp Thời gian Nguồn kinh phí"
INDICATORS = "TT Chỉ tiêu Đơn vị tính Mục tiêu 2030 Đơn vị theo dõi"


def table(rows: str, header: str = TASKS) -> DumpTable:
    text = f"I- MỤC TIÊU\n1. Giữ rừng.\n\nPHỤ LỤC 3\nDANH MỤC\n{header}\n{rows}"
    (part,) = text_to_parts(tokens_of(text)).tables
    return part_to_table(part)


def keys(found: DumpTable) -> list[str]:
    return [row.decided.key for row in found.rows]


def grouped(groups: Sequence[str], numbers: Sequence[Sequence[str]]) -> str:
    return "".join(
        f"{group} Việc của nhóm\n" + "".join(f"{number}\n{CELLS}" for number in own)
        for group, own in zip(groups, numbers, strict=True)
    )


@pytest.mark.parametrize("groups", [("I", "II", "III"), ("A.", "B.", "C."), ("A", "B", "C")])
def test_rows_that_begin_anew_in_each_group_bear_its_number(groups: Sequence[str]) -> None:
    found = table(grouped(groups, [("1", "2", "3"), ("1", "2"), ("1", "2", "3", "4")]))
    first, second, third = (group.rstrip(".") for group in groups)
    assert keys(found) == [
        *(first, f"{first}.1", f"{first}.2", f"{first}.3"),
        *(second, f"{second}.1", f"{second}.2"),
        *(third, f"{third}.1", f"{third}.2", f"{third}.3", f"{third}.4"),
    ]
    assert words(found.rows[4].cells["task"]) == "Việc của nhóm"
    assert words(found.rows[-1].cells["lead"]) == "Sở Y tế"


def test_rows_that_count_on_through_groups_keep_their_numbers() -> None:
    found = table(grouped(("I", "II"), [("01.", "02.", "03."), ("04.", "05.")]))
    assert keys(found) == ["I", "1", "2", "3", "II", "4", "5"]
    tasks = [record for record in table_records(found) if record.table == "tasks"]
    assert [task.group_id for task in tasks] == ["I", "I", "I", "II", "II"]
    assert [task.section_id for task in tasks] == [""] * 5


def test_rows_stand_under_the_outermost_and_the_innermost_of_two_levels_of_groups() -> None:
    rows = "".join(
        f"{group} Việc lớn\n" + grouped(("I", "II"), ([f"{at}."], [f"{at + 1}.", f"{at + 2}."]))
        for group, at in (("A", 1), ("B", 4))
    )
    tasks = [record for record in table_records(table(rows)) if record.table == "tasks"]
    assert [task.row_id for task in tasks] == ["1", "2", "3", "4", "5", "6"]
    assert [task.group_id for task in tasks] == ["A"] * 3 + ["B"] * 3
    assert [task.section_id for task in tasks] == ["A.I", "A.II", "A.II", "B.I", "B.II", "B.II"]


def test_groups_whose_rows_can_be_counted_in_two_ways_are_refused() -> None:
    """Lost numbers leave it open whether they begin anew."""
    with pytest.raises(UnknownNumbering, match="groups numbered I, II"):
        table(grouped(("I", "II"), [("(1)", "(2)"), ("(3)", "(1)")]))


def test_whole_numbers_without_groups_are_the_tasks_own() -> None:
    found = table("".join(f"{n}\n{CELLS}" for n in range(1, 7)))
    assert keys(found) == ["1", "2", "3", "4", "5", "6"]
    assert {row.decided.level for row in found.rows} == {"task"}
    assert {(record.table, record.group_id) for record in table_records(found)} == {("tasks", "")}


def test_parts_of_a_whole_number_stand_under_what_it_stands_under() -> None:
    numbers = ("1", "2", "2.1", "2.2", "3", "4")
    plain = list(table_records(table("".join(f"{n}\n{CELLS}" for n in numbers))))
    assert [(one.row_id, one.parent_id, one.group_id) for one in plain[2:5]] == [
        ("2.1", "2", ""),
        ("2.2", "2", ""),
        ("3", "", ""),
    ]
    rows = "I Việc của nhóm\n" + "".join(f"{n}\n{CELLS}" for n in numbers)
    below = list(table_records(table(rows + "II Việc khác\n" + f"5\n{CELLS}6\n{CELLS}")))
    assert [(one.row_id, one.parent_id, one.group_id) for one in below[3:5]] == [
        ("2.1", "2", "I"),
        ("2.2", "2", "I"),
    ]


def test_a_row_of_column_numbers_below_the_header_is_none_of_the_table() -> None:
    for numbers in ("(1) (2)\n(3) (4)\n\n(5) (6)", "(1) (2) [3] (A) (5) (6)"):
        found = table(f"{numbers}\n" + grouped(("I", "II"), [("1", "2"), ("1", "2")]))
        assert keys(found) == ["I", "I.1", "I.2", "II", "II.1", "II.2"]


def indicators(numbers: Sequence[Sequence[str]]) -> str:
    return "".join(
        f"{group} Về đời sống\n\n"
        + "".join(f"{n}\n\nSố nhà có giếng\n\nHộ\n\n4{n}0\n\nSở Y tế\n\n" for n in own)
        for group, own in zip(("I", "II", "III"), numbers, strict=True)
    )


def test_indicators_that_begin_anew_in_each_group_bear_its_number() -> None:
    anew = table(indicators([("1", "2", "3"), ("1", "2"), ("1", "2", "3")]), INDICATORS)
    own = {"I": 3, "II": 2, "III": 3}
    below = [[group, *(f"{group}.{n + 1}" for n in range(count))] for group, count in own.items()]
    assert keys(anew) == [key for keys_of_group in below for key in keys_of_group]
    on = table(indicators([("1", "2", "3"), ("4", "5"), ("6", "7", "8")]), INDICATORS)
    assert [key for key in keys(on) if key.isdigit()] == [str(n) for n in range(1, 9)]


def test_indicators_stand_below_groups_with_capitals() -> None:
    text = indicators([("1", "2"), ("3", "4"), ("5", "6")])
    for number, capital in (("III V", "C V"), ("II V", "B V"), ("I V", "A V")):
        text = text.replace(number, capital)
    assert keys(table(text, INDICATORS)) == ["A", "1", "2", "B", "3", "4", "C", "5", "6"]


def test_groups_whose_numbers_have_lines_of_their_own_need_no_empty_line_above() -> None:
    row = "Trồng cây\nSở Y tế\nCông an tỉnh\nHằng năm\nKho giống mới\n"
    header = TASKS.replace("Nguồn kinh phí", "Sản phẩm")
    text = "".join(
        f"{group}\nViệc của nhóm\n" + "".join(f"{n}\n{row}" for n in own)
        for group, own in (("I", "123"), ("II", "12"), ("III", "1234"))
    )
    assert keys(table(text, header))[3:6] == ["I.3", "II", "II.1"]


def test_a_small_unit_before_a_figure_is_no_part_of_the_name() -> None:
    row = (
        "1\n\nBờ sông đã kè\nkm < 12 Sở Y tế\n\n2\n\nĐường đi bộ dài hơn 3 km ở phố\nKm 9 Sở Y tế\n"
    )
    first, second = table(row, INDICATORS).rows
    assert {name: words(cell) for name, cell in first.cells.items()} == {
        "name": "Bờ sông đã kè",
        "unit": "km",
        "target": "< 12",
        "lead": "Sở Y tế",
    }
    assert words(second.cells["name"]) == "Đường đi bộ dài hơn 3 km ở phố"


def test_a_note_takes_none_of_the_rows_above_it() -> None:
    """Neither the last rows of a page nor the cells of the last of them."""
    note = "Ghi chú: Số liệu tính đến hết quý."
    rows = indicators([("1", "2", "3"), ("1", "2"), ("1", "2", "3")])
    text = f"I- MỤC TIÊU\n1. Giữ rừng.\n\nPHỤ LỤC 1\nCHỈ TIÊU\n{INDICATORS}\n{rows}{note}\n"
    assembly = dump_to_assembly(text_to_frames(text)[2])
    found = [record for record in assembly.records if record.table == "indicators"]
    assert len(found) == 8
    assert cell(found[-1], "lead") == "Sở Y tế"
    (document,) = [record for record in assembly.records if record.table == "document"]
    assert cell(document, "notes") == note


def cell(record: Record, column: str) -> str:
    return " ".join(slot.text for piece in record.cells[column] for slot in piece.slots)
