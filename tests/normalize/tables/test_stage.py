"""The fourth stage as a whole: what it takes over from the stages before."""

import pandas as pd

from normalize.tables.stage import in_contract
from schemas.published import TABLES
from schemas.table_kinds import KINDS


def repairs(places: list[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "repair_id": [f"r{number}" for number, _ in enumerate(places, 1)],
            "table": [table for table, _ in places],
            "row_id": "1",
            "column": [column for _, column in places],
            "after": [f"word {number}" for number, _ in enumerate(places, 1)],
        }
    )


def test_a_word_of_the_column_for_both_roles_is_a_repair_of_each() -> None:
    both = ("tasks", "lead_and_coordinating")
    found = in_contract(repairs([("tasks", "task"), both, ("groups", "title")]))
    assert found["column"].tolist() == ["task", "lead", "coordinating", "title"]
    assert found["after"].tolist() == ["word 1", "word 2", "word 2", "word 3"]
    assert found["repair_id"].tolist() == ["r1", "r2", "r3", "r4"]


def test_repairs_of_every_printed_column_stand_in_columns_of_their_table() -> None:
    kinds = [kind for kind in KINDS.values() if kind.name in TABLES]
    printed = [(kind.name, column.name) for kind in kinds for column in kind.columns]
    found = in_contract(repairs(printed))
    assert len(found) >= len(printed)
    for table, column in zip(found["table"], found["column"], strict=True):
        assert column in TABLES[table].to_schema().columns, (table, column)


def test_a_document_without_repairs_has_none() -> None:
    assert in_contract(repairs([]).astype(str)).empty
