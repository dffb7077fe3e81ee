"""Which tokens of a dumped table are row numbers."""

from __future__ import annotations

from normalize.rows.dump.number_tokens import task_number_arcs
from normalize.rows.dump.plain_numbers import plain_number_arcs
from normalize.rows.dump.segment import GROUP, LONG, SUB, TITLE
from normalize.rows.numbering.indicators import INDICATORS
from normalize.rows.numbering.schemes import GROWTH
from tests.normalize.rows.dump.dump_words import tokens_of

TASKS = """1 Giữ rừng
1.1 Trồng rừng
1.1.1 Chọn giống cây ở 12 xã
1.1.2 Ươm cây từ năm 2027
(1) Ươm thông
(2) Ươm keo
1.1.3 Trồng cây
"""


def test_numbers_that_count_up_are_cheap_and_firm() -> None:
    tokens = tokens_of(TASKS)
    arcs, firm = task_number_arcs(tokens)
    numbers = ["1", "1.1", "1.1.1", "1.1.2", "(1)", "(2)", "1.1.3"]
    assert [tokens[at].text for at in sorted(firm)] == numbers
    assert {arc.begins for at in firm for arc in arcs[at]} == {0.1}
    forms = {tokens[at].text: arcs[at][0].form for at in firm}
    assert (forms["1"], forms["1.1.2"], forms["(2)"]) == (GROUP, LONG, SUB)


def test_numbers_of_two_parts_are_a_section_s_or_a_row_s_by_what_stands_below() -> None:
    tokens = tokens_of("1 Rừng\n1.1 Giữ thông\n1.2 Ươm keo\n1.3 Đào ao\n2 Nước\n2.1 Nạo kênh\n")
    arcs, firm = task_number_arcs(tokens)
    forms = {tokens[at].text: arcs[at][0].form for at in firm}
    assert (forms["1"], forms["1.1"], forms["1.3"]) == (GROUP, LONG, LONG)
    tokens = tokens_of(TASKS)
    arcs, _ = task_number_arcs(tokens)
    at = [token.text for token in tokens].index("1.1")
    assert arcs[at][0].form in (GROUP, TITLE)


def test_a_number_within_a_text_and_a_year_are_none_of_them() -> None:
    tokens = tokens_of(TASKS)
    _, firm = task_number_arcs(tokens)
    named = [token.text for token in tokens]
    assert named.index("12") not in firm
    assert named.index("2027") not in firm


def test_a_number_that_was_parted_is_one() -> None:
    tokens = tokens_of("1 Rừng\n1.1 Giữ rừng\n1.1. 1 Giữ thông\n1.1. 2 Trồng thông\n")
    arcs, firm = task_number_arcs(tokens)
    assert [(at, arcs[at][0].end - at) for at in sorted(firm)] == [(0, 1), (2, 1), (5, 2), (9, 2)]


def test_a_number_out_of_order_costs_more_than_one_that_follows() -> None:
    tokens = tokens_of("1.1.1 Giữ rừng\n1.1.2 Trồng rừng theo\n9.8.7 xã\n1.1.3 Ươm cây\n")
    arcs, firm = task_number_arcs(tokens)
    at = [token.text for token in tokens].index("9.8.7")
    assert at not in firm
    assert arcs[at][0].begins > 3


def test_whole_numbers_and_roman_groups_of_the_other_tables() -> None:
    text = "I Về rừng\n1 Tỷ lệ che phủ\n2 Số cây\nII Về nước\n3 Số hồ\n"
    tokens = tokens_of(text)
    arcs, firm = plain_number_arcs(tokens, "indicators", INDICATORS)
    assert [tokens[at].text for at in sorted(arcs)] == ["I", "1", "2", "II", "3"]
    assert {"2", "II", "3"} <= {tokens[at].text for at in firm}
    forms = {tokens[at].text: [arc.form for arc in arcs[at]] for at in arcs}
    # a first I may be a 1 that was misread
    assert (forms["I"], forms["II"], forms["3"]) == ([GROUP, LONG], [GROUP], [LONG])
    growth, _ = plain_number_arcs(tokens, "growth", GROWTH)
    assert {arc.form for at in growth for arc in growth[at]} == {LONG}
