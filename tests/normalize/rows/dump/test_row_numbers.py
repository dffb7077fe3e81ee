"""The numbers of a dumped table's rows, of merged cells too."""

from __future__ import annotations

from normalize.rows.dump.parts import TablePart
from normalize.rows.dump.row_numbers import NumberedCells, number_rows
from normalize.rows.dump.segment import NUMBER, RowCells
from normalize.rows.dump.tokens import Token
from normalize.rows.numbering.decide import SCHEMES
from tests.normalize.rows.dump.dump_words import tokens_of

COLUMNS = {
    "indicators": ("indicator_id", "name", "unit"),
    "tasks": ("task_id", "task", "lead"),
}


def numbered(name: str, *lines: str) -> list[NumberedCells]:
    """The rows of a table with the cells ``number | text | other`` on a line each."""
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    tokens = tokens_of("\n".join(" ".join(row) for row in cells) + "\n")
    part = TablePart(name, COLUMNS[name], (), tokens)
    return number_rows(rows_of(cells, tokens), tokens, part, SCHEMES[name])


def rows_of(cells: list[list[str]], tokens: tuple[Token, ...]) -> list[RowCells]:
    rows, at = [], 0
    for row in cells:
        found = RowCells()
        for column, cell in enumerate(row):
            if cell:
                found.cells[column] = [(at, at + len(cell.split()))]
                at += len(cell.split())
        rows.append(found)
    assert at == len(tokens)
    return rows


def keys(rows: list[NumberedCells]) -> list[str]:
    return [row.decided.key for row in rows]


def test_numbers_that_count_up_are_read_and_a_lost_one_is_restored() -> None:
    rows = numbered(
        "tasks",
        "1 | Rừng |",
        "1.1 | Giữ rừng |",
        "1.1.1 | Giữ thông | Xã",
        " | Giữ keo | Xã",
        "1.1.3 | Giữ tre | Xã",
    )
    assert keys(rows) == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3"]
    assert [row.decided.status for row in rows][2:] == ["read", "restored", "read"]


def test_a_number_at_the_top_is_shared_by_the_rows_below_it() -> None:
    rows = numbered(
        "indicators",
        "1 | Số cây thông | Cây",
        " | - Ở vùng cao | Cây",
        "2 | Số cây keo | Cây",
        " | - Ở vùng cao | Cây",
        "3 | Số hồ | Hồ",
        " | - Ở vùng cao | Hồ",
    )
    assert keys(rows) == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
    assert [row.shared for row in rows] == [False, True] * 3


def test_a_number_in_the_middle_is_shared_by_the_rows_around_it() -> None:
    rows = numbered(
        "indicators",
        "1 | Số hồ | Hồ",
        " | Số lớp học thôn bản | Lớp",
        "2 | Số lớp học ở xã | Lớp",
        " | Số lớp học trẻ em | Lớp",
        "3 | Số cây keo | Cây",
    )
    assert keys(rows) == ["1", "2.1", "2.2", "2.3", "3"]


def test_a_number_alone_on_a_row_goes_to_the_row_beside_it() -> None:
    rows = numbered("indicators", "1 | |", " | Số hồ | Hồ", "2 | Số cây | Cây")
    assert keys(rows) == ["1", "2"]
    assert [set(row.row.cells) for row in rows] == [{NUMBER, 1, 2}, {NUMBER, 1, 2}]


def test_where_a_number_is_missing_rows_lost_theirs_and_share_none() -> None:
    rows = numbered("indicators", "1 | Số hồ | Hồ", " | Số cây keo | Cây", "3 | Số lớp học | Lớp")
    assert keys(rows) == ["1", "2", "3"]
    assert [row.shared for row in rows] == [False, False, False]
