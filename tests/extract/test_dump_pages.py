"""Where the pages of a plain-text dump begin."""

from extract.dump import split_pages


def first_words(text: str) -> list[str]:
    return [page[0].words[0] for page in split_pages(text)]


def test_a_lone_space_stands_for_a_form_feed_only_where_there_is_none() -> None:
    lines = "\n".join(f"Dòng {n} của một trang dài" for n in range(40))
    assert first_words(f"{lines}\n Chương sau\n{lines}") == ["Dòng", "Chương"]
    assert first_words(f"{lines}\n Chương sau\n{lines}\f2\n{lines}") == ["Dòng", "2"]
