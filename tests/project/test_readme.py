"""What the README shows is what comes out."""

from __future__ import annotations

from tests.places import PROJECT


def test_the_sample_rows_are_the_truths() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    shown = (
        readme.split("<!-- checked by tests/project/test_readme.py -->\n```\n")[1]
        .split("\n```")[0]
        .split("\n")
    )
    truth = (
        (PROJECT / "tests" / "sample" / "truth" / "milestones.csv")
        .read_text(encoding="utf-8")
        .split("\n")
    )
    assert shown == truth[: len(shown)]


def test_every_folder_that_it_lists_is_there() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for folder in ("extract", "normalize", "schemas", "audit", "raw", "notebooks", "tests"):
        assert f"`{folder}/`" in readme
        assert (PROJECT / folder).is_dir()
