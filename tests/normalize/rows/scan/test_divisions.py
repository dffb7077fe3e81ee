"""Parts of a prose above its numbered headings, and the document that a decision promulgates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalize.rows.records import Record
from normalize.rows.scan.divisions import division_of
from normalize.rows.scan.layout import Line
from normalize.rows.scan.paragraphs import Paragraph
from normalize.rows.scan.prose import AttachedBody, prose_records
from normalize.rows.scan.prose_parts import attached_document, split_prose
from tests.normalize.rows.scan.test_front import CLOSE, field, line


@pytest.mark.parametrize(
    ("text", "number", "rest", "is_heading"),
    [
        ("Điều 4. Giao Sở Y tế lập kế hoạch.", "Điều 4", "Giao Sở Y tế lập kế hoạch.", False),
        ("Điều 4: Tổ chức thực hiện", "Điều 4", "Tổ chức thực hiện", True),
        ("Phần thứ ba NGHỀ MUỐI", "Phần thứ ba", "NGHỀ MUỐI", True),
        ("PHẦN II - NGHỀ CÁ", "PHẦN II", "NGHỀ CÁ", True),
        ("Chương I. Quy định chung", "Chương I", "Quy định chung", True),
    ],
)
def test_a_division_is_told_by_its_number(
    text: str, number: str, rest: str, is_heading: bool
) -> None:
    found = division_of(Paragraph((line(text.replace("II -", "II-"), 100),)))
    assert found is not None
    assert (found.number, found.text.text, found.is_heading) == (number, rest, is_heading)


@pytest.mark.parametrize(
    "text",
    [
        "Điều 5 của Quy chế này không áp dụng.",
        "Phần thứ hai của kế hoạch do xã lập.",
        "Điều kiện 1. Có đất.",
        "phần II. Nghề cá",
        "Điều 6.",
    ],
)
def test_a_sentence_that_names_one_begins_none(text: str) -> None:
    assert division_of(Paragraph((line(text, 100),))) is None


Readings = dict[int, tuple[tuple[str, str, float], ...]]


def told(records: list[Record]) -> list[tuple[str, str, str]]:
    return [(record.row_id, record.number, field(record, "text")) for record in records]


def records_of(*texts: str, misread: Readings | None = None) -> list[Record]:
    """The records of indented lines below a long one, which shows the margins with the close.

    ``misread``: what the witnesses read in place of the first word of some lines.
    """
    full = "Nay lập chương trình về nghề muối, nghề cá của tỉnh đến hết năm 2030 như sau đây:"
    lines = [line(text, 80 + 20 * i, 121) for i, text in enumerate((full, *texts))]
    for place, readings in (misread or {}).items():
        first, *others = lines[place + 1].slots
        lines[place + 1] = replace(
            lines[place + 1], slots=(replace(first, readings=readings), *others)
        )
    close = [line(text, 700 + 20 * i) for i, text in enumerate(CLOSE)]
    return prose_records(lines, (), close)[0][1:]


def test_numbers_and_paths_begin_anew_below_each_part() -> None:
    texts = ("Phần thứ nhất", "MỤC TIÊU", "I. Nghề muối", "Phần thứ hai", "VIỆC LÀM", "I. Nghề cá")
    assert told(records_of(*texts)) == [
        ("Phần thứ nhất#1", "Phần thứ nhất", "MỤC TIÊU"),
        ("Phần thứ nhất/I#1", "I", "Nghề muối"),
        ("Phần thứ hai#1", "Phần thứ hai", "VIỆC LÀM"),
        ("Phần thứ hai/I#1", "I", "Nghề cá"),
    ]


def test_an_article_out_of_order_is_in_review() -> None:
    texts = ("Điều 1. Lập quỹ.", "Điều 2. Giao xã.", "Điều 8. Thi hành.", "Điều 9. Hiệu lực.")
    assert [record.review for record in records_of(*texts)] == [(), (), ("number",), ()]


DECISION = [
    line("QUYẾT ĐỊNH", 100, 280),
    line("Về việc ban hành Kế hoạch giữ nghề muối", 120, 200),
    line("Điều 1. Ban hành kèm theo Quyết định này Kế hoạch giữ nghề muối, mở đồng", 140, 121),
    line("muối mới của tỉnh.", 150),
    line("Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.", 160, 121),
    line("Nơi nhận: | KT. CHỦ TỊCH", 200),
    line("- Như Điều 2; | PHÓ CHỦ TỊCH", 220),
    line("- Lưu: VT. | Trần Văn Hải", 240),
]


def attached(title: str) -> list[Line]:
    return [
        line("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 60, page_no=2),
        line(title, 100, 280, page_no=2),
        line("Giữ nghề muối của tỉnh", 120, 240, page_no=2),
        line("(Kèm theo Quyết định số 7/QĐ-UBND)", 140, 200, page_no=2),
        line("I. MỤC TIÊU", 160, 121, page_no=2),
        line(
            "Giữ đồng muối cũ, mở thêm hai trăm héc-ta đồng muối ở các xã ven", 180, 121, page_no=2
        ),
        line(
            "biển, rồi bán muối sạch ra chợ lớn ở các tỉnh quanh vùng và ở nước ngoài.",
            200,
            page_no=2,
        ),
    ]


def test_the_prose_of_an_attached_document_follows_its_title() -> None:
    parts = split_prose([*DECISION, *attached("KẾ HOẠCH")])
    found = attached_document(parts)
    assert found is not None
    assert [one.text for one in found.before] == [one.text for one in parts.close[:3]]
    body = AttachedBody(found.title, found.parts.body)
    records, _ = prose_records(parts.body, (), (*parts.front, *found.before), [body])
    assert [(record.row_id, record.kind, record.number) for record in records] == [
        ("#1", "paragraph", "Điều 1"),
        ("#2", "paragraph", "Điều 2"),
        ("#3", "heading", ""),
        ("I#1", "heading", "I"),
        ("I#2", "paragraph", ""),
    ]
    assert field(records[2], "text") == "KẾ HOẠCH Giữ nghề muối của tỉnh"


def test_pages_behind_the_signature_without_such_a_title_are_no_attached_document() -> None:
    assert attached_document(split_prose([*DECISION, *attached("DANH SÁCH")])) is None
    assert attached_document(split_prose(DECISION)) is None


def test_a_heading_whose_stop_was_read_as_a_letter_heads_what_is_below_it() -> None:
    seen = (("vie", "IILCẢNG", 0.7), ("script", "HI. CẢNG", 0.5), ("line", "1I. CẢNG", 0.5))
    texts = ("I. NGHỀ MUỐI", "1. Lót bạt 900 ha ruộng.", "IILCẢNG CÁ", "1. Nạo vét luồng.")
    assert told(records_of(*texts, misread={2: seen})) == [
        ("I#1", "I", "NGHỀ MUỐI"),
        ("I#2", "1", "Lót bạt 900 ha ruộng."),
        ("II#1", "II", "CẢNG CÁ"),
        ("II#2", "1", "Nạo vét luồng."),
    ]


def test_a_line_in_capitals_without_a_number_is_in_review_with_what_is_below_it() -> None:
    records = records_of(
        "QUYẾT NGHỊ",
        "I. NGHỀ MUỐI",
        "1. Lót bạt 900 ha ruộng muối ở các xã ven biển.",
        "2. Xây hai kho chứa.",
        "CẢNG CÁ VÀ KHU TRÁNH BÃO",
        "Nạo vét luồng vào cảng.",
        "3. Cấp phép tàu khai thác.",
        "II. KINH PHÍ",
        "Do ngân sách tỉnh chi.",
    )
    below = ("section_path",)
    assert [record.review for record in records] == [
        (), (), (), (), ("kind", "section_path"), below, below, (), (),
    ]  # fmt: skip
