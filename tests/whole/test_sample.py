"""The fictional programme, its printing, its simulated scans and its truth."""

import csv
import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest

from tests.sample import layer
from tests.sample.build import ROOT, SAMPLE, make_variant, programme_of, scanned_page
from tests.sample.dump import dump_text
from tests.sample.programme import DATA, read_programme
from tests.sample.scanner import SCANNERS
from tests.sample.tables import COLUMNS, Pages, truth_tables, write_truth
from tests.sample.typeset import FACES, Face, Printed, face_folder, typeset
from tests.sample.variant import TASK_COLUMNS, Variant

SAMPLE_PDF = ROOT / "raw" / "sample.pdf"
TRUTH = Path(layer.__file__).parent / "truth"
SMALL = Variant(small=True)


@cache
def printing(variant: Variant) -> Printed:
    return typeset(programme_of(variant), variant)


@cache
def truth(variant: Variant) -> dict[str, list[dict[str, str]]]:
    return truth_tables(programme_of(variant), printing(variant), variant.missing_pages)


def read_truth(name: str) -> list[dict[str, str]]:
    with (TRUTH / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def first_page_of(printed: Printed, mark: str) -> int:
    return printed.marks[mark].page


def test_data_are_nfc_without_stray_space() -> None:
    for path in sorted(DATA.iterdir()):
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name
        assert (
            re.search(r"[^\S\n]{2,}|[^\S\n]$|\u00a0|\r", text.replace("    ", ""), re.MULTILINE)
            is None
        ), path.name


def test_every_value_that_the_data_name_is_explained_once() -> None:
    programme = read_programme()
    rows = [row for row in programme.rows if row.deadline]
    printed = {item for row in rows for item in (*row.lead, *row.coordinating)}
    printed |= {item for line in programme.indicators for item in line["lead"].split(" | ") if item}
    assert set(programme.bodies) == printed
    assert set(programme.deadlines) == {row.deadline for row in rows}
    assert set(programme.fundings) == {row.funding for row in rows}
    assert {stage["deadline"] for stage in programme.milestones} <= set(programme.deadlines)
    texts = [p.text for p in programme.prose] + [row.text for row in programme.rows]
    assert [
        c["printed"] for c in programme.citations if not any(c["printed"] in text for text in texts)
    ] == []
    assert (
        len(programme.deadlines)
        == len((DATA / "deadlines.csv").read_text(encoding="utf-8").splitlines()) - 1
    )


def test_confusions_are_no_identities_and_come_once() -> None:
    pairs = layer.confusions()
    assert len(set(pairs)) == len(pairs)
    assert all(printed != read for printed, read in pairs)


@pytest.mark.parametrize(
    "form",
    [
        r"Thực hiện thường xuyên",
        r"Năm \d{4}",
        r"Năm \d{4} - \d{4}",
        r"Giai đoạn \d{4} - \d{4}",
        r"Tháng \d+/\d{4}",
        r"Tháng \d+ năm \d{4}",
        r"Quý [IV]+ hằng năm",
        r"Tháng \d+/\d{4} và hằng năm",
        r"Năm \d{4} và thực hiện thường xuyên",
        r"Năm \d{4} và \d{4}",
        r"Trước năm \d{4}",
        r"Năm \d{4} trở đi",
        r"Ngay đầu nhiệm kỳ 2025 - 2030",
        r"Theo chủ trương của Trung ương",
        r"Theo tiến độ của Trung ương",
        r"Sau khi có quy định, kế hoạch của Trung ương",
        r".+ tháng \d+/\d{4}; .+ năm \d{4}",
    ],
)
def test_every_form_of_deadline_is_there(form: str) -> None:
    assert any(re.fullmatch(form, row["deadline"]) for row in read_truth("tasks"))


def test_unlisted_deadlines_are_there_without_a_reading() -> None:
    unread = {
        row["deadline"]
        for row in read_truth("tasks")
        if row["deadline"] and not row["deadline_kind"]
    }
    assert len(unread) == 3


def test_every_form_of_target_funding_and_figure_is_there() -> None:
    indicators, tasks = read_truth("indicators"), read_truth("tasks")
    assert {row["comparator"] for row in indicators} == {">", "<", "≥", "≤", "=", "range", "text"}
    assert {row["funding_codes"] for row in tasks} == {
        "",
        "state_budget",
        "state_budget; other_lawful",
        "state_budget; ppp",
    }
    assert any(not row["unit"] for row in indicators)
    assert any(row["name"].startswith("Trong đó:") for row in indicators)
    values = [row["value"] for row in read_truth("growth")]
    assert {"7.84", "10,52", "98.450", "176,300", "4,350", "43-45"} <= set(values)


def test_the_rest_of_what_programmes_hold_is_there() -> None:
    programme = read_programme()
    together = {printed for printed, bodies in programme.bodies.items() if len(bodies) > 1}
    # two bodies joined by a comma
    assert any(
        item in together for row in programme.rows for item in (*row.lead, *row.coordinating)
    )
    # a name that holds commas
    assert any(
        "," in item for row in programme.rows for item in row.coordinating if item not in together
    )
    assert any(len(row.lead) > 1 for row in programme.rows)
    assert programme.frame["note"].startswith("* ")
    second = next(line for line in programme.growth if line["line_id"] == "II")
    assert (second["unit"], second["first"], second["second"]) == (
        "Đơn vị tính",
        "Đến năm 2025",
        "Đến năm 2030",
    )
    assert SAMPLE.stamped
    assert SAMPLE.pages_without_notice
    assert {"signature", "appendix:1", "appendix:2", "appendix:3"} <= set(printing(SAMPLE).marks)
    assert any(p.refers_to for p in programme.prose)
    assert {c["number"].rpartition("/")[2] for c in programme.citations} >= {
        "TW",
        "QH15",
        "QĐ-TTg",
        "NĐ-CP",
        "TU",
    }


def test_layout_has_what_real_tables_do() -> None:
    printed, rows = printing(SAMPLE), read_programme().rows
    pages = {
        row.row_id: first_page_of(
            printed, f"{'groups:3' if row.kind == 'group' else 'tasks'}:{row.row_id}"
        )
        for row in rows
    }
    cut = [
        row.row_id
        for row in rows
        if row.kind != "group" and first_page_of(printed, f"end:{row.row_id}") > pages[row.row_id]
    ]
    last = [
        row.row_id
        for row, below in pairwise(rows)
        if row.kind == "group" and pages[below.row_id] > pages[row.row_id]
    ]
    runs: dict[str, list[int]] = {}
    for line in read_programme().indicators:
        if line["indicator_id"]:
            runs.setdefault(line["number"], []).append(
                first_page_of(printed, f"indicators:{line['indicator_id']}")
            )
    assert cut == ["2.1.2", "2.2.3(6)"]
    assert "1.2" in last
    assert [number for number, run in runs.items() if run[0] < run[-1]] == ["14"]
    assert len({pages[row.row_id] for row in rows if row.parent_id == "2.2.3"}) > 1
    assert set(printed.cut_titles) == {"groups:3:2", "groups:3:4.1"}
    assert any(row.lead and not row.coordinating for row in rows)
    assert [
        row.group_id
        for row in rows
        if row.kind == "task" and not row.section_id and row.number.endswith(".1")
    ] == ["3", "5"]


def test_text_is_long_and_mixes_spellings() -> None:
    text = (DATA / "prose.txt").read_text(encoding="utf-8")
    assert len(text.split()) >= 2500
    for old, new in (("hoá", "hóa"), ("khoẻ", "khỏe")):
        assert old in text
        assert new in text
    assert Counter(row.kind for row in read_programme().rows) == {
        "group": 15,
        "task": 57,
        "sub": 10,
    }


def test_truth_is_consistent() -> None:
    tables = truth(SAMPLE)
    keys = {
        "groups": ("appendix", "group_id"),
        "tasks": ("task_id",),
        "indicators": ("indicator_id",),
        "growth": ("line_id", "period"),
    }
    for name, key in keys.items():
        ids = [tuple(row[k] for k in key) for row in tables[name]]
        assert len(set(ids)) == len(ids), name
    tasks, groups = (
        tables["tasks"],
        {row["group_id"] for row in tables["groups"] if row["appendix"] == "3"},
    )
    assert {row["group_id"] for row in tasks} | {
        row["section_id"] for row in tasks if row["section_id"]
    } == groups
    assert {row["parent_id"] for row in tasks} - {""} == {"2.2.3"}
    assert {row["task_id"] for row in tables["task_bodies"]} <= {row["task_id"] for row in tasks}
    joined = {
        (row["task_id"], role): row[role]
        for row in tasks
        for role in ("lead", "coordinating")
        if row[role]
    }
    listed: dict[tuple[str, str], list[str]] = {}
    for row in tables["task_bodies"]:
        listed.setdefault((row["task_id"], row["role"]), []).append(row["name"])
    assert {key: "; ".join(names) for key, names in listed.items()} == joined
    for rows in tables.values():
        pages = [
            int(row["page_no"])
            for row in rows
            if "page_no" in row and rows is not tables["citations"]
        ]
        assert pages == sorted(pages) or rows is tables["citation_details"]


def test_committed_truth_is_what_the_data_give(tmp_path: Path) -> None:
    write_truth(truth(SAMPLE), tmp_path)
    for name in COLUMNS:
        assert (tmp_path / f"{name}.csv").read_bytes() == (TRUTH / f"{name}.csv").read_bytes(), name


def test_committed_scan_has_the_pages_of_the_truth() -> None:
    document = pdfium.PdfDocument(SAMPLE_PDF)
    try:
        assert len(document) == int(read_truth("document")[0]["pages"]) >= 16
    finally:
        document.close()
    assert SAMPLE_PDF.stat().st_size <= 6_000_000


def test_printing_is_the_same_byte_for_byte() -> None:
    assert typeset(programme_of(SMALL), SMALL).pdf == printing(SMALL).pdf


@pytest.mark.parametrize("scanner", list(SCANNERS))
def test_a_page_is_scanned_the_same_for_the_same_seed(scanner: str) -> None:
    printed = printing(SMALL)
    words = layer.printed_words(printed.pdf)[2]
    once, again = (scanned_page(printed, words, 3, SMALL, SCANNERS[scanner]) for _ in range(2))
    other = scanned_page(printed, words, 3, Variant(small=True, seed=2), SCANNERS[scanner])
    assert once == again
    assert once.image.data != other.image.data


def test_committed_text_layer_is_wrong_in_about_one_word_of_thirty() -> None:
    with pdfplumber.open(SAMPLE_PDF) as document:
        read = Counter(word["text"] for page in document.pages[:8] for word in page.extract_words())
    printed = Counter(
        word.text for page in layer.printed_words(printing(SAMPLE).pdf)[:8] for word in page
    )
    missing = (printed - read).total() / printed.total()
    assert 0.02 < missing < 0.05


def test_layer_of_a_page_stands_where_the_words_were_scanned() -> None:
    variant = Variant(small=True, text_layer=True, layer_errors=0.0)
    printed = printing(SMALL)
    words = layer.printed_words(printed.pdf)[3]
    page = scanned_page(printed, words, 4, variant, SCANNERS["poor"])
    width, height = page.size
    assert [word.text for word in page.words] == [word.text for word in words]
    assert all(
        0 <= word.x0 < word.x1 <= width and 0 <= word.top < word.bottom <= height
        for word in page.words
    )
    assert all(
        abs(a.x0 - b.x0) < 12 and abs(a.top - b.top) < 12
        for a, b in zip(page.words, words, strict=True)
    )


@pytest.mark.parametrize(
    "variant",
    [
        Variant(face="termes"),
        Variant(wording="other"),
        Variant(task_columns=("number", "task", "deadline", "funding", "lead", "coordinating")),
        Variant(task_columns=(*TASK_COLUMNS, "product"), table_size=12.0),
        Variant(indicator_columns=("number", "name", "lead", "unit", "target")),
    ],
    ids=["face", "wording", "order", "product", "indicators"],
)
def test_variants_have_the_same_rows(variant: Variant) -> None:
    def rows(tables: dict[str, list[dict[str, str]]], name: str) -> list[dict[str, str]]:
        return [
            {k: v for k, v in row.items() if k not in {"page_no", "title"}} for row in tables[name]
        ]

    for name in ("tasks", "indicators", "growth", "paragraphs", "task_bodies", "milestones"):
        assert rows(truth(variant), name) == rows(truth(SAMPLE), name)


def test_a_page_missing_from_the_middle_takes_its_rows_along() -> None:
    gone = Variant(missing_pages=(11,))
    left, whole = truth(gone)["tasks"], truth(Variant())["tasks"]
    assert [row["task_id"] for row in left] == [
        row["task_id"] for row in whole if row["page_no"] != "11"
    ]
    assert int(left[-1]["page_no"]) == int(whole[-1]["page_no"]) - 1
    assert Pages(printing(Variant()), gone.missing_pages).count == 18


def test_turned_vector_and_stamped_pages(tmp_path: Path) -> None:
    variant = Variant(
        small=True, turned=((2, 180), (4, 90)), vector_pages=(1,), stamped=True, text_layer=True
    )
    path, folder = make_variant(tmp_path, variant, "fax")
    once = path.read_bytes()
    make_variant(tmp_path, variant, "fax")
    assert path.read_bytes() == once
    assert sorted(file.stem for file in folder.iterdir()) == sorted(COLUMNS)
    with pdfplumber.open(path) as document:
        shapes = [page.width > page.height for page in document.pages]
        layered = [bool(page.chars) for page in document.pages]
        images = [len(page.images) for page in document.pages]
    assert shapes == [False, False, True, False, True]
    assert layered == [True, False, True, False, True]
    assert images == [0, 1, 1, 1, 1]


def test_pages_may_all_be_vector_text(tmp_path: Path) -> None:
    path, _ = make_variant(tmp_path, Variant(small=True, vector_pages=(1, 2, 3, 4, 5)), "office")
    with pdfplumber.open(path) as document:
        assert [len(page.images) for page in document.pages] == [0, 0, 0, 0, 0]


def test_dump_has_all_words_and_closes_pages_with_the_notice() -> None:
    notice = read_programme().frame["notice"]
    dump = dump_text(Variant(small=True, layer_errors=0.0))
    words = Counter(word.text for page in layer.printed_words(printing(SMALL).pdf) for word in page)
    assert (words - Counter(dump.split())).total() <= len(dump.split("\f")) * 5
    assert dump.count(f"\n{notice}\n") == 5
    assert dump_text(SMALL) == dump_text(SMALL) != dump


def test_a_missing_typeface_names_its_package() -> None:
    with pytest.raises(FileNotFoundError, match="apt-get install fonts-nowhere"):
        face_folder(Face("Nowhere", ("/nowhere",), "fonts-nowhere"))
    assert {face.package for face in FACES.values()} == {"fonts-croscore", "fonts-texgyre"}
