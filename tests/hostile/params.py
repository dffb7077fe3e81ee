"""Settings files that ask for much, say things twice, or hold what no setting is: one message each,
within a second of work.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.hostile.cases import Hostile
from tests.hostile.command import Circumstances, Got
from tests.hostile.projects import params
from tests.hostile.room import Room

_QUICK = Circumstances(seconds=20.0)
_LAUGHS = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
)
_BOMB = "a0: &a0 {k: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40)
)
_NAME = "documents:\n  x: {file: %s, settings: {}}\n"


def _gate(value: str) -> Callable[[Room], Got]:
    return params(f"gate: {{max_review_share: {value}}}\n")


def _special(make: Callable[[Path], object]) -> Callable[[Room], Got]:
    """Settings that are something else than a file."""

    def act(room: Room) -> Got:
        make(room.project / "other.yaml")
        return room.main("check", "--params", "other.yaml", met=_QUICK)

    return act


def _both(room: Room) -> Got:
    """Settings named before the command and after it: the later ones hold."""
    (room.project / "other.yaml").write_text("gate: {max_missing_rows: -7}\n", encoding="utf-8")
    return room.main("--params", "nowhere.yaml", "check", "--params", "other.yaml")


PARAMS_FILES = [
    Hostile(
        "a setting that is a day there never was",
        3,
        "gate.max_review_share must be",
        _gate("2025-02-30"),
    ),
    Hostile(
        "a setting that is a time there never was",
        3,
        "gate.max_review_share must be",
        _gate("2025-02-30 25:61:61"),
    ),
    Hostile("a setting that is a day", 3, "gate.max_review_share must be", _gate("2025-02-28")),
    Hostile("a number of 5,000 digits", 3, "line 1: a value of 5000 letters", _gate("9" * 5000)),
    Hostile("a share of 400 digits", 3, "must be of type float", _gate("9" * 400)),
    Hostile(
        "a number of 400 digits",
        3,
        "a number of 400 digits",
        params("gate: {max_missing_rows: " + "9" * 400 + "}\n"),
    ),
    Hostile("a share that is no number", 3, "is nan, outside 0 to 1", _gate(".nan")),
    Hostile("a share without end", 3, "is inf, outside 0 to 1", _gate(".inf")),
    Hostile("a share of minutes and seconds", 3, "is 90", _gate("1:30")),
    Hostile(
        "lists in one another, 6,000 deep",
        3,
        "more than 10 levels",
        params("documents: " + "[" * 6000),
    ),
    Hostile(
        "mappings in one another, 500 deep",
        3,
        "more than 10 levels",
        params("\n".join(" " * n + "a:" for n in range(500)) + " 1\n"),
    ),
    Hostile(
        "references that double forty times", 3, "stands for another (& or *)", params(_LAUGHS)
    ),
    Hostile("merged keys that double forty times", 3, "stands for another (& or *)", params(_BOMB)),
    Hostile(
        "a merged key",
        3,
        "a key that merges another (<<)",
        params("gate: {<<: {max_missing_rows: 1}}\n"),
    ),
    Hostile(
        "a section that comes twice",
        3,
        "line 2: the key gate comes twice",
        params("gate: {}\ngate: {}\n"),
    ),
    Hostile(
        "a document that is listed twice",
        3,
        "line 3: the key x comes twice",
        params(_NAME % "x.pdf" + "  x: {file: x.pdf}\n"),
    ),
    Hostile(
        "a setting that comes twice",
        3,
        "line 1: the key max_missing_rows comes twice",
        params("gate: {max_missing_rows: 1, max_missing_rows: 9}\n"),
    ),
    Hostile(
        "a file's name with a zero byte",
        3,
        "documents.x must name its file",
        params(_NAME % '"x.p\\0df"'),
    ),
    Hostile(
        "a file's name with a line break",
        3,
        "documents.x must name its file",
        params(_NAME % '"x.p\\ndf"'),
    ),
    Hostile(
        "a key that would colour the terminal",
        3,
        "unknown key \ufffd[31mred",
        params('"\\e[31mred": 1\n'),
    ),
    Hostile(
        "a document's name that would turn the line round",
        3,
        "cannot be a document's name",
        params('documents: {"\\u202ex": {}}\n'),
    ),
    Hostile("a key of 5,000 letters", 3, "a value of 5000 letters", params("a" * 5000 + ": 1\n")),
    Hostile("settings of 2 MB", 3, "longer than 1000000 bytes", params("# " + "x" * 2_000_000)),
    Hostile(
        "900,000 bytes of empty lists",
        3,
        "more than 50000 keys and values",
        params("documents: [" + "[]," * 300_000 + "]\n"),
    ),
    Hostile(
        "a Python object for a setting",
        3,
        "a type of its own (!)",
        _gate("!!python/object/apply:os.getcwd []"),
    ),
    Hostile("a text that is to be a day", 3, "a type of its own (!)", _gate("!!timestamp soon")),
    Hostile("a list for a key", 3, "a key that is no text", params("? [a, b]\n: 1\n")),
    Hostile("two settings files in one", 3, "not valid YAML", params("gate: {}\n---\ngate: {}\n")),
    Hostile("settings in UTF-16", 3, "not a text in UTF-8", params("gate: {}\n".encode("utf-16"))),
    Hostile("settings with a zero byte", 3, "", params("gate: {}\0\n")),
    Hostile("settings that are a folder", 3, "this is not a file", _special(Path.mkdir)),
    Hostile(
        "settings that are a device without end",
        3,
        "this is not a file",
        _special(lambda path: path.symlink_to("/dev/zero")),
    ),
    Hostile(
        "settings that are a pipe without a writer", 3, "this is not a file", _special(os.mkfifo)
    ),
    Hostile(
        "settings that are a link to nothing",
        3,
        "the file is missing",
        _special(lambda path: path.symlink_to("nowhere")),
    ),
    Hostile("settings named before and after the command", 3, "gate.max_missing_rows is -7", _both),
]
