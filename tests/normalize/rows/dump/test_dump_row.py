"""Where a row of a dump's appendix begins."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.tokens import Token
from normalize.rows.numbering.decide import Decided


def token(text: str, page_no: int, line_no: int) -> Token:
    return cast(Token, SimpleNamespace(text=text, page_no=page_no, line_no=line_no))


@pytest.mark.parametrize(
    ("number", "cells", "first"),
    [
        ([("7", 2, 40)], [("Số", 3, 2)], "Số"),  # a number of several rows, at the page's end
        ([("7", 2, 40)], [("Số", 2, 39), ("Trạm", 3, 2)], "7"),
        ([("7", 3, 4)], [("Số", 2, 40)], "7"),
        ([], [("Trạm", 3, 2), ("Số", 2, 40)], "Số"),
        ([("7", 2, 40)], [], "7"),
    ],
)
def test_a_row_begins_on_the_page_of_its_cells_where_its_number_stands_before(
    number: list[tuple[str, int, int]], cells: list[tuple[str, int, int]], first: str
) -> None:
    texts = {str(n): [token(*word)] for n, word in enumerate(cells)}
    decided = cast(Decided, None)
    row = DumpRow(decided, tuple(token(*one) for one in number), texts, frozenset())
    assert row.first.text == first
