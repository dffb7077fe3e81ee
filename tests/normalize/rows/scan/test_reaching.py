"""Cells that reach over several rows hold for each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalize.rows.scan.grid_rows import Table, pages_to_tables
from normalize.rows.scan.layout import Box, PageLayout
from normalize.rows.scan.reaching import with_reaching
from normalize.rows.scan.row_numbers import number_rows
from normalize.rows.scan.table_records import table_records
from schemas.witnesses import HALF_WALL, TWO_CELLS
from tests.normalize.rows.scan.test_find_tables import page, slots

HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Ghi chú")
FIRST = ("1", "Trồng rừng", "Sở Công Thương", "Sở Nội vụ", "Năm 2026", "")
BELOW = ("2", "Nuôi ong", "^", "", "Năm 2027", "")


def leads(table: Table) -> dict[str, str]:
    return {
        record.row_id: " ".join(
            slot.text for piece in record.cells.get("lead", ()) for slot in piece.slots
        )
        for record in table_records(table.name, number_rows(table).rows, "1")
    }


def test_a_lead_that_stands_once_beside_three_tasks_leads_them_all() -> None:
    (table,) = pages_to_tables([page(HEADER, FIRST, BELOW, ("3", *BELOW[1:]))])
    assert leads(table) == dict.fromkeys("123", "Sở Công Thương")


@pytest.mark.parametrize(
    ("number", "texts"), [("^", ["Trồng rừng"] * 2), ("2", ["Trồng rừng", ""])]
)
def test_a_text_holds_for_a_row_that_shares_its_number_alone(number: str, texts: list[str]) -> None:
    below = (number, "^", "Công an tỉnh", "", "Năm 2027", "")
    (table,) = pages_to_tables([page(HEADER, FIRST, below)])
    found = table_records(table.name, number_rows(table).rows, "1")
    assert [
        " ".join(slot.text for piece in record.cells.get("task", ()) for slot in piece.slots)
        for record in found
        if record.table == "tasks"
    ] == texts


def test_an_empty_cell_of_one_row_stays_empty() -> None:
    row = ("2", "Nuôi ong", "", "Sở Y tế", "Năm 2027", "")
    (table,) = pages_to_tables([page(HEADER, FIRST, row)])
    assert leads(table)["2"] == ""


def test_such_a_cell_goes_on_overleaf_where_an_empty_one_reaches_as_far() -> None:
    second = page(HEADER, ("3", "Thả cá", "", "", "Năm 2028", ""), BELOW, above=())
    over = tuple(replace(box, page_no=2) for box in second.tables[0])
    pages = [page(HEADER, FIRST, BELOW), replace(second, page_no=2, tables=(over,))]
    (table,) = pages_to_tables(pages)
    assert [list(row.reaching) for row in with_reaching(table.rows, "tasks")] == [
        [],
        ["lead"],
        ["lead"],
        ["lead"],
    ]


def scanned(one: Box, *lines: float) -> Box:
    """The box as an engine read it, with a line of text at each of these places."""
    words = [slot for top in lines for slot in slots("Sở Y tế", one.x0, top)]
    return replace(
        one, slots=tuple(replace(slot, readings=(("vie", slot.text, 0.9),)) for slot in words)
    )


@pytest.mark.parametrize(("below", "is_doubted"), [(22.0, True), (15.0, False)])
def test_a_scanned_cell_whose_lines_part_as_the_rows_do_is_in_doubt(
    below: float, is_doubted: bool
) -> None:
    layout = page(HEADER, FIRST, BELOW)
    boxes = tuple(
        scanned(one, one.top + 2, one.top + below) if one.row_span > 1 else one
        for one in layout.tables[0]
    )
    (table,) = pages_to_tables([PageLayout(1, 842, 595, layout.lines, (boxes,))])
    for row, column in zip(with_reaching(table.rows, "tasks"), ("cells", "reaching"), strict=True):
        (box,) = getattr(row, column)["lead"]
        assert (box.slots[0].readings[0][1] == TWO_CELLS) == is_doubted


def test_beside_a_single_row_overleaf_an_empty_lead_is_the_one_above_in_doubt() -> None:
    second = page(HEADER, ("3", "Thả cá", "", "", "Năm 2028", ""), above=())
    over = tuple(replace(box, page_no=2) for box in second.tables[0])
    pages = [page(HEADER, FIRST, BELOW), replace(second, page_no=2, tables=(over,))]
    (table,) = pages_to_tables(pages)
    last = with_reaching(table.rows, "tasks")[-1].reaching
    assert list(last) == ["lead"]
    assert last["lead"][0].slots[0].readings[0][1] == HALF_WALL
