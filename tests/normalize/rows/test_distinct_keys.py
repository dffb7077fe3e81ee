"""Numbers that a document gives to two rows."""

from __future__ import annotations

import pytest

from normalize.rows.distinct_keys import KEY_TWICE, with_distinct_keys
from normalize.rows.records import Record, task_parents
from normalize.rows.scan.grid_rows import pages_to_tables
from normalize.rows.scan.row_numbers import number_rows
from normalize.rows.scan.table_records import table_records
from tests.normalize.rows.scan.test_cut_rows import TASKS, TITLES, task
from tests.normalize.rows.scan.test_layout import table


def task_record(number: str) -> Record:
    group, section = task_parents(number)
    head, bracket, _ = number.partition("(")
    return Record(
        "tasks",
        number,
        1,
        {},
        parent_id=head if bracket else "",
        group_id=group,
        section_id=section,
    )


def group_record(number: str, appendix: str = "3") -> Record:
    return Record(
        "groups", f"{appendix}|{number}", 1, {}, parent_id=number.rpartition(".")[0], number=number
    )


def keys(*records: Record) -> list[str]:
    placed, _ = with_distinct_keys(records)
    return [record.row_id for record in placed]


def test_a_number_printed_twice_keeps_both_rows_the_later_in_review() -> None:
    page = table(
        TASKS,
        *TITLES,
        task("1.1.1"),
        task("1.1.2"),
        task("1.1.2", "Xây bến cá"),
        task("1.1.3"),
        task("1.1.4"),
    )
    (found,) = pages_to_tables([page])
    placed, findings = with_distinct_keys(table_records("tasks", number_rows(found).rows, "3"))
    assert [record.row_id for record in placed] == [
        "3|1",
        "3|1.1",
        "1.1.1",
        "1.1.2",
        "1.1.5",
        "1.1.3",
        "1.1.4",
    ]
    assert placed[4].review == ("task_id",)
    assert "comes twice" in placed[4].reason
    assert [(finding.rule, finding.place) for finding in findings] == [(KEY_TWICE, "tasks 1.1.5")]


@pytest.mark.parametrize(
    ("given", "placed"),
    [
        (
            ["2.2.3", "2.2.3(1)", "2.2.3(1)", "2.2.3(2)"],
            ["2.2.3", "2.2.3(1)", "2.2.3(3)", "2.2.3(2)"],
        ),
        (
            ["2.2.3", "2.2.3(1)", "2.2.3", "2.2.3(1)", "2.2.3(2)"],
            ["2.2.3", "2.2.3(1)", "2.2.4", "2.2.4(1)", "2.2.4(2)"],
        ),
        (["3.1", "3.1", "3.2", "3.1"], ["3.1", "3.3", "3.2", "3.4"]),
    ],
)
def test_sub_rows_go_with_the_later_task(given: list[str], placed: list[str]) -> None:
    assert keys(*map(task_record, given)) == placed


def test_rows_that_repeat_stand_under_the_group_that_repeats() -> None:
    given = [
        group_record("1"),
        group_record("1.1"),
        task_record("1.1.1"),
        group_record("1.1"),
        task_record("1.1.1"),
        task_record("1.1.2"),
    ]
    assert keys(*given) == ["3|1", "3|1.1", "1.1.1", "3|1.2", "1.2.1", "1.1.2"]
    placed, _ = with_distinct_keys(given)
    assert (placed[3].parent_id, placed[3].number, placed[4].group_id, placed[4].section_id) == (
        "1",
        "1.2",
        "1",
        "1.2",
    )


def test_indicators_follow_the_later_group_and_take_the_next_part() -> None:
    rows = [Record("indicators", key, 1, {}, group_id="II") for key in ("14.1", "14.2", "14.1")]
    given = [group_record("II", "1"), *rows[:2], group_record("II", "1"), rows[2]]
    placed, _ = with_distinct_keys(given)
    assert [(record.row_id, record.group_id) for record in placed[1:]] == [
        ("14.1", "II"),
        ("14.2", "II"),
        ("1|III", ""),
        ("14.3", "III"),
    ]


def test_both_periods_of_a_repeated_line_move_together() -> None:
    given = [
        Record("growth", f"{line}|{period}", 1, {})
        for line in ("I.1", "I.1", "I.2")
        for period in ("Năm 2025", "Năm 2030")
    ]
    assert keys(*given) == [
        f"{line}|{period}" for line in ("I.1", "I.3", "I.2") for period in ("Năm 2025", "Năm 2030")
    ]
