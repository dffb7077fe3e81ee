"""Footnotes whose raised mark was read as a quote or bracket, or not at all."""

from dataclasses import replace

import pytest

from normalize.rows.records import Record
from normalize.rows.scan.footnotes import take_footnotes
from normalize.rows.scan.prose import prose_records
from normalize.text.unopened import closing_nothing
from tests.normalize.rows.scan.test_front import field, line, prose


def records_of(first: str) -> list[Record]:
    lines = [line(first, 100.0, 121.0), *prose()[1:]]
    return prose_records(*take_footnotes(lines))[0]


@pytest.mark.parametrize("mark", ["”", '"', ")", "”,"])
def test_a_sign_that_closes_nothing_is_a_footnotes_mark(mark: str) -> None:
    records = records_of(f'Nghề "làm muối" (phơi cát) còn thấp{mark} so với tiềm năng của vùng')
    assert [one.kind for one in records] == ["paragraph", "footnote", "paragraph"]
    assert records[1].review == ("section_path",)
    stop = mark[1:]
    text = field(records[0], "text")
    assert text.startswith(f'Nghề "làm muối" (phơi cát) còn thấp{stop} so với')


def test_the_second_notes_mark_stands_behind_the_firsts() -> None:
    lines = prose()
    lines[0] = line("Sản lượng muối sạch)1 còn thấp so với tiềm năng của vùng ven", 100.0, 121.0)
    lines[3] = line("trường của tỉnh và vùng lân cận”.", 156.0)
    lines.append(line("2Niên giám của vùng ven biển năm 2024.", 724.0, 85.0, 10.0))
    records, _ = prose_records(*take_footnotes(lines))
    assert [one.number for one in records] == ["", "1", "", "2"]
    assert field(records[2], "text").endswith("vùng lân cận.")


def test_a_quote_that_was_opened_bears_no_mark() -> None:
    records = records_of("Nghề “làm muối sạch” còn thấp so với tiềm năng của vùng ven")
    assert records[-1].review == ("section_path",)
    assert "sạch”" in field(records[0], "text")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("gọi là “tổ tự quản” của thôn”.", [6]),
        ('gọi là "tổ tự quản" của thôn".', [6]),
        ("hợp tác xã (HTX) kiểu mới), có", [5]),
        ("nhóm hộ (mỗi nhóm (từ ba hộ)) cùng", []),
        ("a) Sửa kho; iii) Đắp bờ; theo điểm đ) khoản 2, mục 4)", []),
        ("nhóm hộ (gồm a) hộ làm muối) cùng", []),
        ("năm trước (2024) và nhóm mới), có", [5]),
        ("nhóm mới (gọi là tổ”) có", []),  # the bracket is not part of what was not opened
    ],
)
def test_signs_that_close_nothing(text: str, places: list[int]) -> None:
    assert list(closing_nothing(text.split())) == places


@pytest.mark.parametrize(
    "first",
    [
        "a) Sản lượng muối sạch còn thấp so với tiềm năng của vùng ven",
        "Theo điểm b) khoản 2, sản lượng muối sạch còn thấp ở vùng ven",
        "Theo mục iii) của phần trước, sản lượng muối sạch còn thấp ở",
        "Nghề ‘làm muối sạch’ còn thấp so với tiềm năng của vùng ven",
    ],
)
def test_an_items_bracket_and_a_closed_quote_are_no_footnotes_mark(first: str) -> None:
    records = records_of(first)
    assert field(records[0], "text").startswith(first)
    assert [(one.kind, one.review) for one in records][-1] == ("footnote", ("section_path",))


def test_a_bracket_that_the_page_before_opened_is_no_mark() -> None:
    before = line("Các xã bãi ngang (gồm cả những xã mới lập từ năm trước, có", 700.0, 121.0)
    first = line("nghề làm muối) cùng góp vốn mua máy, sửa kho và đắp lại bờ", 100.0, page_no=2)
    rest = [replace(one, page_no=2) for one in prose()[1:]]
    records, _ = prose_records(*take_footnotes([before, first, *rest]))
    assert "nghề làm muối) cùng" in field(records[0], "text")
    assert records[-1].review == ("section_path",)


def test_a_note_whose_mark_is_lost_changes_no_other_paragraphs_id() -> None:
    """It stands at the end of the section in which its page ends."""
    unmarked = [line("Sản lượng muối sạch còn thấp.", 100.0, 121.0), *prose()[1:]]
    after = [
        line("Ba hợp tác xã lập thêm kho chứa và sân phơi ở cạnh bến thuyền", 80.0, 121.0, 14.0, 2),
        line("của các xã bãi ngang.", 96.0, page_no=2),
    ]
    records, _ = prose_records(*take_footnotes([*unmarked, *after]))
    kinds = [one.kind for one in records]
    assert kinds == ["paragraph"] * (len(kinds) - 1) + ["footnote"]
    assert [one.page_no for one in records[-2:]] == [2, 1]
    assert [one.row_id for one in records] == [f"#{n}" for n in range(1, len(kinds) + 1)]
