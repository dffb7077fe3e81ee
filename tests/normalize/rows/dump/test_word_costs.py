"""What single words of a dumped table can be."""

from __future__ import annotations

import pytest

from normalize.rows.dump.word_costs import (
    begins_deadline,
    begins_target,
    deadline_word,
    ends_badly,
    ends_sentence,
    find_dates,
    find_figures,
    find_read,
    find_stages,
    find_units,
    funding_word,
    is_body_head,
    is_figure,
)
from tests.normalize.rows.dump.dump_words import tokens_of

REST = " ở thôn"  # no figure, and the letter without which a text is not Vietnamese


@pytest.mark.parametrize("text", [">90", "3-3,5", "20,000", "1.200", "≥45%", "7"])
def test_figures(text: str) -> None:
    assert is_figure(tokens_of(text + REST)[0])


@pytest.mark.parametrize("text", ["2027", "1999", "quý", "II", "3,5,"])
def test_years_and_words_are_no_figures(text: str) -> None:
    assert not is_figure(tokens_of(text + REST)[0])


@pytest.mark.parametrize(
    ("text", "ends"),
    [("3 - 3,5", [1, 3]), ("> 90", [2]), ("12 15", [1]), ("ở 12", []), ("2027", [1])],
)
def test_where_figures_end_that_were_parted(text: str, ends: list[int]) -> None:
    assert [end for end, _ in find_figures(tokens_of(text + REST), 0)] == ends


DATES = ("6/2027", "31/12/2026", "2026 - 2030", "12 hộ")


def test_a_year_as_a_figure_costs_more_than_another() -> None:
    (_, year), (_, figure) = (
        next(find_figures(tokens_of(text + REST), 0)) for text in ("2027", "2227")
    )
    assert year > figure + 2


def unit_costs(text: str) -> dict[int, float]:
    """Where units end that begin a text, with the least cost of each."""
    found: dict[int, float] = {}
    for end, cost in find_units(tokens_of(text), 0):
        found[end] = min(cost, found.get(end, cost))
    return found


def test_a_known_unit_is_cheaper_than_unknown_words_and_small_words_are_none() -> None:
    known, unknown = unit_costs("Triệu đồng ở thôn"), unit_costs("Gánh củi ở thôn")
    assert known[2] < 1 < unknown[2]
    assert unit_costs("gánh củi") == {}
    assert unit_costs("%/năm ở thôn")[1] < unknown[1]


def test_words_of_deadlines_and_of_funding_cost_less_there_than_others() -> None:
    named = {token.text: token for token in tokens_of("tháng 6/2026 ngân sách gánh củi")}
    assert deadline_word(named["6/2026"]) < deadline_word(named["tháng"])
    assert deadline_word(named["tháng"]) < deadline_word(named["gánh"])
    assert funding_word(named["ngân"]) < funding_word(named["gánh"])
    assert begins_deadline("thang")
    assert not begins_deadline("ganh")


def test_ends_of_sentences_and_words_with_which_no_cell_ends() -> None:
    text = "rừng. “rừng;” rừng, của rừng"
    stop, quoted, comma, link, plain = tokens_of(text)
    assert [ends_sentence(word) for word in (stop, quoted, comma, plain)] == [
        True,
        True,
        False,
        False,
    ]
    assert [ends_badly(word) for word in (comma, link, stop, plain)] == [True, True, False, False]


def test_a_body_s_name_begins_with_a_capital_and_a_known_word() -> None:
    assert is_body_head(tokens_of("Sở Nông nghiệp"), 0)
    assert is_body_head(tokens_of("- Sở Nông nghiệp"), 0)
    assert not is_body_head(tokens_of("sở hữu đất"), 0)
    assert not is_body_head(tokens_of("Rừng thông ở xã"), 0)


def test_a_target_in_words_begins_as_such_targets_do() -> None:
    assert begins_target(tokens_of("Không còn hộ nghèo"), 0)
    assert not begins_target(tokens_of("Rừng còn ở xã"), 0)


def test_dates_in_figures_begin_deadlines_but_behind_words_of_deadlines() -> None:
    ends = {text: [end for end, _ in find_dates(tokens_of(f"{text} đò"), 0)] for text in DATES}
    assert ends == {"6/2027": [1], "31/12/2026": [1], "2026 - 2030": [1, 3], "12 hộ": []}
    assert not list(find_dates(tokens_of("Tháng 6/2027"), 1))
    assert not list(find_dates(tokens_of("Tháng\n6/2027"), 1))
    assert list(find_dates(tokens_of("Đồi Gió\n6/2027"), 2))


def test_stages_begin_a_deadline_on_a_line_of_their_own_and_one_date_does_not() -> None:
    staged = tokens_of("Bến Đò\nKhởi công quý I/2027; hoàn thành\nnăm 2028\nSở Y tế")
    assert [end for end, _ in find_stages(staged, 2)] == [10]
    assert not list(find_stages(staged, 3))
    assert not list(find_stages(tokens_of("Bến\nXây cầu Mây năm 2027\nSở Y tế"), 1))


def test_within_a_line_few_words_lead_to_a_first_stage_and_funding_ends_the_last() -> None:
    staged = tokens_of("Bến Đò Sơ kết quý I/2027; tổng kết năm 2028 sígân sách nhà nước")
    assert [end for end, _ in find_stages(staged, 2)] == [10]
    assert not list(
        find_stages(tokens_of(f"Bến Khu chợ đầu nguồn suối Mây {DATES[0]}; năm 2028"), 1)
    )


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Trước 30/9/2027 Đàn trâu", [2]),
        ("Quý III/2028 Cầu mới", [2]),
        ("Thương lái quý I/2027", []),
        ("Chợ năm 2027", []),
    ],
)
def test_where_a_deadline_ends_that_the_grammar_knows(text: str, ends: list[int]) -> None:
    assert [end for end, _ in find_read(tokens_of(text), 0)] == ends


def test_a_unit_has_a_word_of_its_number_before_it() -> None:
    assert unit_costs("Nghìn khối ở thôn")[2] < 2 < unit_costs("Gánh khối ở thôn")[2]
    assert deadline_word(tokens_of("IV/2029" + REST)[0]) < deadline_word(tokens_of("chợ ở")[0])


def test_tr_that_was_read_as_one_letter_is_tr_in_what_words_are_found_by() -> None:
    found = tokens_of("ừ-ạm ữồng ửng ừ ứng")
    assert [token.key for token in found] == ["tram", "trong", "ung", "u", "ung"]


def test_heads_of_the_list_of_bodies_are_heads_in_a_dump_too() -> None:
    assert is_body_head(tokens_of("Vườn quốc gia Hồ Mây"), 0)
    assert not is_body_head(tokens_of("Vườn cây ăn quả"), 0)
