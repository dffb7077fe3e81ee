"""What stands where a body is named: a name that no list has, or no name at all."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from normalize.tables.cells import repaired_to_cells
from normalize.tables.unlisted_names import check_names, is_name
from tests.normalize.tables.test_own_bodies import printed

PLACE = {"table": "tasks", "row_id": "1.1", "page_no": 2, "column": "lead"}


@pytest.mark.parametrize(
    "name",
    [
        "Trạm Thú y liên xã",
        "Vụ Kỹ năng nghề",
        "Bộ phận Một cửa phường",
        "Đoàn Thanh niên xã",
        "Ban điều hành khu phố 5",
        "Đ/c Bí thư Đảng ủy",
    ],
)
def test_a_name_begins_as_names_do(name: str) -> None:
    assert is_name(name, None)


@pytest.mark.parametrize(
    "text",
    [
        "Trong tháng 9",
        "Quý II/2027",
        "Xây dựng bến cá mới",
        "Ban hành kế hoạch trồng rừng",
        "Tổ chức hội thi tay nghề",
        "Vụ mùa năm 2027",
        "Báo cáo kết quả",
        "ngân sách tỉnh",
        "",
        "Các " + "việc " * 30,
    ],
)
def test_what_slipped_in_from_another_column_does_not(text: str) -> None:
    assert not is_name(text, None)


def test_a_name_whose_words_are_in_doubt_is_none_yet() -> None:
    words = pd.DataFrame(printed(PLACE, "Trạm Thú y liên xã"))
    (cell,) = repaired_to_cells(words).values()
    assert is_name("Trạm Thú y liên xã", cell)
    words.loc[2, "doubtful"] = True
    (doubted,) = repaired_to_cells(words).values()
    assert not is_name("Trạm Thú y liên xã", doubted)


def test_each_item_that_is_no_name_is_found_unless_a_person_settled_it() -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "tasks": [
            {"task_id": "1", "page_no": 5, "review": "lead; coordinating"},
            {"task_id": "2", "page_no": 6, "review": ""},
        ],
        "task_bodies": [
            {"task_id": "1", "role": "lead", "body_id": "", "name": "Hoàn thành trong năm"},
            {"task_id": "1", "role": "coordinating", "body_id": "", "name": "Hội Sinh vật cảnh"},
            {"task_id": "1", "role": "coordinating", "body_id": "so-y-te", "name": "Sở Y tế"},
            {"task_id": "2", "role": "lead", "body_id": "", "name": "Hoàn thành trong năm"},
        ],
    }
    found = [(one.rule, one.page_no, one.place) for one in check_names(rows, {})]
    assert found == [("no_name", 5, "tasks 1 lead")]
