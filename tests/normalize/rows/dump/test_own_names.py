"""Names of bodies that a dump's table tells by itself."""

from __future__ import annotations

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


def test_an_own_name_is_found_where_it_was_misread() -> None:
    tokens = tokens_of("Vườn quốc gỉa Hồ Mây\nTrạm y tế xã")
    assert 5 in Finder(tokens, ("Vườn quốc gia Hồ Mây",)).bodies(0)
    assert not Finder(tokens).bodies(0)
