"""Page numbers and running lines of a dump are no words of its tables and sentences."""

from __future__ import annotations

from normalize.rows.dump.furniture import without_furniture
from normalize.rows.dump.tokens import NEW_PAGE
from tests.normalize.rows.dump.dump_words import tokens_of, words

PAGES = (
    "Giữ rừng ở đầu nguồn,\nkhông đốt nương.\nNgân sách nhà nước",
    "Trồng cây trên đồi trọc.\nVốn của các xã\nNgân sách nhà nước",
    "Mở lớp cho chủ rừng.\nNgân sách nhà nước\nGóp công của bà con",
    "1.2 Chăm sóc vườn ươm\nbằng nước suối.\nNgân sách nhà nước",
)


def kept(pages: tuple[str, ...]) -> str:
    return words(without_furniture(tokens_of("\f".join(pages))))


def test_numbers_that_count_up_with_the_pages_and_running_lines_are_left_out() -> None:
    heads = (f"{n}\nBáo cáo của tỉnh Hạ Vân, trang {n}\n" for n in range(4, 8))
    numbered = tuple(head + page for head, page in zip(heads, PAGES, strict=True))
    feet = tuple(f"{page}\n- {n} -" for n, page in enumerate(PAGES, 11))
    assert kept(numbered) == kept(feet) == words(tokens_of("\f".join(PAGES)))


def test_a_line_that_rows_end_with_or_that_stands_within_pages_too_is_text() -> None:
    assert kept(PAGES).count("Ngân sách nhà nước") == 4
    pages = tuple(f"{page}\nNgười dân thôn ta" for page in PAGES)
    assert "thôn ta" not in kept(pages)
    assert kept(("Người dân thôn ta\n" * 9, *pages)).count("thôn ta") == 13


def test_numbers_of_rows_that_begin_pages_are_kept() -> None:
    rows = tuple(f"{n}\n{page}" for n, page in zip((3, 9, 12, 20), PAGES, strict=True))
    titles = tuple(f"{n}.1 Chăm sóc rừng trồng\n{page}" for n, page in enumerate(PAGES, 1))
    assert kept(rows) == words(tokens_of("\f".join(rows)))
    assert kept(titles) == words(tokens_of("\f".join(titles)))


def test_what_follows_a_page_number_begins_the_page() -> None:
    numbered = "\f".join(f"{n}\n{page}" for n, page in enumerate(PAGES, 2))
    found = without_furniture(tokens_of(numbered))
    assert [token.text for token in found if token.gap == NEW_PAGE] == ["Giữ", "Trồng", "Mở", "1.2"]
