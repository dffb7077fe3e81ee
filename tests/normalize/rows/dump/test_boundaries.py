"""Where a paragraph of a dump begins, as a score above 0."""

from __future__ import annotations

from normalize.rows.dump.text.boundaries import BoundaryScorer
from normalize.rows.dump.text.labels import lettered_items
from tests.normalize.rows.dump.dump_words import tokens_of

# lines of about one length within paragraphs, short ones at their ends, blank lines between
BODY = "\n\n".join(
    f"{name} cùng dân làng trồng lại rừng ở đầu nguồn và\n"
    "giữ nước cho các thôn bản vùng cao trong mùa khô, mở\n"
    "đường về xã. Các hộ nghèo được chọn giống cây trước\n"
    "và được vay vốn.\n"
    f"{name} bàn việc chung của thôn bản ở nhà làng vào\n"
    "đầu tháng và ghi lại cho cả xã biết."
    for name in ("Bản Mây", "Thôn Suối", "Làng Hồ", "Xóm Núi", "Bản Đèo", "Thôn Trại")
)


def scorer() -> BoundaryScorer:
    return BoundaryScorer(tokens_of(BODY))


def place(found: BoundaryScorer, first: str, second: str, turn: int = 0) -> int:
    """Where two words stand beside each other, for the ``turn``-th time from 0."""
    texts = [token.text for token in found.body]
    return [at for at in range(len(texts) - 1) if texts[at : at + 2] == [first, second]][turn]


def test_a_line_after_a_blank_one_and_a_sentence_begins_a_paragraph() -> None:
    found = scorer()
    assert found.score(place(found, "Thôn", "Suối"), False) > 0
    assert found.score(place(found, "Xóm", "Núi"), False) > 0


def test_a_line_that_goes_on_in_small_letters_begins_none() -> None:
    found = scorer()
    assert found.score(place(found, "giữ", "nước", 2), False) < 0
    assert found.score(place(found, "đường", "về", 3), False) < 0


def test_a_sentence_within_a_line_begins_none() -> None:
    found = scorer()
    assert found.score(place(found, "Các", "hộ", 1), False) < 0


def test_blank_lines_are_worth_what_they_tell_in_this_text() -> None:
    with_blanks, without = scorer(), BoundaryScorer(tokens_of(BODY.replace("\n\n", "\n")))
    assert with_blanks.blank[0] > 2 * without.blank[0]
    assert with_blanks.blank[1] > without.blank[1]


def test_a_word_after_one_with_which_nothing_ends_begins_none() -> None:
    text = BODY.replace("được vay vốn.\n", "được vay vốn của\n")
    found = BoundaryScorer(tokens_of(text))
    ends = [at for at in range(1, len(found.body)) if found.body[at - 1].text == "của"]
    assert {found.score(at, False) < 0 for at in ends} == {True}


def test_whether_a_sentence_ends_with_a_word() -> None:
    found = BoundaryScorer(tokens_of("Giữ rừng. Mở đường; (xã) về"))
    assert [found.ends_sentence(at) for at in range(6)] == [False, True, False, True, False, False]


def test_few_lines_are_measured_by_all_lines_of_the_text() -> None:
    """First lines are fewer than tell by themselves where most paragraphs are headings."""
    later = "giữ nước cho các thôn bản vùng cao trong mùa khô, mở\n" * 9
    first = "Bản Mây cùng dân làng trồng lại rừng ở đầu nguồn và\n"
    second = "Làng Hồ bàn việc chung của thôn bản ở nhà làng vào\n"
    text = f"{first}{later}bàn việc.\n2. Trồng lại rừng\n{second}{later}"
    found = BoundaryScorer(tokens_of(text))
    assert found.score(place(found, "Làng", "Hồ"), True) > 0


def test_a_heading_that_ends_with_a_linking_word_ends_with_its_short_line() -> None:
    """Where no empty line stands in the text, room on the line tells alone; a comma asks for more,
    and where there are empty lines, one is missing.
    """
    later = "giữ nước cho các thôn bản vùng cao trong mùa khô, mở\n" * 9
    ends = f"bàn việc.\n2. Nước sạch về nơi dân ở\nLàng Hồ bàn việc chung.\n{later}xong."

    def score(text: str) -> float:
        found = BoundaryScorer(tokens_of(text))
        return found.score(place(found, "Làng", "Hồ"), True)

    assert score(later + ends) > 0
    assert score(later + ends.replace("dân ở\n", "dân ở,\n")) < 0
    assert score("Bản Mây họp.\n\nThôn Suối họp.\n" + later + ends) < 0


def test_items_that_letters_or_dashes_lead_begin_paragraphs_below_a_heading() -> None:
    found = BoundaryScorer(
        tokens_of(
            "2. Việc của làng\n"
            "a) Dựng lại cổng chùa và bờ rào tre quanh hồ; quét vôi nhà\n"
            "họp của xóm;\n"
            "b) Đắp đường ra bãi đỗ xe.\n"
            "3. Việc của xã\n"
            "- Mở lại chợ phiên bên sông.\n"
            "- Cho người già vay gạo ở kho chung, tuyến Bến Đá\n"
            "- Suối Lạnh không thu tiền."
        )
    )
    texts = [token.text for token in found.body]
    dashes = [at for at, text in enumerate(texts) if text == "-"]
    items = [texts.index("a)"), texts.index("b)"), dashes[1]]
    assert all(found.score(at, False) > 3 for at in items)
    assert found.score(dashes[2], False) < 0


def test_letters_of_references_lead_no_items() -> None:
    tokens = tokens_of("Các hộ ghi ở mục\nc) của sổ làng và\na) của sổ xã, sau đó\nb) của sổ tỉnh")
    assert lettered_items(tokens) == frozenset()
    numbered = "2. Việc chung. Các hộ vay gạo theo quy định tại điểm\na) khoản 2 của sổ làng."
    assert lettered_items(tokens_of(numbered)) == frozenset()
    capital = "2. Các hộ vay gạo ở kho, trừ hộ ghi ở mục\na) Sổ làng."
    assert lettered_items(tokens_of(capital)) == frozenset()


def test_letters_below_what_has_ended_lead_items_that_count_up() -> None:
    tokens = tokens_of("Các hộ ghi:\nc) sổ làng;\na) sổ xã;\nb) sổ tỉnh.\nd) sổ chợ.")
    assert lettered_items(tokens) == {6, 9}


def test_letters_below_a_heading_of_two_lines_lead_items() -> None:
    tokens = tokens_of("2. Việc chung của các hộ ở làng\ntrên\na) Mở chợ\nb) Đắp đường")
    assert lettered_items(tokens) == {9, 12}


def test_a_reference_at_the_head_of_a_line_does_not_part_a_paragraph() -> None:
    lines = BODY.replace("được vay vốn.\n", "được vay vốn theo quy định tại điểm\na) khoản 2.\n")
    found = BoundaryScorer(tokens_of(lines))
    assert all(found.score(place(found, "a)", "khoản", turn), False) < 0 for turn in range(6))
