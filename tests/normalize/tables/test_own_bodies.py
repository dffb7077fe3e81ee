"""Names that no list has: bodies of the document where they recur; ditto marks; lines that begin
anew.
"""

from __future__ import annotations

import json

import pandas as pd
import pytest

from normalize.bodies.listed import load_bodies
from normalize.bodies.match import _decode
from normalize.tables.cells import repaired_to_cells
from normalize.tables.coded import Matcher
from normalize.tables.corrections import Corrections
from normalize.tables.own_bodies import column_rooms, recurring_names
from normalize.tables.rows_to_tables import rows_to_tables
from normalize.values.dittos import is_ditto
from schemas.row_frames import Repaired, Rows


def tables_of(
    rows: list[dict[str, str]], height: float = 100.0, date: str = ""
) -> dict[str, pd.DataFrame]:
    """The published tables of tasks whose cells hold these texts, a line ending at ` / `.

    Rows of no height are one cell of the page that reaches over them all. ``date`` is the
    document's.
    """
    empty = dict.fromkeys(Rows.to_schema().columns, "")
    words, found = [], []
    for number, cells in enumerate(rows, 1):
        place = {"table": "tasks", "row_id": f"1.{number}", "page_no": 2}
        found.append({**empty, **place, "group_id": "1", "appendix": "3"})
        texts = {"task": "Rà soát quy hoạch.", **cells}
        for step, (column, text) in enumerate(texts.items()):
            words += printed(place | {"column": column}, text, height * (number + step / 10))
    group = {**empty, "table": "groups", "row_id": "3|1", "number": "1", "page_no": 2}
    columns = list(Repaired.to_schema().columns)
    frame = Repaired.validate(pd.DataFrame(words)[columns])
    rows_frame = Rows.validate(pd.DataFrame([group, *found]))
    matcher = Matcher(load_bodies(), date=date)
    return rows_to_tables(rows_frame, frame, matcher, Corrections({}, set()))[0]


def printed(place: dict[str, object], text: str, down: float = 0.0) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for line_no, line in enumerate(text.split(" / "), 1):
        left = 10.0
        for word in line.split():
            right = left + 6.0 * len(word)
            readings = [["vie", word, 0.9], ["line", word, 0.9]]
            found.append(
                {
                    **place,
                    "part": 1,
                    "word_no": len(found) + 1,
                    "line_no": line_no,
                    "block_no": 1,
                    "text": word,
                    "confidence": 0.9,
                    "readings": json.dumps(readings),
                    "x0": left,
                    "top": down + 20.0 * line_no,
                    "x1": right,
                    "bottom": down + 20.0 * line_no + 9,
                    "value": word,
                    "value_confidence": 0.99,
                    "doubtful": False,
                    "rule": "",
                    "offered": "",
                }
            )
            left = right + 4.0
    return found


def test_a_name_that_recurs_is_a_body_and_one_that_stands_once_is_in_review() -> None:
    tables = tables_of(
        [
            {"lead": "Sở Y tế", "coordinating": "Hội Đông y tỉnh, Quỹ Bảo trợ trẻ em Hải Vân"},
            {"lead": "Hội Đông y tỉnh", "coordinating": "Sở Tài chính; Hội Đông y tỉnh"},
        ]
    )
    names = tables["task_bodies"][["task_id", "role", "body_id", "name"]].to_numpy().tolist()
    assert names == [
        ["1.1", "lead", "so-y-te", "Sở Y tế"],
        ["1.1", "coordinating", "hoi-dong-y-tinh", "Hội Đông y tỉnh"],
        ["1.1", "coordinating", "", "Quỹ Bảo trợ trẻ em Hải Vân"],
        ["1.2", "lead", "hoi-dong-y-tinh", "Hội Đông y tỉnh"],
        ["1.2", "coordinating", "so-tai-chinh", "Sở Tài chính"],
        ["1.2", "coordinating", "hoi-dong-y-tinh", "Hội Đông y tỉnh"],
    ]
    assert tables["tasks"]["review"].tolist() == ["coordinating", ""]
    assert tables["bodies"].iloc[-1].to_dict() == {
        "body_id": "hoi-dong-y-tinh",
        "name": "Hội Đông y tỉnh",
        "kind": "unlisted",
        "is_generic": False,
        "uses": 3,
    }


def test_a_cell_that_reaches_over_several_rows_is_one_cell() -> None:
    tables = tables_of([{"lead": "Hội Đông y tỉnh"}] * 3, height=0.0)
    assert tables["task_bodies"]["body_id"].tolist() == [""] * 3
    assert tables["tasks"]["review"].tolist() == ["lead"] * 3


def test_a_misread_name_is_no_body_beside_the_one_that_it_misreads() -> None:
    names = ["Hội Đông y tỉnh"] * 3 + ["Hội Đỏng y tinh"] * 2 + ["Hội Nghề cá tỉnh"] * 2
    assert recurring_names(names) == ["Hội Đông y tỉnh", "Hội Nghề cá tỉnh"]
    assert recurring_names(["các vùng khác", "các vùng khác", "một hai ba", "một hai ba"]) == [
        "các vùng khác"
    ]


@pytest.mark.parametrize("mark", ["nt", "-nt-", "Như trên", "- nt -"])
def test_a_ditto_mark_stands_for_the_value_above(mark: str) -> None:
    tables = tables_of(
        [
            {"lead": "Sở Y tế", "deadline": "31/12/2027"},
            {"lead": mark, "deadline": mark},
            {"lead": "nt"},
        ]
    )
    tasks = tables["tasks"]
    assert tasks["lead"].tolist() == ["Sở Y tế"] * 3
    assert tasks["end"].tolist() == ["2027-12-31", "2027-12-31", ""]
    assert tasks["review"].tolist() == ["", "", ""]
    changes = tables["repairs"][["row_id", "column", "after", "rule"]].to_numpy().tolist()
    assert changes[:2] == [
        ["1.2", "lead", "Sở Y tế", "ditto"],
        ["1.2", "deadline", "31/12/2027", "ditto"],
    ]


def test_a_ditto_mark_with_nothing_above_it_is_in_review() -> None:
    tasks = tables_of([{"lead": "nt"}])["tasks"]
    assert (tasks["lead"].tolist(), tasks["review"].tolist()) == (["nt"], ["lead"])
    assert not is_ditto(["NTM"])
    assert not is_ditto(["nt", "Sở Nội vụ tỉnh An Lĩnh"])


def test_a_cell_of_both_roles_without_labels_leads_with_its_first_and_is_in_review() -> None:
    tables = tables_of([{"lead_and_coordinating": "Sở Y tế, Sở Tài chính, Công an tỉnh"}])
    task = tables["tasks"].iloc[0]
    assert (task["lead"], task["coordinating"]) == ("Sở Y tế", "Sở Tài chính; Công an tỉnh")
    assert task["review"] == "lead; coordinating"


def test_a_cell_is_matched_once_where_no_name_is_the_documents_own() -> None:
    _decode.cache_clear()
    tables = tables_of([{"lead": "Sở Y tế"}, {"lead": "Công an tỉnh"}], date="2026-02-03")
    assert tables["tasks"]["lead"].tolist() == ["Sở Y tế", "Công an tỉnh"]
    assert _decode.cache_info().misses == len({"Sở Y tế", "Công an tỉnh"})


def test_a_line_with_room_for_the_next_word_ends_there() -> None:
    place = {"table": "tasks", "row_id": "1.1", "page_no": 2, "column": "lead"}
    words = printed(place, "Viện Hải dương học và Thủy văn / Trường Cao đẳng Nghề cá / Cảng vụ")
    cells = repaired_to_cells(pd.DataFrame(words))
    rooms = column_rooms(cells.values())
    assert [rooms.breaks(cell) for cell in cells.values()] == [frozenset((2,))]


@pytest.mark.parametrize(("before", "breaks"), [(100.0, set[int]()), (0.0, {1})])
def test_words_cut_from_before_a_line_took_its_room(before: float, breaks: set[int]) -> None:
    place = {"table": "tasks", "row_id": "1.1", "page_no": 2, "column": "coordinating"}
    words = pd.DataFrame(printed(place, "Hội đồng / các trường nghề Bắc Lĩnh"))
    words.loc[words["line_no"] == 1, ["x0", "x1"]] += before
    (cell,) = repaired_to_cells(words).values()
    assert column_rooms([cell]).breaks(cell) == breaks
