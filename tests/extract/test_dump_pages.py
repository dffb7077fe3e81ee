"""Where the pages of a plain-text dump begin."""

from extract.dump import split_pages


def first_words(text: str) -> list[str]:
    return [page[0].words[0] for page in split_pages(text)]


def test_a_lone_space_stands_for_a_form_feed_only_where_there_is_none() -> None:
    lines = "\n".join(f"Dòng {n} của một trang dài" for n in range(40))
    assert first_words(f"{lines}\n Chương sau\n{lines}") == ["Dòng", "Chương"]
    assert first_words(f"{lines}\n Chương sau\n{lines}\f2\n{lines}") == ["Dòng", "2"]


def test_numbers_of_rows_that_stand_alone_are_no_page_numbers() -> None:
    words = "\n".join(["Ô của hàng"] * 5)
    rows = "\n".join(f"{n}\n{words}" for _ in range(6) for n in range(1, 7))
    assert len(split_pages(rows)) == 1
    page = "\n".join(["Dòng của trang"] * 30)
    assert len(split_pages("\n".join(f"{page}\n{n}" for n in range(2, 7)))) == 6
