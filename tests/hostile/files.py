"""Hostile PDF files: other things under that name, damage, absurd pages, active content.

Long: a list of cases with what each prepares.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.hostile import pdfs
from tests.hostile.cases import Hostile
from tests.hostile.command import USUAL, Circumstances, Got
from tests.hostile.room import Room
from tests.sample.pdf import stream

_NO_PDF, _DAMAGED, _LOCKED = (
    "does not begin as a PDF does",
    "the PDF is damaged",
    "asks for a password",
)


def _runs(make: Callable[[], bytes], met: Circumstances = USUAL) -> Callable[[Room], Got]:
    return lambda room: room.run(make(), met=met)


def _reads(make: Callable[[], bytes]) -> Callable[[Room], Got]:
    return lambda room: room.extract(make())


def _repeat(count: int) -> bytes:
    return pdfs.bare(
        f"<< /Type /Pages /Count {count} /Kids [{'3 0 R ' * count}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )


FILES = [
    Hostile("a web page named .pdf", 11, _NO_PDF, _runs(lambda: b"<!DOCTYPE html><html>")),
    Hostile("a picture named .pdf", 11, _NO_PDF, _runs(lambda: b"\x89PNG\r\n\x1a\n" + bytes(2000))),
    Hostile("an empty file", 11, _NO_PDF, _runs(lambda: b"")),
    Hostile("a Word file", 11, _NO_PDF, lambda room: room.run(b"PK\x03\x04" + bytes(99), "x.docx")),
    Hostile(
        "a PDF that asks for a password",
        12,
        _LOCKED,
        _runs(lambda: pdfs.encrypted("secret", "owner")),
    ),
    Hostile(
        "a PDF that opens for some readers alone",
        12,
        "locked in another way than by a password",
        _runs(lambda: pdfs.locked("/Adobe.PubSec")),
    ),
    Hostile(
        "a PDF that only its owner may print", 0, "", _reads(lambda: pdfs.encrypted("", "owner"))
    ),
    Hostile("a head and nothing else", 13, _DAMAGED, _runs(lambda: b"%PDF-1.7\n")),
    Hostile(
        "a PDF cut off in its middle",
        13,
        _DAMAGED,
        _runs(lambda: pdfs.plain()[: len(pdfs.plain()) // 2]),
    ),
    Hostile(
        "zeros after the head",
        13,
        _DAMAGED,
        _runs(lambda: pdfs.plain()[:100] + bytes(len(pdfs.plain()))),
    ),
    Hostile("a cross-reference table of wrong places", 0, "", _reads(pdfs.table_moved)),
    Hostile("no cross-reference table at all", 0, "", _reads(pdfs.without_table)),
    Hostile(
        "a letter's head before the PDF", 0, "", _reads(lambda: b"From: a@b\r\n\r\n" + pdfs.plain())
    ),
    Hostile("rubbish after the PDF", 0, "", _reads(lambda: pdfs.plain() + bytes(5000))),
    Hostile(
        "a content stream that cannot be unpacked",
        16,
        "no word could be read",
        _runs(lambda: pdfs.one_page(stream("/Filter /FlateDecode", b"\xff" * 99))),
    ),
    Hostile(
        "a content stream of nonsense",
        16,
        "no word could be read",
        _runs(lambda: pdfs.one_page(stream("", b"<< BT ( [ Tj ]] 9 Q Q Q Do " * 99))),
    ),
    Hostile(
        "a picture whose data end early",
        16,
        "no word could be read",
        _runs(lambda: pdfs.picture(2000, 3000, b"x\x9c\x00", "")),
    ),
    Hostile(
        "a page tree that is its own child",
        13,
        "page 1: the page cannot be loaded",
        _runs(lambda: pdfs.bare("<< /Type /Pages /Count 1 /Kids [2 0 R] >>")),
    ),
    Hostile(
        "a page tree that names a missing page",
        13,
        "page 1: the page cannot be loaded",
        _runs(lambda: pdfs.bare("<< /Type /Pages /Count 1 /Kids [99 0 R] >>")),
    ),
    Hostile(
        "a page tree that claims a million pages",
        15,
        "1000000 pages, more than 2000",
        _runs(lambda: pdfs.bare("<< /Type /Pages /Count 1000000 /Kids [] >>")),
    ),
    Hostile(
        "a page tree of 5,000 levels",
        13,
        "page 1: the page cannot be loaded",
        _runs(lambda: pdfs.deep_tree(5000)),
    ),
    Hostile(
        "no pages",
        14,
        "the PDF has no pages",
        _runs(lambda: pdfs.bare("<< /Type /Pages /Count 0 /Kids [] >>")),
    ),
    Hostile("no page tree", 16, "no word could be read", _runs(lambda: pdfs.bare("<< >>"))),
    Hostile(
        "a page that is no page",
        13,
        "page 1: the page cannot be loaded",
        _runs(lambda: pdfs.bare("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "(text)")),
    ),
    Hostile(
        "a page tree that counts fewer pages than it holds",
        13,
        "says that it has 1 pages, and holds 3",
        _runs(lambda: pdfs.miscounted(3, 1)),
    ),
    Hostile("3,000 pages", 15, "3000 pages, more than 2000", _runs(lambda: _repeat(3000))),
    Hostile(
        "a blank page and nothing else",
        16,
        "no word could be read",
        _runs(
            lambda: pdfs.bare(
                "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            )
        ),
    ),
    Hostile("a scan of white paper", 16, "no word could be read", _runs(pdfs.scan)),
    Hostile(
        "a page of 200 by 200 inches",
        15,
        "200.0 by 200.0 inches",
        _runs(lambda: pdfs.of_size(14400, 14400)),
    ),
    Hostile("a page of 100,000 by 72 points", 15, "inches", _runs(lambda: pdfs.of_size(1e7, 72))),
    Hostile("a page of 10 points", 15, "0.1 by 0.1 inches", _runs(lambda: pdfs.of_size(10, 10))),
    Hostile(
        "a page without size",
        17,
        "no table of tasks, indicators or growth was found",
        _runs(lambda: pdfs.of_size(0, 0)),
    ),
    Hostile(
        "a page with its corners the wrong way round",
        0,
        "",
        _reads(lambda: pdfs.of_size(-595, -842)),
    ),
    Hostile(
        "a page turned by 45 degrees",
        0,
        "",
        _reads(lambda: pdfs.changed(lambda d: d.pages[0].__setitem__("/Rotate", 45))),
    ),
    Hostile(
        "a page turned by 90 degrees",
        0,
        "",
        _reads(lambda: pdfs.changed(lambda d: d.pages[0].__setitem__("/Rotate", 90))),
    ),
    Hostile(
        "a picture of 40,000 by 40,000 pixels",
        15,
        "40000 by 40000 pixels",
        _runs(lambda: pdfs.picture(40000, 40000, zlib.compress(bytes(1000)))),
    ),
    Hostile(
        "a picture of 100 million pixels in 100 kB",
        16,
        "no word could be read",
        _runs(lambda: pdfs.picture(10000, 10000, zlib.compress(b"\xff" * 100_000_000))),
    ),
    Hostile(
        "a picture of no pixels",
        16,
        "no word could be read",
        _runs(lambda: pdfs.picture(0, 0, b"")),
    ),
    Hostile(
        "a content stream of 50 MB in 50 kB",
        16,
        "no word could be read",
        _runs(lambda: pdfs.bomb(50)),
    ),
    Hostile(
        "a form that draws itself",
        15,
        "too much memory, or for more than",
        _runs(pdfs.calls_itself, Circumstances(memory=3 * 2**29)),
    ),
    Hostile(
        "20,000 nested arrays",
        16,
        "no word could be read",
        _runs(lambda: pdfs.one_page(stream("", b"[" * 20000 + b"]" * 20000 + b" TJ"))),
    ),
    Hostile(
        "a script and a program to be run", 0, "", _reads(lambda: pdfs.changed(pdfs.with_script))
    ),
    Hostile(
        "an attached file",
        0,
        "",
        _reads(lambda: pdfs.changed(lambda d: d.attachments.__setitem__("a.exe", b"MZ" * 999))),
    ),
    Hostile("a form to fill in", 0, "", _reads(lambda: pdfs.changed(pdfs.with_form))),
    Hostile(
        "a page that points to another file",
        16,
        "no word could be read",
        _runs(lambda: pdfs.one_page(stream("/F (/etc/passwd) /FFilter /ASCIIHexDecode", b""))),
    ),
]


def _named(name: str, content: Callable[[], bytes] = pdfs.plain) -> Callable[[Room], Got]:
    return lambda room: room.run(content(), name)


def _added(name: str) -> Callable[[Room], Got]:
    def act(room: Room) -> Got:
        path = room.root / name
        path.write_bytes(pdfs.plain())
        return room.main("add", str(path))

    return act


def _special(make: Callable[[Path], object]) -> Callable[[Room], Got]:
    def act(room: Room) -> Got:
        make(room.source)
        return room.main("run", str(room.source), "--out", str(room.out))

    return act


def _linked(room: Room) -> Got:
    (room.root / "elsewhere.pdf").write_bytes(pdfs.plain())
    room.source.symlink_to(room.root / "elsewhere.pdf")
    return room.stages("extract")


NAMES = [
    Hostile(
        "a name with a line break, quotes and spaces",
        17,
        "no table of tasks, indicators or growth was found",
        _named("a\nb '\"$(x);&.pdf"),
    ),
    Hostile(
        "a name that begins with a dash",
        17,
        "no table of tasks, indicators or growth was found",
        _named("-x --out.pdf"),
    ),
    Hostile(
        "a name without a letter or digit",
        17,
        "no table of tasks, indicators or growth was found",
        _named("—.pdf"),
    ),
    Hostile(
        "a name of 255 bytes",
        17,
        "no table of tasks, indicators or growth was found",
        _named("y" * 251 + ".pdf"),
    ),
    Hostile(
        "a name of 255 bytes, to be added",
        10,
        "longer than 200 letters",
        _added("y" * 251 + ".pdf"),
    ),
    Hostile("a name of signs, to be added", 10, "no document's name can be made", _added("😀.pdf")),
    Hostile(
        "the name of the folder of intermediates, to be added",
        10,
        "no document's name can be made",
        _added("work.pdf"),
    ),
    Hostile(
        "a name in bytes that are no text",
        17,
        "no table of tasks, indicators or growth was found",
        _named("x\udcff.pdf"),
    ),
    Hostile("a link to a PDF", 0, "", _linked),
    Hostile(
        "a link to nothing",
        52,
        "no such file",
        _special(lambda path: path.symlink_to("nowhere.pdf")),
    ),
    Hostile("a link to itself", 52, "symbolic links", _special(lambda path: path.symlink_to(path))),
    Hostile("a folder", 11, "not a file", _special(lambda path: path.mkdir())),
    Hostile("a pipe without a writer", 11, "not a file", _special(os.mkfifo)),
    Hostile(
        "a device without end",
        11,
        "not a file",
        _special(lambda path: path.symlink_to("/dev/zero")),
    ),
    Hostile(
        "a file that cannot be read",
        52,
        "input/output error",
        _special(lambda path: path.symlink_to("/proc/self/mem")),
    ),
    Hostile("no file", 52, "no such file", _special(lambda _: None)),
]
