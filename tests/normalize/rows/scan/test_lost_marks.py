"""Footnotes whose raised mark was read as a quote or bracket, or not at all."""

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
    assert records[1].review == ()
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
    ],
)
def test_signs_that_close_nothing(text: str, places: list[int]) -> None:
    assert list(closing_nothing(text.split())) == places


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
