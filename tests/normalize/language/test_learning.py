"""People's corrections are counted into the table of misreadings, each once however often the command runs."""

from __future__ import annotations

import csv
from pathlib import Path

from normalize.learning import learn
from schemas.documents import CORRECTION_COLUMNS

ROWS = (
    "tasks,1.1.1,task,Tố chức hội nghị.,Tổ chức hội nghị.,change,An,2026-01-05,",
    "tasks,1.1.2,task,Mở lớp tập huấn.,,accept,An,2026-01-05,",
)


def counts_in(path: Path) -> dict[tuple[str, str, str], str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["witness"], row["printed"], row["read"]): row["count"]
            for row in csv.DictReader(file)
        }


def test_changes_count_and_accepted_cells_do_not(tmp_path: Path) -> None:
    source, target = tmp_path / "x.corrections.csv", tmp_path / "learned.csv"
    source.write_text("\n".join([",".join(CORRECTION_COLUMNS), *ROWS]) + "\n", encoding="utf-8")
    assert learn({source: "vie"}, target) == 1
    once = counts_in(target)
    assert once["vie", "ổ", "ố"] == "1"
    assert once["vie", "T", "T"] == "1"
    assert ("vie", "ở", "ở") not in once
    learn({source: "vie"}, target)
    assert counts_in(target) == once
