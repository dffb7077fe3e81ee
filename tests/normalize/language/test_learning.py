"""People's corrections are counted into the table of misreadings, each once however often the
command runs.
"""

from __future__ import annotations

import csv
from pathlib import Path

from normalize.learning import learn, offer_bodies
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


def test_recurring_names_of_all_documents_are_offered_once(tmp_path: Path) -> None:
    header = "body_id,name,kind,is_generic,uses"
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    listed = "so-y-te,Sở Y tế,state,false,7"
    craft = "hoi-nghe-muoi-tinh,Hội Nghề muối tỉnh,unlisted,false,{}"
    first.write_text("\n".join([header, listed, craft.format(2)]) + "\n", encoding="utf-8")
    museum = "bao-tang-bien,Bảo tàng Biển,unlisted,false,3"
    second.write_text("\n".join([header, museum, craft.format(3)]) + "\n", encoding="utf-8")
    target = tmp_path / "offered.csv"
    assert offer_bodies([first, second], target) == 2
    assert target.read_text(encoding="utf-8").splitlines() == [
        "body_id,name,kind,is_generic,documents,uses",
        "hoi-nghe-muoi-tinh,Hội Nghề muối tỉnh,unlisted,false,2,5",
        "bao-tang-bien,Bảo tàng Biển,unlisted,false,1,3",
    ]
