"""A row's number that the line recogniser surely reads as another one."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from normalize.tables.cells import repaired_to_cells
from normalize.tables.other_numbers import is_read_otherwise
from tests.normalize.tables.test_own_bodies import printed

PLACE = {"table": "tasks", "row_id": "2.3.5", "page_no": 2, "column": "task_id"}


@pytest.mark.parametrize(
    ("read", "sure", "numbers", "is_other"),
    [
        ("2.3.8", 0.97, ("2.3.5", "2.3.5"), True),
        ("2.3.8", 0.6, ("2.3.5", "2.3.5"), False),
        ("23.5", 0.97, ("2.3.5", "2.3.5"), False),
        ("(4)", 0.97, ("2.3.5(4)", "4"), False),
        ("(9)", 0.97, ("2.3.5(4)", "4"), True),
        ("14", 0.97, ("14.2", "14"), False),
        ("7", 0.97, ("II.3", "3"), True),
        ("HI", 0.97, ("III", "III"), False),
        ("1", 0.97, ("I", "I"), False),
    ],
)
def test_another_figure_is_in_review(
    read: str, sure: float, numbers: tuple[str, str], is_other: bool
) -> None:
    words = pd.DataFrame(printed(PLACE, numbers[1]))
    words["readings"] = json.dumps([["vie", numbers[1], 0.9], ["line", read, sure]])
    (cell,) = repaired_to_cells(words).values()
    assert is_read_otherwise(cell, *numbers) is is_other


def test_a_number_that_was_not_shown_to_it_is_read_by_the_others() -> None:
    words = pd.DataFrame(printed(PLACE, "2.3.5"))
    words["readings"] = json.dumps([["vie", "2.3.8", 0.99]])
    (cell,) = repaired_to_cells(words).values()
    assert not is_read_otherwise(cell, "2.3.5", "2.3.5")
