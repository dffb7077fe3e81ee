"""People's decisions that break a rule, or are written as no decision is: taken, or refused by file
and line.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from schemas.documents import CORRECTION_COLUMNS
from tests.hostile.cases import Hostile
from tests.hostile.command import Got
from tests.hostile.room import Room

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


def _taken(content: str, published: str) -> Callable[[Room], Got]:
    """The same up to publication; what is published must hold this text."""

    def act(room: Room) -> Got:
        got = _decided(content, "publish")(room)
        if got.code == 0 and published not in (room.out / "tasks.csv").read_text(encoding="utf-8"):
            return Got(got.code, f"{got.said}the decision was not taken")
        return got

    return act


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
    _case(
        "a task that is decided to be empty",
        _FILE + "2: the value breaks a rule",
        "tasks,1.2.1,task,Mở lớp bồi dưỡng bí thư chi bộ tại xã.,,change,An,,\n",
    ),
    _case(
        "a day that is none for the document",
        _FILE + "2: the value breaks a rule",
        "document,x,date,2025-11-15,mai,change,An,,\n",
    ),
    _case(
        "a period that the line has already", _FILE + "3: the value breaks a rule", "\n" + _PERIOD
    ),
    _case(
        "a decision with a bell in it",
        _FILE + "2: there is a character under value",
        _LEAD + "Sở\x07A,change,An,,\n",
    ),
    _case("a decision with a zero byte in it", _FILE + "2", _LEAD + "Sở\0A,change,An,,\n"),
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
    _case(
        "decisions with semicolons between",
        _FILE + "1: the columns must be",
        (_HEAD + _LEAD).replace(",", ";").encode(),
    ),
    _case(
        "decisions in UTF-16",
        _FILE + "1: the file is not CSV in UTF-8",
        (_HEAD + _LEAD).encode("utf-16"),
    ),
    _case(
        "a decision in another encoding",
        _FILE + "3: the file is not CSV in UTF-8",
        (_HEAD + _LEAD + "A,change,An,,\n").encode() + b"tasks,\xe0\n",
    ),
    _case(
        "a number for two rows, decided twice",
        _FILE + "2 and x.corrections.csv, line 3: tasks",
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
