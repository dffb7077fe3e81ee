"""The text layer: believed where it lies on ink, moved or left out where it does not, refused in
alphabets that are not Unicode's.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from extract.alphabet import is_alien, is_vietnamese, with_own_d
from extract.engines.layer_place import on_ink, settled
from extract.engines.seen_word import SeenWord
from extract.engines.text_layer import read_layer
from extract.image.blocks import Block
from extract.image.grid import GridCell
from tests.hostile import pdfs
from tests.sample import layer
from tests.sample.build import programme_of
from tests.sample.pdf import ScannedPage, Word, write_pdf
from tests.sample.scanner import SCANNERS, encode
from tests.sample.typeset import typeset
from tests.sample.variant import Variant

TEXT = (
    "Hội đồng nhân dân xã Bình Điền quyết nghị xây dựng hồ chứa nước, nâng cấp đường vào "
    "bản, mở lớp dạy nghề rèn cho thanh niên; "
    "ủy ban bố trí kinh phí, ký hợp đồng với đơn vị thi công trước mùa mưa bão năm nay."
)
TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĐ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ®§",
        strict=True,
    )
)
VNI = {
    "à": "aø",
    "á": "aù",
    "ả": "aû",
    "ã": "aõ",
    "ạ": "aï",
    "ă": "aê",
    "ắ": "aé",
    "ằ": "aè",
    "ẳ": "aú",
    "ẵ": "aü",
    "ặ": "aë",
    "â": "aâ",
    "ấ": "aá",
    "ầ": "aà",
    "ẩ": "aå",
    "ẫ": "aã",
    "ậ": "aä",
    "è": "eø",
    "é": "eù",
    "ẻ": "eû",
    "ẽ": "eõ",
    "ẹ": "eï",
    "ê": "eâ",
    "ế": "eá",
    "ề": "eà",
    "ể": "eå",
    "ễ": "eã",
    "ệ": "eä",
    "ỉ": "æ",
    "ĩ": "ó",
    "ị": "ò",
    "ò": "oø",
    "ó": "où",
    "ỏ": "oû",
    "õ": "oõ",
    "ọ": "oï",
    "ô": "oâ",
    "ố": "oá",
    "ồ": "oà",
    "ổ": "oå",
    "ỗ": "oã",
    "ộ": "oä",
    "ơ": "ô",
    "ớ": "ôù",
    "ờ": "ôø",
    "ở": "ôû",
    "ỡ": "ôõ",
    "ợ": "ôï",
    "ù": "uø",
    "ú": "uù",
    "ủ": "uû",
    "ũ": "uõ",
    "ụ": "uï",
    "ư": "ö",
    "ứ": "öù",
    "ừ": "öø",
    "ử": "öû",
    "ữ": "öõ",
    "ự": "öï",
    "ý": "yù",
    "ỳ": "yø",
    "ỷ": "yû",
    "ỹ": "yõ",
    "ỵ": "î",
    "đ": "ñ",
    "Đ": "Ñ",
}


def recoded(text: str, table: dict[str, str]) -> list[str]:
    return "".join(table.get(letter, letter) for letter in text).split()


def shifted_map(text: str) -> list[str]:
    """The text under a map to Unicode that is some places off, as subset fonts without a right map
    give it.
    """
    return ["".join(chr(ord("#") + ord(letter) % 90) for letter in word) for word in text.split()]


@pytest.mark.parametrize(
    "words",
    [recoded(TEXT, TCVN3), recoded(TEXT, VNI), shifted_map(TEXT)],
    ids=["tcvn3", "vni", "wrong map"],
)
@pytest.mark.parametrize("count", [6, 12, 42])
def test_other_alphabets_are_told_however_short_the_text(words: list[str], count: int) -> None:
    assert not is_vietnamese(words[:count])


@pytest.mark.parametrize("count", [1, 6, 12, 42])
def test_vietnamese_is_vietnamese(count: int) -> None:
    assert is_vietnamese(TEXT.split()[:count])
    foreign = (
        "Diện tích 120 m² «Sông Hương» nhiệt độ 25°C, Công ty Panasonic® và Citroën đầu tư ở xã "
        "Bình Điền"
    )
    assert is_vietnamese(foreign.split())


def test_a_word_of_an_older_font_is_told_by_itself() -> None:
    others = {word for table in (TCVN3, VNI) for word in recoded("định đường nhân xã bố", table)}
    assert {word for word in others if not is_alien(word)} == {"bè", "boá"}  # which could be words
    assert not any(map(is_alien, TEXT.split()))
    assert with_own_d("Ðảng bộ, ðồng") == "Đảng bộ, đồng"


@pytest.mark.parametrize(
    ("table", "kept"), [(TCVN3, 0), (VNI, 0), ({}, 60)], ids=["tcvn3", "vni", "unicode"]
)
def test_a_layer_in_another_alphabet_is_left_out(
    table: dict[str, str], kept: int, tmp_path: Path
) -> None:
    texts = recoded(TEXT + " " + TEXT, table)[:60]
    words = tuple(
        Word(
            text,
            60 + 45 * (n % 10),
            100 + 20 * (n // 10),
            100 + 45 * (n % 10),
            112 + 20 * (n // 10),
        )
        for n, text in enumerate(texts)
    )
    image = encode(np.full((2339, 1654), 250, np.uint8), SCANNERS["office"])
    (tmp_path / "x.pdf").write_bytes(write_pdf([ScannedPage(image, words)]))
    assert len(read_layer(tmp_path / "x.pdf", 1).words) == kept


def page_words(page_no: int) -> list[SeenWord]:
    """The printed words of a page of the small sample, in pixels at 200 dpi."""
    variant = Variant(small=True)
    words = layer.printed_words(typeset(programme_of(variant), variant).pdf)[page_no - 1]
    scale = 200 / 72
    return [
        SeenWord(1, n, w.text, 0.9, w.x0 * scale, w.top * scale, w.x1 * scale, w.bottom * scale)
        for n, w in enumerate(words, 1)
    ]


def displaced(words: list[SeenWord], across: float, down: float) -> list[SeenWord]:
    return [
        replace(w, x0=w.x0 + across, x1=w.x1 + across, top=w.top + down, bottom=w.bottom + down)
        for w in words
    ]


@pytest.mark.parametrize("page_no", [1, 3, 4])
@pytest.mark.parametrize(("across", "down"), [(0.0, -41.0), (55.0, 60.0), (-30.0, 0.0)])
def test_a_displaced_layer_is_moved_to_its_print(page_no: int, across: float, down: float) -> None:
    seen = page_words(page_no)
    # a third was read otherwise
    back = settled(displaced(seen, across, down), [word for n, word in enumerate(seen) if n % 3])
    assert len(back) == len(seen)
    assert all(
        abs(a.x0 - b.x0) < 3 and abs(a.top - b.top) < 3 for a, b in zip(back, seen, strict=True)
    )


def test_a_layer_in_place_stays_to_the_dot() -> None:
    seen = page_words(4)
    slightly = displaced(seen, 2.0, -3.0)
    assert settled(slightly, seen) == slightly
    assert settled(slightly, seen[:5]) == slightly  # too few to tell


def test_a_layer_of_another_page_is_left_out() -> None:
    assert settled(page_words(5), page_words(4)) == []


def test_no_word_of_a_layer_stands_on_blank_paper() -> None:
    picture = np.full((60, 400), 240, np.uint8)
    picture[20:40, 30:120:6] = 90
    cell = GridCell(1, 1, 1, 1, 1, 0, 0, 400, 60)
    words = [
        SeenWord(1, 1, "Sở", 0.9, 25, 15, 125, 45),
        SeenWord(1, 2, "Tài", 0.9, 200, 15, 260, 45),
    ]
    assert on_ink(Block(1, 1, cell, picture, 0, 0, 0.36), words) == words[:1]
    assert on_ink(Block(1, 1, cell, None, 0, 0, 0.36), words) == []


def _turn(turn: object, document: pikepdf.Pdf) -> None:
    document.pages[0].obj["/Rotate"] = turn


@pytest.mark.parametrize(
    ("told", "drawn"),
    [(91, 90), (-95, 270), (Decimal("180.0"), 180), (200, 180), (pikepdf.String("90"), 0)],
)
def test_letters_turn_as_the_page_is_drawn(tmp_path: Path, told: object, drawn: int) -> None:
    """Programs make different things of a page's turn that is no quarter."""
    found, path = [], tmp_path / "x.pdf"
    for turn in (told, drawn):
        path.write_bytes(pdfs.changed(partial(_turn, turn)))
        found.append(read_layer(path, 1))
    assert found[0] == found[1]
    assert len(found[0].words) > 20
