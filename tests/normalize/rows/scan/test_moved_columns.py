"""A column that is wider or narrower than on the pages beside is marked there."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pandas as pd

from normalize.rows.scan.grid_rows import find_tables
from normalize.rows.scan.layout import frames_to_pages
from normalize.rows.scan.moved_columns import with_moved_marked
from schemas.files import read
from schemas.frames import Blocks, Pages, Words
from schemas.witnesses import MOVED
from tests.sample.cases import STORED

SIDES = ["x0", "x1"]


@cache
def frames() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    models = {"pages": Pages, "blocks": Blocks, "words": Words}
    pages, blocks, words = (
        read(model, STORED / "order" / f"{name}.parquet") for name, model in models.items()
    )
    return pages, blocks, words


def marked(blocks: pd.DataFrame) -> Counter[tuple[int, str]]:
    """How many cells of each page and column of the tables of tasks are marked."""
    pages, _, words = frames()
    tables, _ = find_tables(frames_to_pages(pages, blocks, words))
    return Counter(
        (row.page_no, column)
        for table in tables
        if table.name == "tasks"
        for row in table.rows
        for column, boxes in row.cells.items()
        for box in boxes
        if any(text == MOVED for slot in box.slots for _, text, _ in slot.readings)
    )


def edges_of(page_no: int) -> list[float]:
    """The left edges that most rows of a page's table have."""
    blocks = frames()[1]
    own = blocks[(blocks["page_no"] == page_no) & (blocks["table_no"] == 1)]
    counts = own["x0"].round(1).value_counts()
    return sorted(float(x) for x in counts[counts >= 4].index)


def moved(page_no: int, edge: float, by: float) -> pd.DataFrame:
    """The blocks with one edge of a page's columns moved."""
    blocks = frames()[1].copy()
    for side in SIDES:
        at = (blocks["page_no"] == page_no) & ((blocks[side] - edge).abs() < 2)
        blocks.loc[at, side] += by
    return blocks


def test_columns_at_the_same_places_on_all_pages_have_no_mark() -> None:
    assert marked(frames()[1]) == Counter()


def test_a_column_that_is_narrower_on_one_page_is_marked_there() -> None:
    page_no = 14
    found = marked(moved(page_no, edges_of(page_no)[2], -24.0))
    assert {page for page, _ in found} == {page_no}
    assert len({column for _, column in found}) >= 2
    assert min(found.values()) >= 2


def test_a_step_of_a_few_points_is_the_scanners() -> None:
    assert marked(moved(14, edges_of(14)[2], 5.0)) == Counter()


def test_pages_without_enough_rows_tell_nothing() -> None:
    assert with_moved_marked([[], []]) == [[], []]


def test_a_page_that_was_photographed_nearer_has_its_columns_where_they_are() -> None:
    blocks = frames()[1].copy()
    page = blocks["page_no"] == 14
    blocks.loc[page, SIDES] *= 1.04
    assert marked(blocks) == Counter()


def test_on_a_page_that_was_photographed_nearer_a_narrower_column_is_marked() -> None:
    blocks = moved(14, edges_of(14)[2], -24.0)
    page = blocks["page_no"] == 14
    blocks.loc[page, SIDES] *= 1.04
    assert {page_no for page_no, _ in marked(blocks)} == {14}
