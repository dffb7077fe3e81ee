"""One published value explained: readings, rules, decisions, its picture in a terminal."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from audit.display.terminal import drawing, to_sixel
from audit.history.readings_told import against, items
from normalize.tables.stage import run_tables
from pipeline import main
from publish.stage import About, publish, read_findings
from schemas.files import read, write
from schemas.published import TABLES
from schemas.row_frames import Repaired, Rows
from schemas.settings import Settings
from tests.audit.audit_work import make_work
from tests.places import PROJECT


@pytest.fixture
def case(tmp_path: Path) -> tuple[Path, Path]:
    work, source = make_work(tmp_path)
    run_tables(work, source, None, Settings())
    return work, source


@pytest.fixture
def folder(case: tuple[Path, Path], tmp_path: Path) -> Path:
    work, _ = case
    tables = {
        name: read(model, work / "tables" / f"{name}.parquet") for name, model in TABLES.items()
    }
    publish(
        tables,
        tmp_path / "out" / "case",
        About({"code": "1"}, read_findings(work / "tables" / "notices.json")),
    )
    return tmp_path / "out" / "case"


def test_one_value_is_explained(
    folder: Path,
    case: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder.parent.parent)
    decided = (
        "table,row_id,column,read,value,verdict,who,when,why\n"
        "tasks,1.1.1,task,x,,accept,Trần Thị B,2026-01-01,seen on paper\n"
        "tasks,1.1.1,task,x,y,as_is,Lê C,2/1/2026,so it is printed\n"
    )
    saved = decided.replace(",", "\t").encode("utf-16")  # as a spreadsheet saved it
    case[1].with_name("case.corrections.csv").write_bytes(saved)
    assert main(["explain", "out/case", "tasks", "1.1.1", "task"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(
        "tasks 1.1.1 task: Nâng cấp thư viện trường học vùng cao, hải đảo đợt 1.\nplace      "
        " page 1 (90, 100)-("
    )
    assert ", in review" in told
    assert "doubtful    word 3 (thu): Context decided" in told
    assert "  Tesseract vie                       Nâng cấp th[u] viện trường" in told
    assert "made with   code 1" in told
    assert "  Trần Thị B, 2026-01-01: accept x  seen on paper\n" in told
    assert "  Lê C, 2026-01-02: as it stands x -> y  so it is printed\n" in told
    assert "git knows of no published version" in told
    with Image.open("out/work/case/explain/tasks-1.1.1-task.png") as picture:
        assert (179, 38, 30) in {
            colour for _, colour in picture.convert("RGB").getcolors(1 << 16) or []
        }


def test_a_reader_that_goes_ends_it_without_a_word(folder: Path) -> None:
    asked = ["explain", str(folder), "tasks", "1.1.1", "task"]
    command = [sys.executable, str(PROJECT / "pipeline.py"), *asked]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_derived_value_is_explained_by_its_source(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(folder), "tasks", "1.1.2", "end"]) == 0
    assert (
        "tasks 1.1.2 end: 2026-06-30\nread from   deadline: Tháng 6/2026\nplace "
        in capsys.readouterr().out
    )


def test_what_a_printed_value_gives_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(folder), "tasks", "1.1.2", "lead"]) == 0
    assert "gives       task_bodies: so-tai-chinh, Sở Tài chính\n" in capsys.readouterr().out


def test_a_reading_that_looked_at_few_words_is_shown_by_these() -> None:
    assert against("… … sở Tài chinh …", "Các ban, Sở Tài chính tỉnh") == "… [s]ở Tài ch[i]nh …"


@pytest.mark.parametrize("printed", ["- Sở Tài chính - Sở Y tế", "Sở Tài chính; Sở Y tế"])
def test_items_in_another_form_are_no_change(printed: str) -> None:
    assert items(printed) == items("Sở Tài chính; Sở Y tế")


def test_a_number_that_follows_from_its_neighbours_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = folder.parent / "work" / "case"
    rows = read(Rows, work / "rows" / "rows.parquet")
    write(
        Rows,
        rows.assign(reason="the row's number was misread and follows from its neighbours"),
        work / "rows" / "rows.parquet",
    )
    cells = read(TABLES["cells"], folder / "cells.parquet")
    cells.loc[(cells["row_id"] == "1.1.2") & (cells["column"] == "task_id"), "printed"] = "112"
    write(TABLES["cells"], cells, folder / "cells.parquet")
    repaired = read(Repaired, work / "repair" / "repaired.parquet")
    repaired.loc[
        (repaired["row_id"] == "1.1.2") & (repaired["column"] == "task_id"), ["text", "value"]
    ] = "112"
    write(Repaired, repaired, work / "repair" / "repaired.parquet")
    assert main(["explain", str(folder), "tasks", "1.1.2", "task_id"]) == 0
    assert (
        "  whole cell: 112 -> 1.1.2  the row's number was misread and follows from its neighbours\n"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    "asked", [("cells", "1", "x"), ("tasks", "9.9", "lead"), ("tasks", "1.1.1", "colour")]
)
def test_what_does_not_exist_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, str, str]
) -> None:
    assert main(["explain", str(folder), *asked]) == 61
    assert capsys.readouterr().err.startswith("error: case: ")


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(tmp_path / "nope"), "tasks", "1.1.1", "lead"]) == 52
    assert "nope: there is no such folder. " in capsys.readouterr().err


def test_terminals_that_show_pictures() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (7, 8), (200, 0, 0)).save(buffer, "PNG")
    assert drawing(buffer.getvalue(), {"TERM": "xterm"}) is None
    assert (drawing(buffer.getvalue(), {"TERM_PROGRAM": "WezTerm"}) or "").startswith(
        "\x1b]1337;File=inline=1;size="
    )
    assert (drawing(buffer.getvalue(), {"TERM": "xterm-kitty"}) or "").startswith(
        "\x1b_Ga=T,f=100,m=0;"
    )
    assert to_sixel(Image.new("RGB", (7, 8), (255, 0, 0))).endswith("#0!7~-#0!7B\x1b\\")
