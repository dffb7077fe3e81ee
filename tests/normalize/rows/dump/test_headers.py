"""Headers of tables in a dump."""

from __future__ import annotations

import pytest

from normalize.rows.dump.headers import read_header
from tests.normalize.rows.dump.dump_words import tokens_of, words

TASKS = "STT Nhiệm vụ cụ thể Cơ quan chủ trì Cơ quan phối hợp Thời gian hoàn thành"


def test_a_header_names_its_table_and_its_columns_in_order() -> None:
    tokens = tokens_of(f"{TASKS}\nMở đường")
    header = read_header(tokens, 0)
    assert header is not None
    assert (header.table, header.known) == (
        "tasks",
        ("task_id", "task", "lead", "coordinating", "deadline"),
    )
    assert words(tokens[slice(*header.span)]) == TASKS


@pytest.mark.parametrize(
    "text",
    [
        "STT Nhiệm vụ cụ thế Cơ quan chú trì Cơ quan phôi hợp Thời gian hoàn thành",
        "STT NHIEM VỤ CU THE CO QUAN CHỦ TRI CO QUAN PHOI HOP THOI GIAN HOAN THANH",
        "STT Nhiệm vụ\ncụ thể\nCơ quan\nchủ trì Cơ quan\nphối hợp\nThời gian\nhoàn thành",
    ],
)
def test_labels_may_be_misread_and_stand_on_several_lines(text: str) -> None:
    header = read_header(tokens_of(text), 0)
    assert header is not None
    assert header.known == ("task_id", "task", "lead", "coordinating", "deadline")


def test_words_of_no_label_are_a_column_without_a_name() -> None:
    text = TASKS.replace("Thời gian", "Mã rừng Thời gian")
    tokens = tokens_of(text)
    header = read_header(tokens, 0)
    assert header is not None
    assert header.unknown == 2
    (span,) = (span for column, span in header.columns if not column)
    assert words(tokens[slice(*span)]) == "Mã rừng"


@pytest.mark.parametrize(
    "text",
    [
        "STT Nhiệm vụ cụ thể Mở đường về xã",
        "STT Cơ quan chủ trì Cơ quan phối hợp",
        "Mở đường về xã cùng dân làng trồng rừng",
    ],
)
def test_fewer_labels_than_a_table_must_have_are_no_header(text: str) -> None:
    assert read_header(tokens_of(text), 0) is None
