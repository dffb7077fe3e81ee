"""A dump that goes line by line through its tables is refused; one with its cells apart is not."""

from __future__ import annotations

import pytest

from normalize.rows.dump.mixed_cells import check_cells_apart
from normalize.rows.dump.parts import text_to_parts
from normalize.rows.dump.table_rows import part_to_table
from schemas.errors import MixedCells
from tests.normalize.rows.dump.dump_words import tokens_of

CELLS = (
    ("Cứu hộ ở bến đò", "ngang sông trong mùa lũ."),
    ("Sở Nông nghiệp", "và Môi trường"),
    ("Thực hiện", "thường xuyên"),
    ("Ngân sách nhà", "nước và PPP"),
)
ROWS = 3


def across(bar: str) -> str:
    """The rows as an engine reads them that goes through the page line by line."""
    lines = [bar.join(cell[line] for cell in CELLS) for line in (0, 1)]
    return "\n".join(lines * ROWS)


@pytest.mark.parametrize("bar", [" ", " | ", " |"])
def test_lines_through_several_cells_are_refused(bar: str) -> None:
    with pytest.raises(MixedCells, match="line by line") as refused:
        check_cells_apart(tokens_of(across(bar)))
    assert "the scan itself" in str(refused.value)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_cells_whose_lines_follow_each_other_are_not(between: str) -> None:
    text = between.join("\n".join(cell) for cell in CELLS * ROWS)
    check_cells_apart(tokens_of(text))


def test_whole_cells_on_one_line_are_not() -> None:
    row = " | ".join(" ".join(cell) for cell in CELLS)
    check_cells_apart(tokens_of("\n".join([row] * 2 * ROWS)))


def test_a_table_most_of_whose_cells_cannot_be_told_is_refused_though_no_known_phrase_is_cut() -> (
    None
):
    header = "TT Nhiệm vụ cụ thể Cơ quan chủ trì Cơ quan phối hợp Thời gian Nguồn kinh phí"
    mixed = (
        "{} Trồng tre chắn sóng ven Ban Giữ rừng Tổ hợp tác Trước mùa Dân góp\n"
        "đê của xóm, cắm biển Bến Đá Suối Lạnh mưa 2027 công\n"
    )
    whole = "{}\nTrồng tre.\n\nSở Y tế\n\nSở Tài chính\n\nNăm 2027\n\nNgân sách nhà nước\n"

    def rows_of(*rows: str) -> int:
        numbered = "".join(row.format(f"1.1.{n}") for n, row in enumerate(rows, 1))
        text = f"PHỤ LỤC 3\nDANH MỤC\n{header}\n1 Giữ rừng\n1.1 Trồng rừng\n{numbered}"
        (part,) = text_to_parts(tokens_of(text)).tables
        return len(part_to_table(part).rows)

    with pytest.raises(MixedCells, match="6 of 7 tasks"):
        rows_of(whole, *[mixed] * 6)
    assert rows_of(*[whole] * 4, *[mixed] * 3) == 9


@pytest.mark.parametrize("many", [3, 6])
def test_texts_in_the_last_column_end_in_one_sentence_at_worst(many: int) -> None:
    """Where they are few they are published, in doubt."""
    header = "TT Thời gian Cơ quan chủ trì Cơ quan phối hợp Nhiệm vụ cụ thể"
    row = "Năm 2027\n\nSở Y tế\n\nSở Tài chính\n\nTrồng tre chắn sóng.\n\n"
    rows = "".join(f"1.1.{n}\n\n{row}" for n in range(1, many + 1))
    text = f"PHỤ LỤC 3\nDANH MỤC\n{header}\n1\nGiữ rừng\n\n1.1\nTrồng rừng\n\n{rows}"
    (part,) = text_to_parts(tokens_of(text)).tables
    if many > 5:
        with pytest.raises(MixedCells):
            part_to_table(part)
    else:
        assert all(row.doubt for row in part_to_table(part).rows if row.decided.level == "task")
