"""``python -m tests.benchmark.stages FILE OUT``: the stages of one document one after another, and
the seconds of each as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pipeline
from runs.left_out import left_out
from runs.lock import only_run
from schemas.settings import load_params


def main(source: Path, out: Path) -> dict[str, float]:
    """Run every stage as ``pipeline.run`` does, but none beside another."""
    settings = load_params(pipeline.PROJECT / "params.yaml").of(source.stem)
    work = out.parent / "work" / out.name
    stages: dict[str, Callable[[], None]] = {
        "extract": lambda: pipeline.extract(source, work, settings),
        "knowledge": pipeline.load_knowledge,
        "rows": lambda: pipeline.rows(work),
        "repair": lambda: pipeline.repair(work),
        "tables": lambda: pipeline.tables(work, source, settings),
        "publish": lambda: pipeline.publish(work, source, out, settings),
    }
    seconds = {}
    with only_run(work):
        for name, stage in stages.items():
            begun = time.monotonic()
            stage()
            seconds[name] = time.monotonic() - begun
    return seconds


if __name__ == "__main__":
    with left_out():  # as pipeline.py does
        sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
