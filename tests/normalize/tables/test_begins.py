"""A deadline whose first day stands in a column of its own, and other things of such columns."""

from __future__ import annotations

import pytest

from tests.normalize.tables.test_own_bodies import tables_of


@pytest.mark.parametrize(
    ("begin", "end", "found"),
    [
        ("02/2027", "11/2028", ["during", "2027-02-01", "2028-11-30", ""]),
        ("6 tháng cuối năm 2026", "Năm 2027", ["during", "2026-07-01", "2027-12-31", ""]),
        ("11/2028", "02/2027", ["during", "2027-02-01", "2027-02-28", "deadline"]),
        ("khi có vốn", "2027", ["during", "2027-01-01", "2027-12-31", "deadline"]),
        ("2027", "Hằng năm", ["recurring", "2027-01-01", "", ""]),
        ("Hằng quý", "", ["recurring", "", "", "deadline"]),
    ],
)
def test_the_first_day_stands_in_another_column(begin: str, end: str, found: list[str]) -> None:
    cells = {"lead": "Sở Y tế", "begin": begin} | ({"deadline": end} if end else {})
    task = tables_of([cells])["tasks"].iloc[0]
    assert task["deadline"] == (end or begin)
    assert task[["deadline_kind", "start", "end", "review"]].tolist() == found


def test_a_ditto_mark_in_a_column_of_words_stands_for_the_words_above() -> None:
    rows = [
        {"product": "Quyết định", "note": "Xã biên giới"},
        {"product": "nt", "note": "-nt-"},
        {"product": "như trên"},
    ]
    tables = tables_of(rows)
    assert tables["tasks"]["product"].tolist() == ["Quyết định"] * 3
    assert tables["tasks"]["note"].tolist() == ["Xã biên giới", "Xã biên giới", ""]
    assert tables["repairs"]["rule"].tolist() == ["ditto"] * 3
