"""How the peers of the benchmark are scored and asked for; none of them is needed."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from tests.benchmark.peer_rows import score_tasks, tables_to_tasks
from tests.benchmark.peers import PEERS, best_settings, main, missing_peers, python_of, run_measured
from tests.places import PROJECT

HEAD = ["TT", "NHIỆM VỤ CỤ THẺ", "CƠ QUAN"]  # a tone misread
TRUTH = [
    {"task_id": "4.2.1", "task": "Trồng rừng ven sông", "lead": "Sở A"},
    {"task_id": "4.2.1(1)", "task": "Bến đò", "lead": "Sở A"},
    {"task_id": "5.1", "task": "Mở lớp dạy nghề", "lead": "Sở B"},
    {"task_id": "5.2", "task": "Sửa chợ cũ", "lead": "Sở B"},
]


def tasks(*tables: list[list[str]]) -> dict[str, str]:
    return {row["task_id"]: row["task"] for row in tables_to_tasks(tables)}


def test_numbered_rows_of_a_grid_become_tasks_and_groups_do_not() -> None:
    table = [
        ["Phụ lục", "", ""],
        HEAD,
        ["4", "Môi trường", ""],
        ["4.2", "Rừng", ""],
        ["4,2.1 ", "Trồng rừng |\nven sông:", "Sở A"],
        ["(1)", "- Bến đò", "Sở A"],
        ["5", "Xã hội", ""],
        ["5.1", "Mở lớp", "Sở B"],
    ]
    assert tasks(table) == {"4.2.1": "Trồng rừng ven sông", "4.2.1(1)": "Bến đò", "5.1": "Mở lớp"}


def test_a_table_without_the_head_goes_on_where_it_has_as_many_columns() -> None:
    other = [["1.1.1", "no table of tasks"]]
    first, more = [HEAD, ["5.1", "Mở lớp", ""]], [["", "dạy nghề", ""], ["5.2", "Sửa chợ", ""]]
    assert tasks(other, first, other, more) == {"5.1": "Mở lớp dạy nghề", "5.2": "Sửa chợ"}


def test_a_number_is_found_where_a_stray_ruling_parts_it_from_its_text() -> None:
    table = [["T", "T", "NHIỆM VỤ CỤ THỂ"], ["", "5.1 Mở", "lớp"], ["5.2", "", "Sửa"]]
    assert tasks(table) == {"5.1": "Mở lớp", "5.2": "Sửa"}


def test_lines_that_a_stray_ruling_parts_are_joined() -> None:
    table = [["TT", "NHIỆM VỤ CỤ THỂ", "", "CƠ QUAN"], ["5.1", "Mở lớp\nnghề", "dạy\nmới", "Sở"]]
    assert tasks(table) == {"5.1": "Mở lớp dạy nghề mới"}


def test_a_note_or_a_misread_number_does_not_go_on_with_the_row_before() -> None:
    table = [HEAD, ["5.1", "Mở lớp", ""], ["S2", "Sửa chợ", ""], ["", "cũ", ""]]
    assert tasks(table, [HEAD, ["* Ghi chú", "", ""]]) == {"5.1": "Mở lớp"}


def test_lines_of_a_page_become_tasks_below_the_head_only() -> None:
    page = ["Mục 1.1.1 và", "1.1.1 trước", "TT NHIỆM VỤ CỤ THỂ CƠ QUAN", "5.1 Mở lớp", "24 giờ"]
    assert tasks([[line] for line in page]) == {"5.1": "Mở lớp 24 giờ"}


def test_rows_and_words_are_counted_missing_extra_and_wrong() -> None:
    given = [
        {"task_id": "4.2.1", "task": "Trồng rừng ven song"},
        {"task_id": "4.2.1(1)", "task": "Bến đò"},
        {"task_id": "5.1", "task": "Mở lớp dạy nghề thêm"},
        {"task_id": "5.1", "task": "đọc hai lần"},
        {"task_id": "9.9", "task": "không có"},
    ]
    figures = score_tasks(TRUTH, given)
    # of 13 words one is wrong, one is too many, and three are those of the row that is missing
    assert {key: figures[key] for key in ("rows", "found", "missing", "extra")} == {
        "rows": 4,
        "found": 3,
        "missing": 1,
        "extra": 2,
    }
    assert figures["WER%"] == pytest.approx(100 * 5 / 13)
    assert figures["WER_found%"] == pytest.approx(100 * 2 / 10)


def test_the_best_settings_have_the_fewest_wrong_words_then_the_least_time() -> None:
    results = {
        ("a", "slow"): {"WER%": 2.0, "cpu_s": 9.0},
        ("a", "quick"): {"WER%": 2.0, "cpu_s": 3.0},
        ("a", "bad"): {"WER%": 7.0, "cpu_s": 1.0},
        ("b", "only"): {"WER%": 90.0, "cpu_s": 1.0},
    }
    assert best_settings(results) == {("a", "quick"), ("b", "only")}


def test_without_the_peers_one_sentence_says_what_is_missing_and_what_to_do(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "none"
    with pytest.raises(SystemExit) as ended:
        main(["--venv", str(folder)])
    groups = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    said = str(ended.value)
    assert all(pin in said for pin in groups["dependency-groups"]["peers"])
    assert f"`python -m tests.benchmark.peers --install --venv {folder}`" in said
    assert "\n" not in said


def test_a_package_in_another_version_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = Path(python_of(tmp_path))
    python.parent.mkdir()
    python.write_text("#!/bin/sh\necho img2table==0.1\necho tools==2\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr("tests.benchmark.peers.requirements", lambda: ["img2table==2", "tools==2"])
    assert missing_peers(tmp_path) == ["img2table==2"]


def test_time_of_processes_that_outlive_the_command_is_counted() -> None:
    busy = "import time\nwhile time.process_time() < 0.5: pass"
    start = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"
    assert run_measured([sys.executable, "-c", start], "orphan").cpu >= 0.5


def test_the_peers_never_come_into_the_environment_of_this_project() -> None:
    with pytest.raises(SystemExit, match="would break OpenCV"):
        main(["--install", "--venv", sys.prefix])
    assert Path(sys.prefix) != PEERS
    locked = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert not [name for name in ("img2table", "ocrmypdf") if f"\n{name}==" in locked]
