"""Two tables of tasks in one dump: told apart by labels and headers, else refused."""

from __future__ import annotations

from itertools import product

import pytest

from extract.dump import text_to_frames
from normalize.rows.dump.appendix_titles import sure_label
from normalize.rows.dump.headers import read_header
from normalize.rows.dump.rows import dump_to_assembly
from schemas.errors import MissingAppendix, TwoTablesOfOneKind
from tests.normalize.rows.dump.dump_words import tokens_of, words

FIRST = "TT Nhiệm vụ cụ thể Cơ quan chủ trì Cơ quan phối hợp Thời hạn hoàn thành Nguồn lực"
SECOND = "TT Nhiệm vụ Đơn vị thực hiện Cơ quan phối hợp Tiến độ Kết quả đầu ra"
LABEL = "PHỤ LỤC 2\nVIỆC CỦA TỪNG MÙA\n"


def first_rows() -> str:
    """Two groups of two sections of two tasks."""
    lines: list[str] = []
    for group, section in product("12", "12"):
        if section == "1":
            lines.append(f"\n{group}\nNHÓM VIỆC VỀ NGHỀ MUỐI\n")
        lines.append(f"\n{group}.{section}\nĐồng muối và kho\n")
        lines += [
            f"\n{group}.{section}.{task}\nLát nền ô kết tinh bằng gạch nung.\n"
            "\nSở Xây dựng\n\nSở Tài chính\n\nNăm 2027\n\nNgân sách tỉnh\n"
            for task in "12"
        ]
    return "".join(lines)


def second_rows() -> str:
    """Two groups of three tasks right under them."""
    lines: list[str] = []
    for group, task in product("12", "123"):
        if task == "1":
            lines.append(f"\n{group}\nVIỆC CỦA MÙA NẮNG\n")
        lines.append(
            f"\n{group}.{task}\nPhơi lại lưới, vá thuyền nan ở bến\n\nSở Công Thương\n"
            "\nSở Xây dựng\n\nQuý II/2027\n\nBến sạch\n"
        )
    return "".join(lines)


def ids(second: str) -> list[str]:
    """The ids of the tasks of a dump in which this stands below the first table."""
    text = f"I. MỤC ĐÍCH\n1. Giữ nghề muối.\n\nPHỤ LỤC 1\nVIỆC CHÍNH\n{FIRST}\n{first_rows()}\n"
    assembly = dump_to_assembly(text_to_frames(f"{text}\n{second}")[2])
    return [record.row_id for record in assembly.records if record.table == "tasks"]


@pytest.mark.parametrize(
    "header", [SECOND, SECOND.replace("Kết quả đầu ra", "Đích phải tới của mỗi mùa")]
)
def test_a_second_table_in_other_words_is_an_appendix_of_its_own(header: str) -> None:
    assert ids(f"{LABEL}{header}\n{second_rows()}") == [
        *(f"{group}.{section}.{task}" for group, section, task in product("12", "12", "12")),
        *(f"2/{group}.{task}" for group, task in product("12", "123")),
    ]


@pytest.mark.parametrize("above", ["", f"{SECOND}\n", f"PHÒ LẠC\n{SECOND}\n"])
def test_numbers_that_begin_again_inside_a_table_are_refused(above: str) -> None:
    with pytest.raises(TwoTablesOfOneKind, match="begin again inside one table"):
        ids(f"{above}{second_rows()}")


def test_a_second_table_that_goes_on_with_the_first_one_s_numbers_is_refused() -> None:
    rows = second_rows().replace("\n1", "\n3").replace("\n2", "\n4")
    with pytest.raises(TwoTablesOfOneKind, match="another number than the first"):
        ids(f"{LABEL}{SECOND}\n{rows}")


@pytest.mark.parametrize("header", ["", "TT Loại lưới Mắt lưới Giá bán\n"])
def test_a_label_inside_a_table_is_refused(header: str) -> None:
    with pytest.raises(MissingAppendix, match="label stands in the table of tasks"):
        ids(f"{LABEL}{header}{second_rows()}")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("PHỤ LỤC 2\nVIỆC CỦA TỪNG MÙA", "2"),
        ("\n\nPhụ lục III\n(Kèm theo Kế hoạch số 8)", "3"),
        ("Biểu số 04\nVIỆC CỦA TỪNG MÙA", ""),
        ("\nPhụ lục 2\n1.1.3", ""),
        ("\nPhụ lục 2\ncủa Kế hoạch số 8", ""),
        ("\nPHỤ LỤC\nVIỆC CỦA TỪNG MÙA", ""),
    ],
)
def test_a_label_is_apart_and_has_a_title_below_it(text: str, number: str) -> None:
    tokens = tokens_of(f"Báo cáo theo\n{text}")
    start = next(at for at, token in enumerate(tokens) if token.key in ("phu", "bieu"))
    assert sure_label(tokens, start) == number


def test_a_header_that_lacks_a_column_is_read_with_the_labels_of_ruled_ones() -> None:
    tokens = tokens_of(f"{SECOND}\n1\nVIỆC CỦA MÙA NẮNG")
    header = read_header(tokens, 0)
    assert header is not None
    assert {name: words(tokens[slice(*span)]) for name, span in header.columns} == {
        "task_id": "TT",
        "task": "Nhiệm vụ",
        "lead": "Đơn vị thực hiện",
        "coordinating": "Cơ quan phối hợp",
        "deadline": "Tiến độ",
        "product": "Kết quả đầu ra",
    }
