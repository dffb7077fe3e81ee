"""Labels of columns that are turned by a quarter of a circle, whichever way: they are read, and
their words are found where they stand on the page.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pypdfium2 as pdfium
import pytest
import typst
from PIL import Image

from extract.image.page_image import render_page
from extract.read_pages import read_pages
from extract.tasks import PageReading, ReadingSettings
from tests.sample.build import render
from tests.sample.pdf import PageImage, ScannedPage, write_pdf
from tests.sample.scanner import SCANNERS, encode, scan
from tests.sample.typeset import FACES, face_folder

LABELS = {  # by their column: what is printed, and the degrees clockwise by which it is turned
    1: (("Nội dung công việc",), -90),
    2: (("Cơ quan theo dõi,", "báo cáo kết quả"), 90),
    3: (("Năm bắt đầu,", "năm kết thúc"), -90),
    4: (("Kinh phí",), 90),
}


def table() -> bytes:
    """A page with a table whose columns' labels are turned, as a PDF of vector text."""
    turned = [
        f"rotate({turn}deg, reflow: true)[{' #linebreak() '.join(lines)}]"
        for lines, turn in LABELS.values()
    ]
    rows = [
        f"[{n}], [Sửa chữa kênh mương xã số {n}, dọn cỏ, nạo vét], [Phòng Kinh tế huyện], "
        f"[202{n} - 203{n}], [Ngân sách xã]"
        for n in range(1, 6)
    ]
    source = (
        '#set page(paper: "a4")\n'
        f'#set text(font: "{FACES["tinos"].family}", size: 13pt, hyphenate: false)\n'
        "#table(columns: (30pt, 200pt, 80pt, 60pt, 60pt), align: center + horizon, [TT], "
        f"{', '.join(turned)}, {', '.join(rows)})"
    )
    return typeset(source)


def typeset(source: str) -> bytes:
    """A source as a PDF of vector text."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[face_folder(FACES["tinos"])])
    return bytes(
        typst.compile(source.encode(), font_paths=fonts, format="pdf", timestamp=0, pdf_tags=False)
    )


def scanned(vector: bytes, path: Path) -> Path:
    """The page as a scan that is neither turned nor skewed, so that its words keep their place."""
    scanner = replace(SCANNERS["clean"], skew=0.0, specks=0, streaks=0, dpi=200)
    grey, matrix = scan(render(vector, 1, 200), scanner, np.random.default_rng(3))
    shift = matrix[:, 2] * 200 / 72
    grey = np.roll(grey, tuple(-round(float(edge)) for edge in shift[::-1]), (0, 1))
    image = encode(grey, scanner)
    path.write_bytes(
        write_pdf(
            [ScannedPage(PageImage(image.width, image.height, 200, image.data, image.filter))]
        )
    )
    return path


@pytest.fixture(scope="module", params=["scan", "vector"])
def read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PageReading:
    path = tmp_path_factory.mktemp(request.param) / "x.pdf"
    if request.param == "scan":
        scanned(table(), path)
    else:
        path.write_bytes(table())
    return read_pages(path, [1], ReadingSettings())[0]


def words_of(page: PageReading, column: int) -> pd.DataFrame:
    """The first witness's words in the header of a column."""
    blocks, words = pd.DataFrame(page.blocks), pd.DataFrame(page.words)
    header = blocks[(blocks["table_no"] == 1) & (blocks["row"] == 0)]
    (block_no,) = header[header["column"] == column]["block_no"]
    first = words["witness"].isin(["vie", "vector"])
    found: pd.DataFrame = words[first & (words["block_no"] == block_no)]
    return found


def printed_box(word: str) -> tuple[float, float, float, float]:
    """Where a word that the table has once stands, in points from the page's top left corner."""
    with pdfium.PdfDocument(table()) as document:
        page = document[0]
        text = page.get_textpage()
        first, count = text.search(word, match_case=True, match_whole_word=True).get_next()
        boxes = [text.get_charbox(at) for at in range(first, first + count)]
        left, bottom, right, top = zip(*boxes, strict=True)
        height = page.get_height()
        return min(left), height - max(top), max(right), height - min(bottom)


@pytest.mark.parametrize("column", LABELS)
def test_a_turned_label_is_read_in_order(read: PageReading, column: int) -> None:
    words = words_of(read, column)
    lines = [" ".join(line["text"]) for _, line in words.groupby("line_no", sort=True)]
    assert tuple(lines) == LABELS[column][0]


@pytest.mark.parametrize(
    ("column", "word"), [(1, "Nội"), (1, "việc"), (2, "theo"), (2, "quả"), (3, "thúc"), (4, "phí")]
)
def test_its_words_stand_where_they_are_printed(read: PageReading, column: int, word: str) -> None:
    words = words_of(read, column)
    (found,) = words.loc[words["text"] == word, ["x0", "top", "x1", "bottom"]].to_numpy().tolist()
    assert found == pytest.approx(printed_box(word), abs=3.5)


def test_all_other_cells_are_read_as_they_stand(read: PageReading) -> None:
    blocks, words = pd.DataFrame(read.blocks), pd.DataFrame(read.words)
    first = words[words["witness"].isin(["vie", "vector"])]
    rows = blocks[(blocks["table_no"] == 1) & (blocks["row"] == 2)]
    texts = ["".join(first[first["block_no"] == block]["text"]) for block in rows["block_no"]]
    assert texts[1:] == [
        "Sửachữakênhmươngxãsố2,dọncỏ,nạovét",
        "PhòngKinhtếhuyện",
        "2022-2032",
        "Ngânsáchxã",
    ]


@pytest.mark.parametrize("turns", [0, 1, 3])
def test_letters_of_a_sheet_that_lies_sideways_are_measured_along_it(
    tmp_path: Path, turns: int
) -> None:
    """Else the sheet is drawn two to three times as large, and takes ten times the memory."""
    source = (
        '#set page(paper: "a4")\n'
        f'#set text(font: "{FACES["tinos"].family}", size: 10pt)\n'
        + "Xã Hòa Bình sửa kênh mương, dọn cỏ, nạo vét. "
        * 60
    )
    sheet = np.ascontiguousarray(np.rot90(render(typeset(source), 1, 200), turns))
    Image.fromarray(sheet).save(tmp_path / "sheet.pdf", resolution=200.0)
    assert render_page(tmp_path / "sheet.pdf", 1, 200).zoom == 1
