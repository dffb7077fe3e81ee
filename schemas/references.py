"""Rules between the published tables of one document.

Every reference must lead to a row, and what is said in two places must be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
import pandera.pandas as pa

from schemas.checking import row_ids
from schemas.errors import Breach
from schemas.rules import split

# the rows above a row: where one is missing the row is in review until a person has settled it
_SETTLED = ("parent_id", "group_id", "section_id")
Models = Mapping[str, type[pa.DataFrameModel]]
Tables = Mapping[str, pd.DataFrame]


def references_of(model: type[pa.DataFrameModel]) -> list[tuple[list[str], str, list[str]]]:
    """A table's references: its columns, the other table, the columns there."""
    return [
        reference
        for known in (model.get_metadata() or {}).values()
        for reference in known["dataframe"]["references"]
    ]


def breaches_between(models: Models, tables: Tables) -> list[Breach]:
    """Every broken rule between tables; each table must have been checked by itself before."""
    rules = (
        _dangling_references,
        _dangling_rows,
        _dangling_extras,
        _dangling_indicator_leads,
        _unequal_lists,
        _pages_beyond_the_last,
    )
    return [breach for rule in rules for breach in rule(models, tables)]


def _dangling_references(models: Models, tables: Tables) -> Iterator[Breach]:
    for name, model in models.items():
        ids = row_ids(model, tables[name])
        for columns, other, others_columns in references_of(model):
            if columns[-1] in _SETTLED:
                continue
            known = set(tables[other][others_columns].itertuples(index=False, name=None))
            reviews = (
                tables[name]["review"].tolist()
                if "review" in tables[name].columns
                else [""] * len(ids)
            )
            for row_id, parts, review in zip(
                ids, tables[name][columns].itertuples(index=False, name=None), reviews, strict=True
            ):
                if parts[-1] != "" and parts not in known and columns[-1] not in split(review):
                    yield Breach(name, row_id, columns[-1], f"not a row of {other}")


def holds(
    tables: Tables, name: str, columns: list[str], other: str, others_columns: list[str]
) -> bool:
    """Whether a reference leads somewhere in every row, those in review included."""
    known = set(tables[other][others_columns].itertuples(index=False, name=None))
    return all(
        parts[-1] == "" or parts in known
        for parts in tables[name][columns].itertuples(index=False, name=None)
    )


def _dangling_rows(models: Models, tables: Tables) -> Iterator[Breach]:
    known = {name: set(row_ids(model, tables[name])) for name, model in models.items()}
    for name in ("cells", "repairs", "citations"):
        rows = tables[name][["table", "row_id", "column"]].itertuples(index=False, name=None)
        for own_id, (table, row_id, column) in zip(
            row_ids(models[name], tables[name]), rows, strict=True
        ):
            if row_id not in known[table]:
                yield Breach(name, own_id, "row_id", f"not a row of {table}")
            if column not in tables[table].columns:
                yield Breach(name, own_id, "column", f"not a column of {table}")


def _dangling_extras(models: Models, tables: Tables) -> Iterator[Breach]:
    known = {name: set(row_ids(model, tables[name])) for name, model in models.items()}
    for table, row_id, label in tables["extras"][["table", "row_id", "label"]].itertuples(
        index=False, name=None
    ):
        if row_id not in known[table]:
            yield Breach("extras", f"{table}|{row_id}|{label}", "row_id", f"not a row of {table}")


def _dangling_indicator_leads(_: Models, tables: Tables) -> Iterator[Breach]:
    known, frame = set(tables["bodies"]["body_id"]), tables["indicators"]
    for indicator_id, lead_ids in zip(frame["indicator_id"], frame["lead_ids"], strict=True):
        if not set(split(lead_ids)) <= known:
            yield Breach("indicators", indicator_id, "lead_ids", "not a row of bodies")


def _unequal_lists(_: Models, tables: Tables) -> Iterator[Breach]:
    names: dict[tuple[str, str], list[str]] = {}
    for indicator_id, name in tables["indicator_bodies"][["indicator_id", "name"]].itertuples(
        index=False, name=None
    ):
        names.setdefault((indicator_id, ""), []).append(name)
    for indicator_id, joined in zip(
        tables["indicators"]["indicator_id"], tables["indicators"]["lead"], strict=True
    ):
        if joined != "; ".join(names.get((indicator_id, ""), [])):
            yield Breach("indicators", indicator_id, "lead", "not the names in indicator_bodies")
    names.clear()
    for task_id, role, name in tables["task_bodies"][["task_id", "role", "name"]].itertuples(
        index=False, name=None
    ):
        names.setdefault((task_id, role), []).append(name)
    for role in ("lead", "coordinating"):
        for task_id, joined in zip(tables["tasks"]["task_id"], tables["tasks"][role], strict=True):
            if joined != "; ".join(names.get((task_id, role), [])):
                yield Breach("tasks", task_id, role, "not the names in task_bodies")


def _pages_beyond_the_last(models: Models, tables: Tables) -> Iterator[Breach]:
    last = int(tables["document"]["pages"].iloc[0])
    for name, model in models.items():
        if "page_no" in tables[name].columns:
            beyond = tables[name]["page_no"] > last
            for row_id in row_ids(model, tables[name][beyond]):
                yield Breach(name, row_id, "page_no", "beyond the document's last page")
