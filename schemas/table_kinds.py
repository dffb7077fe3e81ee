"""What is known of the tables before a document is read: one entry a table, one entry a column.

All else reads it here: the models of the published tables, the columns of scans and of dumps, the
gate, the workbook, the review page and the diff. A new optional column of free words is one more
``PrintedColumn`` below, its labels in normalize/lists/headers.csv, and a test.

Nothing of ours is imported, and no library: the command line reads the tables' names at its start.

Long: the one registry of tables and columns; a part of it elsewhere would be overlooked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

TABLE_NAMES = (  # all published tables, in the order of the contract
    "document", "appendices", "groups", "tasks", "task_bodies", "milestones", "indicators",
    "indicator_values", "indicator_bodies", "growth", "paragraphs", "citations", "extras",
    "other_cells", "bodies", "cells", "repairs",
)  # fmt: skip
BOTH = "lead_and_coordinating"  # one column for both roles
BEGIN = "begin"  # of two columns of times the one that says when a task begins
GROUP_LEVELS = ("group", "section")  # of rows that head others, as the numbering calls them

_COUNTER = r"(\d+|[IVXLCDM]+|[A-HĐ]|[a-hđ])"
# 1.1.2, 7, II.3, A.I.3, a.2; of a second appendix of its kind 4/II.3
ROW_ID = rf"^(\d+/)?{_COUNTER}(\.{_COUNTER})*$"
# and sub-rows: 2.2.3(1), A.2(a)
TASK_ID = rf"^(\d+/)?{_COUNTER}(\.{_COUNTER})*(\((\d+|[a-zđ])\))?$"


@dataclass(frozen=True)
class PrintedColumn:
    """A column whose cells are printed in the document.

    ``holds``: number (the row's own), text (the row's main one), words (free words, optional),
    bodies, deadline, funding, unit, target or value; a dump is cut into cells by it.
    ``follows``: the published columns that are derived from it, so that doubt about it covers them.
    ``closed``: the one of them whose values are a closed set. ``published``: the columns that
    stand for it where the contract has none of its name.
    """

    name: str
    holds: str = "text"
    follows: tuple[str, ...] = ()
    closed: str = ""
    published: tuple[str, ...] = ()
    required: bool = False  # a header without two such columns is of another table
    always: bool = False  # and without this one the table cannot be read
    tells: bool = False  # its header tells the table from others
    by_contents: bool = False  # can be told by what stands in its cells
    usual: bool = False  # stands in most such tables
    seldom_empty: bool = False  # an empty cell is more likely a lost one


@dataclass(frozen=True)
class TableKind:
    """A table whose rows stand in the document.

    ``key``: the column of a row's own number, empty where it has none. ``text``: that of its main
    text. ``row_key``: the columns whose values, joined by ``|``, are its row_id elsewhere.
    ``same_by``: the columns that tell a row from others when two versions are compared.
    ``sheds``: the signs that its texts lose at their beginning and at their end.
    """

    name: str
    columns: tuple[PrintedColumn, ...] = ()
    key: str = ""
    text: str = ""
    row_key: tuple[str, ...] = ()
    own_id: str = ""  # the part of the row_key that is the row's own
    same_by: tuple[str, ...] = ()
    sheds: tuple[str, str] = ("", "")
    number_form: str = ""  # what a person may write for a row's number
    is_cited: bool = False  # legal documents are looked for in its text
    text_may_be_empty: bool = False
    dump_appendix: str = ""  # of a dump, where labels and kinds of tables go together

    def column(self, name: str) -> PrintedColumn | None:
        """The column of that name, None where the table has no such printed column."""
        return next((column for column in self.columns if column.name == name), None)

    def names(self, trait: str) -> tuple[str, ...]:
        """The names of the columns that have a trait, such as ``usual``."""
        return tuple(column.name for column in self.columns if getattr(column, trait))

    def in_contract(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Columns as the contract names them, each once: behind its own those that stand for
        others, ``lead`` and ``coordinating`` for the one of both roles.
        """
        stand = {column.name: column.published for column in self.columns if column.published}
        own = [name for name in columns if name not in stand]
        others = (stand[name] for name in columns if name in stand)
        return tuple(dict.fromkeys((*own, *chain.from_iterable(others))))

    @property
    def free(self) -> tuple[str, ...]:
        """The optional columns of free words."""
        return tuple(column.name for column in self.columns if column.holds == "words")

    @property
    def derived(self) -> Mapping[str, str]:
        """Each column that follows from a printed one, with that one."""
        return {name: column.name for column in self.columns for name in column.follows}


_KINDS = (  # in the order in which their rows are published
    TableKind(
        "document",
        (
            PrintedColumn("issuer", follows=("province",)),
            PrintedColumn("title", follows=("term", "kind")),
        ),
    ),
    TableKind(
        "appendices",
        text="title",
        row_key=("appendix",),
        same_by=("title",),
        text_may_be_empty=True,
    ),
    TableKind(
        "groups",
        (PrintedColumn("group_id", "number", ("parent_id",)), PrintedColumn("title")),
        key="group_id",
        text="title",
        row_key=("appendix", "group_id"),
        own_id="group_id",
        same_by=("title",),
        is_cited=True,
    ),
    TableKind(
        "tasks",
        (
            PrintedColumn(
                "task_id",
                "number",
                ("parent_id", "group_id", "section_id", "number", "appendix"),
                required=True,
                usual=True,
            ),
            PrintedColumn("task", required=True, always=True, tells=True, usual=True),
            PrintedColumn(
                "lead",
                "bodies",
                required=True,
                tells=True,
                by_contents=True,
                usual=True,
                seldom_empty=True,
            ),
            PrintedColumn(BOTH, "bodies", published=("lead", "coordinating"), tells=True),
            PrintedColumn("coordinating", "bodies", usual=True, seldom_empty=True),
            PrintedColumn(
                "deadline",
                "deadline",
                ("deadline_kind", "start", "end"),
                closed="deadline_kind",
                required=True,
                tells=True,
                by_contents=True,
                usual=True,
                seldom_empty=True,
            ),
            PrintedColumn(BEGIN, "deadline", published=("deadline",)),
            PrintedColumn(
                "funding",
                "funding",
                ("funding_codes",),
                closed="funding_codes",
                usual=True,
                seldom_empty=True,
            ),
            PrintedColumn("product", "words"),
            PrintedColumn("note", "words"),
        ),
        key="task_id",
        text="task",
        row_key=("task_id",),
        same_by=("task",),
        number_form=TASK_ID,
        is_cited=True,
        dump_appendix="3",
    ),
    TableKind(
        "indicators",
        (
            PrintedColumn(
                "indicator_id",
                "number",
                ("group_id", "number", "appendix"),
                required=True,
                tells=True,
                usual=True,
            ),
            PrintedColumn("name", required=True, always=True, tells=True, usual=True),
            PrintedColumn("unit", "unit", tells=True, usual=True),
            PrintedColumn(  # or a column for each year
                "target",
                "target",
                ("comparator", "target_min", "target_max"),
                closed="comparator",
                required=True,
                always=True,
                tells=True,
                by_contents=True,
                usual=True,
                seldom_empty=True,
            ),
            # of other years, which have rows of their own
            PrintedColumn("value", "target", published=("target",), tells=True),
            PrintedColumn(
                "lead", "bodies", ("lead_ids",), tells=True, usual=True, seldom_empty=True
            ),
        ),
        key="indicator_id",
        text="name",
        row_key=("indicator_id",),
        same_by=("name",),
        sheds=("-–— ", ""),
        number_form=TASK_ID,
        is_cited=True,
        dump_appendix="1",
    ),
    TableKind(
        "indicator_values",
        (
            PrintedColumn("period", "period", ("period_start", "period_end", "role")),
            PrintedColumn("value", "target", ("comparator", "value_min", "value_max")),
        ),
        row_key=("indicator_id", "period"),
        own_id="period",
        same_by=("indicator_id", "period", "value"),
    ),
    TableKind(
        "growth",
        (
            PrintedColumn("line_id", "number", required=True, usual=True),
            PrintedColumn("measure"),
            PrintedColumn("name", required=True, always=True, usual=True),
            PrintedColumn("unit", "unit", usual=True),
            PrintedColumn("period", "period", ("period_start", "period_end")),
            PrintedColumn(
                "value",
                "value",
                ("value_min", "value_max"),
                required=True,
                always=True,
                tells=True,
                usual=True,
            ),
        ),
        key="line_id",
        text="name",
        row_key=("line_id", "period"),
        own_id="line_id",
        same_by=("measure", "name", "period"),
        sheds=("-–— ", ": "),
        dump_appendix="2",
    ),
    TableKind(
        "paragraphs",
        (
            PrintedColumn("paragraph_id", "number", ("section_path",)),
            PrintedColumn("number", "number", ("kind",)),
            PrintedColumn("text", follows=("refers_to",)),
        ),
        key="number",
        text="text",
        row_key=("paragraph_id",),
        same_by=("text",),
        is_cited=True,
    ),
    TableKind(
        "extras",
        text="value",
        row_key=("table", "row_id", "label"),
        own_id="label",
        same_by=("row_id", "label", "value"),
    ),
    TableKind(
        "other_cells",
        text="text",
        row_key=("table_no", "row", "column"),
        own_id="row",
        same_by=("text",),
    ),
)
KINDS: Mapping[str, TableKind] = {kind.name: kind for kind in _KINDS}
ROW_TABLES = tuple(KINDS)  # those that cells, repairs and citations belong to
ORDER: Mapping[str, int] = {name: place for place, name in enumerate(KINDS)}
# those that a header tells, and that have a row number of their own
RULED = tuple(name for name, kind in KINDS.items() if kind.names("required"))
