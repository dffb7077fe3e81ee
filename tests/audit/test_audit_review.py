"""What reviewers get beside the page itself: pieces of pages, the report, the searchable PDF, the
explanation of one value.
"""

from __future__ import annotations

import csv
import io
import itertools
import os
import re
import shutil
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from audit import review
from audit.display import pictures
from audit.display.pages import SCRIPTS, labels, script_data
from audit.display.pictures import cut, scan_of
from audit.published.folder import Box
from audit.review import _SHOWN_TABLES, draw_ahead, make_review, render_ahead
from audit.review_page.doubts import find_doubts, load_work
from audit.searchable import add_metadata, make_searchable, write_searchable
from audit.text_layer.glyphless import font_file
from audit.text_layer.layer_words import PageLines
from normalize.repair.doubt import Evidence
from normalize.tables.stage import run_tables
from publish.stage import About, publish, read_findings
from schemas.files import read, write
from schemas.frames import Pages, Words
from schemas.published import TABLES
from schemas.row_frames import Repaired
from schemas.settings import Settings
from tests.audit.audit_work import HEIGHT, TEXTS, WIDTH, make_work, pages_to_pdf
from tests.places import PROJECT

AUDIT = PROJECT / "audit"


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The intermediates of a document that no test changes."""
    return make_work(tmp_path_factory.mktemp("unchanged"), pages=1)[0]


@pytest.fixture
def case(tmp_path: Path) -> tuple[Path, Path]:
    work, source = make_work(tmp_path)
    run_tables(work, source, None, Settings())
    return work, source


def test_labels_prove_themselves() -> None:
    with (AUDIT / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["key"] for row in rows}) == len(rows)
    assert all(
        row["vi"] and row["en"] and unicodedata.is_normalized("NFC", row["vi"]) for row in rows
    )
    assert {row["key"] for row in rows} < set(labels())


def test_every_label_that_the_page_names_exists() -> None:
    page = (AUDIT / "templates" / "review.html").read_text(encoding="utf-8")
    script = "".join((AUDIT / "templates" / name).read_text(encoding="utf-8") for name in SCRIPTS)
    named = {
        *re.findall(r'data-(?:label|title|aria)="([a-z_]+)"', page),
        *re.findall(r'\bsay\("([a-z_]+)"\)', page),
        *re.findall(r'\b(?:label|headRow)\("([a-z_.]+[a-z])"', script),
    }
    assert len(named) > 40
    assert named <= set(labels())


def test_every_rule_finding_and_column_has_a_label() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (AUDIT.parent / "normalize").rglob("*.py")
    )
    rules = {
        *Evidence._fields,
        "joined",
        "speck",
        "split",
        "signs",
        "witnesses",
        "context",
        "case",
        "value",
        "correction",
    } - {"gap"}
    findings = {
        *re.findall(r'Finding\(\s*"([a-z_0-9]*[a-z0-9])"', sources),
        *re.findall(r'"(n[a-z]+_(?:start|gap)|heading_gap)"', sources),
    }
    wanted = {f"rule.{rule}" for rule in rules} | {
        f"finding.{rule}" for rule in findings | {"number_restored", "number_doubtful"}
    }
    assert {"finding.numbering_gap", "finding.shares_not_100"} <= wanted
    wanted |= {f"table.{name}" for name in _SHOWN_TABLES}
    assert sorted(wanted - set(labels())) == []
    assert [
        f"{name}.{column}"
        for name in _SHOWN_TABLES
        for column in TABLES[name].to_schema().columns
        if not {f"column.{column}", f"column.{name}.{column}"} & set(labels())
    ] == []
    reasons = [key.removeprefix("reason.") for key in labels() if key.startswith("reason.")]
    assert [reason for reason in reasons if f'"{reason}"' not in sources] == []


def test_the_documents_own_fields_are_in_review_where_words_are_doubtful(
    case: tuple[Path, Path],
) -> None:
    work = case[0]
    cells = read(TABLES["cells"], work / "tables" / "cells.parquet")
    cells.loc[cells["table"] == "document", "doubtful"] = "2"
    write(TABLES["cells"], cells, work / "tables" / "cells.parquet")
    found = [
        (doubt.row_id, doubt.column, doubt.value)
        for doubt in find_doubts(load_work(work))
        if doubt.table == "document"
    ]
    assert found == [("case", "title", "CHƯƠNG TRÌNH HÀNH ĐỘNG")]


def test_doubts_come_least_confident_first_with_their_evidence(case: tuple[Path, Path]) -> None:
    doubts = find_doubts(load_work(case[0]))
    assert len(doubts) == 6
    assert [doubt.confidence for doubt in doubts] == sorted(doubt.confidence for doubt in doubts)
    first = doubts[0]
    assert (first.table, first.column, [word.doubtful for word in first.words].index(True)) == (
        "tasks",
        "task",
        2,
    )
    assert first.read != first.value
    assert list(first.readings) == ["vie", "script"]


def test_the_review_folder_is_the_same_twice_and_for_its_owner(
    case: tuple[Path, Path], tmp_path: Path
) -> None:
    work, source = case
    seen = []
    for _ in range(2):
        review = make_review(work, source, tmp_path / "out" / "case", None)
        searchable(work, source)
        seen.append({path.name: path.read_bytes() for path in review.iterdir()})
        assert {oct(path.stat().st_mode)[-3:] for path in review.iterdir()} == {"600"}
    assert seen[0] == seen[1]
    assert set(seen[0]) == {"review.html", "report.md", "changes.md", "searchable.pdf"}


def test_what_is_drawn_ahead_is_what_the_page_shows(
    case: tuple[Path, Path], tmp_path: Path
) -> None:
    work, source = case
    shown = (
        make_review(work, source, tmp_path / "out" / "case", None)
        .joinpath("review.html")
        .read_bytes()
    )
    kept = (pictures._strip, pictures._sheet)
    for drawn in kept:
        drawn.cache_clear()
    draw_ahead(work, source)
    ahead = [drawn.cache_info() for drawn in kept]
    again = (
        make_review(work, source, tmp_path / "out" / "case", None)
        .joinpath("review.html")
        .read_bytes()
    )
    assert again == shown
    for found, before in zip([drawn.cache_info() for drawn in kept], ahead, strict=True):
        assert found.hits == before.currsize > 0
        assert found.misses == before.misses


def test_a_page_without_doubt_is_drawn_small_ahead(case: tuple[Path, Path]) -> None:
    work, source = case
    path = work / "repair" / "repaired.parquet"
    write(Repaired, read(Repaired, path).assign(doubtful=False), path)
    kept = (pictures._strip, pictures._sheet, pictures._thumbnail)
    for drawn in kept:
        drawn.cache_clear()
    draw_ahead(work, source)
    pages = len(read(Pages, work / "extract" / "pages.parquet"))
    assert [drawn.cache_info().currsize for drawn in kept] == [0, 0, pages]


def test_a_page_read_unsurely_is_rendered_large_ahead(case: tuple[Path, Path]) -> None:
    work, source = case
    pages = read(Pages, work / "extract" / "pages.parquet")["page_no"].tolist()
    words = read(Words, work / "extract" / "words.parquet").iloc[:1]
    for confidence, large in ((0.97, 0), (0.4, 1)):
        sure = words.assign(page_no=pages[0], witness="vie", confidence=confidence)
        write(Words, sure, work / "extract" / "words.parquet")
        pictures._straight_page.cache_clear()
        pictures._thumbnail.cache_clear()
        render_ahead(work, source)
        assert pictures._straight_page.cache_info().currsize == large
        assert pictures._thumbnail.cache_info().currsize == len(pages) - large


def searchable(work: Path, source: Path) -> Path:
    """The searchable PDF with its metadata."""
    path = make_searchable(work, source)
    add_metadata(work)
    return path


def test_what_was_published_before_is_loaded_ahead_and_anew_once_it_is_replaced(
    case: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, source = case
    previous = tmp_path / "before"
    previous.mkdir()
    (previous / "datapackage.json").write_text("{}", encoding="utf-8")
    loaded: list[Path] = []
    monkeypatch.setattr(review, "load_folder", loaded.append)
    review.load_ahead(previous)
    review.make_review(work, source, tmp_path / "new", previous)
    assert loaded == [previous]
    os.utime(previous / "datapackage.json", ns=(1, 1))
    review.make_review(work, source, tmp_path / "new", previous)
    assert loaded == [previous, previous]


def test_the_page_escapes_the_documents_text(case: tuple[Path, Path], tmp_path: Path) -> None:
    work, source = case
    for name, model, column in (
        ("tables/document", TABLES["document"], "title"),
        ("tables/tasks", TABLES["tasks"], "task"),
    ):
        frame = read(model, work / f"{name}.parquet")
        write(
            model,
            frame.assign(**{column: "</script><img src=x onerror=alert(1)>"}),
            work / f"{name}.parquet",
        )
    page = (make_review(work, source, tmp_path / "out" / "case", None) / "review.html").read_text(
        encoding="utf-8"
    )
    assert "<img src=x" not in page
    assert page.count("</script>") == 3
    assert script_data({"a": "</script>"}) == '{"a":"\\u003c/script>"}'


def test_decisions_of_before_stay_in_the_download(case: tuple[Path, Path], tmp_path: Path) -> None:
    work, source = case
    kept = "tasks,1.1.1,lead,a,b,change,A,2026-01-01,"
    source.with_name("case.corrections.csv").write_text(
        f"table,row_id,column,read,value,verdict,who,when,why\n{kept}\n", encoding="utf-8"
    )
    page = (make_review(work, source, tmp_path / "out" / "case", None) / "review.html").read_text(
        encoding="utf-8"
    )
    assert kept in page


def test_the_report_names_places_and_no_text(case: tuple[Path, Path], tmp_path: Path) -> None:
    work, source = case
    tables = {
        name: read(model, work / "tables" / f"{name}.parquet") for name, model in TABLES.items()
    }
    before = tables | {
        "tasks": tables["tasks"].assign(
            task=tables["tasks"]["task"].str.replace("kế hoạch", "đề án")
        )
    }
    old = tmp_path / "old"
    publish(before, old, About({"code": "1"}, read_findings(work / "tables" / "notices.json")))
    review = make_review(work, source, tmp_path / "out" / "case", old, {"code": "1"})
    report = (review / "report.md").read_text(encoding="utf-8")
    changes = (review / "changes.md").read_text(encoding="utf-8")
    assert "\n33 printed cells, of which 2.6 are expected to be wrong.\n" in report
    assert "| tasks | 6 | 1.1.1 | 1.1.6 | 0 |" in report
    assert re.search(r"\| tasks \| task \| 6 \| context 6 \| (1\.1\.\d(, )?){6} \|", report)
    assert "| tasks | task | " in changes.partition("published before")[2]
    words = {
        word for text in TEXTS for word in text.split() if len(word) > 3 and not word.isascii()
    }
    assert not [word for word in words if word in report + changes]


def test_a_text_dump_has_a_page_without_pictures(case: tuple[Path, Path], tmp_path: Path) -> None:
    work, source = case
    dump = shutil.copy(source, source.with_suffix(".txt"))
    review = make_review(work, Path(dump), tmp_path / "out" / "case", None)
    assert {path.name for path in review.iterdir()} == {"review.html", "report.md", "changes.md"}
    assert "data:image" not in (review / "review.html").read_text(encoding="utf-8")


# ---- pages that were turned and skewed

BOX = Box(1, 300.0, 200.0, 360.0, 212.0)
LAYS = [
    *itertools.product((0, 90, 180, 270), (0, 90, 180, 270), (1.3,)),
    (0, 0, 0.0),
    (90, 0, 0.0),
    (0, 90, 0.0),
]


def scanned(folder: Path, rotate: int, turn: int, skew: float) -> tuple[Path, pd.DataFrame]:
    """A PDF whose page shows a black box at BOX once it is turned and straightened, and its table
    Pages.
    """
    upright = Image.new("L", (WIDTH * 2, HEIGHT * 2), 255)
    ImageDraw.Draw(upright).rectangle(
        [2 * side for side in (BOX.x0 or 0, BOX.top or 0, BOX.x1 or 0, BOX.bottom or 0)], fill=0
    )
    as_shown = upright.rotate(-skew, Image.Resampling.BICUBIC, fillcolor=255).rotate(
        turn, expand=True
    )
    with pikepdf.open(
        io.BytesIO(pages_to_pdf([as_shown.rotate(rotate, expand=True).convert("L")]))
    ) as pdf:
        page = pdf.pages[0]
        page.MediaBox = [
            10,
            20,
            *(
                float(side) * 60 / 72 + shift
                for side, shift in zip(page.mediabox[2:], (10, 20), strict=True)
            ),
        ]
        page.contents_add(b"q 1 0 0 1 10 20 cm 0.8333333 0 0 0.8333333 0 0 cm", prepend=True)
        page.contents_add(b"Q", prepend=False)
        page.Rotate = rotate
        pdf.save(folder / "turned.pdf")
    about = {
        "page_no": 1,
        "width": float(WIDTH),
        "height": float(HEIGHT),
        "turn": turn,
        "skew": skew,
        "warp": "",
        "source": "scan",
        "sha256": "0" * 64,
    }
    return folder / "turned.pdf", pd.DataFrame([about])


@pytest.mark.parametrize(("rotate", "turn", "skew"), LAYS)
def test_a_turned_page_is_straightened_again(
    tmp_path: Path, rotate: int, turn: int, skew: float
) -> None:
    source, pages = scanned(tmp_path, rotate, turn, skew)
    page = scan_of(source, pages).page(1, 144)
    piece = cut(page, BOX, 144)
    assert ink_box(page) == pytest.approx([2 * side for side in (300, 200, 360, 212)], abs=4)
    assert piece.outline == pytest.approx((200 - 4, 52 - 4, 200 + 120 + 4, 52 + 24 + 4), abs=1)


@pytest.mark.parametrize(("rotate", "turn", "skew"), LAYS)
def test_words_of_a_turned_page_stand_on_its_print(
    tmp_path: Path, unchanged: Path, rotate: int, turn: int, skew: float
) -> None:
    source, pages = scanned(tmp_path, rotate, turn, skew)
    repaired = read(Repaired, unchanged / "repair" / "repaired.parquet").iloc[:1]
    sides = {"page_no": 1, "x0": BOX.x0, "top": BOX.top, "x1": BOX.x1, "bottom": BOX.bottom}
    write_searchable(
        source,
        pages,
        PageLines(repaired.assign(**sides), unchanged / "extract"),
        tmp_path / "found.pdf",
    )
    with pikepdf.open(tmp_path / "found.pdf") as pdf:
        pdf.pages[0].Rotate = 0
        left, bottom = float(pdf.pages[0].mediabox[0]), float(pdf.pages[0].mediabox[1])
        pdf.save(tmp_path / "flat.pdf")
    with pdfium.PdfDocument(tmp_path / "flat.pdf") as document:
        page = document[0]
        height = page.get_height()
        ink = ink_box(page.render(scale=2, grayscale=True).to_pil().convert("L"))
        text = page.get_textpage()
        word = str(repaired["value"].iloc[0])
        start = text.get_text_range().index(word)
        boxes = [text.get_charbox(start + i, loose=True) for i in range(len(word))]
    middle = [
        np.mean([min(b[0] for b in boxes), max(b[2] for b in boxes)]),
        np.mean([min(b[1] for b in boxes), max(b[3] for b in boxes)]),
    ]
    printed = [left + (ink[0] + ink[2]) / 4, bottom + height - (ink[1] + ink[3]) / 4]
    assert middle == pytest.approx(printed, abs=6)


def ink_box(page: Image.Image) -> list[float]:
    """The box of what is dark."""
    rows, columns = np.nonzero(np.asarray(page) < 100)
    return [float(columns.min()), float(rows.min()), float(columns.max()), float(rows.max())]


def test_the_searchable_pdf_says_what_was_repaired(case: tuple[Path, Path], tmp_path: Path) -> None:
    work, source = case
    pdf = searchable(work, source)
    with pdfium.PdfDocument(pdf) as document:
        text = " ".join(document[0].get_textpage().get_text_range().split())
        assert document[0].get_textpage().search("đợt 2.").get_next() is not None
    assert "CHƯƠNG TRÌNH HÀNH ĐỘNG" in text
    assert "Nâng cấp thư viện trường học vùng cao, hải đảo đợt 1." in text
    assert "TRANG" in text  # read, but outside every row
    assert "thu viện" not in text  # what was read before the repair
    with pdfplumber.open(pdf) as document:
        # in the order in which it is copied
        assert document.pages[0].extract_text(use_text_flow=True).split() == text.split()


def test_the_searchable_pdf_carries_title_and_notice(
    case: tuple[Path, Path], tmp_path: Path
) -> None:
    work, source = case
    frame = read(TABLES["document"], work / "tables" / "document.parquet")
    write(
        TABLES["document"],
        frame.assign(notice="Tài liệu này thuộc sở hữu"),
        work / "tables" / "document.parquet",
    )
    pdf = searchable(work, source)
    with pikepdf.open(pdf) as document:
        metadata = document.open_metadata()
        assert (str(document.docinfo["/Title"]), str(document.Root.Lang)) == (
            "CHƯƠNG TRÌNH HÀNH ĐỘNG",
            "vi",
        )
        assert (metadata["dc:title"], metadata["dc:rights"]) == (
            "CHƯƠNG TRÌNH HÀNH ĐỘNG",
            "Tài liệu này thuộc sở hữu",
        )
        assert str(document.docinfo["/Subject"]) == "Tài liệu này thuộc sở hữu"
    assert pdf.stat().st_size < source.stat().st_size + 100_000


def test_a_word_that_repair_dropped_is_not_in_the_layer_and_words_that_touch_stay_apart(
    case: tuple[Path, Path],
) -> None:
    extract, repaired = (
        case[0] / "extract",
        read(Repaired, case[0] / "repair" / "repaired.parquet").iloc[:3],
    )
    box = {"page_no": 1, "block_no": 20, "top": 300.0, "bottom": 310.0}
    touching = repaired.assign(
        **box, x0=[100.0, 120.0, 140.0], x1=[120.0, 140.0, 160.0], value=["một", "", "ba"]
    )
    words = read(Words, extract / "words.parquet").iloc[:1]
    write(
        Words,
        pd.concat(
            [
                words.assign(**box, text=text, x0=x0, x1=x0 + 20)
                for text, x0 in (("hai", 120.0), ("bốn", 160.0))
            ]
        ),
        extract / "words.parquet",
    )
    line = PageLines(touching, extract).of(1)[0]
    assert [(word.text, word.x0, word.x1) for word in line] == [
        ("một", 100, 120),
        ("ba", 140, 158),
        ("bốn", 160, 180),
    ]


def test_another_engines_invisible_layer_is_replaced(
    case: tuple[Path, Path], tmp_path: Path
) -> None:
    work, source = case
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.F1)
        page.contents_add(
            b"BT 3 Tr /F1 12 Tf 100 100 Td (MISREAD) Tj 0 Tr 0 50 Td (SEEN) Tj ET", prepend=False
        )
        form = pdf.make_stream(b"BT 3 Tr /F1 12 Tf 100 200 Td (HIDDEN) Tj ET")
        form.Type, form.Subtype, form.BBox = (
            pikepdf.Name.XObject,
            pikepdf.Name.Form,
            [0, 0, 600, 600],
        )
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Fm1)
        page.contents_add(b"/Fm1 Do", prepend=False)
        pdf.save(source)
    pdf_path = searchable(work, source)
    with pdfium.PdfDocument(pdf_path) as document:
        text = document[0].get_textpage().get_text_range()
    assert ("MISREAD" in text, "HIDDEN" in text, "SEEN" in text, "CHƯƠNG" in text) == (
        False,
        False,
        True,
        True,
    )


def test_the_glyphless_font_is_a_font() -> None:
    font = font_file()
    assert font[:4] == b"\0\1\0\0"
    assert len(font) < 1000
