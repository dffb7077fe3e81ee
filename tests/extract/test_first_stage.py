"""Pieces of the first stage: bars under signs and their tails, the words of a PDF's own layer,
files that cannot be looked at.
"""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytesseract
import pytest
import typst
from numpy.typing import NDArray
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage

from extract.engines.seen_word import SeenWord
from extract.engines.tesseract import read_pictures
from extract.engines.text_layer import read_layer
from extract.image.blocks import Block, ink_box
from extract.image.grid import GridCell
from extract.image.levels import median_level
from extract.image.page_image import ink_mask
from extract.readings import Reading
from extract.signs import bar_share, with_bars, with_tails
from extract.source import count_pages
from runs.processes import apart, helper
from schemas.errors import NoPages, ToolDied
from tests.hostile import pdfs
from tests.places import PROJECT
from tests.sample import layer
from tests.sample.build import render
from tests.sample.pdf import PageImage, ScannedPage, write_pdf
from tests.sample.scanner import SCANNERS, encode, scan
from tests.sample.typeset import FACES, face_folder

Grey = NDArray[np.uint8]
RAW = PROJECT / "raw" / "sample.pdf"


def printed(text: str, face: str, scanner: str) -> Grey:
    """A short text as a scanner leaves it, at 200 dpi."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[face_folder(FACES[face])])
    escaped = "".join(f"\\{letter}" if letter in "<>" else letter for letter in text)
    source = (
        "#set page(width: 60pt, height: 24pt, margin: 5pt)\n#set text(font: "
        f'"{FACES[face].family}", size: 13pt)\n{escaped}'
    )
    pdf = typst.compile(
        source.encode(), font_paths=fonts, format="pdf", timestamp=0, pdf_tags=False
    )
    # as many as on a whole page would be too many here
    settings = replace(SCANNERS[scanner], specks=0, streaks=0)
    grey, _ = scan(render(pdf, 1, settings.dpi), settings, np.random.default_rng(len(text)))
    grey = grey if settings.quality else np.where(grey <= 150, 0, 255).astype(np.uint8)
    factor = 200 / settings.dpi
    resized = cv2.resize(
        grey,
        None,
        fx=factor,
        fy=factor,
        interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC,
    )
    page = np.asarray(resized, np.uint8)
    box = ink_box(ink_mask(page), 6)
    assert box is not None
    return np.ascontiguousarray(
        page[max(0, box[1] - 7) : box[3] + 7, max(0, box[0] - 7) : box[2] + 7]
    )


@pytest.mark.parametrize("scanner", list(SCANNERS))
@pytest.mark.parametrize("face", list(FACES))
def test_a_bar_under_a_sign_is_seen(face: str, scanner: str) -> None:
    shares = {
        sign: [
            bar_share(printed(sign + figure, face, scanner)) for figure in ("15", "2", "46,5", "95")
        ]
        for sign in "<>≤≥"
    }
    assert all(share < 0.72 for sign in "<>" for share in shares[sign]), shares
    assert all(share > 0.72 for sign in "≤≥" for share in shares[sign]), shares


@pytest.mark.parametrize("runs", [1, 2, 5])
def test_a_picture_that_crashes_tesseract_is_read_in_another_mode_and_the_others_as_ever(
    runs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tesseract"
    large = 'case "$*" in *"--psm 7"*) [ "$(stat -c %s "$1")" -gt 40000 ] && kill -FPE $$;; esac'
    program.write_text(f'#!/bin/sh\n{large}\nexec {shutil.which("tesseract")} "$@"\n')
    program.chmod(0o700)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))
    texts = ("46,5", "2027", "130")
    first, second, third = (printed(text, "tinos", "clean") for text in texts)
    wide = cv2.copyMakeBorder(second, 20, 20, 20, 600, cv2.BORDER_CONSTANT, value=(255,))
    read = read_pictures([first, np.asarray(wide, np.uint8), third], "vie", 7, 200, 60, runs)
    assert [[word.text for word in words] for words in read] == [[text] for text in texts]
    assert read_pictures([first, third], "vie", 7, 200, 60, runs) == [read[0], read[2]]


def test_camelots_image_functions_are_loaded_by_themselves() -> None:
    said = (
        "import sys, extract.image.camelot_images; print([name for name in sys.modules if "
        "name.split('.')[0] in ('camelot', 'playa')])"
    )
    found = subprocess.run(
        [sys.executable, "-c", said], cwd=RAW.parents[1], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_processes_that_read_pages_load_no_tables() -> None:
    said = (
        "import sys, extract.read_pages; print([name for name in ('pandas', 'pandera', 'pyarrow') "
        "if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", said], cwd=RAW.parents[1], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"  # they would take half a second before the first page


@pytest.mark.parametrize("size", [(1, 1), (1, 2), (7, 9), (8, 9)])
def test_the_middle_level_of_a_picture_is_its_median(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(5)
    for levels in ((0, 256), (200, 203), (0, 2)):
        picture = rng.integers(*levels, size, np.uint8)
        assert median_level(picture) == np.median(picture)
    beside = rng.integers(0, 256, (20, 30), np.uint8)[::3, ::2]
    assert median_level(beside) == np.median(beside)


def test_a_figure_without_a_sign_has_no_bar_and_blank_paper_none() -> None:
    assert bar_share(np.full((30, 60), 255, np.uint8)) == 0.0


def read_sign(text: str, picture: Grey, witness: str) -> str:
    block = Block(1, 1, GridCell(1, 0, 0, 1, 1, 0, 0, 100, 40), picture, 0, 0, 0.36)
    (found,) = with_bars(
        [block], [Reading(1, 1, witness, (SeenWord(1, 1, text, 0.9, 0, 0, 30, 20),))]
    )
    return found.words[0].text


@pytest.mark.parametrize(
    ("sign", "read", "told"),
    [("≤", "<15", "≤15"), ("≥", ">›15", "≥15"), ("<", "<15", "<15"), ("≤", "s15", "s15")],
)
def test_readings_are_given_the_bar_that_engines_do_not_know(
    sign: str, read: str, told: str
) -> None:
    assert read_sign(read, printed(f"{sign}15", "tinos", "clean"), "vie") == told


def test_where_the_bar_is_unsure_one_witness_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.signs.bar_share", lambda picture: 0.7)
    picture = printed("<15", "tinos", "clean")
    assert [read_sign("<15", picture, witness) for witness in ("vie", "script", "line")] == [
        "<15",
        "≤15",
        "<15",
    ]


def read_tail(
    printed_text: str, face: str, scanner: str, witness: str = "vie", read_as: str = ":."
) -> SeenWord:
    """A word whose signs an engine read without their tails, or as others, after a look at the
    picture of what is printed.
    """
    picture = printed(printed_text, face, scanner)
    block = Block(1, 1, GridCell(1, 0, 0, 1, 1, 0, 0, 100, 40), picture, 40, 70, 0.36)
    read = printed_text.translate(str.maketrans(";,", read_as))
    word = SeenWord(1, 1, read, 0.9, 40, 70, 40 + picture.shape[1], 70 + picture.shape[0])
    (found,) = with_tails([block], [Reading(1, 1, witness, (word,))])
    return found.words[0]


@pytest.mark.parametrize("scanner", list(SCANNERS))
@pytest.mark.parametrize("face", list(FACES))
def test_tails_of_semicolons_and_commas_are_seen_where_engines_read_none(
    face: str, scanner: str
) -> None:
    words = ("trị", "hội", "đất", '"nghĩa')
    assert [read_tail(word + ";", face, scanner).text for word in words] == [
        word + ";" for word in words
    ]
    assert [read_tail(word + sign, face, scanner) for word in words for sign in ":."] == [
        replace(read_tail(word + sign, face, scanner), text=word + sign, confidence=0.9)
        for word in words
        for sign in ":."
    ]
    if face == "tinos" or scanner in ("clean", "office"):
        assert [read_tail(text, face, scanner).text for text in ("hội,", "4,5", "4.5")] == [
            "hội,",
            "4,5",
            "4.5",
        ]


@pytest.mark.parametrize("scanner", ["clean", "office"])
def test_a_semicolon_without_a_dot_in_the_picture_is_in_doubt(scanner: str) -> None:
    """A comma was read as one; a semicolon has its dot."""
    for word in ("trị", "hội", "đất"):
        comma = read_tail(word + ",", "tinos", scanner, read_as=";;")
        assert (comma.text, comma.confidence) == (word + ";", 0.5)
        semicolon = read_tail(word + ";", "tinos", scanner, read_as=";;")
        assert (semicolon.text, semicolon.confidence) == (word + ";", 0.9)


def test_a_speck_over_a_comma_is_no_dot(monkeypatch: pytest.MonkeyPatch) -> None:
    for dot, confidence in ((0.08, 0.5), (0.2, 0.9)):
        found = [(0.6, dot)]
        monkeypatch.setattr("extract.signs._strokes_on_baseline", lambda *_, f=found: f)
        assert read_tail("hội,", "tinos", "clean", read_as=";;").confidence == confidence


def test_a_tail_that_is_hardly_seen_leaves_a_doubt_and_other_witnesses_stay() -> None:
    assert read_tail("trị;", "termes", "poor").confidence == 0.5
    assert read_tail("trị;", "tinos", "clean").confidence == 0.9
    assert read_tail("trị;", "tinos", "clean", "script").text == "trị:"


def test_the_layer_of_a_skewed_page_keeps_its_words_whole(tmp_path: Path) -> None:
    """Columns of a slanting table stand at so many heights that lines of text run into
    each other.
    """
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[face_folder(FACES["tinos"])])
    cells = ", ".join(
        "[Phát triển kinh tế rừng, tham gia thị trường tín chỉ các-bon]" for _ in range(60)
    )
    source = (
        f'#set page(paper: "a4", flipped: true)\n#set text(font: "{FACES["tinos"].family}", size: '
        f"12pt)\n#table(columns: 6, {cells})"
    )
    pdf = typst.compile(
        source.encode(), font_paths=fonts, format="pdf", timestamp=0, pdf_tags=False
    )
    (words, *_) = layer.printed_words(pdf)
    turn = np.radians(1.3)
    matrix = np.array([[np.cos(turn), np.sin(turn), 0.0], [-np.sin(turn), np.cos(turn), 0.0]])
    image = encode(np.full((1654, 2339), 255, np.uint8), SCANNERS["office"])
    path = tmp_path / "x.pdf"
    path.write_bytes(
        write_pdf(
            [
                ScannedPage(
                    PageImage(image.width, image.height, 200, image.data, image.filter),
                    layer.move(words, matrix),
                )
            ]
        )
    )
    assert sorted(word[0] for word in read_layer(path, 1).words) == sorted(
        word.text for word in words
    )


def test_a_layer_of_millions_of_strokes_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "x.pdf").write_bytes(pdfs.bomb(5, "text"))
    assert read_layer(tmp_path / "x.pdf", 1).words == ()
    assert caplog.messages == ["page 1: its text layer is damaged (ValueError) and left out"]


def test_only_the_page_itself_is_looked_through_for_its_layer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pdfminer goes through every page of a file for any of them, which in a long document takes
    longer than reading it.
    """
    with pikepdf.open(RAW) as document:
        for _ in range(3):
            document.pages.append(document.pages[1])
        document.add_blank_page(page_size=(595, 842))
        document.save(tmp_path / "long.pdf")
        last = len(document.pages)
    seen: list[int] = []
    pages_of = PDFPage.create_pages

    def counted(document: PDFDocument) -> Iterator[PDFPage]:
        pages = list(pages_of(document))
        seen.append(len(pages))
        yield from pages

    monkeypatch.setattr(PDFPage, "create_pages", counted)
    monkeypatch.setattr("extract.engines.text_layer.scan_text", lambda alone: None)
    assert read_layer(tmp_path / "long.pdf", last).words == ()
    assert seen == []
    assert read_layer(tmp_path / "long.pdf", last - 1).words == read_layer(RAW, 2).words != ()
    assert set(seen) == {1}


def test_a_whole_file_without_pages_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pdfs.bare("<< /Type /Pages /Count 0 /Kids [] >>"))
    with pytest.raises(NoPages):
        count_pages(tmp_path / "x.pdf", 200)


def sleep_long() -> int:
    while True:
        pass


def ask_for_much() -> int:
    return len(bytearray(2**36))


def test_work_apart_gives_a_value_or_nothing() -> None:
    assert apart(divmod, 7, 2, seconds=60) == (3, 1)
    assert apart(sleep_long, seconds=0.5) is None
    assert apart(ask_for_much, seconds=60) is None
    with pytest.raises(ZeroDivisionError):
        apart(divmod, 1, 0, seconds=60)


def fail_beside_the_helper() -> None:
    with helper() as submit:
        submit(sleep_long)
        raise ZeroDivisionError


def kill_the_helper() -> None:
    others = set(multiprocessing.active_children())
    with helper() as submit:
        wait = submit(sleep_long)
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        wait()


def test_the_helper_ends_with_an_error_beside_it_and_tells_that_it_was_killed() -> None:
    others = set(multiprocessing.active_children())
    with pytest.raises(ZeroDivisionError):
        fail_beside_the_helper()
    with pytest.raises(ToolDied, match="was killed"):
        kill_the_helper()
    with helper() as submit:
        assert submit(divmod, 7, 2)() == (3, 1)
    assert set(multiprocessing.active_children()) <= others
