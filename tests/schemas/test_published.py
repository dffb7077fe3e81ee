"""The models of the published tables against the contract's own wording, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from schemas.checking import key_of
from schemas.errors import Breach, TableError
from schemas.published import TABLES, check_table, check_tables, rounded
from tests.normalize.tables.tables import small_tables

CONTRACT = {
    "document": (
        "document",
        (
            "document kind title number date issuer province term signatory notice notes pages "
            "source_sha256 contract_version"
        ),
    ),
    "appendices": (
        "appendix",
        "appendix kind label title page_no last_page_no rows confidence review",
    ),
    "groups": ("appendix group_id", "appendix group_id parent_id title page_no confidence review"),
    "tasks": (
        "task_id",
        (
            "task_id parent_id group_id section_id task lead coordinating deadline deadline_kind "
            "start end funding funding_codes "
            "product note number appendix page_no confidence review"
        ),
    ),
    "task_bodies": ("task_id role position", "task_id role position body_id name printed"),
    "milestones": ("task_id position", "task_id position label kind start end recurrence"),
    "indicators": (
        "indicator_id",
        (
            "indicator_id group_id name unit target comparator target_min target_max lead "
            "lead_ids number appendix "
            "page_no confidence review"
        ),
    ),
    "indicator_values": (
        "indicator_id period",
        (
            "indicator_id period period_start period_end role value comparator value_min value_max "
            "page_no confidence review"
        ),
    ),
    "indicator_bodies": (
        "indicator_id position",
        "indicator_id position body_id name printed",
    ),
    "growth": (
        "line_id period",
        (
            "line_id measure name unit period period_start period_end value value_min value_max "
            "page_no confidence review"
        ),
    ),
    "paragraphs": (
        "paragraph_id",
        "paragraph_id section_path kind number text refers_to page_no confidence review",
    ),
    "citations": (
        "citation_id",
        "citation_id table row_id column document_kind number date issuer printed",
    ),
    "extras": (
        "table row_id label",
        "table row_id label value page_no confidence review",
    ),
    "other_cells": (
        "table_no row column",
        (
            "table_no appendix row column row_span column_span is_header text "
            "page_no confidence review"
        ),
    ),
    "bodies": ("body_id", "body_id name kind is_generic uses"),
    "cells": (
        "table row_id column part",
        (
            "table row_id column part page_no x0 top x1 bottom printed value confidence readings "
            "doubtful"
        ),
    ),
    "repairs": (
        "repair_id",
        "repair_id table row_id column page_no word_no before after rule evidence confidence",
    ),
}


def test_tables_columns_and_keys_are_the_contracts() -> None:
    found = {
        name: (" ".join(key_of(model)), " ".join(model.to_schema().columns))
        for name, model in TABLES.items()
    }
    assert found == CONTRACT


def test_a_whole_document_passes_and_is_not_changed() -> None:
    tables = small_tables()
    checked = check_tables(tables)
    assert list(checked) == list(CONTRACT)
    for name, frame in checked.items():
        pd.testing.assert_frame_equal(frame, tables[name].astype(frame.dtypes.to_dict()))


def test_empty_tables_pass() -> None:
    for name, model in TABLES.items():
        if name != "document":
            assert (
                len(
                    check_table(
                        name, pd.DataFrame({column: [] for column in model.to_schema().columns})
                    )
                )
                == 0
            )


def test_rounding_is_that_of_the_files() -> None:
    frame = pd.DataFrame({"confidence": [0.98765], "x0": [12.3456], "page_no": [3]})
    assert rounded(frame).to_dict("records") == [{"confidence": 0.988, "x0": 12.3, "page_no": 3}]


def breaches_of(change: Callable[[dict[str, pd.DataFrame]], Any]) -> list[Breach]:
    tables = small_tables()
    change(tables)
    with pytest.raises(TableError) as caught:
        check_tables(tables)
    return list(caught.value.breaches)


def put(
    table: str, row: int, column: str, value: object
) -> Callable[[dict[str, pd.DataFrame]], Any]:
    def change(tables: dict[str, pd.DataFrame]) -> None:
        values: list[Any] = tables[table][column].tolist()
        values[row] = value
        tables[table][column] = values

    return change


SINGLE_FAULTS = [
    (
        "tasks",
        0,
        "task",
        "hoá ",
        Breach("tasks", "1.1.10", "task", "not NFC, or stray white space"),
    ),
    (
        "tasks",
        0,
        "task",
        "hoa\u0301",
        Breach("tasks", "1.1.10", "task", "not NFC, or stray white space"),
    ),
    (
        "tasks",
        0,
        "task",
        "a\nb",
        Breach("tasks", "1.1.10", "task", "not NFC, or stray white space"),
    ),
    ("tasks", 0, "start", "2030-01-01", Breach("tasks", "1.1.10", "start", "after end")),
    (
        "tasks",
        0,
        "start",
        "",
        Breach("tasks", "1.1.10", "deadline_kind", "the kind does not go with the dates"),
    ),
    (
        "tasks",
        0,
        "deadline",
        "",
        Breach("tasks", "1.1.10", "deadline_kind", "read from an empty deadline"),
    ),
    (
        "tasks",
        0,
        "funding",
        "",
        Breach("tasks", "1.1.10", "funding_codes", "read from an empty funding"),
    ),
    (
        "tasks",
        0,
        "funding_codes",
        "ppp; gold",
        Breach("tasks", "1.1.10", "funding_codes", "an unknown code, or one twice"),
    ),
    (
        "tasks",
        0,
        "review",
        "lead; leed",
        Breach("tasks", "1.1.10", "review", "names something that is not a column, or one twice"),
    ),
    (
        "tasks",
        0,
        "lead",
        "Sở Tài chính",
        Breach("tasks", "1.1.10", "lead", "not the names in task_bodies"),
    ),
    (
        "tasks",
        0,
        "page_no",
        9,
        Breach("tasks", "1.1.10", "page_no", "beyond the document's last page"),
    ),
    (
        "tasks",
        0,
        "confidence",
        1.5,
        Breach("tasks", "1.1.10", "confidence", "less_than_or_equal_to(1)"),
    ),
    (
        "task_bodies",
        1,
        "body_id",
        "so-la",
        Breach("task_bodies", "1.1.10|lead|2", "body_id", "not a row of bodies"),
    ),
    (
        "task_bodies",
        1,
        "position",
        3,
        Breach("task_bodies", "1.1.10|lead|3", "position", "does not count 1, 2, ..."),
    ),
    (
        "task_bodies",
        2,
        "task_id",
        "1.1.12",
        Breach("task_bodies", "1.1.12|coordinating|1", "task_id", "not a row of tasks"),
    ),
    (
        "indicators",
        0,
        "target_max",
        95.0,
        Breach("indicators", "5", "comparator", "does not go with target_min and target_max"),
    ),
    (
        "indicators",
        1,
        "target_min",
        4.0,
        Breach("indicators", "14.2", "target_min", "above target_max"),
    ),
    (
        "indicators",
        0,
        "lead_ids",
        "so-la",
        Breach("indicators", "5", "lead_ids", "not a row of bodies"),
    ),
    (
        "growth",
        0,
        "period_end",
        "2025-02-30",
        Breach("growth", "I|Giai đoạn 2020 - 2025", "period_end", "not an ISO date"),
    ),
    (
        "paragraphs",
        1,
        "refers_to",
        "1.x",
        Breach("paragraphs", "I#2", "refers_to", "not a point of the appendix of tasks"),
    ),
    (
        "cells",
        2,
        "column",
        "deadline",
        Breach(
            "cells", "growth|I|Giai đoạn 2020 - 2025|deadline|1", "column", "not a column of growth"
        ),
    ),
    ("cells", 0, "x0", 200.0, Breach("cells", "tasks|1.1.10|lead|1", "x0", "right of x1")),
    ("repairs", 0, "row_id", "1.1.1", Breach("repairs", "1", "row_id", "not a row of tasks")),
    (
        "citations",
        0,
        "row_id",
        "I#9",
        Breach("citations", "1", "row_id", "not a row of paragraphs"),
    ),
    (
        "document",
        0,
        "source_sha256",
        "0",
        Breach("document", "sample", "source_sha256", "str_matches('^[0-9a-f]{64}$')"),
    ),
]


@pytest.mark.parametrize(("table", "row", "column", "value", "expected"), SINGLE_FAULTS)
def test_a_fault_is_named_by_place_and_rule(
    table: str, row: int, column: str, value: object, expected: Breach
) -> None:
    assert expected in breaches_of(put(table, row, column, value))


def test_a_repeated_key_is_named_for_each_row() -> None:
    assert breaches_of(put("indicators", 0, "indicator_id", "14.2")) == [
        Breach("indicators", "14.2", "", "the key comes twice")
    ]


def test_a_row_above_may_be_missing_where_a_person_has_settled_it() -> None:
    """Such a row is in review while nobody has: normalize/tables/checks.py sees to that."""
    tables = small_tables()
    tables["tasks"] = tables["tasks"].drop(index=1)
    assert check_tables(tables)["tasks"]["parent_id"].tolist()[-1] == "1.1.11"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda tables: tables.pop("cells"), [Breach("cells", "", "", "the table is missing")]),
        (
            lambda tables: tables.update(extra=pd.DataFrame()),
            [Breach("extra", "", "", "no such table in the contract")],
        ),
        (
            lambda tables: tables["bodies"].pop("uses"),
            [Breach("bodies", "", "uses", "the column is missing")],
        ),
        (
            lambda tables: tables["bodies"].insert(0, "x", 1),
            [Breach("bodies", "", "x", "no such column in the model")],
        ),
    ],
)
def test_missing_and_unknown_tables_and_columns(
    change: Callable[[dict[str, pd.DataFrame]], Any], expected: list[Breach]
) -> None:
    assert breaches_of(change) == expected


def test_columns_out_of_order_are_refused() -> None:
    frame = small_tables()["bodies"]
    with pytest.raises(TableError, match="out of order"):
        check_table("bodies", frame[frame.columns[::-1]])


def test_the_message_holds_no_cell_text() -> None:
    tables = small_tables()
    put("tasks", 0, "task", "bí mật  bí mật")(tables)
    put("tasks", 0, "start", "bí mật")(tables)
    with pytest.raises(TableError) as caught:
        check_tables(tables)
    assert "bí mật" not in str(caught.value)
    # pandera's own message, which shows cells, is not printed with it
    assert caught.value.__context__ is None
