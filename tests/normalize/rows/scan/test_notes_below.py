"""Notes below a table end where prose begins."""

from __future__ import annotations

import pytest

from normalize.rows.scan.front import note_lines, notes_below
from normalize.rows.scan.layout import PageLayout
from tests.normalize.rows.scan.test_front import WIDTH, cell, line

RIGHT = 500.0
FULL = "Các làng ven hồ gộp chung một dòng theo sổ của trạm đo mực nước"  # reaches to the right
NEXT = "Xây kè ven hồ ở các làng phía đông."


def notes(*texts: str, right: float = RIGHT) -> list[str]:
    lines = [line(text, 600.0 + 18 * place) for place, text in enumerate(texts)]
    return [one.text for one in note_lines(lines, right)]


@pytest.mark.parametrize("lead", ["Ghi chú:", "Lưu ý:", "Chú thích.", "(Nguồn:", "Nguồn số liệu:"])
@pytest.mark.parametrize(
    "prose", [NEXT, "III. VIỆC CẦN LÀM", "2. Mở chợ nổi", "TỔ CHỨC THỰC HIỆN", "- Mở chợ nổi"]
)
def test_a_note_led_by_a_word_ends_with_its_own_paragraph(lead: str, prose: str) -> None:
    own = [f"{lead} {FULL}", "đặt ở bến."]
    assert notes(*own, prose, NEXT) == own


@pytest.mark.parametrize("prose", ["Việc cần làm", "Việc trọng tâm của các làng"])
def test_a_note_without_a_stop_ends_where_a_word_had_room(prose: str) -> None:
    assert notes("Nguồn: Trạm đo Bến Gió", prose, FULL) == ["Nguồn: Trạm đo Bến Gió"]


def test_a_note_goes_on_behind_a_semicolon_at_a_line_s_end() -> None:
    own = [f"Ghi chú: {FULL};", "gồm cả bến phụ."]
    assert notes(*own, NEXT) == own


def test_items_right_below_the_word_alone_are_its_notes() -> None:
    own = ["Ghi chú:", "(1) Số của năm trước.", "- Gồm cả bến phụ."]
    assert notes(*own, "1. Mở chợ nổi", "(2) Mở bến.") == own
    assert notes("Lưu ý:", NEXT, FULL) == ["Lưu ý:", NEXT]


def test_each_of_two_notes_is_one() -> None:
    own = ["Ghi chú: Số ước tính.", "Nguồn: Trạm đo Bến Gió."]
    assert notes(own[0], own[1], NEXT) == own


@pytest.mark.parametrize(
    "text", ["- Nguồn: ngân sách tỉnh", "Nguồn. Vốn vay", "Nguồn nước:", "Xã ghi chú: đã rà soát"]
)
def test_prose_with_the_word_of_a_note_is_none(text: str) -> None:
    assert notes(text, NEXT) == []


def test_the_note_of_an_asterisk_reaches_to_the_end_of_the_page() -> None:
    own = ["(*) Số ước tính.", "Gồm cả bến phụ."]
    assert notes(NEXT, *own) == own


def test_only_what_stands_below_the_table_is_a_note_of_it() -> None:
    lines = [line("Nguồn: Trạm đo.", 40), line("Ghi chú: Số ước tính.", 200), line(NEXT, 218)]
    page = PageLayout(1, WIDTH, 800.0, tuple(lines), ((cell("Nạo vét kênh", 100),),))
    found = [slot.text for piece in notes_below([page], {1: lines}) for slot in piece.slots]
    assert " ".join(found) == "Ghi chú: Số ước tính."
