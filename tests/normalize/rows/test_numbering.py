"""Row numbers decided with their neighbours: what is misread or lost is restored, what the document
leaves out stays out.
"""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.rows.numbering.decide import Decided, RowCandidate, decide_numbers

# key, what is printed in the number cell, whether the row spans the table
Row = tuple[str, str, bool]


def _section(key: str, tasks: list[int]) -> list[Row]:
    rows: list[Row] = [(key, key, True)]
    for t, sub_rows in enumerate(tasks, 1):
        rows.append((f"{key}.{t}", f"{key}.{t}", False))
        rows += [(f"{key}.{t}({k})", f"({k})", False) for k in range(1, sub_rows + 1)]
    return rows


def _group(g: int, sections: list[list[int]]) -> list[Row]:
    rows: list[Row] = [(str(g), str(g), True)]
    if len(sections) == 1:  # no second level: 3.1, 3.2
        return rows + [(f"{g}.{t}", f"{g}.{t}", False) for t in range(1, len(sections[0]) + 1)]
    return rows + [
        row for s, tasks in enumerate(sections, 1) for row in _section(f"{g}.{s}", tasks)
    ]


SUB_ROWS = st.sampled_from([0] * 9 + [2, 3, 11])
SECTIONS = st.lists(st.lists(SUB_ROWS, min_size=1, max_size=5), min_size=1, max_size=4)
DOCUMENTS = st.lists(SECTIONS, min_size=1, max_size=4).map(
    lambda groups: [row for g, group in enumerate(groups, 1) for row in _group(g, group)]
)
LOOKALIKES = {"1": "l", "2": "Z", "5": "S", "0": "O", "8": "B"}
MISREADINGS: dict[str, Callable[[str], str]] = {
    "lost": lambda text: "",
    "no dots": lambda text: text.replace(".", ""),
    "letters": lambda text: "".join(LOOKALIKES.get(char, char) for char in text),
    "comma": lambda text: text.replace(".", ",", 1),
    "speck": lambda text: "~" + text,
    "bracket": lambda text: text.rstrip(")"),
    "nonsense": lambda text: "•ỉ",
}


def _is_task(key: str) -> bool:
    return key.count(".") == 2 and "(" not in key


def _keys(decided: list[Decided]) -> list[str]:
    return [row.key for row in decided]


@given(DOCUMENTS, st.booleans())
@settings(deadline=None, max_examples=60)
def test_clean_numbers_stay_as_they_are(rows: list[Row], shape_known: bool) -> None:
    decided = decide_numbers(
        [
            RowCandidate((printed,), spanning if shape_known else None)
            for _, printed, spanning in rows
        ]
    )
    assert _keys(decided) == [key for key, _, _ in rows]
    assert all(row.missing == () and not row.out_of_order for row in decided)


@given(DOCUMENTS, st.data())
@settings(deadline=None, max_examples=60)
def test_misread_and_lost_numbers_are_restored(rows: list[Row], data: st.DataObject) -> None:
    """Up to 30 % of the numbers misread or lost, never two neighbours: the numbers come back, or
    the row says that there is a choice.
    """
    places = data.draw(
        st.lists(st.integers(0, len(rows) - 1), max_size=len(rows) * 3 // 10, unique=True)
    )
    places = [place for place in places if place - 1 not in places]
    misread = {
        place: MISREADINGS[data.draw(st.sampled_from(sorted(MISREADINGS)))] for place in places
    }
    decided = decide_numbers(
        [
            RowCandidate((misread.get(i, str)(printed),), spanning)
            for i, (_, printed, spanning) in enumerate(rows)
        ]
    )
    for (key, _, _), row in zip(rows, decided, strict=True):
        assert row.key == key or row.status == "doubtful"
    assert sum(row.key != key for (key, _, _), row in zip(rows, decided, strict=True)) <= max(
        1, len(rows) // 20
    )


@given(DOCUMENTS, st.data())
@settings(deadline=None, max_examples=60)
def test_a_true_gap_stays_and_is_reported(rows: list[Row], data: st.DataObject) -> None:
    inner = [
        i for i in range(1, len(rows) - 1) if _is_task(rows[i][0]) and _is_task(rows[i + 1][0])
    ]
    inner = [i for i in inner if rows[i + 1][0].rpartition(".")[0] == rows[i][0].rpartition(".")[0]]
    if not inner:
        return
    gap = data.draw(st.sampled_from(inner))
    kept = [row for i, row in enumerate(rows) if i != gap]
    decided = decide_numbers([RowCandidate((printed,), spanning) for _, printed, spanning in kept])
    assert _keys(decided) == [key for key, _, _ in kept]
    assert decided[gap].missing == (rows[gap][0],)


def test_several_lost_numbers_in_a_row() -> None:
    rows = [
        ("1", True),
        ("1.1", True),
        ("1.1.1", False),
        ("", False),
        ("112", False),
        ("", True),
        ("", False),
        ("", False),
        ("1.2.3", False),
        ("1.2.4", False),
    ]
    decided = decide_numbers([RowCandidate((reading,), spanning) for reading, spanning in rows])
    assert (
        _keys(decided)
        == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.2", "1.2.1", "1.2.2", "1.2.3", "1.2.4"]
        or decided[4].status != "read"
    )
    assert _keys(decided)[5:] == ["1.2", "1.2.1", "1.2.2", "1.2.3", "1.2.4"]


def test_a_lost_row_does_not_shift_the_rest() -> None:
    # 1.1.2 or 1.1.3 is not there at all
    readings = ["1", "1.1", "1.1.1", "", "1.1.4", "1.1.S", "", "1.1.7"]
    decided = decide_numbers([RowCandidate((reading,)) for reading in readings])
    assert _keys(decided)[4:] == ["1.1.4", "1.1.5", "1.1.6", "1.1.7"]
    assert decided[3].status == "doubtful"
    assert [row.status for row in decided[4:]] == ["read", "restored", "restored", "read"]


def test_a_group_that_may_be_the_next_but_one_is_in_doubt() -> None:
    """Witnesses that read III as II and as HI, after I: the document may leave out II."""
    rows = [(("I",), True), (("1",), False), (("II", "II", "HII", "HI"), True), (("12",), False)]
    decided = decide_numbers(
        [RowCandidate(readings, spanning) for readings, spanning in rows], "indicators"
    )
    assert decided[2].status == "doubtful"


def test_a_misread_digit_is_outvoted_by_its_neighbours() -> None:
    decided = decide_numbers(
        [
            RowCandidate((reading,))
            for reading in ["1", "1.1", "1.1.1", "1.1.8", "1.1.3", "1.2", "1.2.1"]
        ]
    )
    assert _keys(decided) == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.2", "1.2.1"]
    assert decided[3].status == "restored"


def test_a_false_row_is_dropped_and_a_cut_one_goes_on() -> None:
    rows = [
        RowCandidate(("1",)),
        RowCandidate(("1.1",)),
        RowCandidate(("1.1.1",)),
        RowCandidate(("10.000",), drop=1.0),
        RowCandidate(("",), drop=1.5),
        RowCandidate(("1.1.2",)),
    ]
    assert [row.status for row in decide_numbers(rows)] == [
        "read",
        "read",
        "read",
        "dropped",
        "dropped",
        "read",
    ]


def test_a_lost_number_is_no_continuation_when_the_next_one_needs_it() -> None:
    decided = decide_numbers(
        [
            RowCandidate(("1",)),
            RowCandidate(("1.1",)),
            RowCandidate(("1.1.1",)),
            RowCandidate(("",), drop=1.5),
            RowCandidate(("1.1.3",)),
        ]
    )
    assert _keys(decided) == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3"]


def test_two_part_numbers_are_tasks_where_there_is_no_second_level() -> None:
    decided = decide_numbers(
        [
            RowCandidate((reading,))
            for reading in ["1", "1.1", "1.1.1", "2", "2.1", "2.2", "2.3", "3", "3.1", "3.1.1"]
        ]
    )
    assert [row.level for row in decided] == [
        "group",
        "section",
        "task",
        "group",
        "task",
        "task",
        "task",
        "group",
        "section",
        "task",
    ]
    assert [row.parent for row in decided] == ["", "1", "1.1", "", "2", "2", "2", "", "3", "3.1"]


def test_indicators_with_merged_numbers() -> None:
    readings = ["I", "1", "2", "n", "3", "3", "4", "", "S", "III", "6", "6", "6", "", "7"]
    decided = decide_numbers([RowCandidate((reading,)) for reading in readings], "indicators")
    assert _keys(decided) == [
        "I",
        "1",
        "2",
        "II",
        "3.1",
        "3.2",
        "4.1",
        "4.2",
        "5",
        "III",
        "6.1",
        "6.2",
        "6.3",
        "6.4",
        "7",
    ]
    assert decided[5].parent == "II"


def test_indicators_whose_cells_are_known_to_be_merged() -> None:
    rows = [("I", False), ("1", False), ("", True), ("2", False), ("", False), ("4", False)]
    decided = decide_numbers(
        [RowCandidate((reading,), shares=shares) for reading, shares in rows], "indicators"
    )
    assert _keys(decided) == ["I", "1.1", "1.2", "2", "3", "4"]


def test_growth_and_its_second_header() -> None:
    decided = decide_numbers(
        [RowCandidate((reading,)) for reading in ["I", "1", "2", "", "n", "l", "2"]], "growth"
    )
    assert _keys(decided) == ["I", "I.1", "I.2", "I.3", "II", "II.1", "II.2"]
    assert [row.level for row in decided] == [
        "measure",
        "line",
        "line",
        "line",
        "measure",
        "line",
        "line",
    ]


def test_headings_of_prose() -> None:
    readings = ["I", "1", "2", "n", "1", "1.1", "(ỉ)", "(2)", "12", "2", "2.1", "III", "(1)"]
    decided = decide_numbers([RowCandidate((reading,)) for reading in readings], "paragraphs")
    assert _keys(decided) == [
        "I",
        "I/1",
        "I/2",
        "II",
        "II/1",
        "II/1/1.1",
        "II/1/1.1/(1)",
        "II/1/1.1/(2)",
        "II/1/1.2",
        "II/2",
        "II/2/2.1",
        "III",
        "III/(1)",
    ]


def test_a_repeated_number_is_kept_or_restored_but_never_silent() -> None:
    decided = decide_numbers(
        [RowCandidate((reading,)) for reading in ["1", "1.1", "1.1.1", "1.1.2", "1.1.2", "1.1.3"]]
    )
    assert len(decided) == 6
    assert any(row.out_of_order or row.status != "read" for row in decided)


def test_a_last_row_is_not_of_a_group_whose_title_nobody_saw() -> None:
    rows = [("4", True), ("4.1", False), ("4.2", False), ("4.3", False), ("8 9", False)]
    rows = [("1", True), ("1.1", False), ("2", True), ("2.1", False), ("3", True), *rows]
    decided = decide_numbers([RowCandidate((reading,), spanning) for reading, spanning in rows])
    assert _keys(decided)[-2:] == ["4.3", "4.4"]
    assert decided[-1].status == "doubtful"


@pytest.mark.parametrize(("other", "status"), [("3 8", "doubtful"), ("33", "restored")])
def test_a_number_that_was_read_in_several_ways_is_in_doubt_though_it_follows(
    other: str, status: str
) -> None:
    rows = [("3",), ("3.1",), ("3.2",), ("33", other), ("3.4",), ("4",)]
    decided = decide_numbers([RowCandidate(row, len(row[0]) == 1) for row in rows])
    assert (decided[3].key, decided[3].status) == ("3.3", status)


def test_no_rows() -> None:
    assert decide_numbers([]) == []
