"""How far work has come and how long it will still take.

On a terminal a bar; elsewhere, as in a log, a few lines.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TextIO

_WIDTH = 24  # signs of the bar
_TICK = 1.0  # seconds after which the bar shows the time anew
_SILENT = 10.0  # seconds without a line where nobody watches: most runs end before
_LINES = 4  # at most, where nobody watches
_FRESH = 0.5  # the weight of a new estimate against the one before


class Progress:
    """A bar on ``stream`` from 0 of all units, with the time left.

    The time left counts down between the units, and a new estimate moves it half the way: so it
    hardly jumps where units come in heaps. It is not told before the first unit is done.
    """

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._what, self._total, self._done, self._begun = "", 0, 0, 0.0
        self._end: float | None = None  # when all will be done, by the clock
        self._told, self._shown = 0, False
        self._lock, self._over = threading.Lock(), threading.Event()
        self._signs = ("█", "░") if _takes(self._stream, "█░") else ("#", "-")

    def start(self, what: str, total: int) -> None:
        """Begin to count ``total`` units of ``what``, such as "pages read"; of none nothing is
        shown.
        """
        self._what, self._total, self._done, self._begun = what, total, 0, self._clock()
        self._end, self._told = None, 0
        if total and self._is_watched():
            self.show()
            self._over.clear()
            threading.Thread(target=self._tick, daemon=True).start()

    def advance(self, count: int = 1) -> None:
        """Note that ``count`` more are done."""
        with self._lock:
            self._done += count
            now = self._clock()
            estimate = now + (now - self._begun) / self._done * (self._total - self._done)
            before = estimate if self._end is None else self._end
            self._end = before + _FRESH * (estimate - before)
        if self._is_watched():
            self.show()
        elif self._is_worth_a_line(now):
            self._told = self._done * _LINES // self._total
            self._write(f"{self._what}: {self._done} of {self._total}{self._left(now)}\n")

    def finish(self) -> None:
        """Take the bar away."""
        self._over.set()
        if self._shown:
            self._write("\r\x1b[K")
        self._shown = False

    def show(self) -> None:
        """Draw the bar as it stands now."""
        full = _WIDTH * self._done // self._total
        done, open_ = self._signs
        bar = done * full + open_ * (_WIDTH - full)
        left = self._left(self._clock())
        self._write(f"\r\x1b[K{self._what}  {bar}  {self._done} of {self._total}{left}")
        self._shown = True

    def _tick(self) -> None:
        while not self._over.wait(_TICK):
            self.show()

    def _left(self, now: float) -> str:
        """The time left, once anything tells it."""
        if self._end is None or self._done >= self._total:
            return ""
        return f", {_spoken(max(0.0, self._end - now))} left"

    def _is_watched(self) -> bool:
        return self._stream.isatty()

    def _is_worth_a_line(self, now: float) -> bool:
        is_new = self._done * _LINES // self._total > self._told
        return now - self._begun >= _SILENT and self._done < self._total and is_new

    def _write(self, text: str) -> None:
        with self._lock:
            self._stream.write(text)
            self._stream.flush()


def _takes(stream: TextIO, signs: str) -> bool:
    """Whether a stream's encoding has these signs."""
    try:
        signs.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _spoken(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 100 else f"{whole // 60} min {whole % 60} s"
