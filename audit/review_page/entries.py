"""What the review page shows, as data for its template and its script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.display.pages import labels
from audit.display.pictures import has_position
from audit.published.columns import TEXT, id_column, shown
from audit.published.folder import Box, Published, records
from audit.review_page.doubts import Doubt, Work
from schemas.findings import Finding
from schemas.published import rounded

# columns that say nothing to a reviewer
HIDDEN_COLUMNS = frozenset({"evidence", "source_sha256", "contract_version"})


def doubt_entry(doubt: Doubt, pieces: Mapping[Box, Mapping[str, Any]]) -> dict[str, Any]:
    """A doubt as the page's script needs it, with the pictures of its boxes."""
    changes = [
        [word.read, word.value, word.rule]
        for word in doubt.words
        if word.read != word.value and word.rule
    ]
    rules = [word.rule for word in doubt.words if word.doubtful and word.rule]
    return {
        "table": doubt.table,
        "row": doubt.row_id,
        "also": list(doubt.also),
        "column": doubt.column,
        "value": doubt.value,
        "read": doubt.read,
        "confidence": doubt.confidence,
        "readings": dict(doubt.readings),
        "words": [[word.read, word.value, word.doubtful] for word in doubt.words],
        "changes": changes,
        "rules": list(dict.fromkeys(rules)) or ([] if doubt.reason else ["value"]),
        "reason": doubt.reason,
        "context": doubt.context,
        "pieces": [pieces.get(box, {"page": box.page_no, "line": box.top}) for box in doubt.boxes],
    }


def finding_entry(finding: Finding) -> dict[str, Any]:
    """A finding with the keys of its labels.

    Where there is no label the key is empty, and the page shows the finding's own words.
    """
    table, _, row = finding.place.partition(" ")
    keys = {
        name: key if (key := f"{kind}.{text}") in labels() else ""
        for name, kind, text in (("rule", "finding", finding.rule), ("table", "table", table))
    }
    place = row if keys["table"] else finding.place
    return {
        "label": keys,
        "name": finding.rule,
        "place": place,
        "page_no": finding.page_no,
        "message": finding.message,
    }


def table_entry(published: Published, name: str) -> dict[str, Any]:
    """A published table as texts, without the columns that are not shown."""
    frame = rounded(published.tables[name])
    columns = [column for column in frame.columns if column not in HIDDEN_COLUMNS]
    rows = [
        [shown(value) for value in row] for row in frame[columns].itertuples(index=False, name=None)
    ]
    ids = [row.row_id for row in published.rows[name]] if name in TEXT else []
    return {
        "columns": columns,
        "rows": rows,
        "ids": ids,
        "id": id_column(name) if name in TEXT else "",
    }


def page_entries(
    work: Work, doubts: Sequence[Doubt], thumbnails: Mapping[int, str]
) -> Iterator[dict[str, Any]]:
    """Each page with the boxes of its doubts in percent of its sides."""
    for page in records(work.pages):
        own = [
            (i, box)
            for i, doubt in enumerate(doubts)
            for box in doubt.boxes
            if box.page_no == page.page_no and has_position(box)
        ]
        marks = [{"doubt": number, **_percent(box, page)} for number, box in own]
        sides = {"width": page.width, "height": page.height}
        yield {
            "page_no": page.page_no,
            **sides,
            "image": thumbnails.get(page.page_no, ""),
            "marks": marks,
        }


def _percent(box: Box, page: Any) -> dict[str, float]:
    x0, top, x1, bottom = (getattr(box, side) for side in ("x0", "top", "x1", "bottom"))
    across, down = 100 / page.width, 100 / page.height
    shares = {
        "left": x0 * across,
        "top": top * down,
        "width": (x1 - x0) * across,
        "height": (bottom - top) * down,
    }
    return {name: round(share, 2) for name, share in shares.items()}
