"""The prose of a dump in its three parts."""

from __future__ import annotations

from normalize.rows.dump.rows import dumped_document
from normalize.rows.dump.text.front import split_prose
from tests.normalize.rows.dump.dump_words import tokens_of, words

HEAD = """TỈNH ỦY SƠN HÀ
CHƯƠNG TRÌNH HÀNH ĐỘNG
thực hiện Nghị quyết giữ rừng
"""
CLOSE = """Nơi nhận:
- Các xã;
T/M BAN THƯỜNG VỤ
BÍ THƯ
Lê Văn Rừng
"""


def split(text: str) -> tuple[str, str, str]:
    parts = split_prose(tokens_of(text))
    return words(parts.front), words(parts.body), words(parts.close)


def test_the_body_begins_at_the_first_number_and_ends_at_the_recipients() -> None:
    front, body, close = split(f"{HEAD}\nI- MỤC TIÊU\n1. Giữ rừng.\n\n{CLOSE}")
    assert front == words(tokens_of(HEAD))
    assert body == "I- MỤC TIÊU 1. Giữ rừng."
    assert close == words(tokens_of(CLOSE))


def test_without_numbers_the_body_begins_at_the_first_long_sentence() -> None:
    sentence = "Thực hiện Nghị quyết, các xã cùng dân làng trồng lại rừng ở đầu nguồn."
    front, body, _ = split(f"{HEAD}\n{sentence}\n\n{CLOSE}")
    assert front == words(tokens_of(HEAD))
    assert body == sentence


def test_numbers_of_documents_do_not_make_a_sentence_a_title() -> None:
    sentence = "Căn cứ Thông tri số 12-TT/TU, ngày 02/3/2026 của Huyện ủy Hồ Mây,"
    front, body, _ = split(f"{HEAD}\n{sentence}\nxã Đồi Gió ban hành như sau:\n\n{CLOSE}")
    assert front == words(tokens_of(HEAD))
    assert body.startswith(sentence)


def test_a_number_that_is_not_the_first_does_not_end_the_title() -> None:
    front, body, _ = split(f"{HEAD}số 3. Rừng\n\nI- MỤC TIÊU\n1. Giữ rừng.\n")
    assert front.endswith("số 3. Rừng")
    assert body.startswith("I- MỤC")


def test_page_numbers_that_stand_alone_are_dropped_and_signatures_begin_the_close() -> None:
    front, body, close = split(
        f"{HEAD}\nI- MỤC TIÊU\n12\n1. Giữ 12 khu rừng.\n\nTM. ỦY BAN\nLê Văn Rừng\n"
    )
    assert body == "I- MỤC TIÊU 1. Giữ 12 khu rừng."
    assert close == "TM. ỦY BAN Lê Văn Rừng"
    assert "12" not in front


def fields(text: str) -> dict[str, str]:
    record = dumped_document(split_prose(tokens_of(text)), (), ())
    return {
        column: " ".join(slot.text for piece in pieces for slot in piece.slots)
        for column, pieces in record.cells.items()
    }


STATE_HEAD = """ỦY BAN NHÂN DÂN
TỈNH SƠN HÀ
Số: 8/QĐ-UBND
Sơn Hà, ngày 02 tháng 4 năm 2026
"""


def test_who_decides_below_the_title_of_a_dump_is_no_part_of_it() -> None:
    body = "I- MỤC TIÊU\n1. Giữ rừng.\n"
    decided = "QUYẾT ĐỊNH\nVề việc giữ rừng\nHỘI ĐỒNG NHÂN DÂN TỈNH SƠN HÀ\n\n"
    found = fields(f"{STATE_HEAD}{decided}{body}")
    assert found == {
        "title": "QUYẾT ĐỊNH Về việc giữ rừng",
        "number": "Số: 8/QĐ-UBND",
        "date": "Sơn Hà, ngày 02 tháng 4 năm 2026",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH SƠN HÀ",
    }
    in_capitals = "KẾ HOẠCH\nCÔNG TÁC CỦA\nHỘI ĐỒNG NHÂN DÂN TỈNH SƠN HÀ\n\n"
    assert fields(f"{STATE_HEAD}{in_capitals}{body}")["title"] == " ".join(in_capitals.split())
