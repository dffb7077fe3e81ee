"""``python -m tests.benchmark.grids OUTDIR PAGE.pdf...``: the grids that are found on scanned
pages, as JSON for a scorer.

Only the finding of the grid is run, no reading; of each PDF the first page. ``OUTDIR/<stem>.json``
holds ``{"tables": [{"cells": [...]}]}``, each cell with its ``row``, ``column``, ``row_span``,
``column_span`` and ``quad``: its four corners in points of the page as scanned, from the one that
is top left on the straightened page and round by the right. (A page that stands upside down is only
turned when it is read.)
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import yaml

from extract.image.flatten import page_to_read
from extract.image.grid import GridCell, find_grid
from extract.image.page_image import PageImage, as_scanned, render_page
from extract.image.rulings import GridSettings

PARAMS = Path(__file__).parents[2] / "params.yaml"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the grid of each page that is named and print how many cells it has."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.grids", description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("pages", type=Path, nargs="+", metavar="PAGE.pdf")
    given = parser.parse_args(arguments)
    given.outdir.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    dpi = int(yaml.safe_load(PARAMS.read_text(encoding="utf-8"))["extract"]["dpi"])
    for source in given.pages:
        found = page_to_tables(page_to_read(render_page(source, 1, dpi)))
        (given.outdir / f"{source.stem}.json").write_text(json.dumps(found), encoding="utf-8")
        cells = sum(len(table["cells"]) for table in found["tables"])
        print(f"{source.stem}: {len(found['tables'])} tables, {cells} cells", flush=True)


def page_to_tables(page: PageImage) -> dict[str, list[dict[str, Any]]]:
    """The grid of a straightened page in the scorer's form."""
    tables: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for cell in find_grid(page, GridSettings()).cells:
        tables[cell.table_no].append(_cell_on_scan(cell, page))
    return {"tables": [{"cells": cells} for cells in tables.values()]}


def _cell_on_scan(cell: GridCell, page: PageImage) -> dict[str, Any]:
    corners = [
        (cell.x0, cell.top),
        (cell.x1, cell.top),
        (cell.x1, cell.bottom),
        (cell.x0, cell.bottom),
    ]
    quad = [
        [round(x, 1), round(y, 1)]
        for x, y in (as_scanned(page, corners) * page.scale / page.zoom).tolist()
    ]
    place = {name: getattr(cell, name) for name in ("row", "column", "row_span", "column_span")}
    return {"quad": quad, **place}


if __name__ == "__main__":
    main()
