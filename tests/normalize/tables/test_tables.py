"""Repaired words to published tables: coded columns, people's decisions, and the document checked
against itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from normalize.bodies.listed import load_bodies
from normalize.tables.checks import check_parents, check_references, check_shares
from normalize.tables.coded import Matcher
from normalize.tables.corrections import Corrections, read_corrections
from normalize.tables.document import document_table
from normalize.tables.figure_checks import (
    check_figures,
    check_points,
    check_rare_points,
    check_sign_spaces,
)
from normalize.tables.renumbered import changed_numbers, with_ids
from normalize.tables.rows_to_tables import rows_to_tables
from normalize.tables.year_series import check_series
from schemas.documents import CORRECTION_COLUMNS
from schemas.errors import CorrectionsError
from schemas.published import check_table, rounded
from schemas.row_frames import Repaired, Rows
from schemas.table_kinds import KINDS

TASK_CELLS = {
    "task": ["Rà", "soát", "quy", "hoạch", "khu", "bến", "cảng."],
    "lead": ["Sở", "Xây", "dựng"],
    "coordinating": ["-", "Sở", "Tài", "chính", "-", "Sở", "Nội", "vụ"],
    "deadline": ["Năm", "2026", "-", "2027"],
    "funding": ["Ngân", "sách", "nhà", "nước"],
}


def repaired(
    cells: dict[str, list[str]],
    table: str = "tasks",
    row_id: str = "1.1.1",
    doubtful: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Cells as repaired words that two witnesses read alike; those in ``doubtful`` are in doubt."""
    rows = [
        {
            "table": table,
            "row_id": row_id,
            "column": column,
            "part": 1,
            "word_no": i,
            "line_no": 1,
            "page_no": 3,
            "block_no": 1,
            "text": word,
            "confidence": 0.9,
            "readings": json.dumps([["vie", word, 0.9], ["line", word, 0.9]], ensure_ascii=False),
            "x0": 10.0 * i,
            "top": 20.0,
            "x1": 10.0 * i + 8,
            "bottom": 30.0,
            "value": word,
            "value_confidence": 0.5 if word in doubtful else 0.99,
            "doubtful": word in doubtful,
            "rule": "",
            "offered": "",
        }
        for column, words in cells.items()
        for i, word in enumerate(words, 1)
    ]
    return Repaired.validate(pd.DataFrame(rows))


def task_rows() -> pd.DataFrame:
    empty = {**dict.fromkeys(Rows.to_schema().columns, ""), "appendix": "3"}
    group = {**empty, "table": "groups", "row_id": "3|1", "number": "1", "page_no": 3}
    section = {
        **empty,
        "table": "groups",
        "row_id": "3|1.1",
        "parent_id": "1",
        "number": "1.1",
        "page_no": 3,
    }
    task = {
        **empty,
        "table": "tasks",
        "row_id": "1.1.1",
        "group_id": "1",
        "section_id": "1.1",
        "page_no": 3,
    }
    return Rows.validate(pd.DataFrame([group, section, task]))


def tables_with(
    corrections: Corrections, doubtful: tuple[str, ...] = ()
) -> dict[str, pd.DataFrame]:
    return rows_to_tables(
        task_rows(), repaired(TASK_CELLS, doubtful=doubtful), Matcher(load_bodies()), corrections
    )[0]


def decisions(folder: Path, *rows: str) -> Corrections:
    path = folder / "x.corrections.csv"
    path.write_text("\n".join([",".join(CORRECTION_COLUMNS), *rows]) + "\n", encoding="utf-8")
    return read_corrections(path)


def test_a_task_with_its_bodies() -> None:
    tables = tables_with(Corrections({}, set()))
    task = check_table("tasks", rounded(tables["tasks"])).iloc[0].to_dict()
    assert task == {
        "task_id": "1.1.1",
        "parent_id": "",
        "group_id": "1",
        "section_id": "1.1",
        "task": "Rà soát quy hoạch khu bến cảng.",
        "lead": "Sở Xây dựng",
        "coordinating": "Sở Tài chính; Sở Nội vụ",
        "deadline": "Năm 2026 - 2027",
        "deadline_kind": "during",
        "start": "2026-01-01",
        "end": "2027-12-31",
        "funding": "Ngân sách nhà nước",
        "funding_codes": "state_budget",
        **dict.fromkeys(KINDS["tasks"].free, ""),
        "number": "",
        "appendix": "3",
        "page_no": 3,
        "confidence": 0.932,
        "review": "",
    }
    assert tables["task_bodies"]["body_id"].tolist() == ["so-xay-dung", "so-tai-chinh", "so-noi-vu"]
    assert tables["bodies"].set_index("body_id").loc["so-tai-chinh", "uses"] == 1


@pytest.mark.parametrize(
    ("other", "review"), [("2026 - 2027", "deadline"), ("- 2027", "deadline"), ("2026-2027", "")]
)
def test_a_dash_that_a_witness_sees_with_spaces_puts_the_deadline_into_review(
    other: str, review: str
) -> None:
    words = repaired(TASK_CELLS | {"deadline": ["Năm", "2026-2027"]})
    closed = words["text"] == "2026-2027"
    words.loc[closed, "readings"] = json.dumps([["vie", "2026-2027", 0.9], ["line", other, 0.9]])
    tables, _ = rows_to_tables(task_rows(), words, Matcher(load_bodies()), Corrections({}, set()))
    assert tables["tasks"]["review"].tolist() == [review]


def test_a_doubtful_word_puts_its_column_into_review() -> None:
    tables = tables_with(Corrections({}, set()), doubtful=("bến",))
    assert tables["tasks"]["review"].tolist() == ["task"]
    cells = tables["cells"].set_index("column")
    assert cells.loc["task", "doubtful"] == "6"
    assert cells.loc["lead", "doubtful"] == ""


def test_a_row_whose_text_was_lost_is_in_review() -> None:
    cells = {column: words for column, words in TASK_CELLS.items() if column != "task"}
    tables, _ = rows_to_tables(
        task_rows(), repaired(cells), Matcher(load_bodies()), Corrections({}, set())
    )
    assert check_table("tasks", rounded(tables["tasks"]))[
        ["task", "review"]
    ].to_numpy().tolist() == [["", "task"]]
    assert (
        check_table("groups", rounded(tables["groups"]))[["title", "review"]].to_numpy().tolist()
        == [["", "title"]] * 2
    )


def test_accept_clears_the_doubt(tmp_path: Path) -> None:
    made = decisions(
        tmp_path,
        'tasks,1.1.1,task,"Rà soát quy hoạch khu bến cảng.",,accept,An,2026-01-05,seen on the page',
    )
    tables = tables_with(made, doubtful=("bến",))
    assert tables["tasks"]["review"].tolist() == [""]
    assert tables["cells"].query("column == 'task'")[
        ["confidence", "doubtful"]
    ].to_numpy().tolist() == [[1.0, ""]]
    assert list(made.unused()) == []


def test_change_sets_value_and_what_is_derived_from_it(tmp_path: Path) -> None:
    tables = tables_with(
        decisions(
            tmp_path, "tasks,1.1.1,deadline,Năm 2026 - 2027,Trước năm 2030,change,An,2026-01-05,"
        )
    )
    task = tables["tasks"].iloc[0]
    assert task[["deadline", "deadline_kind", "start", "end"]].tolist() == [
        "Trước năm 2030",
        "before",
        "",
        "2029-12-31",
    ]
    change = tables["repairs"].iloc[0]
    assert change[["column", "before", "after", "rule", "evidence"]].tolist() == [
        "deadline", "Năm 2026 - 2027", "Trước năm 2030", "correction", "An; 2026-01-05",
    ]  # fmt: skip


@pytest.mark.parametrize("verdict", ["change", "as_is", "accept"])
def test_a_decision_about_another_reading_is_reported_not_applied(
    tmp_path: Path, verdict: str
) -> None:
    made = decisions(
        tmp_path,
        f"tasks,1.1.1,lead,Sở Y tế,Công an tỉnh,{verdict},An,2026-01-05,",
        f"tasks,9.9.9,lead,x,y,{verdict},An,2026-01-05,",
    )
    tables = tables_with(made)
    assert tables["tasks"]["lead"].tolist() == ["Sở Xây dựng"]
    assert [(finding.rule, finding.place) for finding in made.unused()] == [
        ("correction_unused", "tasks 1.1.1 lead"),
        ("correction_unused", "tasks 9.9.9 lead"),
    ]
    assert [finding.message.partition(";")[0] for finding in made.unused()] == [
        "x.corrections.csv, line 2: it reads otherwise now: was “Sở Y tế”, is “Sở Xây dựng”",
        "x.corrections.csv, line 3: the row is gone",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "tasks,1.1.1,task,a,b,maybe,An,2026-01-05,",
            "line 2: the verdict must be accept, change or as_is",
        ),
        ("tasks,1.1.1", "line 2: the row has not as many fields as the header"),
        (",1.1.1,task,a,b,change,An,2026-01-05,", "line 2: the table or the column is missing"),
    ],
)
def test_a_bad_decision_says_where(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(CorrectionsError, match=said):
        decisions(tmp_path, row)


def test_references_without_rows_go_into_review() -> None:
    paragraph = {"paragraph_id": "II#1", "refers_to": "1.9", "page_no": 2, "review": ""}
    rows: dict[str, list[dict[str, Any]]] = {
        "appendices": [{"appendix": "3", "kind": "tasks"}],
        "groups": [{"appendix": "3", "group_id": "1.1", "parent_id": ""}],
        "tasks": [],
        "indicators": [],
        "paragraphs": [paragraph],
    }
    assert [finding.rule for finding in check_references(rows)] == ["reference_without_row"]
    assert paragraph["review"] == "refers_to"


def test_a_reference_that_lost_its_dot_puts_its_sentence_into_review() -> None:
    paragraph = {"paragraph_id": "II#1", "refers_to": "11", "page_no": 2, "review": ""}
    list(
        check_references(
            {
                "appendices": [{"appendix": "3", "kind": "tasks"}],
                "groups": [{"appendix": "3", "group_id": "1.1", "parent_id": ""}],
                "tasks": [],
                "indicators": [],
                "paragraphs": [paragraph],
            }
        )
    )
    assert paragraph["review"] == "refers_to; text"


def test_a_sub_row_whose_task_has_no_row_has_its_parent_in_review() -> None:
    def task(task_id: str, parent_id: str) -> dict[str, Any]:
        own = {"task_id": task_id, "parent_id": parent_id, "appendix": "3", "page_no": 4}
        return {**own, "group_id": "", "section_id": "", "review": ""}

    tasks = [task("7", ""), task("7(a)", "7"), task("8(a)", "8")]
    findings = list(check_parents({"groups": [], "tasks": tasks, "indicators": []}))
    assert [row["review"] for row in tasks] == ["", "", "parent_id"]
    assert [(f.rule, f.place) for f in findings] == [("parent_without_row", "tasks 8(a)")]


def growth(line_id: str, value: str, low: float, high: float) -> dict[str, object]:
    return {
        "line_id": line_id,
        "measure": "Cơ cấu kinh tế",
        "period": "Năm 2030",
        "unit": "%",
        "value": value,
        "value_min": low,
        "value_max": high,
        "page_no": 8,
        "review": "",
    }


def test_shares_that_add_up_pass_and_others_go_into_review() -> None:
    good = [growth("II.1", "40", 40, 40), growth("II.2", "58-62", 58, 62)]
    bad = [growth("II.1", "40", 40, 40), growth("II.2", "70", 70, 70)]
    assert list(check_shares({"growth": good})) == []
    assert [finding.rule for finding in check_shares({"growth": bad})] == ["shares_not_100"]
    assert [row["review"] for row in bad] == ["value", "value"]


def test_figures_with_a_point_are_doubted_where_commas_are_read_as_points() -> None:
    def checked(points: int) -> tuple[list[str], list[str]]:
        rows = {
            "indicators": [
                {"indicator_id": target, "target": target, "review": ""}
                for target in (">4.5", "4,5", "40", "thuộc nhóm 5 tỉnh.")
            ],
            "growth": [{"value": value, "review": "unit"} for value in ("10.41", "10")],
            "indicator_values": [],
        }
        found = check_points(rows, [["xã,", "xã."]] * points + [["xã,"]] * 40)
        messages = [finding.message for finding in found]
        return messages, [row["review"] for table in rows.values() for row in table]

    assert checked(2) == ([], ["", "", "", "", "unit", "unit"])
    assert checked(3) == (
        ["3 of 43 commas in running text were read as points"],
        ["target", "", "", "", "unit; value", "unit"],
    )


def test_a_figure_that_lost_its_sign_beside_its_siblings() -> None:
    rows = [
        growth("I.1", "31", 31, 31),
        growth("I.2", "4.2", 4.2, 4.2),
        growth("I.3", "12.5", 12.5, 12.5),
        growth("I.4", "8.1", 8.1, 8.1),
    ]
    assert [finding.place for finding in check_figures({"growth": rows, "indicators": []})] == [
        "growth I.1|Năm 2030"
    ]
    assert [row["review"] for row in rows] == ["value", "", "", ""]


def test_a_persons_number_is_put_wherever_the_row_is_named(tmp_path: Path) -> None:
    made = decisions(
        tmp_path,
        "tasks,1.1.1,task_id,1.1.1,1.1.4,change,An,2026-01-05,",
        "tasks,1.1.1,lead,Sở Xây dựng,Công an tỉnh,change,An,2026-01-05,",
        "groups,3|1.1,group_id,1.1,1.2,change,An,2026-01-05,",
    )
    rows, cells = task_rows(), repaired({"task_id": ["1.1.1"], **TASK_CELLS})
    ids, decided = changed_numbers(rows, cells, made)
    tables, _ = rows_to_tables(
        with_ids(rows, ids), with_ids(cells, ids), Matcher(load_bodies()), decided
    )
    assert tables["groups"][["group_id", "parent_id"]].to_numpy().tolist() == [
        ["1", ""],
        ["1.2", "1"],
    ]
    assert tables["tasks"][["task_id", "section_id", "lead"]].to_numpy().tolist() == [
        ["1.1.4", "1.2", "Công an tỉnh"]
    ]
    assert tables["task_bodies"]["task_id"].unique().tolist() == ["1.1.4"]
    changes = (
        tables["repairs"][["table", "row_id", "column", "before", "after"]].to_numpy().tolist()
    )
    assert ["tasks", "1.1.4", "task_id", "1.1.1", "1.1.4"] in changes
    assert ["groups", "3|1.2", "group_id", "1.1", "1.2"] in changes
    assert list(decided.unused()) == []


def test_an_accepted_number_is_no_longer_in_review(tmp_path: Path) -> None:
    made = decisions(tmp_path, "tasks,1.1.1,task_id,1.1.1,,accept,An,2026-01-05,")
    doubted = task_rows().assign(review=["", "", "task_id"])
    assert rows_to_tables(doubted, repaired(TASK_CELLS), Matcher(load_bodies()), made)[0]["tasks"][
        "review"
    ].tolist() == [""]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "tasks,1.1.1,task_id,1.1.1,x,change,An,2026-01-05,",
            "line 2: tasks 1.1.1 task_id: not applied: no number of this table is written so",
        ),
        (
            "groups,3|1.1,group_id,1.1,1,change,An,2026-01-05,",
            "line 2: groups 3|1.1 group_id: not applied: another row has this number",
        ),
    ],
)
def test_a_number_that_cannot_be_is_told_and_stays_in_review(
    tmp_path: Path, row: str, said: str
) -> None:
    ids, decided = changed_numbers(task_rows(), repaired(TASK_CELLS), decisions(tmp_path, row))
    tables, findings = rows_to_tables(
        task_rows(), repaired(TASK_CELLS), Matcher(load_bodies()), decided
    )
    table, _, column = row.split(",")[:3]
    assert ids == {}
    assert [finding.told.partition(";")[0] for finding in findings] == [
        f"x.corrections.csv, {said}"
    ]
    assert column in tables[table]["review"].iloc[-1].split("; ")


def test_a_name_and_a_number_are_what_was_read(tmp_path: Path) -> None:
    """The language would have another word for a name, and repair has left nothing of a number that
    stands glued to its word.
    """
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    cells = repaired(
        {"signatory": ["Trần", "Lâm", "Khải"], "number": ["Số12-CTr/TU"]}, "document", "x"
    )
    cells.loc[cells["text"] == "Khải", ["value", "rule"]] = ["Khỏi", "context"]
    cells.loc[cells["text"] == "Số12-CTr/TU", "value"] = "Số"
    document, _, _ = document_table(
        Repaired.validate(cells), tmp_path / "x.pdf", 3, Corrections({}, set())
    )
    assert document[["signatory", "number"]].to_numpy().tolist() == [["Trần Lâm Khải", "12-CTr/TU"]]


def test_decisions_about_the_document_itself(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    cells = repaired(
        {"signatory": ["Trần", "Thị", "Bìch"], "number": ["Số", "07", "-CTr/TU"]},
        "document",
        "x",
        ("Bìch",),
    )
    made = decisions(
        tmp_path,
        "document,x,signatory,Trần Thị Bìch,Trần Thị Bích,change,An,2026-01-05,",
        "document,x,term,,2025 - 2030,change,,,",
    )
    document, boxes, changes = document_table(cells, tmp_path / "x.pdf", 3, made)
    assert document[["signatory", "number", "term"]].to_numpy().tolist() == [
        ["Trần Thị Bích", "07-CTr/TU", "2025 - 2030"]
    ]
    assert boxes.query("column == 'signatory'")[["confidence", "doubtful"]].to_numpy().tolist() == [
        [1.0, ""]
    ]
    assert sorted(changes[["column", "before", "after", "evidence"]].to_numpy().tolist()) == [
        ["signatory", "Trần Thị Bìch", "Trần Thị Bích", "An; 2026-01-05"],
        ["term", "", "2025 - 2030", ""],
    ]
    assert list(made.unused()) == []


@pytest.mark.parametrize(
    ("printed", "issuer", "province"),
    [
        ("UBND TỈNH HẢI VÂN SỞ Y TẾ", "Sở Y tế", "Hải Vân"),
        ("ỦY BAN NHÂN DÂN XÃ MUỐI MẶN", "Ủy ban nhân dân xã Muối Mặn", ""),
        ("SỞ CÔNG THƯƠNG", "Sở Công Thương", ""),
        ("TỈNH ỦY HẢI VÂN", "Tỉnh ủy Hải Vân", "Hải Vân"),
    ],
)
def test_a_department_below_its_committee_is_the_issuer(
    tmp_path: Path, printed: str, issuer: str, province: str
) -> None:
    (tmp_path / "x.pdf").write_bytes(b"")
    cells = repaired({"issuer": printed.split()}, "document", "x")
    document, _, _ = document_table(cells, tmp_path / "x.pdf", 3, Corrections({}, set()))
    assert document[["issuer", "province"]].to_numpy().tolist() == [[issuer, province]]


def test_issuer_and_term_follow_a_decided_title(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"")
    cells = repaired(
        {"title": ["CHƯƠNG", "TRÌNH,", "nhiệm", "kỳ", "2025", "2030."]}, "document", "x"
    )
    printed, title = (
        "CHƯƠNG TRÌNH, nhiệm kỳ 2025 2030.",
        "Chương trình của Tỉnh ủy, nhiệm kỳ 2025 - 2030",
    )
    made = decisions(tmp_path, f'document,x,title,"{printed}","{title}",change,,,')
    document, _, _ = document_table(cells, tmp_path / "x.pdf", 3, made)
    assert document[["issuer", "term"]].to_numpy().tolist() == [["Tỉnh ủy", "2025 - 2030"]]


@pytest.mark.parametrize(
    ("targets", "exact", "doubted"),
    [
        (["≥ 12", "≤ 4", ">75", "18"], "", ["3"]),
        (["≥ 12", "≤ 4", ">75", "18"], "3", []),  # text of the file itself
        (["≥12", "≤4", "> 75"], "", []),  # closed up is how this document prints them
        (["≥ 12", ">75"], "", []),
    ],
)
def test_a_sign_without_the_space_of_the_others_is_in_review(
    targets: list[str], exact: str, doubted: list[str]
) -> None:
    rows: list[dict[str, Any]] = [
        {"indicator_id": str(i), "target": target, "page_no": 4, "review": ""}
        for i, target in enumerate(targets, 1)
    ]
    values = [
        {"indicator_id": row["indicator_id"], "role": role, "review": ""}
        for row in rows
        for role in ("milestone", "target")
    ]
    tables = {"indicators": rows, "indicator_values": values}
    found = list(check_sign_spaces(tables, lambda row, _: row["indicator_id"] == exact))
    assert [finding.place for finding in found] == [f"indicators {one}" for one in doubted]
    assert [row["indicator_id"] for row in rows if row["review"] == "target"] == doubted
    named = [(row["indicator_id"], row["role"]) for row in values if row["review"] == "value"]
    assert named == [(one, "target") for one in doubted]


def series(*values: str) -> dict[str, list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for year, value in enumerate(values, 2026):
        figure = float(value.replace(",", ".").lstrip("≥ "))
        rows.append(
            {
                "indicator_id": "4",
                "period": str(year),
                "role": "milestone" if year < 2025 + len(values) else "target",
                "value": value,
                "comparator": "≥" if value[0] == "≥" else "=",
                "value_min": figure,
                "page_no": 3,
                "review": "",
            }
        )
    target = {"indicator_id": "4", "target": values[-1], "page_no": 3, "review": ""}
    return {"indicators": [target], "indicator_values": rows, "growth": []}


@pytest.mark.parametrize(
    ("values", "doubted"),
    [
        (("6,45", "6,80", "715", "7,50"), ["2028"]),  # a comma lost
        (("11,2", "1,8", "12,4", "13,1"), []),  # a thin 1, but not far enough to say so
        (("18,4", "1,9", "20,2"), ["2027"]),
        (("6,5", "7,5", "8,5", "95"), ["2029"]),  # the target's, too
        (("6,5", "7,5", "8,5", "10"), ["2029"]),  # alone without a decimal sign
        (("3", "12", "30"), []),  # a plan may grow
        (("4", "40"), []),  # two years say nothing of each other
        (("≥ 5", "≥ 60", "≥ 7"), []),
        (("0", "2", "40"), []),
    ],
)
def test_a_value_that_its_other_years_speak_against_is_in_review(
    values: tuple[str, ...], doubted: list[str]
) -> None:
    tables = series(*values)
    found = list(check_series(tables, lambda *_: False))
    assert [finding.place for finding in found] == [f"indicators 4 {year}" for year in doubted]
    in_review = [row["period"] for row in tables["indicator_values"] if row["review"] == "value"]
    assert in_review == doubted
    last = tables["indicator_values"][-1]
    assert (tables["indicators"][0]["review"] == "target") == (last["period"] in doubted)


def test_a_value_that_the_file_itself_has_is_right_whatever_the_other_years_say() -> None:
    tables = series("6,45", "6,80", "715", "7,50")
    assert not list(check_series(tables, lambda *_: True))


def test_the_spaces_behind_signs_are_told_from_the_values_of_all_years() -> None:
    tables = series("≥ 5", "≥ 6", "≥7")
    found = list(check_sign_spaces(tables, lambda *_: False))
    assert [finding.place for finding in found] == ["indicators 4"]
    assert tables["indicators"][0]["review"] == "target"


def test_a_sign_without_its_space_is_found_in_the_year_where_it_stands() -> None:
    tables = series("≥ 5", "≥6", "≥ 7")
    found = list(check_sign_spaces(tables, lambda *_: False))
    assert [finding.place for finding in found] == ["indicators 4 2027"]
    assert [row["review"] for row in tables["indicator_values"]] == ["", "value", ""]
    assert tables["indicators"][0]["review"] == ""


@pytest.mark.parametrize(
    ("text", "exact", "doubted"),
    [
        ("2,5 km 1.200 ha 14,8%", "", ["1"]),
        ("2,5 km 1.200 ha 14,8%", "1", []),  # text of the file itself
        ("2,5 km 14 ha", "", []),  # too few to say how the document writes them
        ("điểm 1.2 ngày 3.10", "", []),
    ],
)
def test_the_only_decimal_point_of_a_document_is_in_review(
    text: str, exact: str, doubted: list[str]
) -> None:
    rows: list[dict[str, Any]] = [
        {"indicator_id": str(i), "target": target, "page_no": 4, "review": ""}
        for i, target in enumerate(("> 6.5", "7", "1.450"), 1)
    ]
    values = [{"indicator_id": "1", "role": "target", "review": ""}]
    tables = {"indicators": rows, "indicator_values": values, "growth": []}
    found = check_rare_points(tables, text.split(), lambda row, _: row["indicator_id"] == exact)
    assert [finding.place for finding in found] == [f"indicators {one}" for one in doubted]
    assert [row["indicator_id"] for row in rows if row["review"]] == doubted
    assert bool(values[0]["review"]) == bool(doubted)


@pytest.mark.parametrize(
    ("targets", "doubted"),
    [(["6.5", "2,5", "3,5", "9,5"], ["1"]), (["6.5", "7.5", "2,5", "3,5"], [])],
)
def test_the_figures_themselves_tell_which_sign_is_usual(
    targets: list[str], doubted: list[str]
) -> None:
    """Whatever running text, which says nothing of a table that another office made, has."""
    rows: list[dict[str, Any]] = [
        {"indicator_id": str(i), "target": target, "page_no": 4, "review": ""}
        for i, target in enumerate(targets, 1)
    ]
    tables = {"indicators": rows, "indicator_values": [], "growth": []}
    text = ["14,8%"] * 20
    found = check_rare_points(tables, text, lambda *_: False)
    assert [finding.place for finding in found] == [f"indicators {one}" for one in doubted]
