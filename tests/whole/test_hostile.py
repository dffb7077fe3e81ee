"""Every hostile input gets a clear error or a result, and what was published earlier stays
whole.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.hostile.cases import Hostile
from tests.hostile.run import CASES, meet


def test_the_list_is_long_and_names_each_once() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_hostile_input(case: Hostile, request: pytest.FixtureRequest) -> None:
    base = request.getfixturevalue("whole_project") if case.whole else None
    # a short path: pytest's own are too long for a socket's name
    with tempfile.TemporaryDirectory() as folder:
        got, faults = meet(case, Path(folder, "room"), base)
    assert (got.code, case.told.lower() in got.said.lower(), faults) == (case.code, True, []), (
        got.said
    )
