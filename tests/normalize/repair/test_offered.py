"""What else a doubtful word may say: what was read, and known words near it."""

from __future__ import annotations

import json

from normalize.repair.repair import repair
from normalize.repair.settings import DecodingCosts
from tests.normalize.repair.repair_cases import sentences_frame, slots_frame


def test_a_doubtful_word_is_offered_its_readings_and_its_neighbours_among_words() -> None:
    words = [
        [{"vie": (word, 0.95), "line": (word, 0.95)} for word in ("Mở", "rộng", "bến", "cảng")],
    ]
    words[0][2] = {"vie": ("bển", 0.55), "script": ("bên", 0.6), "line": ("bên", 0.6)}
    repaired, _ = repair(slots_frame(words), DecodingCosts())
    row = repaired.iloc[2]
    assert row["doubtful"]
    offered = json.loads(row["offered"])
    assert row["value"] not in offered
    assert {"bển", "bên", "bến"} <= {row["value"], *offered}
    assert len(offered) == len(set(offered)) <= 8


def test_a_cell_without_doubt_is_offered_nothing() -> None:
    frame = sentences_frame(["Nâng cao chất lượng cán bộ"], "vie", "line")
    repaired, _ = repair(frame, DecodingCosts())
    assert not repaired["doubtful"].any()
    assert set(repaired["offered"]) == {""}
