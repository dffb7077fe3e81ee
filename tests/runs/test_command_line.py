"""What is asked for on the command line and cannot be: told before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline


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
