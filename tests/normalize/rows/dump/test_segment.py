"""The cheapest cut of a table's words into columns and rows, with a grammar of three columns."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.rows.dump.segment import LONG, NUMBER, Arc, Grammar, RowCells, segment
from normalize.rows.dump.tokens import Token
from tests.normalize.rows.dump.dump_words import tokens_of, words

TEXT, OWNER = 1, 2
OWNERS = frozenset(("Sở", "Xã"))
EITHER = frozenset(("Rừng",))  # a word that may be of either column


def grammar(tokens: Sequence[Token]) -> Grammar:
    def arcs(at: int) -> list[Arc]:
        text, end = tokens[at].text, at + 1
        cost = 4.0 if text.isdigit() or text in OWNERS else 1.0
        found = [Arc(TEXT, end, cost, cost)]
        if text.isdigit():
            found.append(Arc(NUMBER, end, 0.1, form=LONG))
        if text in OWNERS | EITHER:
            cost = 0.2 if text in OWNERS else 1.0
            found.append(Arc(OWNER, end, cost, cost))
        return found

    return Grammar(
        ("number", "task", "owner"),
        TEXT,
        (0.0, 6.0, 3.0),
        (9.0, 9.0, 9.0, 9.0),
        arcs,
        lambda *_: 0.0,
        lambda _: 0.0,
    )


def cut(text: str) -> tuple[list[dict[int, str]], list[RowCells]]:
    tokens = tokens_of(text)
    rows = segment(tokens, grammar(tokens))
    said = [
        {
            column: words([token for start, end in spans for token in tokens[start:end]])
            for column, spans in row.cells.items()
        }
        for row in rows
    ]
    return said, rows


def test_words_go_to_the_column_in_which_they_are_cheapest() -> None:
    said, rows = cut("1 giữ cây Sở\n2 trồng cây mới Xã\n")
    assert said == [
        {NUMBER: "1", TEXT: "giữ cây", OWNER: "Sở"},
        {NUMBER: "2", TEXT: "trồng cây mới", OWNER: "Xã"},
    ]
    assert [row.doubt for row in rows] == [set(), set()]


def test_a_number_that_no_row_follows_is_a_word_of_the_text() -> None:
    said, _ = cut("1 giữ 7 Sở\n")
    assert said == [{NUMBER: "1", TEXT: "giữ 7", OWNER: "Sở"}]


def test_a_page_that_begins_with_a_row_is_remembered() -> None:
    _, rows = cut("1 giữ cây Sở\f2 trồng cây Xã\n")
    assert [row.after_page for row in rows] == [True, True]
    _, rows = cut("1 giữ cây Sở\n2 trồng cây Xã\n")
    assert [row.after_page for row in rows] == [True, False]


def test_a_word_that_fits_two_columns_as_well_puts_both_in_doubt() -> None:
    _, clear = cut("1 giữ cây Sở\n")
    assert clear[0].doubt == set()
    said, rows = cut("1 giữ cây Rừng Sở\n")
    assert {said[0][TEXT], said[0][OWNER]} in ({"giữ cây Rừng", "Sở"}, {"giữ cây", "Rừng Sở"})
    assert rows[0].doubt == {TEXT, OWNER}


def test_no_words_make_no_rows() -> None:
    assert segment([], grammar([])) == []
