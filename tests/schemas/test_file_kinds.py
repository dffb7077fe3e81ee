"""A file that is no PDF is told what it seems to be, and what to do with it."""

import pytest

from schemas.file_kinds import other_kind


@pytest.mark.parametrize(
    ("head", "told", "hint"),
    [
        (b"\xff\xd8\xff\xe1Exif", "JPEG picture", "export it to a PDF"),
        (b"II*\x00\x08", "TIFF picture", "export it to a PDF"),
        (b"PK\x03\x04\x14", "Word or Excel", "export it to a PDF"),
        (b"\n <!DOCTYPE html>", "web page", "download the document again"),
        (b"abc", "does not begin as a PDF does", "download the document again"),
        (b"", "does not begin as a PDF does", "download the document again"),
    ],
)
def test_what_a_file_seems_to_be(head: bytes, told: str, hint: str) -> None:
    said, advice = other_kind(head)
    assert said.startswith("the file does not begin as a PDF does")
    assert told in said
    assert hint in advice
