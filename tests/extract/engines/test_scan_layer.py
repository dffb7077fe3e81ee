"""The letters of a layer under a scan, which PDFium tells as pdfplumber does."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from extract.engines import text_layer
from extract.engines.scan_layer import scan_text
from extract.engines.text_layer import page_to_layer, page_with_text
from tests.sample.pdf import ScannedPage, Word, write_pdf
from tests.sample.scanner import SCANNERS, encode

TEXT = "Ủy ban nhân dân xã Lũng Vài giữ rừng thông, mở lối lên bản; trạm y tế trực đêm từ tháng 3"


def page_with_layer(folder: Path, words: str = TEXT) -> bytes:
    """A blank scan with a layer, as a PDF by itself."""
    placed = tuple(
        Word(word, 60 + 50 * (n % 9), 90 + 24 * (n // 9), 104 + 50 * (n % 9), 103 + 24 * (n // 9))
        for n, word in enumerate(words.split())
    )
    image = encode(np.full((2339, 1654), 250, np.uint8), SCANNERS["office"])
    (folder / "x.pdf").write_bytes(write_pdf([ScannedPage(image, placed)]))
    return page_with_text(folder / "x.pdf", 1)


def changed(alone: bytes, key: str, value: object) -> bytes:
    """The page with one of its entries set otherwise."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(alone)) as document:
        document.pages[0][key] = value
        document.save(target)
    return target.getvalue()


def test_a_layer_has_the_words_that_pdfplumber_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = page_with_layer(tmp_path)
    quick = page_to_layer(alone, 1)
    assert scan_text(alone) is not None
    monkeypatch.setattr(text_layer, "scan_text", lambda alone: None)
    slow = page_to_layer(alone, 1)
    assert [word[0] for word in quick.words] == [word[0] for word in slow.words] == TEXT.split()
    assert not quick.is_vector
    assert (quick.width, quick.height) == pytest.approx((slow.width, slow.height))
    # PDFium takes the width of a letter without outlines, as of this layer's typeface, otherwise
    near = (0.5, 0.5, 10.0, 1.0)
    assert all(
        abs(a - b) <= most
        for one, other in zip(quick.words, slow.words, strict=True)
        for a, b, most in zip(one[1:], other[1:], near, strict=True)
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [("/Rotate", 90), ("/CropBox", pikepdf.Array([20, 20, 500, 700]))],
    ids=["turned", "cropped"],
)
def test_pages_that_are_not_plain_are_left_to_pdfplumber(
    key: str, value: object, tmp_path: Path
) -> None:
    assert scan_text(changed(page_with_layer(tmp_path), key, value)) is None


def test_text_without_a_picture_is_left_to_pdfplumber(tmp_path: Path) -> None:
    alone = page_with_layer(tmp_path)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(alone)) as document:
        pictures = document.pages[0].Resources.XObject
        for name in [name for name, one in pictures.items() if one.Subtype == "/Image"]:
            del pictures[name]
        document.save(target)
    assert scan_text(target.getvalue()) is None


def test_what_is_no_pdf_has_no_scans_text() -> None:
    assert scan_text(b"%PDF-1.7\nnothing else") is None
