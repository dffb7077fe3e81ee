"""The number in a document's head, also where `Số` was read as a part of it."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from normalize.tables.cells import repaired_to_cells
from normalize.tables.document import _own_number
from schemas.row_frames import Repaired
from tests.normalize.tables.test_own_bodies import printed


def number(read: dict[str, str]) -> str:
    """The number of a head that witnesses read so, the first one leading."""
    place: dict[str, Any] = {"table": "document", "row_id": "", "column": "number", "page_no": 1}
    words = printed(place, next(iter(read.values())))
    each = [text.split(" ", len(words) - 1) for text in read.values()]
    for i, word in enumerate(words):
        readings = [(name, own[i], 0.8) for name, own in zip(read, each, strict=True)]
        word["readings"] = json.dumps(readings, ensure_ascii=False)
    frame = Repaired.validate(pd.DataFrame(words)[list(Repaired.to_schema().columns)])
    return _own_number({key[2]: cell for key, cell in repaired_to_cells(frame).items()})


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ({"vie": "S635-KH/TU", "line": "Số 35-KH/TU"}, "35-KH/TU"),
        ({"vie": "$57/NQ-HĐND", "script": "8ố7/NQ-HĐND", "line": "Số: 7/NQ-HĐND"}, "7/NQ-HĐND"),
        ({"vie": "S635-KH/TU", "line": "S635-KH/TU"}, "635-KH/TU"),  # none saw two words
        ({"vie": "Số: 35-KH/TU", "line": "Số: 36-KH/TU"}, "35-KH/TU"),
        # nothing is glued to these
        ({"vie": "Số 35-KH/TU", "line": "Số 36-KH/TU"}, "35-KH/TU"),
        ({"vie": "Số:35-KH/TU", "line": "Số 36-KH/TU"}, "35-KH/TU"),
        ({"vie": "35-KH/TU", "line": "Số 36-KH/TU"}, "35-KH/TU"),
    ],
)
def test_a_number_glued_to_its_word_is_taken_from_a_witness_that_saw_both(
    read: dict[str, str], wanted: str
) -> None:
    assert number(read) == wanted
