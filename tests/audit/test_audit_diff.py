"""The difference of two extractions: what changed, where, and whether the document, its reading or
our rules did.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from audit.comparison.changes import count_changes
from audit.comparison.compare import compare
from audit.comparison.letters import LetterConfusions, bare, count_confusions, misreading
from audit.comparison.page import ORDER, to_html
from audit.comparison.sequence import rows_in_sequence
from audit.comparison.show import to_json, to_text
from audit.display.marks import GONE, LEFT_OUT, NEW, SAME, Mark, marked, shortened
from audit.display.pages import labels
from audit.history.revisions import NOT_KEPT, history
from audit.published.damage import damage_lines
from audit.published.folder import Row, load_folder, tables_to_published
from pipeline import main
from publish.stage import About, publish
from schemas.disk import file_hash
from schemas.publication import write_sums
from tests.audit.audit_case import TASKS, Task, changed, correction, document, tables_of
from tests.audit.audit_work import pages_to_pdf
from tests.places import PROJECT

Told = tuple[str, str, str, str, str, str]


def told(
    ours: Sequence[Task], theirs: Sequence[Task], source: str = "1", **versions: str
) -> list[Told]:
    """(kind, number before, number after, column, class, what follows from it) of each change
    between two files' extractions.
    """
    found = compare(document(ours), document(theirs, (), source, **versions))
    return [
        (
            c.kind,
            c.a.row_id if c.a else "",
            c.b.row_id if c.b else "",
            c.column,
            c.cause,
            ", ".join(c.folded),
        )
        for c in found
    ]


def test_a_document_does_not_differ_from_itself() -> None:
    assert told(TASKS, TASKS) == []


SEPTEMBER = {"deadline": "Tháng 9/2026", "start": "2026-09-01", "end": "2026-09-30"}


def test_files_that_are_not_as_published_are_named(tmp_path: Path) -> None:
    for name in ("tasks.csv", "groups.csv", "tables.xlsx"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert damage_lines(tmp_path) == []  # without hashes nothing is known of it
    write_sums(tmp_path)
    assert damage_lines(tmp_path) == []
    (tmp_path / "tasks.csv").write_text("other", encoding="utf-8")
    (tmp_path / "tables.xlsx").unlink()
    assert damage_lines(tmp_path) == [
        f"not as published, by SHA256SUMS: {tmp_path}: tables.xlsx, tasks.csv"
    ]


def test_one_digit_that_all_witnesses_see_is_the_documents() -> None:
    assert told(TASKS, changed(TASKS, "1.1.2", **SEPTEMBER)) == [
        ("changed", "1.1.2", "1.1.2", "deadline", "document", "start, end")
    ]


def test_a_digit_on_which_one_sides_witnesses_disagree_is_a_reading() -> None:
    read = {"deadline": ("Tháng 9/2026", "Tháng 6/2026", "Tháng 6/2026")}
    theirs = changed(TASKS, "1.1.2", **SEPTEMBER, read=read, review="deadline")
    assert told(TASKS, theirs) == [
        ("changed", "1.1.2", "1.1.2", "deadline", "reading", "start, end")
    ]


def test_a_digit_that_a_single_witness_saw_is_the_documents_where_nobody_doubts_it() -> None:
    sure = changed(TASKS, "1.1.2", **SEPTEMBER, read={"deadline": ("Tháng 9/2026",)})
    assert told(TASKS, sure) == [
        ("changed", "1.1.2", "1.1.2", "deadline", "document", "start, end")
    ]
    unsure = changed(
        TASKS, "1.1.2", **SEPTEMBER, read={"deadline": ("Tháng 9/2026",)}, review="deadline"
    )
    assert told(TASKS, unsure) == [
        ("changed", "1.1.2", "1.1.2", "deadline", "undecided", "start, end")
    ]


def test_doubt_about_another_word_of_a_text_does_not_touch_a_change() -> None:
    longer = TASKS[2].task.replace("toàn tỉnh.", "toàn tỉnh và các huyện.")
    theirs = changed(
        TASKS, "1.1.3", task=longer, read={"task": (longer,)}, doubtful={"task": "2"}, review="task"
    )
    assert told(TASKS, theirs) == [("changed", "1.1.3", "1.1.3", "task", "document", "")]


def test_a_letter_that_all_witnesses_of_one_side_misread_is_no_change_of_the_document() -> None:
    ours = changed(TASKS, "1.1.3", task="Nâng chỉ số TFP của toàn tỉnh.")
    theirs = changed(TASKS, "1.1.3", task="Nâng chỉ số TEP của toàn tỉnh.")
    assert [change[4] for change in told(ours, theirs)] == ["undecided"]


def test_a_cell_whose_own_side_takes_it_for_wrong_is_undecided() -> None:
    garbage = "Đảng ủỷ,Ủỵkan nhân ủy Ủy"
    theirs = changed(
        TASKS,
        "1.1.2",
        lead=garbage,
        read={"lead": ("Đảng ủy", garbage)},
        doubtful={"lead": "1; 2"},
        review="lead",
    )
    assert [change[4] for change in told(TASKS, theirs)] == ["undecided"]


def test_one_file_read_twice_has_no_change_of_the_document() -> None:
    assert [change[4] for change in told(TASKS, TASKS[:3], source="0")] == ["reading"]
    theirs = changed(TASKS[:3], "1.1.2", **SEPTEMBER)
    assert [change[4] for change in told(TASKS, theirs, source="0", code="2")] == ["rules", "rules"]


def test_a_tone_mark_that_witnesses_read_differently_is_a_reading() -> None:
    wrong = TASKS[3].task.replace("Số", "Sổ")
    theirs = changed(
        TASKS, "1.1.4", task=wrong, read={"task": (wrong, TASKS[3].task, TASKS[3].task)}
    )
    assert told(TASKS, theirs) == [("changed", "1.1.4", "1.1.4", "task", "reading", "")]


def test_added_words_are_the_documents() -> None:
    longer = TASKS[2].task.replace("toàn tỉnh.", "toàn tỉnh và các huyện.")
    assert told(TASKS, changed(TASKS, "1.1.3", task=longer)) == [
        ("changed", "1.1.3", "1.1.3", "task", "document", "")
    ]


def test_words_that_were_dropped_though_witnesses_read_them_are_a_reading() -> None:
    shorter = TASKS[2].task.replace(" toàn tỉnh.", "")
    theirs = changed(TASKS, "1.1.3", task=shorter, read={"task": (TASKS[2].task,) * 3})
    assert told(TASKS, theirs) == [("changed", "1.1.3", "1.1.3", "task", "reading", "")]


def test_the_same_readings_with_another_value_are_the_rules() -> None:
    mended = TASKS[2].task.replace("giỏi", "giói")
    theirs = changed(TASKS, "1.1.3", task=mended, read={"task": (TASKS[2].task,) * 3})
    assert told(TASKS, theirs, code="2") == [("changed", "1.1.3", "1.1.3", "task", "rules", "")]


def test_a_derived_column_alone_is_the_rules() -> None:
    theirs = changed(TASKS, "1.1.3", end="2026-06-29")
    assert told(TASKS, theirs, lists="2") == [("changed", "1.1.3", "1.1.3", "end", "rules", "")]
    assert told(TASKS, theirs) == [("changed", "1.1.3", "1.1.3", "end", "undecided", "")]


def test_a_persons_decision_is_the_rules() -> None:
    ours, theirs = (
        document(TASKS),
        document(
            changed(TASKS, "1.1.3", **SEPTEMBER),
            [correction("1.1.3", "deadline", "Tháng 6/2026", "Tháng 9/2026")],
        ),
    )
    assert [(c.cause, c.reason) for c in compare(ours, theirs)] == [
        ("rules", "a person's decision")
    ]


def test_another_lead_body_is_the_documents_with_its_parts_folded() -> None:
    theirs = changed(TASKS, "1.1.1", lead="Sở Tài chính; Văn phòng Tỉnh ủy")
    assert told(TASKS, theirs) == [
        ("changed", "1.1.1", "1.1.1", "lead", "document", "task_bodies (lead)")
    ]


def test_a_last_row_that_is_gone_is_removed_by_the_document() -> None:
    assert told(TASKS, TASKS[:3]) == [("removed", "1.1.4", "", "", "document", "")]
    assert told(TASKS[:3], TASKS) == [("added", "", "1.1.4", "", "document", "")]


def test_a_row_whose_number_alone_is_missing_is_undecided() -> None:
    assert told(TASKS, (*TASKS[:1], *TASKS[2:])) == [("removed", "1.1.2", "", "", "undecided", "")]


def test_rows_that_moved_up_by_one_number_are_renumbered_each_once() -> None:
    theirs = (TASKS[0], replace(TASKS[2], task_id="1.1.2"), replace(TASKS[3], task_id="1.1.3"))
    assert told(TASKS, theirs) == [
        ("removed", "1.1.2", "", "", "document", ""),
        ("renumbered", "1.1.3", "1.1.2", "task_id", "document", ""),
        ("renumbered", "1.1.4", "1.1.3", "task_id", "document", ""),
    ]


def test_a_number_that_does_not_go_with_its_neighbours_is_a_reading() -> None:
    theirs = (
        *TASKS[:3],
        replace(
            TASKS[3],
            task_id="1.1.9",
            read={"task_id": ("1.1.9", "1.1.4", "1.1.4")},
            review="task_id",
        ),
    )
    assert told(TASKS, theirs) == [("renumbered", "1.1.4", "1.1.9", "task_id", "reading", "")]


def test_numbers_that_go_with_those_beside_them() -> None:
    def in_sequence(table: str, *ids: str) -> list[str]:
        return sorted(rows_in_sequence([Row(table, row_id, {}) for row_id in ids]))

    assert in_sequence("tasks", "1.1.1", "1.1.2", "1.1.5", "1.2.1") == ["1.1.1", "1.1.2", "1.2.1"]
    # nothing before 2
    assert in_sequence("tasks", "2.2.3", "2.2.3(1)", "2.2.3(2)", "2.2.4", "2.2.7") == []
    assert in_sequence("indicators", "17", "18", "19.1", "19.2", "21") == [
        "17",
        "18",
        "19.1",
        "19.2",
    ]
    assert in_sequence("groups", "1|I", "1|II", "1|IV", "3|1", "3|1.1") == [
        "1|I",
        "1|II",
        "3|1",
        "3|1.1",
    ]
    assert in_sequence("growth", "I|a", "I|b", "I.1|a", "I.1|b", "I.3|a") == [
        "I.1|a",
        "I.1|b",
        "I|a",
        "I|b",
    ]


def test_a_renumbered_row_with_stray_words_in_it_is_one_row_still() -> None:
    stray = f"TỈ s14a /122: L45a14 MD45 {TASKS[3].task}"
    theirs = (
        *TASKS[:2],
        replace(
            TASKS[3], task_id="1.1.3", task=stray, doubtful={"task": "1; 2; 3; 4; 5"}, review="task"
        ),
    )
    assert told(TASKS, theirs) == [
        ("removed", "1.1.3", "", "", "document", ""),
        ("renumbered", "1.1.4", "1.1.3", "task_id", "document", ""),
        ("changed", "1.1.4", "1.1.3", "task", "undecided", ""),
    ]


def test_a_row_in_another_place_is_moved() -> None:
    theirs = (TASKS[1], TASKS[2], TASKS[0], TASKS[3])
    assert told(TASKS, theirs) == [("moved", "1.1.1", "1.1.1", "task_id", "document", "")]


def test_a_field_of_the_document_that_was_not_found_on_one_side_is_undecided() -> None:
    tables = tables_of(TASKS, source="1")
    tables["document"]["signatory"] = ""
    unsigned = tables_to_published("case", tables, {})
    found = [
        (c.column, c.cause) for c in compare(document(TASKS), unsigned) if c.table == "document"
    ]
    assert found == [("signatory", "undecided")]


def test_an_entry_of_the_list_of_bodies_is_the_rules() -> None:
    theirs = document(TASKS)
    theirs.tables["bodies"].loc[0, "name"] = "Sở Tài chính tỉnh"
    assert [(c.table, c.kind, c.cause) for c in compare(document(TASKS), theirs)] == [
        ("bodies", "changed", "rules")
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(range(len(TASKS))), unique=True), st.integers(1, 9))
def test_both_directions_tell_as_much(kept: list[int], digit: int) -> None:
    deadline = f"Tháng {digit}/2026"
    theirs = [replace(TASKS[i], deadline=deadline) for i in sorted(kept)]
    there, back = (
        compare(document(TASKS), document(theirs)),
        compare(document(theirs), document(TASKS)),
    )
    assert sorted(c.cause for c in there) == sorted(c.cause for c in back)
    assert compare(document(theirs), document(theirs)) == []


def test_bare_letters() -> None:
    assert "".join(map(bare, "Đổi Ượ")) == "doi uo"


def test_misreadings_cost_more_the_rarer_they_are() -> None:
    known = count_confusions([("ổ" * 50, "ố" * 50)])
    costs = [
        misreading("đổi", read, LetterConfusions()) for read in ("đổi", "Đổi", "đối", "đôi mới")
    ]
    assert costs == sorted(costs)
    assert misreading("đổi", "đối", known) < misreading("đổi", "đối", LetterConfusions())
    assert misreading("hợp tác", "hợptác", LetterConfusions()) == 1.0


@given(st.text("aăâđoôơ 1.", max_size=12))
def test_nothing_is_a_misreading_of_itself(text: str) -> None:
    assert misreading(text, text, LetterConfusions()) == 0.0


def test_marks_set_off_letters_and_whole_figures() -> None:
    assert marked("đổi mới", "đối mới") == [
        Mark(SAME, "đ"),
        Mark(GONE, "ổ"),
        Mark(NEW, "ố"),
        Mark(SAME, "i"),
        Mark(SAME, " "),
        Mark(SAME, "mới "),
    ]
    assert marked("12.02 %", "12.50 %")[:2] == [Mark(GONE, "12.02"), Mark(NEW, "12.50")]
    assert LEFT_OUT in {mark.kind for mark in shortened(marked("a " * 40 + "b", "a " * 40 + "c"))}


@given(st.text("ab c", max_size=20), st.text("ab c", max_size=20))
def test_marks_hold_both_texts(before: str, after: str) -> None:
    marks = marked(before, after)
    for text, kind in ((before, GONE), (after, NEW)):
        assert "".join(
            "".join(mark.text for mark in marks if mark.kind in (SAME, kind)).split()
        ) == "".join(text.split())


def test_shown_in_three_ways() -> None:
    ours, theirs = (
        document(TASKS),
        document(changed(TASKS, "1.1.2", **SEPTEMBER), source="1", code="2"),
    )
    changes = compare(ours, theirs)
    text = to_text(ours, theirs, changes)
    assert count_changes(changes) == [("tasks", "deadline", "document", 1)]
    assert "    1  the document changed" in text
    assert "DOCUMENT: tasks 1.1.2 deadline changed (with start, end)" in text
    assert "Tháng [-6/2026-]{+9/2026+}" in text
    assert "page 3 (340, " in text
    told_json = json.loads(to_json(ours, theirs, changes))
    assert told_json["classes"] == {"document": 1, "undecided": 0, "rules": 0, "reading": 0}
    assert told_json["changes"][0]["b"]["boxes"][0]["page_no"] == 3
    page = to_html(ours, theirs, changes)
    assert "<del>6/2026</del><ins>9/2026</ins>" in page
    assert "http" not in page.replace("http-equiv", "")


def test_html_escapes_the_documents_text() -> None:
    ours, theirs = (
        document(TASKS),
        document(changed(TASKS, "1.1.1", task="<script>alert(1)</script> và các việc khác")),
    )
    assert "<script>alert" not in to_html(ours, theirs, compare(ours, theirs))


def test_html_tells_lists_by_their_names_and_rows_whole() -> None:
    fewer = changed(TASKS[:3], "1.1.1", lead="Sở Tài chính; Sở Nội vụ; Công an tĩnh")
    ours, theirs = (
        document(changed(TASKS, "1.1.1", lead="Sở Y tế; Sở Tài chính; Ban Dân tộc; Công an tỉnh")),
        document(fewer, source="1"),
    )
    page = to_html(ours, theirs, compare(ours, theirs))
    names = re.findall(r'<li class="(\w*)">(.*?) *</li>', page)
    assert names == [
        ("gone", "<del>Sở Y tế</del>"),
        ("", "Sở Tài chính"),
        ("gone", "<del>Ban Dân tộc</del>"),
        ("new", "<ins>Sở Nội vụ</ins>"),
        ("other", "Công an t<del>ỉ</del><ins>ĩ</ins>nh"),
    ]
    cells = re.findall(r'<td lang="vi"><del>(.*?)</del></td>', page)
    assert {"1.1.4", "Số hóa hồ sơ lưu trữ của cơ quan, đơn vị.", "Tháng 6/2026"} <= set(cells)
    assert cells.index("1.1.4") < cells.index("Tháng 6/2026")


def test_html_is_in_two_languages_and_begins_with_the_document() -> None:
    ours = document(TASKS)
    theirs = document(
        changed(
            changed(TASKS, "1.1.2", **SEPTEMBER),
            "1.1.3",
            task="Tổ chức hội thi tuyên truyên viên giỏi toàn tỉnh.",
            read={"task": ["Tổ chức hội thi tuyên truyền viên giỏi toàn tỉnh."] * 3},
        ),
        source="1",
    )
    changes = compare(ours, theirs)
    page = to_html(ours, theirs, changes)
    causes = re.findall(r'<article class="(\w+)">', page)
    assert sorted(causes) == sorted(change.cause for change in changes)
    assert causes == sorted(causes, key=ORDER.index)
    assert len(set(causes)) > 1
    spoken = re.findall(r'<span class="w" lang="(vi|en)">(.*?)</span>', page)
    assert {("vi", "Thời hạn"), ("en", "Deadline")} <= {
        (lang, text.rpartition(": ")[2]) for lang, text in spoken
    }
    assert sum(lang == "vi" for lang, _ in spoken) == sum(lang == "en" for lang, _ in spoken)


def test_every_reason_is_told_in_two_languages() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / "audit" / "comparison").glob("*.py")
    )
    given = {
        *re.findall(r'(?:DOCUMENT|UNDECIDED|READING|RULES), "([^"]+)"', sources),
        *re.findall(r'reason="([^"]+)"', sources),
    }
    told_of = {text["en"] for key, text in labels().items() if key.startswith("diff_reason.")}
    assert given == told_of


def test_html_shows_both_sides_pieces_of_the_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan is known by its hash, whatever its name; of another version no picture is shown."""
    monkeypatch.chdir(tmp_path)
    scan, other = tmp_path / "raw" / "scan.pdf", tmp_path / "new.pdf"
    scan.parent.mkdir()
    for path, shade in ((scan, 255), (other, 250)):
        path.write_bytes(pages_to_pdf([Image.new("L", (1240, 1754), shade)] * 3))
    for name, tasks, path in (
        ("a", TASKS, scan),
        ("b", changed(TASKS, "1.1.2", **SEPTEMBER), other),
    ):
        tables = tables_of(tasks)
        tables["document"]["source_sha256"] = file_hash(path)
        publish(tables, tmp_path / "out" / name, About({"code": "1", "lists": "1"}))
    command = ["diff", "out/a", "out/b", "--quiet", "--html", "d.html"]

    def shown(*more: str) -> list[bool]:
        main([*command, *more])
        sides = (tmp_path / "d.html").read_text(encoding="utf-8").split('<div class="sides">')[1]
        return ["data:image/webp" in side for side in sides.split("<small>")[1:3]]

    assert shown() == [True, False]
    assert shown("--scan-b", "new.pdf") == [True, True]
    assert shown("--scan-b", str(scan)) == [True, False]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name, tasks in (("a", TASKS), ("b", changed(TASKS, "1.1.2", **SEPTEMBER))):
        publish(
            tables_of(tasks, source=name),
            tmp_path / "out" / name,
            About({"code": "1", "lists": "1"}),
        )
    return tmp_path / "out" / "a", tmp_path / "out" / "b"


def test_exit_codes(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = map(str, folders)
    assert main(["diff", ours, ours, "--quiet"]) == 0
    shown = ["--html", str(tmp_path / "d.html"), "--json", str(tmp_path / "d.json")]
    assert main(["diff", ours, theirs, *shown]) == 1
    assert main(["diff", ours, str(tmp_path / "none")]) == 2
    assert "error:" in capsys.readouterr().err
    assert oct((tmp_path / "d.html").stat().st_mode)[-3:] == "600"
    first = (tmp_path / "d.json").read_bytes()
    main(["diff", ours, theirs, "--quiet", "--json", str(tmp_path / "d.json")])
    assert (tmp_path / "d.json").read_bytes() == first


DVC, GIT = (sys.executable, "-m", "dvc"), ("git", "-c", "user.name=a", "-c", "user.email=a@b")


def run(folder: Path, *command: str) -> None:
    environment = os.environ | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "DVC_NO_ANALYTICS": "1",
    }
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)


@pytest.fixture
def project(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that has two published versions of out/a."""
    root = folders[0].parent.parent
    run(root, "git", "init", "-q")
    run(root, *DVC, "init", "-q")
    (root / "dvc.yaml").write_text(
        "stages:\n  publish:\n    cmd: 'true'\n    outs:\n      - out/a: {persist: true}\n"
    )
    again = (
        *changed(TASKS, "1.1.2", **SEPTEMBER)[1:3],
        Task("1.1.4", "Lập bản đồ số về các điểm sạt lở ven sông, ven biển."),
    )
    second = [replace(task, task_id=f"1.1.{number}") for number, task in enumerate(again, 1)]
    for source, tasks in enumerate((TASKS, second)):
        publish(
            tables_of(tasks, source=str(source)), folders[0], About({"code": "1", "lists": "1"})
        )
        run(root, *DVC, "repro", "-q")
        run(root, "git", "add", "dvc.yaml", "dvc.lock", ".dvc")
        run(root, *GIT, "commit", "-q", "-m", f"version {source}")
    monkeypatch.chdir(root)
    return root


def test_a_revision_comes_back_through_dvc(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "HEAD:out/a", "out/a", "--quiet"]) == 0
    assert main(["diff", "HEAD~1:out/a", "HEAD:out/a"]) == 1
    assert "    6  the document changed" in capsys.readouterr().out
    assert main(["diff", "HEAD:out/none", "out/b", "--quiet"]) == 2
    assert "HEAD:out/none: cannot be brought back" in capsys.readouterr().err
    rows = load_folder(Path("out/a")).rows["tasks"]
    told = [
        [(state.row_id, state.value) for state in history("out/a", row, "deadline")] for row in rows
    ]
    assert told == [
        [("1.1.1", "Tháng 9/2026"), ("1.1.2", "Tháng 6/2026")],
        [("1.1.2", "Tháng 6/2026"), ("1.1.3", "Tháng 6/2026")],
        [("1.1.3", "Tháng 6/2026"), ("", "(no such row)")],
    ]
    assert sorted(path.name for path in project.iterdir() if not path.name.startswith(".")) == [
        "dvc.lock",
        "dvc.yaml",
        "out",
    ]


def test_a_version_that_is_not_kept_here_is_told_and_ends_nothing(project: Path) -> None:
    shutil.rmtree(project / ".dvc" / "cache")  # as in a new clone
    row = load_folder(Path("out/a")).rows["tasks"][0]
    assert [(state.row_id, state.value) for state in history("out/a", row, "deadline")] == [
        ("", NOT_KEPT)
    ]


def test_without_dvc_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("audit.history.revisions.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["diff", "HEAD:out/a", "out/a"]) == 2
    assert "DVC is not installed. Install the package dvc." in capsys.readouterr().err
