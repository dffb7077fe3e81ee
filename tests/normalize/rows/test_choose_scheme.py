"""Which numbering a table has is told by its whole column of numbers."""

from __future__ import annotations

from math import isinf

import pytest

from normalize.rows.numbering.choose_scheme import ANY_OTHER, FAR, Chosen, choose_numbers
from normalize.rows.numbering.decide import RowCandidate


def numbered(column: str, table: str = "tasks") -> Chosen:
    """The numbers of a column; ``^`` marks a title over the table's width, ``?`` a lost number."""
    rows = []
    for word in column.split():
        read = word.rstrip("^").replace("?", "")
        rows.append(RowCandidate((read,) * 3 if read else (), spanning=word.endswith("^")))
    return choose_numbers(rows, table)


def keys(column: str, table: str = "tasks") -> str:
    return " ".join(row.key for row in numbered(column, table).rows)


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ("I^ 1 2 3 II^ 4 5 III^ 6 7", "I 1 2 3 II 4 5 III 6 7"),  # through the table
        ("I^ 1 2 3 II^ 1 2 III^ 1 2", "I I.1 I.2 I.3 II II.1 II.2 III III.1 III.2"),
        ("A^ 1. 2. B^ 1. 2. 3.", "A A.1 A.2 B B.1 B.2 B.3"),
        ("A^ 1 2 B^ 3 4 5", "A 1 2 B 3 4 5"),
        ("A^ I^ 1 2 II^ 1 B^ I^ 1 2", "A A.I A.I.1 A.I.2 A.II A.II.1 B B.I B.I.1 B.I.2"),
        ("A^ I^ 1 2 II^ 3 B^ III^ 4 5", "A I 1 2 II 3 B III 4 5"),
        ("1 2 3 4", "1 2 3 4"),  # no groups
        ("01 02 03 04", "1 2 3 4"),
        ("I^ 01 02 II^ 03 04", "I 1 2 II 3 4"),
        ("I^ 1 2 a) b) c) 3 II^ 4 a) b)", "I 1 2 2(a) 2(b) 2(c) 3 II 4 4(a) 4(b)"),
        ("I^ 1 - - 2 II^ 1 - - -", "I I.1 I.1(1) I.1(2) I.2 II II.1 II.1(1) II.1(2) II.1(3)"),
        ("I^ 1 2 2.1 2.2 3 II^ 4 4.1 4.2", "I 1 2 2.1 2.2 3 II 4 4.1 4.2"),
        ("I^ 1 2 (1) (2) 3 II^ 4", "I 1 2 2(1) 2(2) 3 II 4"),
        ("1^ 1.1^ 1.1.1 a) b) 1.1.2", "1 1.1 1.1.1 1.1.1(a) 1.1.1(b) 1.1.2"),
        ("1^ 1 2 3 2^ 1 2 3^ 1", "1 1.1 1.2 1.3 2 2.1 2.2 3 3.1"),  # groups by digits
        ("1^ 1 2 3 2^ 4 5 3^ 6", "1 1 2 3 2 4 5 3 6"),
        ("1^ 1.1 1.2 - - 2^ 2.1", "1 1.1 1.2 1.2(1) 1.2(2) 2 2.1"),
        ("a)^ 1 2 3 b)^ 1 2", "a a.1 a.2 a.3 b b.1 b.2"),  # groups by small letters
        ("a^ 1 b^ 2 3 c^ 4 d^ 5", "a 1 b 2 3 c 4 d 5"),
        ("I^ 1.1 II^ 2.1 2.2 III^ 3.1 3.2", "I 1.1 II 2.1 2.2 III 3.1 3.2"),
        ("B^ 2.1 2.2 C^ 3.1 3.2 D^ 4.1", "B 2.1 2.2 C 3.1 3.2 D 4.1"),
        ("I^ I.1 II^ II.1 II.2 II.3", "I I.1 II II.1 II.2 II.3"),  # the group's in front
        (
            "I^ 1^ 1.1 2^ 2.1 2.2 II^ 1^ 1.1 1.2",
            "I I.1 I.1.1 I.2 I.2.1 I.2.2 II II.1 II.1.1 II.1.2",
        ),
        ("I^ 1^ 1.1 1.2 2^ 2.1 II^ 3^ 3.1", "I 1 1.1 1.2 2 2.1 II 3 3.1"),  # none in doubt
        ("I^ (1) (2) II^ (1) (2) (3)", "I I.1 I.2 II II.1 II.2 II.3"),
        ("B^ (1) (2) a) b) C^ (3) (4)", "B 1 2 2(a) 2(b) C 3 4"),
        ("(1) (2) (3)", "1 2 3"),
        ("1) 2) 3)", "1 2 3"),
        ("A^ 1) 2) B^ 1)", "A A.1 A.2 B B.1"),
        # `1)` below `1.` is a sub-row or a row of its own level, never a repeated number
        ("A^ 1. 2. 1) 2) 3. B^ 1. 1) 2)", "A A.1 A.2 A.2(1) A.2(2) A.3 B B.1 B.1(1) B.1(2)"),
        ("1^ 1.1 1.2 1) 2) 3) 1.3", "1 1.1 1.2 1.2(1) 1.2(2) 1.2(3) 1.3"),
        ("A^ 1.^ 1) 2) 2.^ 1) B^ 1.^ 1)", "A A.1 A.1.1 A.1.2 A.2 A.2.1 B B.1 B.1.1"),
        ("1. 2) 3) 4. 5)", "1 2 3 4 5"),  # mixed by the author
        ("I II III IV", "I II III IV"),  # tasks without groups
        ("I. II. a) b) III.", "I II II(a) II(b) III"),
        ("A B C D E", "A B C D E"),
        ("A^ I II B^ I II III", "A A.I A.II B B.I B.II B.III"),
        ("1/ 2/ 3/", "1 2 3"),
        ("I^ a) b) c) II^ a) b)", "I I.a I.b I.c II II.a II.b"),
        ("1^ - - 2^ - - -", "1 1.1 1.2 2 2.1 2.2 2.3"),
        ("I^ 1^ a) b) 2^ a) II^ 1^ a) b)", "I I.1 I.1.a I.1.b I.2 I.2.a II II.1 II.1.a II.1.b"),
        (  # three levels of groups
            "A^ I^ 1^ 1.1 1.2 II^ 2^ 2.1 B^ I^ 3^ 3.1 3.2 4^ 4.1",
            "A A.I 1 1.1 1.2 A.II 2 2.1 B B.I 3 3.1 3.2 4 4.1",
        ),
        (
            "I^ 1^ 1.1^ 1.1.1 1.1.2 1.2^ 1.2.1 II^ 1^ 1.1^ 1.1.1",
            "I I.1 I.1.1 I.1.1.1 I.1.1.2 I.1.2 I.1.2.1 II II.1 II.1.1 II.1.1.1",
        ),
        (
            "1^ 1.1^ 1.1.1^ 1.1.1.1 1.1.1.2 1.1.2^ 1.1.2.1 2^ 2.1^ 2.1.1^ 2.1.1.1",
            "1 1.1 1.1.1 1.1.1.1 1.1.1.2 1.1.2 1.1.2.1 2 2.1 2.1.1 2.1.1.1",
        ),
    ],
)
def test_tasks_are_numbered_as_the_document_does(column: str, wanted: str) -> None:
    chosen = numbered(column)
    assert " ".join(row.key for row in chosen.rows) == wanted
    assert {row.status for row in chosen.rows} == {"read"}
    assert not any(row.missing or row.out_of_order for row in chosen.rows[1:])


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ("I^ 1 2 II^ 3 4", "I 1 2 II 3 4"),
        ("I^ 1 2 II^ 1 2", "I I.1 I.2 II II.1 II.2"),
        ("A^ 1 2 B^ 3", "A 1 2 B 3"),
        ("1 2 3", "1 2 3"),
        ("01 02 03", "1 2 3"),
        ("1^ 1.1 1.2 2^ 2.1", "1 1.1 1.2 2 2.1"),
    ],
)
def test_indicators_are_numbered_as_the_document_does(column: str, wanted: str) -> None:
    assert keys(column, "indicators") == wanted


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ("I 1 2 II 1 2", "I I.1 I.2 II II.1 II.2"),
        ("1 2 3 3.1 3.2 4", "1 2 3 3.1 3.2 4"),
        ("A 1 2 B 1 2", "A A.1 A.2 B B.1 B.2"),
        ("I 1 - - - 2 II 1 2 -", "I I.1 I.1(1) I.1(2) I.1(3) I.2 II II.1 II.2 II.2(1)"),
    ],
)
def test_lines_of_growth_are_numbered_as_the_document_does(column: str, wanted: str) -> None:
    rows = [RowCandidate((word,) * 3) for word in column.split()]
    assert " ".join(row.key for row in choose_numbers(rows, "growth").rows) == wanted


def test_a_lost_and_a_misread_number_follow_from_the_scheme_and_are_said_to() -> None:
    rows = numbered("I^ 1 2 3 II^ 4 ? 6 7 III^ 8 q 10").rows
    assert [*[row.key for row in rows][5:7], rows[11].key] == ["4", "5", "9"]
    assert [i for i, row in enumerate(rows) if row.status != "read"] == [6, 11]


def test_a_gap_stays_a_gap() -> None:
    rows = numbered("I^ 1 2 3 II^ 4 5 8 9 III^ 10 11").rows
    assert [row.missing for row in rows if row.missing] == [("6", "7")]


def test_the_usual_numbering_is_taken_without_a_look_at_others_and_a_choice_has_its_margin() -> (
    None
):
    assert isinf(numbered("1^ 1.1^ 1.1.1 1.1.2 (1) (2) 2^ 2.1").margin)
    chosen = numbered("I^ 1 2 3 II^ 1 2 III^ 1 2 3")
    assert chosen.margin > 3
    assert "anew" in chosen.name


def test_a_column_that_fits_no_numbering_is_mostly_not_read() -> None:
    rows = numbered("I^ 5 9 2 II^ 7 7 1 8 III^ 8 3 1 9").rows
    doubted = [row for row in rows if row.status != "read" or row.out_of_order or row.missing]
    assert len(doubted) > 0.4 * len(rows)


def test_a_dash_read_once_is_dirt_and_no_sub_row() -> None:
    assert keys("1^ 1.1^ 1.1.1 - 1.1.3 2^ 2.1 2.2 2.3 2.4 2.5").startswith(
        "1 1.1 1.1.1 1.1.2 1.1.3"
    )


def test_a_misread_number_is_printed_as_those_beside_it() -> None:
    found = numbered("I^ I.1 I.2 l.3 I.4 II^ II.1 II.2 ii3 II.4 II.5")
    assert [row.number for row in found.rows if row.status != "read"] == ["I.3", "II.3"]


def test_figures_alone_have_no_groups_number_in_front() -> None:
    assert keys("I^ 1 2 3 14 15 16 II^ 1 2") == "I I.1 I.2 I.3 I.14 I.15 I.16 II II.1 II.2"


def test_numbers_as_printed_keep_their_zeros_in_number_only() -> None:
    rows = numbered("01. 02. 03.").rows
    assert [(row.key, row.number) for row in rows] == [("1", "01"), ("2", "02"), ("3", "03")]


@pytest.mark.parametrize("letters", ["a) b) c) d) đ) e) g)", "a) b) c) d) e) f) g)"])
def test_letters_may_leave_some_out(letters: str) -> None:
    rows = numbered(f"1^ 1.1^ 1.1.1 {letters} 1.1.2 2^ 2.1").rows
    assert [row.number.strip(")") for row in rows[3:10]] == [
        one.strip(")") for one in letters.split()
    ]
    assert not any(row.missing for row in rows)


def test_rows_of_which_it_is_not_known_whether_they_are_titles_are_groups_where_rows_follow() -> (
    None
):
    rows = [RowCandidate((one,) * 2) for one in ("I", "a)", "b)", "II", "a)", "b)")]
    assert [row.key for row in choose_numbers(rows, "tasks").rows][:3] == ["I", "I.a", "I.b"]


def test_a_style_is_seen_where_most_witnesses_read_it() -> None:
    """One witness takes the letter of the second group for a small one."""
    column = [*((word,) * 4 for word in ("A", "01", "02")), ("B", "B", "B", "b"), ("01",) * 4]
    chosen = choose_numbers([RowCandidate(row) for row in column], "tasks")
    assert [row.key for row in chosen.rows] == ["A", "A.1", "A.2", "B", "B.1"]


def test_numerals_with_dust_or_strokes_run_together_are_seen() -> None:
    numerals = [("Ị", "Ĩ", "Ị"), ("H", "II", "II", "N"), ("III", "III", "HI", "m")]
    rows = [RowCandidate(read) for one in numerals for read in (one, ("1", "1"), ("2", "2"))]
    found = choose_numbers(rows, "indicators").rows
    assert [row.key for row in found[::3]] == ["I", "II", "III"]
    assert [row.key for row in found[4:6]] == ["II.1", "II.2"]


def test_one_letter_that_a_witness_reads_below_a_plain_a_makes_groups_by_letters() -> None:
    group = RowCandidate(("A", "A"), spanning=True)
    later = RowCandidate(("l3", "63.", "B"), spanning=True)
    lone = RowCandidate(("l3", "63."), spanning=True)
    rows = [RowCandidate((number,) * 2) for number in ("01", "02", "03")]
    found = choose_numbers([group, *rows[:2], later, *rows], "tasks")
    assert [row.key for row in found.rows] == ["A", "A.1", "A.2", "B", "B.1", "B.2", "B.3"]
    assert choose_numbers([group, *rows[:2], lone, *rows], "tasks").name != found.name


def test_a_numbering_that_is_far_from_the_best_is_given_up_and_a_near_one_named() -> None:
    far = numbered(" ".join(f"{letter}^ 1 2 3 4 5" for letter in "ABCDE"))
    assert (far.name, far.cost) == ("letter groups, counting anew, bracket", 0.0)
    assert far.next_name == ANY_OTHER
    assert isinf(far.margin)
    near = numbered("I^ 1 2 II^ 3 4")
    assert near.next_name != ANY_OTHER
    assert near.margin <= FAR


@pytest.mark.parametrize(
    ("column", "parents"),
    [
        ("A^ I^ 1 2 II^ 3 B^ 4 5", "- A I I A II - B B"),  # B has no Roman groups of its own
        ("B^ 1 C^ I^ 2 II^ 3 D^ 4 a) b)", "- B - C I C II - D 4 4"),
        ("A^ I^ 1 2 II^ 3 B^ III^ 4 5", "- A I I A II - B III III"),
    ],
)
def test_a_group_of_counting_groups_ends_where_one_further_out_begins(
    column: str, parents: str
) -> None:
    found = [row.parent or "-" for row in numbered(column).rows]
    assert found == parents.split()
