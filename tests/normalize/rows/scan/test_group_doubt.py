"""A group's number that is in doubt is asked about once."""

from __future__ import annotations

from dataclasses import replace

from normalize.rows.scan.grid_rows import pages_to_tables
from normalize.rows.scan.row_numbers import number_rows
from normalize.rows.scan.table_records import table_records
from tests.normalize.rows.scan.test_layout import table

HEADER = ("STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2031", "Đơn vị chủ trì")
GROUP = ("I", "Y TẾ", "", "", "")
ROWS = (
    ("3", "Độ phủ bảo hiểm y tế", "%", "98", "Sở Y tế"),
    ("4", "Giường bệnh", "Giường", "31", "Sở Y tế"),
)


def test_doubt_about_a_groups_number_stands_at_the_group_alone() -> None:
    (found,) = pages_to_tables([table(HEADER, GROUP, *ROWS)])
    numbered = number_rows(found).rows
    group = replace(numbered[0], decided=replace(numbered[0].decided, status="doubtful"))
    records = table_records("indicators", [group, *numbered[1:]], "2")
    reviews = [(record.table, record.group_id, record.review) for record in records]
    assert [r for r in reviews if r[0] != "indicator_values"] == [
        ("groups", "", ("group_id",)),
        ("indicators", "I", ()),
        ("indicators", "I", ()),
    ]
