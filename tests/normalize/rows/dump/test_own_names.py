"""Names of bodies that a dump's table tells by itself."""

from __future__ import annotations

import pytest

from normalize.rows.dump.finder import Finder
from normalize.rows.dump.own_names import own_names
from tests.normalize.rows.dump.dump_words import tokens_of

ROWS = (
    "1.1.1\nTrồng cây ven hồ.\nVườn quốc gia\nHồ Mây\n- Trạm Giống cây Đồi Gió\n- Sở Y tế\n2027\n"
    "1.1.2\nMở đường mòn.\nTrạm Giống cây Đồi Gió\n\n- Vườn quốc gia Hồ Mây\n\nQuý I hằng\nnăm\n"
    "1.1.3\nĐặt biển báo.\nVườn quốc gia Hồ Mây\n\nSở Nội vụ\nQuý I hằng\nnăm Ngân sách nhà\nnước\n"
)


def test_names_that_stand_twice_where_items_begin_are_known() -> None:
    names = own_names(tokens_of(ROWS))
    assert {"Vườn quốc gia Hồ Mây", "Trạm Giống cây Đồi Gió"} <= set(names)


def test_deadlines_and_funding_are_no_part_of_a_name() -> None:
    twice = ROWS + "1.1.4\nXây bến.\nHội Nghề lưới làng Ngân sách nhà\nnước\n" * 2
    names = own_names(tokens_of(twice))
    assert "Hội Nghề lưới làng" in names
    assert not [name for name in names if "Quý" in name or "Ngân" in name]


def test_words_that_go_on_a_task_s_text_are_no_name_however_often() -> None:
    """A task's line breaks before words that begin like a body's name."""
    for words in ("Bộ tiêu chí xóm sạch", "Tạp chí ảnh của làng", "Viện trợ gạo cho hộ"):
        rows = "".join(
            f"1.1.{n}\n{verb}\n{words}\nSở Y tế\n- Sở Nội vụ\n2027\n"
            for n, verb in enumerate(("Rà soát", "In lại", "Bàn về"), start=1)
        )
        assert not [name for name in own_names(tokens_of(rows)) if words[:6] in name]


@pytest.mark.parametrize("thing", ["Bộ tiêu chí xóm sạch", "Trung tâm dữ liệu xóm"])
def test_things_that_begin_like_bodies_are_no_names_behind_bullets(thing: str) -> None:
    rows = f"1.1.1\nLàm mới:\n- {thing};\n- {thing}.\nSở Y tế\n" * 2
    assert own_names(tokens_of(rows)) == ()


def test_a_body_is_told_from_a_thing_by_its_capital() -> None:
    rows = "1.1.1\nMở lớp.\n- Trung tâm Dữ liệu xóm\n- Sở Y tế\n2027\n" * 2
    assert "Trung tâm Dữ liệu xóm" in own_names(tokens_of(rows))


def test_an_own_name_is_found_where_it_was_misread() -> None:
    tokens = tokens_of("Vườn quốc gỉa Hồ Mây\nTrạm y tế xã")
    assert 5 in Finder(tokens, ("Vườn quốc gia Hồ Mây",)).bodies(0)
    assert not Finder(tokens).bodies(0)
