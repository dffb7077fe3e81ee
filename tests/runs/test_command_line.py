"""What is asked for on the command line and cannot be: told before anything is done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from publish.status import of_folder
from tests.hostile.room import EARLIER

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "words",
    [
        ("run", "x.pdf", "--wait", "nan"),
        ("run", "x.pdf", "--wait", "-1"),
        ("run", "x.pdf", "--wait", "inf"),
        ("cache", "--trim", "-5"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / ".pages" / "ab" / "abc.page"
    page.parent.mkdir(parents=True)
    page.write_text("kept", encoding="utf-8")
    further = ("--work", str(tmp_path)) if words[0] == "cache" else ()
    with pytest.raises(SystemExit) as end:
        pipeline.main([*words, *further])
    assert end.value.code == 2
    assert "is outside 0 to 10000000" in capsys.readouterr().err
    assert page.exists()


@pytest.mark.parametrize(("words", "code"), [(("status",), 52), (("archive", "--out", "a"), 10)])
def test_a_folder_that_is_not_there_is_named(
    words: tuple[str, ...],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    command, *options = words
    assert pipeline.main([command, "nowhere", *options]) == code
    said = capsys.readouterr().err
    assert said.startswith("error: nowhere: there is no such folder. ")
    assert said.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["metrics.json", "provenance.json"])
def test_what_is_published_is_listed_whatever_became_of_its_counts(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "datapackage.json").write_text(json.dumps(EARLIER), encoding="utf-8")
    for content in ("[" * 100_000, "null", "{", '{"found": {"tables": []}}'):
        (tmp_path / "x" / name).write_text(content, encoding="utf-8")
        assert [status.state for status in of_folder(tmp_path)] == ["published, damaged"]


def test_a_python_without_the_packages_says_which_to_use() -> None:
    ended = subprocess.run(
        [sys.executable, "-S", "pipeline.py", "status"],  # -S: without what is installed
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.splitlines()) == 1
    assert ".venv/bin/python" in ended.stderr
