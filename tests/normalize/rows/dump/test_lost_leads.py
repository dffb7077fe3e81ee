"""Cells that slipped into their neighbours are parted, or in doubt."""

from __future__ import annotations

import pytest

from normalize.rows.dump.cell_starts import Layout
from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.finder import Finder
from normalize.rows.dump.lost_leads import with_lost_leads
from normalize.rows.numbering.decide import Decided
from tests.normalize.rows.dump.dump_words import tokens_of, words

COLUMNS = ("task_id", "task", "lead", "coordinating", "deadline")
WITH_PRODUCT = ("task_id", "task", "lead", "coordinating", "product", "deadline")
READ = Decided("1.1.1", "1.1.1", "task", "", "read", "", (), False, 9.0)


def row(**cells: str) -> DumpRow:
    found = {name: list(tokens_of(text)) for name, text in cells.items()}
    return DumpRow(READ, (), found, frozenset())


def parted(found: DumpRow, columns: tuple[str, ...] = COLUMNS) -> DumpRow:
    return with_lost_leads([found], columns)[0]


def test_words_above_a_deadline_of_its_own_are_the_coordinating_cell() -> None:
    found = parted(
        row(
            task="Xây kè.",
            lead="Sở Xây dựng",
            deadline="Theo yêu cầu của chủ hộ\nTháng 10/2026\nvà hằng năm",
        )
    )
    assert words(found.cells["coordinating"]) == "Theo yêu cầu của chủ hộ"
    assert words(found.cells["deadline"]) == "Tháng 10/2026 và hằng năm"
    assert {"coordinating", "deadline"} <= found.doubt


def test_a_deadline_of_two_dates_stays_whole_in_doubt() -> None:
    found = parted(row(task="Xây kè.", lead="Sở Xây dựng", deadline="Xong móng năm 2026\nNăm 2027"))
    assert words(found.cells["deadline"]) == "Xong móng năm 2026 Năm 2027"
    assert "deadline" in found.doubt


def test_a_short_line_behind_a_text_s_stop_is_doubted_where_stops_are_no_habit() -> None:
    texts = [row(task="Mở đường ra bến", lead="Sở Xây dựng", coordinating="Sở Y tế")] * 3
    odd = row(task="Mở chợ đêm.\nHộ kinh doanh", lead="Sở Xây dựng", coordinating="Sở Y tế")
    assert with_lost_leads([*texts, odd], COLUMNS)[-1].doubt == {"task", "lead"}


def test_words_that_are_no_body_are_doubted_where_the_next_column_is_empty() -> None:
    odd = row(task="Mở chợ.", lead="Sở Y tế", coordinating="Sở Xây dựng\nSổ tay cho hộ bán hàng")
    assert parted(odd, WITH_PRODUCT).doubt == {"coordinating", "product"}
    listed = row(task="Mở chợ.", lead="Sở Y tế", coordinating="Sở Xây dựng\nSở Tài chính")
    assert parted(listed, WITH_PRODUCT).doubt == frozenset()


def test_text_below_a_line_that_has_room_for_the_next_word_is_dearer() -> None:
    lines = (
        "Sửa lại các trạm bơm ở ven sông cho kịp vụ mùa năm tới, giao từng\nxã trông coi\nThợ máy"
    )
    tokens = tokens_of("\n".join([lines] * 30))
    layout = Layout(tokens, Finder(tokens))
    below_full, below_short = (
        next(at for at, token in enumerate(tokens) if token.text == word) for word in ("xã", "Thợ")
    )
    assert layout.text_inside(below_short) > layout.text_inside(below_full) == 0.0


def test_words_above_a_deadline_that_begins_with_a_year_are_the_coordinating_cell() -> None:
    found = parted(
        row(task="Đào ao.", lead="Sở Y tế", deadline="Theo yêu cầu của xóm\n2026 - 2028")
    )
    assert words(found.cells["coordinating"]) == "Theo yêu cầu của xóm"
    assert words(found.cells["deadline"]) == "2026 - 2028"
    assert {"coordinating", "deadline"} <= found.doubt


def test_a_lead_that_stands_at_the_end_of_the_deadline_before_it_is_parted_in_doubt() -> None:
    columns = ("task_id", "task", "deadline", "lead", "coordinating")
    found = parted(
        row(task="Đào ao.", deadline="Quý I/2028\n3rạm Giống cây", lead="Sở Y tế"), columns
    )
    assert words(found.cells["deadline"]) == "Quý I/2028"
    assert words(found.cells["lead"]) == "3rạm Giống cây"
    assert words(found.cells["coordinating"]) == "Sở Y tế"
    assert {"deadline", "lead", "coordinating"} <= found.doubt
    whole = row(task="Đào ao.", deadline="Quý I/2028", lead="Sở Y tế")
    assert parted(whole, columns).doubt == frozenset()


def test_a_lead_behind_a_deadline_stays_where_no_column_has_coordinating_bodies() -> None:
    found = row(task="Đào ao.", deadline="Quý I/2028\nTrạm Giống cây", lead="Sở Y tế")
    columns = ("task_id", "task", "deadline", "lead")
    assert set(parted(found, columns).cells) == set(found.cells)
    assert words(parted(found, columns).cells["lead"]) == "Sở Y tế"


@pytest.mark.parametrize("deadline", ["Trước mùa lũ", "Quý I/2028\nkhi đập xây xong"])
def test_a_deadline_of_no_known_form_is_no_sign_of_a_lead_in_it(deadline: str) -> None:
    columns = ("task_id", "task", "deadline", "lead", "coordinating")
    found = row(task="Đào ao.", deadline=deadline, lead="Sở Y tế")
    assert parted(found, columns) == found
