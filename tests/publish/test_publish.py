"""Publishing: all tables or none, at any kill; what is written beside them; the gate."""

from __future__ import annotations

import errno
import json
import multiprocessing.synchronize
import os
import random
import stat
import time
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pytest

from publish import exchange, stage
from publish.gate import Reason, reasons_to_refuse
from publish.metrics import confidence_bands, count
from publish.stage import About
from runs.lock import only_run
from schemas import files
from schemas.errors import Busy, DamagedTable, PublishRefused, TableError
from schemas.files import write
from schemas.findings import Finding
from schemas.project.provenance import read_provenance
from schemas.publication import PROVENANCE, read_sums, strangers
from schemas.published import TABLES, check_tables
from schemas.settings import GateSettings, Settings
from schemas.table_kinds import KINDS
from tests.hostile.command import until
from tests.normalize.tables.tables import small_tables

FINDING = Finding("numbering_gap", 3, "tasks 1.1.10", "before it there is no 1.1.9")
ABOUT = About({"code": "c" * 64, "engine: tesseract": "5.3.0"}, [FINDING])


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def untimed(folder: Path) -> dict[str, bytes]:
    """The contents without the file that tells when they were made."""
    return {name: content for name, content in contents(folder).items() if name != PROVENANCE}


def second_version() -> dict[str, pd.DataFrame]:
    tables = small_tables()
    tables["document"]["title"] = "Chương trình hành động, bản thứ hai"
    return tables


def test_what_is_published(tmp_path: Path) -> None:
    out = tmp_path / "sample"
    stage.publish(small_tables(), out, ABOUT)
    names = {f"{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet")} | {
        "datapackage.json",
        "csv-metadata.json",
        "deadlines.ics",
        "metrics.json",
        "tables.sqlite",
        "tables.xlsx",
        PROVENANCE,
        "SHA256SUMS",
    }
    assert set(contents(out)) == names
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert [path.name for path in tmp_path.iterdir()] == ["sample"]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        stage.publish(small_tables(), tmp_path / name, ABOUT)
        time.sleep(1.1)  # a second is the grain of the workbook's own clock
    a, b = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert a.pop(PROVENANCE) != b.pop(PROVENANCE)  # which tells when they were made
    assert a == b


# of the small tables: rows by values, without keys, page_no, confidence and review
TASK_VALUES = 14 + len(KINDS["tasks"].free)
CELLS = 3 * 5 + 3 * 2 + 3 * TASK_VALUES + 2 * 11 + 2 * 7 + 2 * 8 + 2 * 5 + 1 * 1 + 1 * 5


def test_metrics_count_rows_review_and_what_confidence_leaves() -> None:
    assert count(small_tables(), ABOUT.findings) == {
        "contract_version": "2.0.0",
        "rows": {
            "document": 1,
            "appendices": 3,
            "groups": 3,
            "tasks": 3,
            "task_bodies": 3,
            "milestones": 2,
            "indicators": 2,
            "indicator_values": 2,
            "indicator_bodies": 2,
            "growth": 2,
            "paragraphs": 2,
            "citations": 1,
            "extras": 1,
            "other_cells": 1,
            "bodies": 2,
            "cells": 3,
            "repairs": 1,
        },
        "found": {
            "tables": {
                "indicators": {"tables": 1, "rows": 2},
                "growth": {"tables": 1, "rows": 2},
                "tasks": {"tables": 1, "rows": 3},
            },
            "extra_columns": ["tasks: CẤP TRÌNH"],
            "other_tables": 1,
        },
        "cells": CELLS,
        "expected_wrong_cells": 0.25,
        "review": {"cells": 1, "share": round(1 / CELLS, 4), "by_column": {"tasks.lead": 1}},
        "unknown": {
            "tasks.deadline_kind": 0,
            "tasks.funding_codes": 0,
            "indicators.comparator": 0,
            "task_bodies.body_id": 0,
        },
        "findings": {"numbering_gap": 1},
        "repairs": {"context": 1},
    }
    bands = dict(confidence_bands(small_tables()["cells"]))
    assert {band: cells for band, cells in bands.items() if cells} == {
        "0.75-0.80": 1,
        "0.95-1.00": 2,
    }
    assert len(bands) == 20


def test_extras_are_taken_along(tmp_path: Path) -> None:
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "report.md").write_text("x", encoding="utf-8")
    # by a run that was killed
    (tmp_path / "review" / ".report.md.1a2b3c4d").write_text("half", encoding="utf-8")
    stage.publish(
        small_tables(),
        tmp_path / "out",
        replace(ABOUT, extras={"review": lambda: tmp_path / "review"}),
    )
    assert contents(tmp_path / "out" / "review") == {"report.md": b"x"}


def test_bad_tables_leave_what_was_published(tmp_path: Path) -> None:
    out = tmp_path / "sample"
    stage.publish(small_tables(), out, ABOUT)
    before, bad = contents(out), small_tables()
    bad["tasks"]["deadline_kind"] = "soon"
    with pytest.raises(TableError):
        stage.publish(bad, out, ABOUT)
    assert contents(tmp_path) == {f"sample/{name}": content for name, content in before.items()}


@pytest.mark.parametrize("step", range(0, 27, 5))
def test_a_full_disk_leaves_what_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    out = tmp_path / "sample"
    stage.publish(small_tables(), out, ABOUT)
    before, written = contents(out), list[int]()

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) > step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        stage.publish(second_version(), out, ABOUT)
    assert contents(tmp_path) == {f"sample/{name}": content for name, content in before.items()}


def publish_in_turn(
    out: Path, versions: list[dict[str, pd.DataFrame]], begun: multiprocessing.synchronize.Event
) -> None:
    """Publish checked versions in turn without checking again: most of the time goes into what a
    kill could break.
    """
    vars(stage)["check_tables"] = lambda tables, _: dict(tables)
    vars(files)["check"] = lambda model, frame: frame
    # the first time loads what it needs, which no kill could break
    stage.publish(versions[1], out, ABOUT)
    begun.set()
    for turn in range(1000):
        stage.publish(versions[turn % 2], out, ABOUT)


def test_killed_at_any_moment_the_published_folder_is_whole(tmp_path: Path) -> None:
    out, context, chance = (
        tmp_path / "sample",
        multiprocessing.get_context("forkserver"),
        random.Random(7),
    )
    context.set_forkserver_preload(["tests.publish.test_publish"])
    versions, wholes = [check_tables(small_tables()), check_tables(second_version())], []
    for tables in versions:
        start = time.monotonic()
        stage.publish(tables, out, ABOUT)
        took = time.monotonic() - start
        wholes.append(untimed(out))
    seen: set[int] = set()
    kill = 0
    while kill < 6 or seen != {0, 1}:  # tests/runs/test_kills.py kills whole runs
        kill += 1
        assert kill < 60
        begun = context.Event()
        process = context.Process(target=publish_in_turn, args=(out, versions, begun))
        process.start()
        assert begun.wait(60)
        if kill % 2:
            until(lambda: untimed(out) == wholes[0], 60)  # it publishes that one first
        time.sleep(chance.uniform(0, took))
        process.kill()
        process.join()
        found = untimed(out)
        assert found in wholes
        seen.add(wholes.index(found))
    stage.publish(small_tables(), out, ABOUT)
    # the next run clears what killed ones left
    assert [path.name for path in tmp_path.iterdir()] == ["sample"]


def test_without_an_exchange_of_folders_a_kill_between_two_renames_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_exchange", lambda one, other: False)
    out = tmp_path / "sample"
    stage.publish(small_tables(), out, ABOUT)
    stage.publish(second_version(), out, ABOUT)
    assert [path.name for path in tmp_path.iterdir()] == ["sample"]
    out.rename(tmp_path / ".sample.old")  # as a kill between the renames leaves it
    with exchange.replacing_folder(out, lambda found: True) as fresh:
        assert "bản thứ hai" in (out / "document.csv").read_text(encoding="utf-8")
        (fresh / "x").touch()
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*"))] == [
        "sample",
        "sample/x",
    ]


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with only_run(tmp_path / "work"):
        with pytest.raises(Busy, match="another run"), only_run(tmp_path / "work"):
            pass
        with only_run(tmp_path / "other"):
            pass
    with only_run(tmp_path / "work"):
        pass


def put_into(
    work: Path, tables: dict[str, pd.DataFrame], findings: list[dict[str, object]]
) -> None:
    for name, frame in tables.items():
        write(TABLES[name], frame, work / "tables" / f"{name}.parquet")
    for path, content in (
        ("tables/notices.json", findings),
        ("extract/engines.json", {"tesseract": "5.3.0"}),
    ):
        (work / path).parent.mkdir(exist_ok=True)
        (work / path).write_text(json.dumps(content), encoding="utf-8")


def publish_work(work: Path, out: Path, settings: Settings) -> None:
    stage.run(work, out, settings, stage.versions(work, out.with_suffix(".pdf"), settings))


def test_the_stage_publishes_and_leaves_counts_for_dvc(tmp_path: Path) -> None:
    put_into(tmp_path / "work", small_tables(), [])
    publish_work(tmp_path / "work", tmp_path / "out", Settings())
    made_with = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))[
        "madeWith"
    ]
    assert sorted(made_with) == [
        "code",
        "corrections",
        "engine: tesseract",
        "lists",
        "settings",
    ]
    headline = json.loads((tmp_path / "work" / "metrics.json").read_text(encoding="utf-8"))
    assert headline == {
        "tasks": 3,
        "indicators": 2,
        "growth": 2,
        "paragraphs": len(small_tables()["paragraphs"]),
        "doubts": 1,
        "doubts_share": headline["doubts_share"],
        "expected_wrong": headline["expected_wrong"],
        "findings": 0,
        "repairs": len(small_tables()["repairs"]),
    }
    assert (tmp_path / "work" / "confidence.csv").read_text(encoding="utf-8").splitlines()[
        -1
    ] == "0.95-1.00,2"


def test_the_same_tables_made_from_another_commit_are_the_same_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, out = tmp_path / "work", tmp_path / "out"
    put_into(work, small_tables(), [])
    seen = []
    for commit in ("a" * 40, "b" * 40):
        monkeypatch.setattr("schemas.project.provenance.commit", lambda c=commit: c)
        publish_work(work, out, Settings())
        found = read_provenance(out)
        assert found is not None
        assert found.commit == commit
        assert strangers(out) == []
        assert PROVENANCE not in (read_sums(out) or {PROVENANCE: ""})
        seen.append({name: text for name, text in contents(out).items() if name != PROVENANCE})
    assert seen[0] == seen[1]
    (out / "datapackage.json").write_text("{}", encoding="utf-8")
    assert read_provenance(out) is None  # it tells of other tables


def test_the_gate_keeps_what_was_published_and_shows_what_it_refused(tmp_path: Path) -> None:
    work, out = tmp_path / "work", tmp_path / "out"
    put_into(work, small_tables(), [])
    publish_work(work, out, Settings())
    before = contents(out)
    put_into(work, second_version(), [asdict(FINDING)])
    strict = replace(Settings(), gate=GateSettings(max_missing_rows=0))
    with pytest.raises(
        PublishRefused, match=r"gaps in the numbering at tasks 1\.1\.10: 1, over max_missing_rows 0"
    ):
        publish_work(work, out, strict)
    after = contents(out)
    assert {
        name: content for name, content in after.items() if not name.startswith("review/")
    } == before
    assert json.loads(after["review/refused/reasons.json"]) == [
        {
            "limit": "max_missing_rows",
            "where": "gaps in the numbering at",
            "found": 1,
            "allowed": 0,
            "rows": ["tasks 1.1.10"],
        }
    ]
    assert "bản thứ hai" in after["review/refused/document.csv"].decode()
    assert {"review/refused/datapackage.json", "review/refused/metrics.json"} <= set(after)
    publish_work(work, out, replace(Settings(), gate=GateSettings(max_missing_rows=1)))
    assert "bản thứ hai" in contents(out)["document.csv"].decode()
    assert not (out / "review").exists()


def test_refused_tables_have_their_review_page(tmp_path: Path) -> None:
    put_into(tmp_path / "work", small_tables(), [asdict(FINDING)])
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "review.html").write_text("x", encoding="utf-8")
    strict = replace(Settings(), gate=GateSettings(max_missing_rows=0))
    with pytest.raises(PublishRefused):
        stage.run(
            tmp_path / "work", tmp_path / "out", strict, {"code": "1"}, lambda: tmp_path / "page"
        )
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["review"]
    assert (tmp_path / "out" / "review" / "refused" / "review" / "review.html").read_text(
        encoding="utf-8"
    ) == "x"


def test_a_deadline_that_only_lacks_its_year_is_not_counted_as_unknown() -> None:
    tables = small_tables()
    tables["tasks"]["deadline"], tables["tasks"]["deadline_kind"] = "Quý II", ""
    places = [f"tasks {task}" for task in tables["tasks"]["task_id"]]
    found = [Finding("deadline_without_year", 4, place, "no year") for place in places]
    limits = GateSettings(max_unknown_share=0.3, max_review_share=1.0)
    (reason,) = reasons_to_refuse(tables, [], limits)
    assert reason.where == "unknown values of tasks.deadline_kind"
    assert reasons_to_refuse(tables, found, limits) == []


def test_limits_on_unknown_values_and_on_review() -> None:
    tables = small_tables()
    tables["task_bodies"].loc[0, "body_id"] = ""
    tables["tasks"]["review"] = "task; lead; deadline"
    no_name = Finding("no_name", 4, "tasks 1.1.10 lead", "it does not begin as names of bodies do")
    assert reasons_to_refuse(
        tables, [no_name], GateSettings(max_unknown_share=0.3, max_review_share=0.05)
    ) == [
        Reason("max_unknown_share", "unknown values of task_bodies.body_id", 0.3333, 0.3),
        Reason("max_review_share", "cells in review", round(9 / CELLS, 4), 0.05),
    ]
    assert (
        reasons_to_refuse(
            tables, [no_name], GateSettings(max_unknown_share=0.4, max_review_share=0.2)
        )
        == []
    )


def test_bodies_that_no_list_has_are_no_reason_to_refuse() -> None:
    tables = small_tables()
    tables["task_bodies"]["body_id"] = ""
    limits = GateSettings(max_unknown_share=0.1)
    assert reasons_to_refuse(tables, [], limits) == []
    tables["tasks"]["deadline_kind"] = ""
    assert [reason.where for reason in reasons_to_refuse(tables, [], limits)] == [
        "unknown values of tasks.deadline_kind"
    ]


def numbered_tables(rows: int, doubted: int) -> dict[str, pd.DataFrame]:
    """The small tables with so many tasks instead of theirs, the first of them with a number in
    doubt.
    """
    tables = small_tables()
    ids = [f"1.1.{i + 1}" for i in range(rows)]
    review = ["task_id"] * doubted + [""] * (rows - doubted)
    task = pd.concat([tables["tasks"][:1]] * rows, ignore_index=True)
    tables["tasks"] = task.assign(task_id=ids, review=review)
    return tables


def test_rows_under_numbers_that_were_not_read_are_refused_and_named() -> None:
    tables = numbered_tables(rows=45, doubted=12)
    found = [Finding("number_restored", 7, f"tasks 1.1.{i + 1}", "lost") for i in range(12)]
    (reason,) = [
        r for r in reasons_to_refuse(tables, found, GateSettings()) if "restored" in r.limit
    ]
    assert reason.rows == tuple(f"tasks 1.1.{i + 1} (page 7)" for i in range(12))
    # tasks, indicators, growth lines, groups
    assert reason.found == round(12 / (45 + 2 + 1 + 3), 4)
    assert "tasks 1.1.10 (page 7) and 2 more: 0.2353, over max_restored_share 0.08" in str(reason)
    opened = GateSettings(max_restored_share=0.3, max_review_share=1.0)
    assert reasons_to_refuse(tables, found, opened) == []


@pytest.mark.parametrize(
    ("rows", "doubted"),
    [
        (20, 4),  # four of 26: fewer than five
        (58, 5),  # five of 64: not over 8 %
    ],
)
def test_a_few_restored_numbers_are_what_any_scan_has(rows: int, doubted: int) -> None:
    tables = numbered_tables(rows, doubted)
    found = [Finding("number_doubtful", 3, f"tasks 1.1.{i + 1}", "") for i in range(doubted)]
    limits = GateSettings(max_review_share=1.0)
    assert reasons_to_refuse(tables, found, limits) == []


def test_numbers_that_a_person_decided_and_those_of_prose_do_not_count() -> None:
    tables = numbered_tables(rows=20, doubted=0)
    found = [Finding("number_restored", 7, f"tasks 1.1.{i + 1}", "lost") for i in range(12)]
    found += [Finding("number_restored", 1, f"paragraphs I/{i + 1}", "lost") for i in range(12)]
    assert reasons_to_refuse(tables, found, GateSettings(max_review_share=1.0)) == []


def test_a_moved_row_and_numbers_of_groups_count_as_invented() -> None:
    tables = numbered_tables(rows=20, doubted=2)
    tables["groups"]["review"] = "group_id"
    found = [Finding("key_twice", 4, f"tasks 1.1.{i + 1}", "moved") for i in range(2)]
    found += [Finding("number_doubtful", 2, place, "") for place in ("indicators I", "tasks 1")]
    found += [Finding("number_restored", 2, "tasks 1.1", "")]
    (reason,) = [
        r for r in reasons_to_refuse(tables, found, GateSettings()) if "restored" in r.limit
    ]
    assert len(reason.rows) == 5


def test_a_dropped_column_is_refused_unless_the_owner_allows_it() -> None:
    found = [Finding("unknown_column", 5, "tasks", "")]
    (reason,) = reasons_to_refuse(small_tables(), found, GateSettings(max_review_share=1.0))
    assert (reason.limit, reason.rows) == ("max_dropped_columns", ("tasks (page 5)",))
    opened = GateSettings(max_review_share=1.0, max_dropped_columns=1)
    assert reasons_to_refuse(small_tables(), found, opened) == []


def test_a_stage_that_did_not_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedTable, match="dvc repro"):
        publish_work(tmp_path, tmp_path / "out", Settings())
