"""What was read of a page is never given out for another page, in whatever place the two differ."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from extract import stage
from extract.engines.text_layer import TextLayer, read_layer
from extract.known_pages import KnownPages, page_places
from extract.page_cache import PageCache
from extract.read_pages import looks_of
from extract.tasks import PageReading
from runs.progress import Progress
from schemas.errors import PipelineError
from schemas.files import read
from schemas.frames import Words
from schemas.settings import Settings, with_jobs
from tests.extract.pdf_changes import changes, rich_page
from tests.hostile import pdfs

DPI = 36
EMPTY = {"page_no": [1]}


def shown(source: Path) -> tuple[str, TextLayer]:
    """What a page shows: the hash of its pixels, and its words with their places."""
    with pdfium.PdfDocument(source) as document:
        bitmap = document[0].render(scale=DPI / 72, grayscale=True, may_draw_forms=False)
        pixels = hashlib.sha256(
            f"{bitmap.width}".encode() + bitmap.to_numpy().tobytes()
        ).hexdigest()
    return pixels, read_layer(source, 1)


def known_pages(cache: PageCache, source: Path) -> KnownPages:
    """A page under the key that all have: as if no two pages could be told by what they are made
    of.
    """
    return KnownPages(cache, ["same"], page_places(source, 1))


def test_a_page_that_differs_in_one_place_is_not_taken_for_the_one_that_is_kept(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    first.write_bytes(rich_page())
    cache, expected = PageCache(tmp_path / "pages"), shown(first)
    known_pages(cache, first).put(1, PageReading(EMPTY, EMPTY, EMPTY, looks_of(first, [1], DPI)[0]))
    assert known_pages(cache, first).found(lambda _: []) != {}
    told_apart, wrong = set(), []
    for name, content in changes(first.read_bytes()):
        second.write_bytes(content)
        try:
            kept = known_pages(cache, second).found(
                lambda page_nos: looks_of(second, page_nos, DPI)
            )
        except PipelineError:
            kept = {}
        if not kept:
            told_apart.add(name)
        elif shown(second) != expected:
            wrong.append(name)
    assert wrong == []
    assert len(told_apart) > 100
    assert {
        "other page/UserUnit",
        "without page/Rotate",
        "other page/Annots/0/AS",
        "without root/OCProperties/D/ON",
    } <= told_apart


def with_form(name: str, text: bytes) -> bytes:
    """A page of text whose last words stand in a form of this name."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/Times-Roman"),
        )
        form = pikepdf.Stream(
            document,
            b"BT /F 20 Tf 80 400 Td (" + text + b") Tj ET",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 600, 850],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
        )
        page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(name))
        page.contents_add(f"{name} Do".encode())

    return pdfs.changed(change)


@pytest.mark.parametrize("name", ["/P", "/AA", "/Metadata", "/Parent"])
def test_two_documents_that_differ_within_a_picture_keep_their_own_words(
    name: str, tmp_path: Path
) -> None:
    found = []
    for text in (b"Seven", b"Eight"):
        source = tmp_path / f"{text.decode()}.pdf"
        source.write_bytes(with_form(name, text))
        stage.run(source, tmp_path / "work" / source.stem, with_jobs(Settings(), 1), Progress())
        words = read(Words, tmp_path / "work" / source.stem / "extract" / "words.parquet")["text"]
        found.append({"Seven", "Eight"} & set(words))
    assert found == [{"Seven"}, {"Eight"}]
