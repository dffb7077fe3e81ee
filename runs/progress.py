"""Pages done and time left, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO


class Progress:
    """A line on ``stream`` that counts what is done and estimates the seconds left.

    It appears when the work has lasted two seconds.
    """

    def __init__(
        self,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
        patience: float = 2.0,
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._clock, self._patience = clock, patience
        self._what, self._total, self._done, self._begun, self._shown = "", 0, 0, 0.0, False

    def start(self, what: str, total: int) -> None:
        """Begin to count ``total`` units of ``what``, such as "pages read"."""
        self._what, self._total, self._done, self._begun = what, total, 0, self._clock()

    def advance(self, count: int = 1) -> None:
        """Note that ``count`` more are done."""
        self._done += count
        spent = self._clock() - self._begun
        if not self._stream.isatty() or spent < self._patience or self._done == 0:
            return
        left = spent / self._done * (self._total - self._done)
        self._stream.write(
            f"\r\x1b[K{self._what}: {self._done} of {self._total}, {_spoken(left)} left"
        )
        self._stream.flush()
        self._shown = True

    def finish(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
        self._shown = False


def _spoken(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 100 else f"{whole // 60} min {whole % 60} s"
