"""Whatever stands in a ruled table is published: in its row, in extras, or in other_cells."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from normalize.rows.records import Assembly, records_to_rows
from normalize.rows.roles import with_roles
from normalize.rows.scan.layout import PageLayout
from normalize.rows.scan.rows import pages_to_assembly
from schemas.errors import LayoutError
from schemas.published import TABLES
from schemas.rules import split
from tests.normalize.rows.scan.test_find_tables import Row, line, moved, page

TASKS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Cấp trình")
GROWTH = ("TT", "Chỉ tiêu", "ĐVT", "Giai đoạn 2021 - 2025", "Giai đoạn 2026 - 2030")
BODIES = ("Sở Y tế", "Sở Xây dựng", "Công an tỉnh")
PLACES = ("bãi Vừng", "cầu Tre", "đập Cả", "hồ Sen", "chợ Mới", "đèo Lửa", "ga Hạ", "bến Thóc")


def task(number: str, place: int) -> Row:
    return (number, f"Rà soát {PLACES[place % 8]}", BODIES[place % 3], "Năm 2026", "HĐND tỉnh")


def published(assembly: Assembly) -> list[str]:
    return [
        slot.text
        for record in assembly.records
        for pieces in record.cells.values()
        for piece in pieces
        for slot in piece.slots
    ]


def lost(pages: Sequence[PageLayout]) -> list[str]:
    """The words of cells below the header that no record has, row numbers aside."""
    words = published(pages_to_assembly(pages))
    printed = [
        slot.text
        for layout in pages
        for boxes in layout.tables
        for box in boxes
        if box.row and box.column
        for slot in box.slots
    ]
    return [word for word in printed if words.count(word) < printed.count(word)]


def left_over(*pages: PageLayout) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (record.row_id, " ".join(s.text for p in record.cells["text"] for s in p.slots), r.review)
        for r in pages_to_assembly(pages).records
        if r.table == "other_cells"
        for record in [r]
    ]


def test_what_stands_beside_a_groups_title_is_kept_and_in_review() -> None:
    group = ("I", "GIAO THÔNG", "Sở Xây dựng", "", "")
    found = page(TASKS, group, task("1", 0), task("2", 1), ("II", "Y TẾ", "", "", ""), task("3", 2))
    assert left_over(found) == [("1|2|3", "Sở Xây dựng", ("text",))]
    findings = pages_to_assembly([found]).findings
    assert [f.place for f in findings if f.rule == "cells_left_over"] == ["tasks row 2"]


def test_a_line_of_growth_without_a_figure_is_kept() -> None:
    rows = (
        ("1", "Nông nghiệp", "%", "3,1", "3,5"),
        ("2", "Trong đó chăn nuôi", "", "", ""),
        ("3", "Dịch vụ", "%", "7", "8"),
    )
    assert [text for _, text, _ in left_over(page(GROWTH, *rows))] == ["Trong đó chăn nuôi"]


def test_a_row_that_only_counts_like_one_of_column_numbers_is_a_row() -> None:
    rows = (("1", "Lúa", "Ha", "4", "5"), ("2", "Ngô", "Ha", "7", "9"), ("3", "Cà", "Ha", "1", "3"))
    assert lost([page(GROWTH, *rows)]) == []


def test_a_table_all_of_whose_words_are_in_rows_leaves_nothing() -> None:
    assert left_over(page(TASKS, task("1", 0), task("2", 1), task("3", 2))) == []


@pytest.mark.parametrize("seed", range(40))
def test_no_word_of_a_table_is_lost_whatever_its_rows_are(seed: int) -> None:
    rng = random.Random(seed)
    numbers = ("1", "2", "I", "A", "1.1", "a)", "-", "(1)", "", "01", "x", "1.1.1")

    def row() -> Row:
        full = task(rng.choice(numbers), rng.randrange(8))
        return (full[0], *(text if rng.random() < 0.7 else "" for text in full[1:]))

    first = page(TASKS, task("1", 0), *(row() for _ in range(rng.randint(2, 7))))
    second = page(TASKS, *(row() for _ in range(rng.randint(1, 5))))
    assert lost([first, moved(second, 2)]) == []


LABELS = {
    "tasks": (
        "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Cơ quan chủ trì, phối hợp",
        "Thời gian bắt đầu", "Thời gian hoàn thành", "Kinh phí", "Sản phẩm", "Cấp trình",
    ),
    "indicators": (
        "Chỉ tiêu", "Đơn vị tính", "Năm 2024", "Năm 2025", "Mục tiêu 2030", "Cơ quan chủ trì",
    ),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("kind", LABELS)
def test_whatever_columns_a_page_lacks_the_review_names_columns_of_the_contract(
    kind: str, seed: int
) -> None:
    rng = random.Random(seed)

    def table(number: str, part: float) -> PageLayout:
        text, *others = LABELS[kind]
        labels = [label for label in others if rng.random() < part]
        cells = [rng.choice((*BODIES, "Năm 2026", "7", "")) for _ in labels]
        return page(("TT", text, *labels), (number, f"Rà soát {PLACES[int(number)]}", *cells))

    pages = [table("1", 0.9), moved(table("2", 0.7), 2)]
    try:
        records = [with_roles(record) for record in pages_to_assembly(pages).records]
    except LayoutError:
        return  # no such table
    for row in records_to_rows(records).itertuples():
        named = split(str(row.review))
        assert len(set(named)) == len(named)
        assert set(named) <= set(TABLES[str(row.table)].to_schema().columns)


def lines_of(form: str) -> list[tuple[str, str]]:
    """The numbers of a table of that form, each with the key that its row must have."""
    forms = {
        "few dashes": "1=1 1.1=1.1 1.1.1=1.1.1 1.1.2=1.1.2 1.1.3=1.1.3 1.2=1.2 1.2.1=1.2.1 "
        "-=1.2.1(1) -=1.2.1(2) 1.2.2=1.2.2 1.2.3=1.2.3 2=2 2.1=2.1 2.1.1=2.1.1 2.1.2=2.1.2 "
        "2.1.3=2.1.3 2.1.4=2.1.4 2.2=2.2 2.2.1=2.2.1 2.2.2=2.2.2 2.2.3=2.2.3 2.2.4=2.2.4",
        "letters": "1=1 1.1=1.1 1.1.1=1.1.1 a)=1.1.1(a) b)=1.1.1(b) 1.1.2=1.1.2 2=2 2.1=2.1",
        "anew": "A=A 01=A.1 02=A.2 03=A.3 B=B 01=B.1 02=B.2 C=C 01=C.1",
        "dashes anew": "I=I 1=I.1 -=I.1(1) -=I.1(2) 2=I.2 II=II 1=II.1 2=II.2 3=II.3",
    }
    pairs = [text.split("=") for text in forms[form].split()]
    return [(number, key) for number, key in pairs]


@pytest.mark.parametrize("form", ["few dashes", "letters", "anew", "dashes anew"])
def test_wherever_a_page_ends_each_row_keeps_its_number_and_its_text(form: str) -> None:
    numbers = lines_of(form)
    rows: list[Row] = []
    for place, (number, key) in enumerate(numbers):
        below = numbers[place + 1][1] if place + 1 < len(numbers) else ""
        is_dotted = key[0].isdigit() and key.count(".") < 2
        if key.isalpha() or (is_dotted and below and "(" not in key):
            rows.append((number, f"Nhóm {place}", "<", "<", "<"))
        elif below.startswith(f"{key}("):
            rows.append((number, f"Việc {place}", "", "", ""))
        else:
            rows.append((number, f"Việc {place}", BODIES[place % 3], "Năm 2026", "HĐND tỉnh"))
    wanted = {key: str(place) for place, (_, key) in enumerate(numbers)}
    for cut in range(1, len(rows)):
        pages = [page(TASKS, *rows[:cut]), moved(page(TASKS, *rows[cut:], above=()), 2)]
        found = {
            record.row_id.rpartition("|")[2]: record.cells[
                "title" if record.table == "groups" else "task"
            ][-1]
            .slots[-1]
            .text
            for record in pages_to_assembly(pages).records
            if record.table in ("groups", "tasks")
        }
        assert found == wanted, cut


def test_a_sentence_around_a_table_is_told_and_what_has_a_place_is_not() -> None:
    label, title = "PHỤ LỤC 3", "Danh mục nhiệm vụ giao các cơ quan của tỉnh thực hiện"
    sent = "(Kèm theo Kế hoạch số 12-KH/TU, ngày 05/02/2026 của Tỉnh ủy)"
    sentence = "Các nhiệm vụ dưới đây được rà soát hằng quý và bổ sung khi cần."
    pages = [
        page(TASKS, task("1", 0), above=(label, title, sent)),
        moved(page(TASKS, task("2", 1), above=(sentence,)), 2),
    ]
    found = pages_to_assembly(pages)
    assert [f.page_no for f in found.findings if f.rule == "text_left_out"] == [2]
    assert [one.review for one in found.records if one.table == "appendices"] == [()]


def test_text_behind_or_below_a_table_puts_the_appendixs_rows_in_doubt() -> None:
    last = "2 Lập tổ tuần tra Công an tỉnh Sở Nội vụ Năm 2027 HĐND tỉnh"
    bare = replace(moved(page(TASKS, above=(last,)), 2), tables=())
    whole = page(TASKS, task("1", 0))
    below = replace(whole, lines=(*whole.lines, line(last, 400)))
    for pages in ([whole, bare], [below]):
        found = pages_to_assembly(pages)
        (appendix,) = (one for one in found.records if one.table == "appendices")
        assert appendix.review == ("rows",)
