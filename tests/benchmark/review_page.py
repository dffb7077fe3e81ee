"""The size of a review page, and how long headless Chromium takes to open it."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.audit.browser import opened_browser, seconds_to_open


def opening_seconds(page: Path, times: int = 3) -> float:
    """The median of a few openings of a page, from asking for it to its first content, in
    seconds.
    """
    with opened_browser() as browser:
        return median(seconds_to_open(browser, page) for _ in range(times))
