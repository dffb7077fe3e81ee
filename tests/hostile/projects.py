"""Settings, decisions and intermediate files that are not what they should be."""

from __future__ import annotations

from collections.abc import Callable

from schemas.documents import CORRECTION_COLUMNS
from tests.hostile.cases import Hostile
from tests.hostile.command import Got
from tests.hostile.room import PARAMS, Room

_HEAD = ",".join(CORRECTION_COLUMNS) + "\n"


def params(content: str | bytes) -> Callable[[Room], Got]:
    def act(room: Room) -> Got:
        (room.project / "params.yaml").write_bytes(
            content if isinstance(content, bytes) else content.encode()
        )
        return room.main("check")

    return act


def _unlisted(room: Room) -> Got:
    room.write("x.pdf", b"%PDF")
    room.write("y.pdf", b"%PDF")
    return room.main("check")


def _left_by_dvc(name: str, content: str) -> Callable[[Room], Got]:
    """What a kill of DVC left in one of its files; what is published is as it was."""

    def act(room: Room) -> Got:
        room.keep(name, content)
        room.write("x.pdf", b"%PDF")
        return room.main("check")

    return act


_LOCK = 'schema: "2.0"\nstages:\n  check:\n    cmd: x\n'
DVC = [
    Hostile(
        "a dvc.lock without a byte",
        7,
        "dvc.lock: DVC's record of what was made is empty",
        _left_by_dvc("dvc.lock", ""),
    ),
    Hostile(
        "a dvc.lock that ends in its middle",
        7,
        "git checkout dvc.lock",
        _left_by_dvc("dvc.lock", _LOCK[:-8]),
    ),
    Hostile(
        "a dvc.lock of zeros", 7, "git checkout dvc.lock", _left_by_dvc("dvc.lock", "\0" * 4096)
    ),
    Hostile(
        "a dvc.lock of half a large record",
        7,
        "git checkout",
        _left_by_dvc("dvc.lock", _LOCK + "# " + "x" * 600_000),
    ),
    Hostile("a whole dvc.lock", 0, "", _left_by_dvc("dvc.lock", _LOCK)),
    Hostile(
        "a list of DVC's users without a byte",
        7,
        "remove the file",
        _left_by_dvc(".dvc/tmp/rwlock", ""),
    ),
]

SETTINGS = [
    Hostile("params.yaml that is no YAML", 3, "params.yaml", params("documents: {x: [")),
    Hostile("params.yaml in bytes that are no text", 3, "params.yaml", params(b"\xff\xfe\x00")),
    Hostile("an empty params.yaml", 4, "params.yaml does not list this file", params("")),
    Hostile("an unknown setting", 3, "params.yaml", params(PARAMS + "extrakt: {dpi: 200}\n")),
    Hostile(
        "a resolution of 100,000 dpi",
        3,
        "dpi",
        params(PARAMS.replace("jobs: 1", "jobs: 1, dpi: 100000")),
    ),
    Hostile(
        "a word for a number", 3, "dpi", params(PARAMS.replace("jobs: 1", "jobs: 1, dpi: many"))
    ),
    Hostile("a document outside raw/", 3, "", params(PARAMS.replace("x.pdf", "../../etc/passwd"))),
    Hostile("documents that are a list", 3, "documents", params("documents: [x.pdf]\n")),
    Hostile("a file that nobody listed", 4, "pipeline.py add", _unlisted),
    Hostile("a listed file that is gone", 52, "", lambda room: room.stages("extract")),
    Hostile(
        "a document that is not listed",
        3,
        "no document is called y",
        lambda room: room.main("extract", "y"),
    ),
]


def _decisions(content: str | bytes) -> Callable[[Room], Got]:
    def act(room: Room) -> Got:
        room.write("x.corrections.csv", content if isinstance(content, bytes) else content.encode())
        return room.stages("tables")

    return act


DECISIONS = [
    Hostile(
        "decisions under other columns",
        18,
        "the columns must be",
        _decisions("a,b\n1,2\n"),
        whole=True,
    ),
    Hostile(
        "a decision that is none",
        18,
        "line 2: the verdict",
        _decisions(_HEAD + "tasks,1.1.1,task,a,b,maybe,An,,\n"),
        whole=True,
    ),
    Hostile(
        "a decision with too few fields",
        18,
        "line 2",
        _decisions(_HEAD + "tasks,1.1.1\n"),
        whole=True,
    ),
    Hostile(
        "decisions in bytes that are no text",
        18,
        "",
        _decisions(_HEAD.encode() + b"\xff\xfe,,,,,,,,\n"),
        whole=True,
    ),
    Hostile(
        "a quotation mark that is never closed",
        18,
        "",
        _decisions(_HEAD + 'tasks,1.1.1,task,"a,b\n'),
        whole=True,
    ),
    Hostile(
        "a number that is none",
        0,  # not put: the row stays in review
        "",
        _decisions(_HEAD + "tasks,1.1.1,task_id,1.1.1,one,change,An,,\n"),
        whole=True,
    ),
    Hostile(
        "a number that another row has",
        0,  # the same
        "",
        _decisions(_HEAD + "tasks,1.1.1,task_id,1.1.1,1.1.2,change,An,,\n"),
        whole=True,
    ),
    Hostile(
        "a decision about a row that is not there",
        0,
        "",
        _decisions(_HEAD + "tasks,9.9.9,task,a,b,change,An,,\n"),
        whole=True,
    ),
    Hostile("an empty file of decisions", 0, "", _decisions(""), whole=True),
]


def _damaged(name: str, stage: str, content: bytes | None) -> Callable[[Room], Got]:
    def act(room: Room) -> Got:
        path = room.work / name
        path.unlink() if content is None else path.write_bytes(content)
        return room.stages(stage)

    return act


INTERMEDIATES = [
    Hostile(
        "words of a damaged disk",
        41,
        "words.parquet",
        _damaged("extract/words.parquet", "rows", b"PAR1" + bytes(99)),
        whole=True,
    ),
    Hostile(
        "words that are gone",
        41,
        "words.parquet",
        _damaged("extract/words.parquet", "rows", None),
        whole=True,
    ),
    Hostile(
        "rows that are gone",
        41,
        "printed.parquet",
        _damaged("rows/printed.parquet", "repair", None),
        whole=True,
    ),
    Hostile(
        "a table that is gone",
        41,
        "tasks.parquet",
        _damaged("tables/tasks.parquet", "publish", None),
        whole=True,
    ),
    *(
        Hostile(f"{name} that is {what}", 41, name, _damaged(name, stage, content), whole=True)
        for name, stage, what, content in (
            ("tables/notices.json", "publish", "no JSON", b"{"),
            ("tables/notices.json", "publish", "of numbers", b"[1, 2]"),
            ("rows/notices.json", "tables", "no JSON", b"{"),
            ("rows/notices.json", "tables", "of another kind", b"null"),
            ("extract/engines.json", "publish", "of another kind", b"[]"),
            ("tables/page_forms.json", "publish", "lists in lists", b"[" * 100_000),
        )
    ),
]


PROJECTS = [*SETTINGS, *DVC, *DECISIONS, *INTERMEDIATES]
