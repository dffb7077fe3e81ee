"""Whole commands measured from outside: seconds, and the peak memory of all their processes
together.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil
import pypdfium2 as pdfium

_STEP = 0.5  # seconds between two looks at the memory: each look takes some 20 ms of a core


@dataclass(frozen=True)
class Measured:
    """One command's wall time in seconds, peak memory of it and its children in MB (shared pages
    counted once), and exit code.
    """

    seconds: float
    peak_mb: float
    exit_code: int


def measure(command: Sequence[str], folder: Path) -> Measured:
    """Run a command in ``folder`` to its end."""
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=folder)
    peak, done = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watcher.start()
    exit_code = process.wait()
    seconds = time.monotonic() - begun
    done.set()
    watcher.join()
    return Measured(seconds, peak[0], exit_code)


def _watch(pid: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(_STEP):
        peak[0] = max(peak[0], _memory(pid) / 1e6)


def _memory(pid: int) -> float:
    """The proportional set size of a process and all below it, in bytes."""
    total = 0.0
    try:
        root = psutil.Process(pid)
        processes = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    for process in processes:
        try:
            total += process.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied, ProcessLookupError):
            continue
    return total


def floor_seconds(source: Path, folder: Path) -> float:
    """Seconds that Tesseract takes for the pages of a PDF, rendered beforehand at 300 dpi grey:
    vie, psm 11, one thread, a process a core.
    """
    pages = render_pages(source, folder)
    begun = time.monotonic()
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        list(pool.map(_read_bare, pages))
    return time.monotonic() - begun


def render_pages(source: Path, folder: Path) -> list[Path]:
    """The pages of a PDF as grey PNG files of 300 dpi in ``folder``, in their order."""
    pages = []
    with pdfium.PdfDocument(source) as document:
        for number in range(len(document)):
            pages.append(folder / f"{number:03}.png")
            document[number].render(scale=300 / 72, grayscale=True).to_pil().save(
                pages[-1], dpi=(300, 300), compress_level=1
            )
    return pages


def _read_bare(page: Path) -> None:
    subprocess.run(
        ["tesseract", str(page), str(page.with_suffix("")), "-l", "vie", "--psm", "11", "tsv"],
        env={**os.environ, "OMP_THREAD_LIMIT": "1"}, capture_output=True, check=True,
    )  # fmt: skip
