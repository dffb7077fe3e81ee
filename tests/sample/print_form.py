"""Prints a programme of ``tests/sample/programmes`` to PDF, as vector text or scanned, with its
truth beside it.
"""

from pathlib import Path

from tests.sample.build import scanned_page
from tests.sample.form_truth import form_truth, write_form_truth
from tests.sample.form_typeset import typeset_form
from tests.sample.forms import load
from tests.sample.layer import printed_words
from tests.sample.pdf import write_pdf
from tests.sample.scanner import SCANNERS
from tests.sample.typeset import Printed
from tests.sample.variant import Variant


def scanned(printed: Printed, scanner: str) -> bytes:
    """Return the printed pages as that scanner leaves them, without a text layer."""
    pages = enumerate(printed_words(printed.pdf), 1)
    return write_pdf(
        [scanned_page(printed, words, n, Variant(), SCANNERS[scanner]) for n, words in pages]
    )


def print_form(name: str, folder: Path, scanner: str | None = None) -> Path:
    """Write a programme's PDF and its truth below ``folder``; return the PDF's path."""
    programme = load(name)
    printed = typeset_form(programme)
    path = folder / (f"{name}-{scanner}.pdf" if scanner else f"{name}.pdf")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(scanned(printed, scanner) if scanner else printed.pdf)
    write_form_truth(form_truth(programme, printed), folder / "truth" / name)
    return path
