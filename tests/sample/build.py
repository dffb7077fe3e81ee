"""Makes the sample and its variants: print, scan, lay the text layer over it, write the PDF and the
truth.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from tests.sample import layer, overlay, stamp
from tests.sample.pdf import ScannedPage, Word, write_pdf
from tests.sample.programme import Programme, long_programme, read_programme, small_programme
from tests.sample.revised import revised_programme
from tests.sample.scanner import EVERY, Scanner, bent, encode, scan, turn
from tests.sample.tables import truth_tables, write_truth
from tests.sample.typeset import Printed, typeset
from tests.sample.variant import Variant

ROOT = Path(__file__).parents[2]
SAMPLE = Variant(text_layer=True, stamped=True, pages_without_notice=(5, 8))
# what PDFium writes new each time
OF_THE_CLOCK = re.compile(rb"(?<=/CreationDate\(D:)\d{14}|(?<=/ID\[)<[0-9A-F]+><[0-9A-F]+>")
Grey = NDArray[np.uint8]


def render(pdf: bytes, page_no: int, dpi: int) -> Grey:
    """Return a page (1-based) of a vector PDF in grey."""
    document = pdfium.PdfDocument(pdf)
    try:
        bitmap = document[page_no - 1].render(scale=dpi / 72, grayscale=True)
        return np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
    finally:
        document.close()


def seeded(variant: Variant, page_no: int) -> np.random.Generator:
    """Return the page's own generator, so that a page looks the same whichever other pages are
    made.
    """
    return np.random.default_rng([variant.seed, page_no])


def stamped(
    page: Grey, printed: Printed, page_no: int, scanner: Scanner, rng: np.random.Generator
) -> Grey:
    """Return the page with the seal over its signature block or over an appendix's title, where
    there is one.
    """
    mark = printed.marks["signature"]
    if mark.page == page_no:
        signed = stamp.signature(page, mark.x + 130, mark.y + 85, scanner.dpi, rng)
        return stamp.seal(signed, mark.x + 75, mark.y + 80, scanner.dpi)
    heads = [
        place
        for key, place in printed.marks.items()
        if key.startswith("appendix:") and place.page == page_no
    ]
    for head in heads:
        page = stamp.seal(page, head.x + 75, head.y + 10, scanner.dpi)
    return page


def inks(
    page: tuple[int, int],
    places: list[overlay.Point],
    is_first: bool,
    scanner: Scanner,
    rng: np.random.Generator,
) -> list[overlay.Layer]:
    """Return the inks over the print of a page of this height and width, its seals about
    `places`.
    """
    found = []
    if scanner.watermark is not None:
        found.append(overlay.watermark_layer(scanner.watermark, page, scanner.dpi))
    if scanner.seals is not None:
        found += overlay.seal_layers(scanner.seals, page, scanner.dpi, places, rng)
        if scanner.seals.incoming and is_first:
            found.append(overlay.incoming_layer(page, scanner.dpi, rng))
    return found


def seal_places(
    printed: Printed,
    words: tuple[Word, ...],
    page_no: int,
    seals: overlay.Seals,
    rng: np.random.Generator,
) -> list[overlay.Point]:
    """Return the middles of a page's seals in points: over titles and signature, and over words
    drawn at random.
    """
    here = {key: place for key, place in printed.marks.items() if place.page == page_no}
    over = {"signature": (75, 80)} | {key: (75, 18) for key in here if key.startswith("appendix:")}
    places = [
        (here[key].x + right, here[key].y + down)
        for key, (right, down) in over.items()
        if seals.titles and key in here
    ]
    drawn = rng.choice(len(words), min(seals.on_text, len(words)), replace=False) if words else ()
    return places + [(words[n].x0, words[n].top) for n in drawn]


def scanned_page(
    printed: Printed, words: tuple[Word, ...], page_no: int, variant: Variant, scanner: Scanner
) -> ScannedPage:
    """Return one page as the scanner leaves it; a turned page has no text layer."""
    rng = seeded(variant, page_no)
    page = render(printed.pdf, page_no, scanner.dpi)
    if variant.stamped:
        page = stamped(page, printed, page_no, scanner, rng)
    # so that a page is skewed and soiled alike with and without inks
    own = np.random.default_rng([variant.seed, page_no, 1])
    places = (
        [] if scanner.seals is None else seal_places(printed, words, page_no, scanner.seals, own)
    )
    layers = inks((page.shape[0], page.shape[1]), places, page_no == 1, scanner, own)
    grey, points = scan(page, scanner, rng, layers)
    degrees = dict(variant.turned).get(page_no, 0)
    image = encode(turn(grey, degrees), scanner)
    if not variant.text_layer or degrees:
        return ScannedPage(image)
    return ScannedPage(
        image,
        layer.move(
            layer.misread(words, variant.layer_errors, rng),
            points,
            bent(scanner, (page.shape[1], page.shape[0])),
        ),
    )


def scanned_pages(
    printed: Printed, variant: Variant, scanner: Scanner
) -> Iterator[tuple[int, ScannedPage]]:
    """Yield the number and scan of each page that is neither missing nor kept as vector text."""
    for page_no, words in enumerate(layer.printed_words(printed.pdf), 1):
        if page_no not in variant.missing_pages and page_no not in variant.vector_pages:
            yield page_no, scanned_page(printed, words, page_no, variant, scanner)


def interleave(printed: Printed, scanned: list[tuple[int, ScannedPage]], variant: Variant) -> bytes:
    """Return a PDF whose vector pages stand between the scanned ones."""
    vector = pdfium.PdfDocument(printed.pdf)
    scans = pdfium.PdfDocument(write_pdf([page for _, page in scanned])) if scanned else vector
    place = {page_no: i for i, (page_no, _) in enumerate(scanned)}
    joined = pdfium.PdfDocument.new()
    for page_no in range(1, len(vector) + 1):
        if page_no in place:
            joined.import_pages(scans, [place[page_no]])
        elif page_no not in variant.missing_pages:
            joined.import_pages(vector, [page_no - 1])
    out = io.BytesIO()
    joined.save(out)
    return OF_THE_CLOCK.sub(lambda found: re.sub(rb"[0-9A-F]", b"0", found[0]), out.getvalue())


def programme_of(variant: Variant) -> Programme:
    """Return the programme that the variant prints."""
    programme = small_programme(read_programme()) if variant.small else read_programme()
    programme = long_programme(programme, variant.times) if variant.times > 1 else programme
    return revised_programme(programme) if variant.revised else programme


def make_pdf(path: Path, truth: Path, variant: Variant, scanner: str) -> None:
    """Write one variant's PDF and its truth tables."""
    programme = programme_of(variant)
    printed = typeset(programme, variant)
    scanned = list(scanned_pages(printed, variant, EVERY[scanner]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        interleave(printed, scanned, variant)
        if variant.vector_pages
        else write_pdf([page for _, page in scanned])
    )
    write_truth(truth_tables(programme, printed, variant.missing_pages), truth)


def make_variant(folder: Path, variant: Variant, scanner: str) -> tuple[Path, Path]:
    """Write `<scanner>.pdf` and the folder `truth` for one variant into `folder`; return their
    paths.
    """
    path, truth = folder / f"{scanner}.pdf", folder / "truth"
    make_pdf(path, truth, variant, scanner)
    return path, truth


def build() -> Path:
    """Write raw/sample.pdf, an office scan with a text layer, and its truth beside this file;
    return the PDF's path.
    """
    path = ROOT / "raw" / "sample.pdf"
    make_pdf(path, Path(__file__).parent / "truth", SAMPLE, "office")
    return path
