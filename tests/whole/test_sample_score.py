"""The project's own scorer on the tables of contract 2.0."""

from __future__ import annotations

from pathlib import Path

from tests.benchmark.sample_score import KEYS, score_tables

VALUES = "indicator_id,period,role,value,comparator,value_min"
EXTRAS = "table,row_id,label,value"


def write(folder: Path, table: str, lines: tuple[str, ...]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def empty(folder: Path) -> Path:
    for table, key in KEYS.items():
        write(folder, table, (",".join((*key, "section_path")),))
    write(folder, "citations", ("table,number,date",))
    return folder


def test_the_values_and_extras_of_a_form_are_scored(tmp_path: Path) -> None:
    truth, out = empty(tmp_path / "truth"), empty(tmp_path / "out")
    write(
        truth,
        "indicator_values",
        (VALUES, '1,2027,milestone,"4,10",=,4.10', "1,2028,target,≥ 5,≥,5"),
    )
    write(
        out,
        "indicator_values",
        (f"{VALUES},review", '1,2027,milestone,"4,10",=,4.1,', "1,2028,target,> 5,>,5,value"),
    )
    write(truth, "extras", (EXTRAS, "tasks,1,Cấp trình,UBND tỉnh"))
    write(
        out, "extras", (f"{EXTRAS},review", "tasks,1,Cấp trình,UBND tinh,", "tasks,2,Cấp trình,x,")
    )
    total = score_tables(out, truth)["all"]
    assert (total["rows"], total["missing"], total["extra"]) == (3, 0, 1)
    assert (total["coded"], total["coded_wrong"], total["coded_silent"]) == (8, 3, 1)
    assert (total["text"], total["text_wrong"], total["text_silent"]) == (1, 1, 1)


def test_a_truth_without_these_tables_is_scored_as_before(tmp_path: Path) -> None:
    truth, out = empty(tmp_path / "truth"), empty(tmp_path / "out")
    assert score_tables(out, truth)["all"]["rows"] == 0
