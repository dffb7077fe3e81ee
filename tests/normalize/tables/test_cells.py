"""A cell's readings by witness."""

from __future__ import annotations

import json

from normalize.tables.cells import Cell, CellWord


def word(word_no: int, **readings: str) -> CellWord:
    read = json.dumps([(name, text, 0.9) for name, text in readings.items()])
    text = next(iter(readings.values()))
    return CellWord(1, word_no, 1, 1, text, 0.9, read, 0, 0, 1, 1, text, 0.9, False, "")


def readings(*words: CellWord) -> dict[str, str]:
    return Cell(("tasks", "1.1", "deadline"), words).readings()


def test_a_witness_of_a_part_is_heard_where_it_differs() -> None:
    assert readings(word(1, vie="Quý"), word(2, vie="II/2026", line="III/2026")) == {
        "vie": "Quý II/2026",
        "line": "Quý III/2026",
    }


def test_a_witness_of_a_part_is_heard_where_it_saw_all_that_is_in_dispute() -> None:
    disputed = word(2, vie="III/2026", script="II/2026", line="III/2026")
    assert list(readings(word(1, vie="Quý", script="Quý"), disputed)) == ["vie", "script", "line"]


def test_a_witness_of_a_part_seconds_no_words_that_it_never_saw() -> None:
    assert readings(word(1, vie="Quý", line="Quý"), word(2, vie="III/2026")) == {
        "vie": "Quý III/2026"
    }


def test_a_witness_of_a_part_does_not_decide_a_dispute_that_it_did_not_see() -> None:
    disputed = word(2, vie="6/2026", script="8/2026")
    rest = word(3, vie="hằng", script="hằng", line="hăng")
    assert list(readings(word(1, vie="Tháng", script="Tháng"), disputed, rest)) == ["vie", "script"]


def test_a_witness_of_a_part_speaks_for_the_leading_one_where_another_of_a_part_differs() -> None:
    read = readings(word(1, vie="Từ"), word(2, vie="IV/2028", script="V/2028", line="IV/2028"))
    assert read == {"vie": "Từ IV/2028", "script": "Từ V/2028", "line": "Từ IV/2028"}
    other = word(3, vie="xong", script="xong", line="xông")
    last = readings(word(1, vie="Từ"), word(2, vie="6/2028", script="8/2028"), other)
    assert list(last) == ["vie", "script", "line"]
    unseen = word(3, vie="xong", binary="xong")
    assert list(readings(word(2, vie="6/2028", script="8/2028"), unseen)) == ["vie", "script"]
