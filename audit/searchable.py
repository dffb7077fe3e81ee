"""The scan as a searchable PDF: its pictures untouched, the repaired text as an invisible layer.

The layer takes longest and needs the repaired words alone, so that it can be made while the tables
are. The title and the handling notice are added last.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import pikepdf
from pikepdf import Dictionary, Name

from audit.published.folder import records
from audit.text_layer.glyphless import UNITS, WIDTH, add_font, encode
from audit.text_layer.layer_words import PLACED, PageLines, PageWord
from audit.text_layer.sheet import Sheet
from schemas.disk import write_bytes
from schemas.errors import DamagedPdf, EncryptedPdf
from schemas.files import read
from schemas.frames import Pages
from schemas.row_frames import Repaired
from schemas.row_tables import Document
from schemas.warp import Warp

_FONT = Name("/FRepaired")
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_INVISIBLE = 3


def make_searchable(work: Path, source: Path) -> Path:
    """Write ``work/review/searchable.pdf`` from a PDF and the words that its pages were repaired
    to.

    For a text dump none is made, and one of an earlier run is removed.
    """
    target = work / "review" / "searchable.pdf"
    target.unlink(missing_ok=True)
    if source.suffix.lower() == ".pdf":
        pages, repaired = (
            read(Pages, work / "extract" / "pages.parquet"),
            read(Repaired, work / "repair" / "repaired.parquet", *PLACED, "value"),
        )
        write_searchable(source, pages, PageLines(repaired, work / "extract"), target)
    return target


def write_searchable(source: Path, pages: pd.DataFrame, lines: PageLines, target: Path) -> None:
    """Write the PDF ``source`` to ``target``, with the lines of each page (from 1) as its text
    layer.

    ``pages`` is a table Pages. An invisible layer of another engine is taken out; pages of visible
    text stay as they are. Raises DamagedPdf, EncryptedPdf.
    """
    with _rewritten(source, target) as pdf:
        font = add_font(pdf)
        for page in records(pages):
            if page.source == "scan":
                _replace_layer(
                    pdf, pdf.pages[int(page.page_no) - 1], page, lines.of(int(page.page_no)), font
                )
        pdf.remove_unreferenced_resources()


def add_metadata(work: Path) -> None:
    """Put language, title and handling notice into ``work/review/searchable.pdf``, if
    there is one.
    """
    path = work / "review" / "searchable.pdf"
    if not path.exists():
        return
    about = read(Document, work / "tables" / "document.parquet").iloc[0]
    with _rewritten(path, path) as pdf:
        pdf.Root.Lang = pikepdf.String("vi")
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            for key, text in (
                ("dc:title", about["title"]),
                ("dc:rights", about["notice"]),
                ("dc:description", about["notice"]),
            ):
                if text:
                    metadata[key] = text


@contextmanager
def _rewritten(source: Path, target: Path) -> Iterator[pikepdf.Pdf]:
    """A PDF to change, written to ``target`` after the block."""
    try:
        with pikepdf.open(source) as pdf:
            yield pdf
            buffer = io.BytesIO()
            pdf.save(buffer, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise EncryptedPdf(
            "the PDF asks for a password", source.name, "save it without one"
        ) from error
    except pikepdf.PdfError as error:
        raise DamagedPdf(
            "the PDF cannot be rewritten", source.name, "scan or download the document again"
        ) from error
    write_bytes(target, buffer.getvalue())


def _replace_layer(
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    about: Any,
    lines: Sequence[Sequence[PageWord]],
    font: pikepdf.Object,
) -> None:
    page.contents_coalesce()
    page.Contents = pdf.make_stream(_without_invisible(page))
    _clean_forms(pdf, page)
    page.add_resource(font, Name.Font, _FONT, replace_existing=True)
    left, bottom, right, top = (float(side) for side in page.cropbox)
    sheet = Sheet(
        left,
        bottom,
        right,
        top,
        int(page.obj.get("/Rotate", 0)) % 360,
        int(about.turn),
        float(about.skew),
        Warp.from_text(about.warp),
        float(about.width),
    )
    page.contents_add(_layer(lines, sheet), prepend=False)


def _without_invisible(content: Any) -> bytes:
    """A content stream without the text that it shows invisibly."""
    kept, modes, mode = [], [], 0
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        if operator == "q":
            modes.append(mode)
        elif operator == "Q":
            mode = modes.pop() if modes else 0
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        if not (operator in _SHOWING and mode == _INVISIBLE):
            kept.append(instruction)
    return bytes(pikepdf.unparse_content_stream(kept))


def _clean_forms(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take invisible text out of the forms (XObjects) that a page draws.

    A form is copied first, for other pages may draw it too.
    """
    forms = page.resources.get("/XObject", Dictionary())
    for name in list(forms.keys()):
        form = forms[name]
        if form.get("/Subtype") == Name.Form:
            cleaned = _without_invisible(form)
            copy = pdf.make_stream(cleaned)
            for key in form.keys():  # noqa: SIM118 - a PDF object is no dict
                if key not in ("/Length", "/Filter", "/DecodeParms"):
                    copy[key] = form[key]
            forms[name] = copy


def _layer(lines: Iterable[Sequence[PageWord]], sheet: Sheet) -> bytes:
    """The drawing operators of a page's words, each stretched to its box, with a space after each.

    Without that space PDFium drops a letter that stands alone.
    """
    (right_x, right_y), (down_x, down_y) = sheet.axes
    letters = " ".join(f"{n:.5f}" for n in (right_x, right_y, -down_x, -down_y))
    drawn = ["q BT 3 Tr"]
    for word in chain.from_iterable(lines):
        size = max(word.bottom - word.top, 1.0)
        x, y = sheet.to_user_space(word.x0, word.bottom - 0.2 * size)
        place = f"{x:.5f} {y:.5f}"
        stretch = 100 * max(word.x1 - word.x0, 0.5) / (len(word.text) * size * WIDTH / UNITS)
        drawn.append(
            f"{_FONT} {size:.2f} Tf {stretch:.2f} Tz {letters} {place} Tm "
            f"<{encode(word.text)}0020> Tj"
        )
    return "\n".join([*drawn, "ET Q"]).encode("ascii")
