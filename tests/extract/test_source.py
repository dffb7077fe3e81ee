"""A document's file, looked at before anything is read from it."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

from extract.source import count_pages
from schemas.errors import DamagedPdf
from tests.hostile import pdfs
from tests.sample.scanner import jpeg

WIDTH, HEIGHT = 900, 700
WHOLE = jpeg(np.random.default_rng(7).integers(0, 255, (HEIGHT, WIDTH), np.uint8), 80)


def count(folder: Path, data: bytes, packed: str = "/DCTDecode") -> int:
    """The pages of a file that shows this JPEG, or other ``packed`` picture."""
    path = folder / "x.pdf"
    path.write_bytes(pdfs.picture(WIDTH, HEIGHT, data, packed and f"/Filter {packed}"))
    return count_pages(path, 200)


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("more", [b"", bytes(9000)])
def test_a_picture_whose_last_lines_are_missing_is_damage(
    tmp_path: Path, share: float, more: bytes
) -> None:
    cut = WHOLE[: int(share * len(WHOLE))] + more
    with pytest.raises(DamagedPdf, match="page 1: a picture ends before its last line"):
        count(tmp_path, cut)
    with pytest.raises(DamagedPdf):
        count(tmp_path, zlib.compress(cut), "[/FlateDecode /DCTDecode]")


def test_a_picture_whose_end_is_marked_otherwise_is_none(tmp_path: Path) -> None:
    for data in (WHOLE, WHOLE[:-2], WHOLE + bytes(9000), b"no JPEG at all"):
        assert count(tmp_path, data) == 1
    assert count(tmp_path, zlib.compress(WHOLE), "[/FlateDecode /DCTDecode]") == 1


def test_a_picture_of_deflated_pixels_needs_all_but_a_few_lines(tmp_path: Path) -> None:
    pixels = np.random.default_rng(8).integers(0, 255, (HEIGHT, WIDTH), np.uint8).tobytes()
    packed = zlib.compress(pixels)
    for whole in (packed, packed[:-4], zlib.compress(pixels + bytes(9999999))):
        assert count(tmp_path, whole, "/FlateDecode") == 1
    four_bits = zlib.compress(pixels[: WIDTH * HEIGHT // 2])  # PDFium tells the bits as drawn: 8
    for whole in (four_bits, four_bits[:-4]):
        assert count(tmp_path, whole, "/FlateDecode") == 1
    for cut in (packed[: len(packed) * 9 // 10], packed[: len(packed) // 3]):
        with pytest.raises(DamagedPdf, match="page 1: a picture ends before its last line"):
            count(tmp_path, cut, "/FlateDecode")
