"""``python -m tests.benchmark.peer_camelot PDF OUT SCALE``: Camelot's lattice tables of a PDF with
a text layer, as JSON, each a list of rows of cells.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from camelot.io import read_pdf


def main(source: str, out: str, scale: str) -> None:
    """Read one PDF and write its tables; words run together across rulings are parted."""
    found = read_pdf(source, pages="all", flavor="lattice", line_scale=int(scale), split_text=True)
    tables = [table.df.astype(str).to_numpy().tolist() for table in found]
    Path(out).write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
