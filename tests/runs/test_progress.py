"""A bar for those who watch, a few lines for a log, nothing for what is done at once."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pytest

from runs import progress
from runs.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that stands until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def no_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a bar shows between the units is asked for by the tests."""
    monkeypatch.setattr(progress, "_TICK", 3600.0)


def bars(stream: io.StringIO) -> list[str]:
    return stream.getvalue().split("\r\x1b[K")[1:]


def test_on_a_terminal_a_bar_begins_with_nothing_done_and_is_taken_away() -> None:
    stream, clock = Terminal(), Clock()
    bar = Progress(stream, clock)
    bar.start("pages read", 4)
    clock.now += 10
    bar.advance()
    clock.now += 20
    bar.advance(3)
    bar.finish()
    assert bars(stream) == [
        f"pages read  {'░' * 24}  0 of 4",
        f"pages read  {'█' * 6}{'░' * 18}  1 of 4, 30 s left",
        f"pages read  {'█' * 24}  4 of 4",
        "",
    ]


def seconds_left(stream: io.StringIO) -> int:
    found = re.search(r", (?:(\d+) min )?(\d+) s left$", stream.getvalue())
    assert found is not None
    return 60 * int(found[1] or 0) + int(found[2])


def test_the_time_left_counts_down_and_does_not_jump_where_units_come_in_heaps() -> None:
    stream, clock = Terminal(), Clock()
    bar = Progress(stream, clock)
    bar.start("pages read", 80)
    told = []
    for _ in range(9):  # eight pages every eight seconds, all at once
        clock.now += 8
        for _ in range(8):
            bar.advance()
        told.append(seconds_left(stream))
        clock.now += 4
        bar.show()
        assert seconds_left(stream) == max(0, told[-1] - 4)
        clock.now -= 4
    assert all(later < earlier for earlier, later in pairwise(told))
    assert told[-1] <= 24


def test_a_log_has_a_few_lines_of_long_work_and_none_of_short() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = Progress(stream, clock)
    for pause in (0.1, 1.0):
        bar.start("pages read", 40)
        for _ in range(40):
            clock.now += pause
            bar.advance()
        bar.finish()
    lines = stream.getvalue().splitlines()
    assert [line.partition(", ")[0] for line in lines] == [
        "pages read: 10 of 40",
        "pages read: 20 of 40",
        "pages read: 30 of 40",
    ]
    assert lines[1] == "pages read: 20 of 40, 20 s left"


def test_where_all_is_kept_nothing_is_shown() -> None:
    stream = Terminal()
    bar = Progress(stream, Clock())
    bar.start("pages read", 0)
    bar.finish()
    assert stream.getvalue() == ""


def test_a_terminal_that_has_no_blocks_gets_other_signs() -> None:
    content = io.BytesIO()

    class Narrow(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    stream = Narrow(content, encoding="ascii")
    bar = Progress(stream, Clock())
    bar.start("pages read", 2)
    bar.finish()
    assert b"pages read  ------------------------  0 of 2" in content.getvalue()
