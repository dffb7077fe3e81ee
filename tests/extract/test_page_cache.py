"""What was read of a page is kept by what decides it: found again, redone where damaged, trimmed by
use.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from extract import stage
from extract.fingerprints import page_fingerprints
from extract.page_cache import KeptPage, PageCache, page_key
from extract.read_pages import read_pages
from extract.reading_processes import in_processes
from extract.tasks import Columns, PageReading, ReadingSettings, Task, shares
from runs.progress import Progress
from schemas.files import read
from schemas.frames import Words
from schemas.settings import Settings, with_jobs
from tests.sample.build import make_variant
from tests.sample.variant import Variant


def reading(page_no: int, text: str = "Tỉnh ủy") -> PageReading:
    page: Columns = {
        "page_no": [page_no],
        "width": [595.2],
        "height": [841.92],
        "turn": [0],
        "skew": [0.1],
        "warp": [""],
        "source": ["scan"],
        "sha256": ["00"],
    }
    blocks = {"page_no": [page_no, page_no], "block_no": [1, 2]}
    words: Columns = {"page_no": [page_no], "block_no": [2], "text": [text], "confidence": [0.1234]}
    return PageReading(page, blocks, words, "look")


def test_what_is_kept_comes_back_as_the_page_that_asks(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / ".pages")
    cache.put("ab12", reading(3), "a-3")
    assert cache.get("ab12", "look", 7) == reading(7)
    assert (cache.find("ab12"), cache.find("ab13"), cache.get("ab13", "look", 1)) == (
        KeptPage("look", ("a-3",)),
        None,
        None,
    )
    kept = [path for path in cache.folder.rglob("*") if path.is_file()]
    assert [
        stat.S_IMODE(path.stat().st_mode) for path in (cache.folder, kept[0].parent, kept[0])
    ] == [0o700, 0o700, 0o600]


def test_a_page_of_another_look_is_not_taken_for_the_one_that_is_kept(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.put("ab12", reading(1, "Tỉnh"), "a-1")
    cache.saw("ab12", "other", "b-1")
    cache.saw("ab12", "look", "c-1")
    assert cache.get("ab12", "other", 1) is None
    assert cache.find("ab12") == KeptPage("look", ("a-1", "c-1"))


def test_the_places_that_are_kept_do_not_grow_without_end(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.put("ab12", reading(1), "first")
    for number in range(200):
        cache.saw("ab12", "look", f"a-{number}")
    found = cache.find("ab12")
    assert found is not None
    assert (len(found.places), found.places[-1], cache.get("ab12", "look", 1)) == (
        50,
        "a-199",
        reading(1),
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: b"",
        lambda content: content[:70] + b"x" + content[71:],
    ],
)
def test_a_damaged_entry_is_not_used_and_goes(tmp_path: Path, damage: object) -> None:
    cache = PageCache(tmp_path)
    cache.put("ab12", reading(1), "a-1")
    path = next(path for path in tmp_path.rglob("*.page"))
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert cache.get("ab12", "look", 1) is None
    assert not path.exists()


@pytest.mark.parametrize("stands", [os.mkfifo, os.mkdir, lambda path: path.symlink_to(path)])
def test_no_run_fails_for_what_stands_in_the_cache(
    tmp_path: Path, stands: Callable[[Path], object]
) -> None:
    cache = PageCache(tmp_path / ".pages")
    (cache.folder / "ab").mkdir(parents=True)
    stands(cache.folder / "ab" / "ab12.page")
    assert (cache.find("ab12"), cache.get("ab12", "look", 1)) == (None, None)
    cache.put("ab12", reading(3), "a-3")
    assert cache.size()[0] <= 1
    cache.trim(0)
    assert cache.size() == (0, 0)


def test_no_run_fails_where_nothing_can_be_kept(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "file")
    cache.folder.write_text("of others", encoding="utf-8")
    cache.put("ab12", reading(3), "a-3")
    cache.saw("ab12", "look", "b-1")
    assert cache.find("ab12") is None
    assert (cache.trim(0), cache.folder.read_text(encoding="utf-8")) == (0, "of others")


def test_what_another_program_wrote_is_not_used(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / ".pages")
    for body in (b"no zlib", zlib.compress(b"[]"), zlib.compress(b'{"page": 1}')):
        cache._write("ab12", KeptPage("look", ("a-3",)), body)
        assert cache.get("ab12", "look", 1) is None


def test_trimming_removes_what_was_longest_unused(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    for n, key in enumerate(("aa", "bb", "cc")):
        cache.put(key, reading(1), "a-1")
        os.utime(next(tmp_path.glob(f"*/{key}.page")), (n, n))
    count, total = cache.size()
    assert cache.get("aa", "look", 1) is not None  # used last
    assert (count, cache.trim(total), cache.trim(total - 1)) == (3, 0, 1)
    assert [cache.find(key) is not None for key in ("aa", "bb", "cc")] == [True, False, True]
    assert (cache.trim(0), cache.size()) == (2, (0, 0))


def test_a_key_is_of_the_page_and_of_all_that_decides() -> None:
    decides = {"tesseract": "5.3.0", "dpi": 200}
    keys = {
        page_key("page", decides),
        page_key("other", decides),
        page_key("page", {**decides, "dpi": 300}),
    }
    assert len(keys) == 3
    assert page_key("page", {"dpi": 200, "tesseract": "5.3.0"}) in keys


@pytest.mark.parametrize(("count", "jobs"), [(0, 0), (1, 2), (5, 2), (21, 2), (400, 8)])
def test_shares_hold_every_page_once_and_get_smaller(count: int, jobs: int) -> None:
    pages = [2 * n for n in range(count)]
    found = shares(pages, jobs)
    assert [page for share in found for page in share] == pages
    assert all(6 >= len(a) >= len(b) >= 1 for a, b in pairwise(found))
    assert not found or len(found[-1]) == 1


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short scan with a text layer."""
    return make_variant(
        tmp_path_factory.mktemp("pages"), Variant(small=True, text_layer=True), "office"
    )[0]


def test_fingerprints_are_of_the_pages_wherever_they_stand(small: Path, tmp_path: Path) -> None:
    found = page_fingerprints(small, 5)
    with pikepdf.open(small) as document:
        document.pages.append(document.pages[0])
        document.pages.remove(p=2)
        document.save(tmp_path / "moved.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
        document.pages[1].rotate(180, relative=True)
        document.save(tmp_path / "turned.pdf")
    assert len(set(found)) == 5
    assert page_fingerprints(tmp_path / "moved.pdf", 5) == [found[0], *found[2:], found[0]]
    turned = page_fingerprints(tmp_path / "turned.pdf", 5)
    assert [a == b for a, b in zip(turned, [found[0], *found[2:], found[0]], strict=True)] == [
        True,
        False,
        True,
        True,
        True,
    ]


def test_pages_of_a_file_that_cannot_be_told_have_its_hash(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\nnothing")
    one, two = page_fingerprints(tmp_path / "x.pdf", 2)
    (tmp_path / "y.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    assert one.removesuffix("1") == two.removesuffix("2")
    assert {one, two}.isdisjoint(page_fingerprints(tmp_path / "y.pdf", 2))


def test_only_changed_pages_are_read_again(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks: list[Task] = []
    runs: list[int] = []
    drawn: list[int] = []

    def noted(read: partial[list[Any]], some: list[Task], *others: Any) -> Iterator[list[Any]]:
        if read.func is stage.read_and_keep:
            tasks.extend(some)
            runs.append(read.args[1].runs)
        else:
            drawn.extend(page_no for task in some for page_no in task.page_nos)
        return in_processes(read, some, *others)

    monkeypatch.setattr(stage, "in_processes", noted)
    settings = with_jobs(Settings(), 2)
    stage.run(small, tmp_path / "work" / "a", settings, Progress())
    assert [page for task in tasks for page in task.page_nos] == [1, 2, 3, 4, 5]
    tasks.clear()
    changed = tmp_path / "changed.pdf"
    with pikepdf.open(small) as document:
        document.pages[2].mediabox = pikepdf.Array([0, 0, 500, 800])
        document.save(changed)
    stage.run(changed, tmp_path / "work" / "b", settings, Progress())
    assert [task.page_nos for task in tasks] == [(3,)]
    assert (runs, sorted(drawn)) == ([1, 2], [1, 2, 4, 5])
    drawn.clear()
    stage.run(changed, tmp_path / "work" / "b", settings, Progress())
    assert (len(tasks), drawn) == (1, [])
    first, second = (
        read(Words, tmp_path / "work" / name / "extract" / "words.parquet") for name in ("a", "b")
    )
    unchanged = [words[words["page_no"] != 3].reset_index(drop=True) for words in (first, second)]
    assert unchanged[0].equals(unchanged[1])
    assert not first.equals(second)


def test_a_page_that_is_read_in_several_runs_reads_as_in_one(small: Path) -> None:
    one, several = (read_pages(small, [2], ReadingSettings(runs=runs)) for runs in (1, 3))
    assert one == several
    assert {"vie", "script", "line"} <= set(one[0].words["witness"])
