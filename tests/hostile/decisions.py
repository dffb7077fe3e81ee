"""People's decisions that break a rule, or are written as no decision is: taken, or refused by file
and line.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

from schemas.documents import CORRECTION_COLUMNS
from tests.hostile.cases import Hostile
from tests.hostile.command import Got
from tests.hostile.room import Room

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_HEAD = ",".join(CORRECTION_COLUMNS) + "\n"
_CODE, _FILE = 18, "x.corrections.csv, line "
_PERIOD = (
    "growth,I|Giai đoạn 2020 - 2025,period,Giai đoạn 2020 - 2025,Giai đoạn 2025 - "
    "2030,change,An,,\n"
)
_NUMBER = "tasks,{0},task_id,{0},7.7.7,change,An,,\n"
_LEAD = "tasks,1.2.1,lead,Trường Chính trị tỉnh,"


def _decided(content: str | bytes, *stages: str) -> Callable[[Room], Got]:
    """The stages after repair with these lines below the header."""

    def act(room: Room) -> Got:
        room.write(
            "x.corrections.csv",
            content if isinstance(content, bytes) else (_HEAD + content).encode(),
        )
        return room.stages("tables", *stages)

    return act


def _windows(text: str) -> bytes:
    """A text in the Vietnamese code page, where tones are letters of their own."""
    found = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in _TONES)
        found.append(unicodedata.normalize("NFC", apart.replace(tone, "")) + tone)
    return "".join(found).encode("cp1258")


def _taken(content: str | bytes, published: str) -> Callable[[Room], Got]:
    """The same up to publication; what is published must hold this text."""

    def act(room: Room) -> Got:
        got = _decided(content, "publish")(room)
        if got.code == 0 and published not in (room.out / "tasks.csv").read_text(encoding="utf-8"):
            return Got(got.code, f"{got.said}the decision was not taken")
        return got

    return act


def _told(name: str, told: str, content: str | bytes) -> Hostile:
    """Decisions that are published as far as can be, with a line of the terminal on the rest."""
    return Hostile(name, 0, told, _decided(content, "publish"), True, True)


def _special(make: Callable[[Path], object]) -> Callable[[Room], Got]:
    def act(room: Room) -> Got:
        path = room.project / "raw" / "x.corrections.csv"
        path.unlink()
        room.kept.pop(path, None)
        make(path)
        return room.stages("tables")

    return act


def _case(name: str, told: str, content: str | bytes) -> Hostile:
    return Hostile(name, _CODE, told, _decided(content), whole=True)


DECIDED = [
    Hostile(
        "names with blanks before their semicolons",
        0,
        "",
        _taken(_LEAD + "Sở A ; Sở B,change,An,,\n", "Sở A; Sở B"),
        True,
        True,
    ),
    Hostile(
        "names with nothing after their semicolons",
        0,
        "",
        _taken(_LEAD + "Sở A;Sở B;,change,An,,\n", "Sở A; Sở B"),
        True,
        True,
    ),
    Hostile(
        "a decision of 150,000 letters",
        0,
        "",
        _taken(_LEAD + "x " * 75_000 + ",change,An,,\n", "x x x x"),
        True,
        True,
    ),
    Hostile(
        "a decision that a spreadsheet would run",
        0,
        "",
        _taken(_LEAD + "=1+1,change,An,,\n", "=1+1"),
        True,
        True,
    ),
    _told(
        "a task that is decided to be empty",
        _FILE + "2: tasks 1.2.1 task: stays in review: the value is empty",
        "tasks,1.2.1,task,Mở lớp bồi dưỡng bí thư chi bộ tại xã.,,change,An,,\n",
    ),
    _told(
        "a day that is none for the document",
        _FILE + "2: document x date: not applied: this is no date",
        "document,x,date,2025-11-15,mai,change,An,,\n",
    ),
    _told(
        "a period that the line has already",
        _FILE + "3: growth I period: not applied: another row",
        "\n" + _PERIOD,
    ),
    _told(
        "a decision with a bell in it",
        _FILE + "2: tasks 1.2.1 lead: stays in review",
        _LEAD + "Sở\x07A,change,An,,\n",
    ),
    _told("a decision with a zero byte in it", _FILE + "2", _LEAD + "Sở\0A,change,An,,\n"),
    _case(
        "a quotation mark that swallows the decisions below it",
        _FILE + "3: this row",
        f'{_LEAD}A,change,An,,\n{_LEAD}B,change,An,,"\n{_LEAD}C,change,An,,\n',
    ),
    _case(
        "a bad decision below one of several lines",
        _FILE + "4: the verdict",
        f'{_LEAD}A,change,An,,"a\nb"\n{_LEAD}B,maybe,An,,\n',
    ),
    Hostile(
        "decisions with semicolons between",
        0,
        "",
        _taken((_HEAD + _LEAD + "Sở Y tế,change,An,,\n").replace(",", ";").encode(), "Sở Y tế"),
        True,
        True,
    ),
    Hostile(
        "decisions in UTF-16 with tabs between",
        0,
        "",
        _taken(
            (_HEAD + _LEAD + "Sở Y tế,change,An,,\n").replace(",", "\t").encode("utf-16"), "Sở Y tế"
        ),
        True,
        True,
    ),
    Hostile(
        "decisions in a code page of Windows",
        0,
        "",
        _taken(_windows(_HEAD + _LEAD + "Sở Y tế,change,An,,\n"), "Sở Y tế"),
        True,
        True,
    ),
    _case(
        "decisions whose letters a code page lost",
        _FILE + "2: letters were lost",
        (_HEAD + _LEAD + "Sở Y tế xã,change,An,,\n").encode("cp1252", errors="replace"),
    ),
    _case(
        "a decision in another encoding",
        _FILE + "3: the file is not CSV in UTF-8",
        (_HEAD + _LEAD + "A,change,An,,\n").encode() + b"tasks,\xe0\n",
    ),
    _told(
        "a number for two rows, decided twice",
        _FILE + "3: tasks 1.2.1 task_id: not applied: another row",
        _NUMBER.format("1.1.1") + _NUMBER.format("1.2.1"),
    ),
    Hostile("decisions that are a folder", _CODE, "this is not a file", _special(Path.mkdir), True),
    Hostile(
        "decisions that are a pipe without a writer",
        _CODE,
        "this is not a file",
        _special(os.mkfifo),
        True,
    ),
]
