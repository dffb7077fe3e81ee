"""``python -m tests.benchmark.scale``: memory by the number of pages, and documents per hour of an
archive, here and on Dask.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium

from tests.benchmark.speed import PROJECT, run
from tests.sample.build import make_variant
from tests.sample.variant import Variant

TIMES = {20: 1, 100: 8, 400: 36}  # how often appendix 3 stands in a document of about so many pages
_LIMIT = 60.0  # seconds in which a scheduler must be there


def settings(folder: Path, jobs: int = 0) -> Path:
    """Settings that publish whatever was read, so that a part of a document is done to the end."""
    text = (PROJECT / "params.yaml").read_text(encoding="utf-8").replace("jobs: 0", f"jobs: {jobs}")
    for limit, all_of_it in (
        ("max_missing_rows", "10000"),
        ("max_unknown_share", "1.0"),
        ("max_review_share", "1.0"),
    ):
        text = re.sub(rf"(?<={limit}: )[\d.]+", all_of_it, text)
    path = folder / f"params-{jobs}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def print_memory(pages: Sequence[int]) -> None:
    """The peak memory of all processes together for documents of so many pages, and their
    seconds.
    """
    sys.stdout.write(f"{'pages':>8}{'peak_MB':>10}{'seconds':>10}{'s a page':>10}\n")
    for wanted in pages:
        with tempfile.TemporaryDirectory() as folder:
            source, _ = make_variant(Path(folder), Variant(times=TIMES[wanted]), "office")
            with pdfium.PdfDocument(source) as document:
                count = len(document)
            measured = run(source, Path(folder, "out", "long"), settings(Path(folder)))
        sys.stdout.write(
            f"{count:8}{measured.peak_mb:10.0f}{measured.seconds:10.1f}"
            f"{measured.seconds / count:10.2f}\n"
        )
        sys.stdout.flush()


def print_archive(documents: int) -> None:
    """Documents per hour of an archive of small documents by one and two workers, here and
    on Dask.
    """
    sys.stdout.write(
        f"{'workers':>8}{'here':>12}{'Dask':>12}   documents per hour, {documents} of 5 pages\n"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in range(1, documents + 1):
            source, _ = make_variant(folder / "made", Variant(small=True, seed=seed), "office")
            (folder / "in").mkdir(exist_ok=True)
            source.rename(folder / "in" / f"document-{seed}.pdf")
        for workers in (1, 2):
            here = archive_seconds(folder, f"here-{workers}", workers)
            with cluster(folder, workers) as address:
                there = archive_seconds(folder, f"there-{workers}", workers, address)
            sys.stdout.write(
                f"{workers:8}{3600 * documents / here:12.0f}{3600 * documents / there:12.0f}\n"
            )
            sys.stdout.flush()


def archive_seconds(folder: Path, name: str, workers: int, address: str = "") -> float:
    """Seconds of one archive, nothing known of its pages beforehand; memory is not looked at, for
    that takes a share of the cores.
    """
    command = [
        sys.executable,
        "pipeline.py",
        "--params",
        str(settings(folder, workers)),
        "archive",
        str(folder / "in"),
        "--out",
        str(folder / name),
    ]
    begun = time.monotonic()
    done = subprocess.run([*command, "--scheduler", address], cwd=PROJECT, check=False)
    if done.returncode:
        raise SystemExit(f"the archive ended with exit code {done.returncode}")
    return time.monotonic() - begun


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """A Dask scheduler and so many workers of one thread on this machine; the scheduler's
    address.
    """
    dask, file = str(Path(sys.executable).with_name("dask")), folder / f"scheduler-{workers}.json"
    local = ["--host", "127.0.0.1", "--no-dashboard"]
    commands = [[dask, "scheduler", *local, "--port", "0", "--scheduler-file", str(file)]]
    commands += [
        [
            dask,
            "worker",
            *local,
            "--scheduler-file",
            str(file),
            "--nthreads",
            "1",
            "--local-directory",
            str(folder / f"worker-{n}"),
        ]
        for n in range(workers)
    ]
    processes = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        limit = time.monotonic() + _LIMIT
        while not file.exists() or not file.read_text(encoding="utf-8").strip():
            if time.monotonic() > limit:
                raise SystemExit("the Dask scheduler did not start")
            time.sleep(0.1)
        yield str(json.loads(file.read_text(encoding="utf-8"))["address"])
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def main(argv: Sequence[str]) -> int:
    """Measure memory and throughput."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.scale", description=__doc__)
    parser.add_argument(
        "--pages",
        type=int,
        nargs="*",
        choices=list(TIMES),
        default=list(TIMES),
        help="documents of about so many pages",
    )
    parser.add_argument(
        "--documents",
        type=int,
        default=20,
        metavar="N",
        help="documents of the archive; 0: no archive",
    )
    arguments = parser.parse_args(argv)
    print_memory(arguments.pages)
    if arguments.documents:
        print_archive(arguments.documents)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
