"""A table that begins later than 1 behind a table that nobody recognised lacks rows; one that the
document itself begins later lacks none.
"""

from __future__ import annotations

from normalize.rows.scan.layout import PageLayout
from normalize.rows.scan.rows import pages_to_assembly
from tests.normalize.rows.scan.test_find_tables import moved, page

HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")
LATER = [
    (str(number), "Trồng rừng", "Sở Công Thương", "Sở Nội vụ", "Năm 2026") for number in (4, 5)
]
UNKNOWN = page(("Thứ", "Sáng"), ("Hai", "Học"), ("Ba", "Nghỉ"))


def gaps(*pages: PageLayout) -> list[str]:
    found = pages_to_assembly(list(pages)).findings
    return [finding.place for finding in found if finding.rule == "numbering_gap"]


def test_numbers_before_the_first_one_are_gaps_behind_a_table_of_no_known_kind() -> None:
    assert gaps(UNKNOWN, moved(page(HEADER, *LATER), 2)) == ["tasks 1", "tasks 2", "tasks 3"]


def test_a_table_that_begins_later_lacks_nothing_where_no_such_table_stands_right_before_it() -> (
    None
):
    assert gaps(page(HEADER, *LATER)) == []
    assert gaps(UNKNOWN, moved(page(HEADER, *LATER), 3)) == []
    assert gaps(page(HEADER, *LATER), moved(UNKNOWN, 2)) == []
