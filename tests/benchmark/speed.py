"""``python -m tests.benchmark.speed``: one document cold, warm and with one page changed, beside
bare Tesseract on the same pages.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium

from extract.page_cache import PageCache
from schemas.project.places import pages_folder
from tests.benchmark.measure import Measured, floor_seconds, measure
from tests.sample.pdf import PageImage, ScannedPage, write_pdf

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared" / "benchmark"
CHANGED = 12  # the page that a new version changes: one with a table
Figures = dict[str, float]


def source_of(name: str) -> Path:
    """A scan of the benchmark where ../shared is there, else the project's own sample."""
    path = SHARED / f"{name}.pdf"
    return path if path.exists() else PROJECT / "raw" / "sample.pdf"


def fast_params(folder: Path) -> Path:
    """Settings that read each page once."""
    path = folder / "fast.yaml"
    path.write_text(
        (PROJECT / "params.yaml").read_text(encoding="utf-8").replace("fast: false", "fast: true"),
        encoding="utf-8",
    )
    return path


def run(source: Path, out: Path, params: Path | None = None) -> Measured:
    """One run of the pipeline as a person starts it; raises SystemExit where it fails."""
    settings = [] if params is None else ["--params", str(params)]
    measured = measure(
        [sys.executable, "pipeline.py", *settings, "run", str(source), "--out", str(out)], PROJECT
    )
    if measured.exit_code:
        raise SystemExit(f"{source.name}: the pipeline ended with exit code {measured.exit_code}")
    return measured


def stage_seconds(source: Path, out: Path) -> Figures:
    """Seconds of each stage of a cold run, in one process."""
    command = [sys.executable, "-m", "tests.benchmark.stages", str(source), str(out)]
    return dict(
        json.loads(
            subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
        )
    )


def with_page_changed(source: Path, target: Path) -> None:
    """A copy of a scan of which one page was scanned anew: the same print, other pixels."""
    with pdfium.PdfDocument(source) as document:
        bitmap = document[CHANGED - 1].render(scale=200 / 72, grayscale=True)
        grey = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
    jpeg = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()
    (target.parent / "page.pdf").write_bytes(
        write_pdf([ScannedPage(PageImage(grey.shape[1], grey.shape[0], 200, jpeg, "DCTDecode"))])
    )
    with pikepdf.open(source) as document, pikepdf.open(target.parent / "page.pdf") as page:
        document.pages[CHANGED - 1] = page.pages[0]
        document.save(target)


def speed_figures(source: Path, folder: Path) -> Figures:
    """Seconds and megabytes of one document: bare Tesseract, cold, ``fast``, warm, and one page
    changed with the pages that were read.
    """
    figures = {"floor": floor_seconds(source, folder)}
    cold = run(source, folder / "cold" / source.stem)
    figures |= {"cold": cold.seconds, "peak_MB": cold.peak_mb}
    figures["fast"] = run(source, folder / "fast" / source.stem, fast_params(folder)).seconds
    figures["warm"] = run(source, folder / "cold" / source.stem).seconds
    cache = PageCache(pages_folder(folder / "cold" / "work"))
    known, changed = cache.size()[0], folder / source.name
    with_page_changed(source, changed)
    figures["changed"] = run(changed, folder / "cold" / source.stem).seconds
    figures["changed_pages_read"] = cache.size()[0] - known
    figures |= {
        f"stage {name}": seconds
        for name, seconds in stage_seconds(source, folder / "stages" / source.stem).items()
    }
    return figures


def warm_repro() -> float:
    """Seconds of ``dvc repro`` where nothing changed since the last one."""
    repro = [sys.executable, "-m", "dvc", "repro", "-q"]
    subprocess.run(repro, cwd=PROJECT, check=True)
    return measure(repro, PROJECT).seconds


def print_speed(rounds: Sequence[Mapping[str, float]], name: str) -> None:
    """The median of each figure over the rounds, times also as a share of the floor's."""
    middle = {key: median(figures[key] for figures in rounds) for key in rounds[0]}
    lines = [f"{name}, median of {len(rounds)}", f"{'':22}{'':>10}{'of the floor':>14}"]
    for key, value in middle.items():
        share = (
            ""
            if key in ("peak_MB", "changed_pages_read")
            else f"{100 * value / middle['floor']:13.0f}%"
        )
        lines.append(f"{key:22}{value:10.1f}{share:>14}")
    lines.append(f"{'changed / cold':22}{100 * middle['changed'] / middle['cold']:9.1f}%")
    sys.stdout.write("\n".join(lines) + "\n")


def main(argv: Sequence[str]) -> int:
    """Measure some scans."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.speed", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        default=["part-office", "part-fax"],
        metavar="NAME",
        help="scans of the benchmark",
    )
    parser.add_argument(
        "--rounds", type=int, default=1, metavar="N", help="how often; medians are printed"
    )
    arguments = parser.parse_args(argv)
    for name in arguments.names:
        rounds = []
        for _ in range(arguments.rounds):
            with tempfile.TemporaryDirectory() as folder:
                rounds.append(speed_figures(source_of(name), Path(folder)))
        print_speed(rounds, name)
    sys.stdout.write(f"dvc repro, nothing changed: {warm_repro():.1f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
