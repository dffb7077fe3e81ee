"""The recipe of the reader: lines, their boxes, and the steps of training, on a few lines only."""

from __future__ import annotations

import hashlib
import shutil
import struct
import subprocess
import sysconfig
from pathlib import Path

import numpy as np
import pytest

from extract.engines.tesseract import read_pictures
from tests.places import PROJECT
from tests.sample.scanner import SCANNERS
from training import programs
from training.charset import NEW_LETTERS, letters_of, with_codes, with_letters
from training.confusions import confusion_rows
from training.damage import MACHINES, Damage, damaged, draw_damage
from training.kinds import KINDS
from training.mixes import HARD, USUAL
from training.network import float_network
from training.recipe import Round, Stock, load_stock, make_round
from training.sheets import Sheet, draw_sheet, readable, transcription
from training.texts import Texts, help_lines, load_texts

READER = PROJECT / "models" / "reader.traineddata"
VIE = Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata")
HELP = (
    "<html><head><title>Không in</title></head><body><p>Bấm vào nút <b>Lưu</b> để giữ lại "
    "các thay đổi\ntrong bảng tính.</p><p>No word of this is Vietnamese.</p><li>Chọn&nbsp;một "
    "màu nền khác cho những ô đã tô.</li></body></html>"
)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root of unpacked packages with one page of help."""
    root = tmp_path_factory.mktemp("packages")
    folder = root / "usr/share/libreoffice/help/vi"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(HELP, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Debian's model taken apart."""
    folder = tmp_path_factory.mktemp("apart")
    programs.take_apart(VIE, folder)
    return folder


@pytest.fixture(scope="module")
def stock(packages: Path, apart: Path) -> Stock:
    letters = (apart / "new.lstm-unicharset").read_text(encoding="utf-8")
    return load_stock(
        packages, Path(sysconfig.get_path("purelib")), PROJECT / "normalize" / "lists", letters
    )


def sheet_of(stock: Stock, draw: int, damage: Damage | None = None) -> Sheet:
    rng = np.random.default_rng(draw)
    drawn = damage or draw_damage(rng)
    sheet = draw_sheet(stock.texts, stock.faces, stock.letters, drawn.scanner.dpi, rng)
    return damaged(sheet, drawn, rng)


def test_help_texts_give_their_vietnamese_paragraphs(packages: Path) -> None:
    assert list(help_lines(packages)) == [
        "Bấm vào nút Lưu để giữ lại các thay đổi",
        "trong bảng tính.",
        "Chọn một màu nền khác cho những ô đã tô.",
    ]


def test_without_help_texts_the_recipe_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"setup\.sh training"):
        load_texts(tmp_path, tmp_path, PROJECT / "normalize" / "lists")


@pytest.mark.parametrize("kind", KINDS, ids=lambda make: make.__name__)
def test_each_kind_of_line_can_be_read_and_differs_from_draw_to_draw(
    kind: object, stock: Stock
) -> None:
    assert callable(kind)
    texts: Texts = stock.texts
    lines = [kind(texts, np.random.default_rng(seed)) for seed in range(60)]
    said = [transcription(line) for line in lines]
    assert len(set(said)) >= 3
    assert sum(readable(line, stock.letters) for line in said) >= 57
    assert [transcription(line) for line in said] == said


def test_the_same_draw_makes_the_same_sheet(stock: Stock) -> None:
    first, again, other = (sheet_of(stock, draw) for draw in (7, 7, 8))
    assert first.pieces == again.pieces
    assert np.array_equal(first.picture, again.picture)
    assert [piece.text for piece in first.pieces] != [piece.text for piece in other.pieces]


@pytest.mark.parametrize("scanner", list(SCANNERS))
def test_a_line_stands_in_its_box_after_the_damage(scanner: str, stock: Stock) -> None:
    damage = Damage(scanner, SCANNERS[scanner], 0.0, 0 if SCANNERS[scanner].quality else 150, 0)
    sheet = sheet_of(stock, 11, damage)
    pictures = [
        sheet.picture[round(p.top) : round(p.bottom), round(p.left) : round(p.right)]
        for p in sheet.pieces
        if len(p.text.split()) >= 4
    ]
    read = read_pictures([picture.copy() for picture in pictures], "vie", 7, 200, 60)
    wanted = [p.text.split() for p in sheet.pieces if len(p.text.split()) >= 4]
    found = [
        len({word.text for word in words} & set(line)) / len(set(line))
        for words, line in zip(read, wanted, strict=True)
    ]
    assert len(found) >= 10
    assert float(np.mean(found)) > 0.6


def test_a_seal_over_the_print_is_there_on_request_only() -> None:
    usual = [draw_damage(np.random.default_rng(n)) for n in range(50)]
    held_out = [draw_damage(np.random.default_rng(n), held_out=True) for n in range(50)]
    assert {damage.seals for damage in usual} == {0}
    assert min(damage.seals for damage in held_out) > 0
    assert {damage.kind for damage in usual} == {"print", "office", "poor", "fax", "copy", "dither"}


def test_new_letters_stand_at_the_end_with_codes_of_their_own(apart: Path) -> None:
    old, new = ((apart / f"{name}.lstm-unicharset").read_text("utf-8") for name in ("old", "new"))
    assert letters_of(new) - letters_of(old) == set(NEW_LETTERS)
    assert new.splitlines()[1:271] == old.splitlines()[1:271]
    assert with_letters(new) == new
    codes = (apart / "new.lstm-recoder").read_bytes()
    parts = [struct.unpack_from("<bii", codes, 4 + 9 * n) for n in range((len(codes) - 4) // 9)]
    assert len(parts) == len(new.splitlines()) - 1
    assert [code for _, _, code in parts[-2:]] == [269, 270]
    with pytest.raises(ValueError, match="more than one part"):
        with_codes(struct.pack("<Ibiii", 1, 1, 2, 0, 1), 1)


def test_a_network_of_floats_reads_nearly_as_the_integers_did(apart: Path, stock: Stock) -> None:
    for part in apart.glob("old.lstm-*"):
        shutil.copyfile(part, apart / part.name.replace("old.", "float.", 1))
    subprocess.run(["combine_tessdata", f"{apart}/float."], check=True, capture_output=True)
    files = make_round(stock, apart, 900, Round(1, 0, 0.0))
    floats = programs.errors(apart / "float.traineddata", files, apart)
    integers = programs.errors(VIE, files, apart)
    assert floats == pytest.approx(integers, abs=5.0)  # percent; activations are rounded too
    with pytest.raises(ValueError, match="no integer network"):
        float_network((apart / "float.lstm").read_bytes())


def test_the_recipe_trains_on_a_few_lines(apart: Path, stock: Stock, tmp_path: Path) -> None:
    each = Round(1, 120, 0.0005)
    files = make_round(stock, tmp_path, 901, each)
    assert make_round(stock, tmp_path, 901, each) == files  # what is there is not made again
    before = programs.errors(VIE, files, apart)
    programs.train(apart, 0, files, each.lines, each.rate)
    programs.write_model(apart, 0, tmp_path / "new.traineddata")
    letters, words = programs.errors(tmp_path / "new.traineddata", files, apart)
    assert letters < before[0]
    assert words < before[1]
    assert (tmp_path / "new.traineddata").stat().st_size < 600_000  # integers again


def test_the_model_reads_lines_that_it_has_not_seen_better_than_the_one_it_came_from(
    apart: Path, stock: Stock
) -> None:
    files = make_round(
        stock, apart, 950, Round(3, 0, 0.0)
    )  # no round of the recipe has this number
    letters, words = programs.errors(READER, files, apart)
    old_letters, old_words = programs.errors(VIE, files, apart)
    assert letters < 0.6 * old_letters
    assert words < 0.6 * old_words


def test_a_hard_mix_has_a_share_for_everything_and_more_capitals_and_faxes() -> None:
    for mix in (USUAL, HARD):
        assert (len(mix.kinds), len(mix.machines), len(mix.cuts)) == (len(KINDS), len(MACHINES), 4)
        assert sum(mix.machines) == pytest.approx(1) == sum(mix.cuts)
    faxes = [
        sum(draw_damage(np.random.default_rng(n), mix=mix).kind == "fax" for n in range(300))
        for mix in (USUAL, HARD)
    ]
    assert faxes[0] < faxes[1]


def test_the_models_card_names_its_file_and_its_sources() -> None:
    card = (READER.parent / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(READER.read_bytes()).hexdigest() in card
    for source in ("tesseract-ocr-vie", "libreoffice-help-vi", "fonts-texgyre", "Apache-2.0"):
        assert source in card


def test_confusions_are_counted_in_the_words_that_were_read_one_for_one() -> None:
    lines = [("cá tươi, rổ", "cả tươi, rố"), ("một bến cảng", "một cảng"), ("ao", "”")]
    rows = list(confusion_rows(lines))
    assert [row for row in rows if row.split(",")[1] != row.split(",")[2]] == [
        "vie,á,ả,1",
        "vie,ổ,ố,1",
    ]
    assert 'vie,",",",",1' in rows
    assert "vie,r,r,1" in rows
    assert not any(row.startswith("vie,b") for row in rows)
