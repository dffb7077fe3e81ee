"""What is said of values that a person types: at least one typing error for every kind of column,
and what is right for each.
"""

from __future__ import annotations

import pytest

from audit.display.pages import labels
from normalize.bodies.listed import Body, BodyList, Form, load_bodies
from normalize.tables.typed.check import check_typed
from normalize.tables.typed.known import Known
from normalize.tables.typed.verdict import NEAREST, NOTES, REASONS, Typed

OWN = Body("hoi-nghe-ca-tinh", "Hội Nghề cá tỉnh", "unlisted", False)
IDS = {
    "appendices": {"1", "2", "3"},
    "groups": {"3|1", "3|1.1", "3|1.2", "1|I", "1|II"},
    "tasks": {"1.1.1", "1.1.2", "1.2.1"},
    "indicators": {"1", "2", "3"},
    "growth": {"I|Giai đoạn 2021 - 2025", "I.1|Giai đoạn 2021 - 2025"},
    "paragraphs": {"#1", "I#1", "I/1#1"},
}


def known() -> Known:
    listed = load_bodies()
    return Known(
        BodyList([*listed.bodies, OWN], [*listed.forms, Form(OWN.name, OWN)]),
        frozenset({"ocop", "đắk"}),
        frozenset({"2026", "2030"}),
        frozenset({"Lồng bè"}),
        frozenset({"TH 2025"}),
        {table: frozenset(ids) for table, ids in IDS.items()},
        12,
        "2025-11-20",
    )


def typed(table: str, column: str, value: str) -> Typed:
    row = {"groups": "1|II", "growth": "I.1|Giai đoạn 2021 - 2025"}.get(table, "1.1.1")
    appendix = {"groups": "1", "indicators": "1"}.get(table, "3")
    return check_typed(table, column, value, known().at(row, appendix, "%", ["Đã đọc"]))


ERRORS = [  # the table, the column, what was typed, the reason, the nearest known value
    ("tasks", "lead", "Sở Tài chín", "body_unknown", "Sở Tài chính"),
    ("tasks", "coordinating", "Sở Nội vụ; Sờ Y tê", "body_unknown", "Sở Y tế"),
    ("tasks", "coordinating", "Sở Nội vụ, Hội Nghề các tỉnh", "body_unknown", ""),
    ("indicators", "lead", "Sở Y tế; Sở Y tế", "body_twice", ""),
    ("tasks", "lead", "", "empty", ""),
    ("tasks", "deadline", "Tháng 13/2026", "no_such_time", ""),
    ("tasks", "deadline", "Quý V/2026", "no_such_time", ""),
    ("tasks", "deadline", "Ngày 31/6/2026", "no_such_time", ""),
    ("tasks", "deadline", "Thang 6/2026", "deadline_unknown", "Tháng 6/2026"),
    ("tasks", "deadline", "xyz", "deadline_unknown", ""),
    ("tasks", "deadline", "Tháng 6/2062", "year_far", ""),
    ("tasks", "deadline", "Đến năm 2030", "deadline_vague", ""),
    ("tasks", "deadline", "Tháng 6/2026: lập đề ánn; năm 2027: mở lớp", "word_unknown", ""),
    ("tasks", "funding", "Ngân sách nhà nươc", "funding_unknown", "Ngân sách nhà nước"),
    ("tasks", "task", "Mở lớp bồi dưỡgn bí thư", "word_unknown", ""),
    ("tasks", "task", "Giao Sở Tài chín lập dự toán", "body_misspelt", "Sở Tài chính"),
    ("tasks", "note", "Mỗi năm một một một lần", "word_repeated", ""),
    ("tasks", "product", "Báo cáo (lần 1", "brackets", ""),
    ("tasks", "note", "Theo dõi “hằng quý", "brackets", ""),
    ("tasks", "note", "Bảo đảm 1O lớp", "word_unknown", ""),
    ("tasks", "task", "Mở\x07 lớp", "control_character", ""),
    ("tasks", "task_id", "1.1.x", "number_form", "1.1.1"),
    ("tasks", "task_id", "1.2.1", "number_taken", ""),
    ("tasks", "task_id", "7.7.7", "no_such_row", ""),
    ("tasks", "parent_id", "1.9", "no_such_row", ""),
    ("tasks", "group_id", "11", "no_such_row", ""),
    ("tasks", "section_id", "1.11", "no_such_row", "1.1"),
    ("tasks", "appendix", "9", "no_such_row", ""),
    ("tasks", "page_no", "120", "no_such_page", ""),
    ("tasks", "page_no", "mười", "not_a_whole_number", ""),
    ("groups", "group_id", "IIII", "number_form", ""),
    ("groups", "title", "Phát triễn kinh tế", "word_unknown", ""),
    ("indicators", "indicator_id", "y.1", "number_form", ""),
    ("indicators", "name", "Tỷ lệ hộ ngheèo", "word_unknown", ""),
    ("indicators", "unit", "Triêu đồng", "unit_unknown", "Triệu đồng"),
    ("indicators", "target", "abc", "not_a_figure", ""),
    ("indicators", "target", "4o,5", "not_a_figure", "40,5"),
    ("indicators", "target", "9-5", "figure_backwards", ""),
    ("indicators", "target", "455", "share_over_100", ""),
    ("indicators", "target", "", "empty", ""),
    ("indicator_values", "value", "1,2,3", "not_a_figure", ""),
    ("indicator_values", "period", "Nam 2027", "period_unknown", "Năm 2027"),
    ("growth", "line_id", "I", "number_taken", ""),
    ("growth", "value", "tăng", "not_a_figure", ""),
    ("growth", "period", "Giai đoạn 2030 - 2025", "no_such_time", ""),
    ("growth", "unit", "Tỷ đôg", "unit_unknown", "Tỷ đồng"),
    ("appendices", "kind", "taks", "not_of_these", "tasks"),
    ("appendices", "label", "Phụ lụck II", "word_unknown", ""),
    ("paragraphs", "kind", "headng", "not_of_these", "heading"),
    ("paragraphs", "number", "1..a", "number_form", ""),
    ("paragraphs", "section_path", "I/9", "no_such_row", "I/1"),
    ("paragraphs", "refers_to", "1.99", "no_such_row", ""),
    ("paragraphs", "refers_to", "điểm 1", "number_form", ""),
    ("document", "date", "31/02/2025", "no_such_time", ""),
    ("document", "date", "mai", "not_a_date", ""),
    ("document", "number", "số 12", "number_form", ""),
    ("document", "term", "2030 - 2025", "period_unknown", ""),
    ("document", "kind", "Chương trinh", "not_of_these", "Chương trình"),
    ("document", "title", "Kế hoặch năm 2026", "word_unknown", ""),
    ("extras", "value", "Ban Thườngg vụ", "word_unknown", ""),
    ("other_cells", "text", "Số lượgn", "word_unknown", ""),
    ("other_cells", "is_header", "có", "not_of_these", ""),
    ("tasks", "start", "2026-01-01", "derived", ""),
    ("task_bodies", "name", "Sở Y tế", "derived", ""),
    ("tasks", "confidence", "1", "not_decided", ""),
    ("tasks", "deadlin", "Năm 2026", "no_such_column", ""),
    ("task", "deadline", "Năm 2026", "no_such_table", ""),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "value", "reason", "nearest"), ERRORS)
def test_a_typing_error_is_told_with_what_was_meant(
    table: str, column: str, value: str, reason: str, nearest: str
) -> None:
    found = typed(table, column, value)
    assert (found.reason, found.nearest) == (reason, nearest)
    assert found.message
    assert "{" not in found.message


@pytest.mark.parametrize(
    ("table", "column", "value", "published"),
    [
        ("tasks", "lead", "UBND tỉnh ; sở y tế;", "Ủy ban nhân dân tỉnh; Sở Y tế"),
        ("tasks", "lead", "- Sở Y tế, Hội Nghề cá tỉnh", "Sở Y tế; Hội Nghề cá tỉnh"),
        ("tasks", "deadline", "Quý II/2026", "Quý II/2026"),
        ("tasks", "funding", "Ngân sách nhà nước", "Ngân sách nhà nước"),
        ("tasks", "task", "Mở  lớp OCOP tại Đắk\u200b Sơn", "Mở lớp OCOP tại Đắk Sơn"),
        ("tasks", "note", "Theo Nghị quyết số 57-NQ/TW", "Theo Nghị quyết số 57-NQ/TW"),
        ("tasks", "task_id", "1.1.7.", "1.1.7"),
        ("tasks", "task_id", "1.1.1(2)", "1.1.1(2)"),
        ("tasks", "section_id", "1.2", "1.2"),
        ("tasks", "group_id", "", ""),
        ("groups", "group_id", "IV", "IV"),
        ("indicators", "target", "≥ 45,5", "≥ 45,5"),
        ("indicators", "target", "Giữ vững ổn định", "Giữ vững ổn định"),
        ("indicators", "unit", "Lồng bè", "Lồng bè"),
        ("indicator_values", "period", "TH 2025", "TH 2025"),
        ("growth", "value", "-3,5", "-3,5"),
        ("paragraphs", "number", "(1)", "(1)"),
        ("paragraphs", "refers_to", "1.1.1; 1.2", "1.1.1; 1.2"),
        ("document", "date", "Ngày 5 tháng 11 năm 2025", "2025-11-05"),
        ("document", "number", "04 - CTr/TU", "04-CTr/TU"),
        ("other_cells", "is_header", "TRUE", "true"),
    ],
)
def test_what_is_right_fits_and_is_put_in_order(
    table: str, column: str, value: str, published: str
) -> None:
    found = typed(table, column, value)
    assert (found.value, found.message) == (published, "")


def test_a_value_that_fits_says_what_it_will_mean() -> None:
    deadline = typed("tasks", "deadline", "Năm 2027 và 2030")
    assert deadline.means == {"deadline_kind": "staged", "start": "2027-01-01", "end": "2030-12-31"}
    assert [stage["start"] for stage in deadline.parts] == ["2027-01-01", "2030-01-01"]
    assert typed("indicators", "target", ">4,5").means["target_min"] == 4.5
    lead = typed("tasks", "lead", "Hội Nghề cá tỉnh")
    assert [part["body_id"] for part in lead.parts] == ["hoi-nghe-ca-tinh"]


def test_a_word_that_was_read_in_the_cell_is_no_news() -> None:
    """Brackets that the print itself leaves open, and a figure with a letter, are no errors."""
    row = known().at("1.1.1", "3", "", ["Thi công QL1A (đoạn 2"])
    assert check_typed("tasks", "task", "Thi công QL1A (đoạn 3", row).fits


@pytest.mark.parametrize(("witnesses", "fits"), [(1, False), (2, True)])
def test_a_foreign_word_that_two_witnesses_read_is_printed(witnesses: int, fits: bool) -> None:
    read = ["Dịch vụ cangr", *["Dịch vụ logistics, cảng"] * witnesses]
    row = known().at("1.1.1", "3", "", read)
    assert check_typed("tasks", "task", "Dịch vụ logistics cảng", row).fits == fits


def test_every_reason_has_words_in_both_languages() -> None:
    spoken = {**REASONS, **NOTES, "nearest": NEAREST}
    told = {
        key.removeprefix("typed."): text["en"]
        for key, text in labels().items()
        if key.startswith("typed.")
    }
    assert {key: text.lower() for key, text in told.items()} == {
        key: text.lower() for key, text in spoken.items()
    }
