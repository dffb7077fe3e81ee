"""What the review page shows, as data for its template and its script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.display.pages import labels
from audit.display.pictures import has_position
from audit.published.columns import TEXT, id_column, shown
from audit.published.folder import Box, Published, Row, records
from audit.review_page.doubts import Doubt, Work
from audit.review_page.questions import Spot, composed, rules_of
from schemas.findings import Finding
from schemas.published import rounded
from schemas.table_kinds import KINDS

# columns that say nothing to a reviewer
UNUSED = "correction_unused"  # the finding about a decision that no longer applies
HIDDEN_COLUMNS = frozenset({"evidence", "source_sha256", "contract_version"})


def doubt_entry(doubt: Doubt, work: Work) -> dict[str, Any]:
    """A cell in review as the page's script needs it."""
    rules = list(rules_of(doubt))
    row = work.published.row(doubt.table, doubt.row_id)
    return {
        "table": doubt.table,
        "row": doubt.row_id,
        "also": list(doubt.also),
        "settles": [list(key) for key in doubt.settles],
        "column": doubt.column,
        "value": doubt.value,
        "read": doubt.read,
        "confidence": round(doubt.confidence, 3),
        "readings": dict(doubt.readings),
        "words": [
            [word.read, word.value, word.doubtful, word.rule, [] if word.doubtful else word.offered]
            for word in doubt.words
        ],
        "isWords": composed(doubt) == doubt.value and bool(doubt.words),
        "sheds": list(KINDS[doubt.table].sheds),
        "rules": rules or ([] if doubt.reason else ["value"]),
        "reason": doubt.reason,
        "context": doubt.context,
        "means": {} if row is None else _meant(row, doubt.column),
        "appendix": "" if row is None else str(row.values.get("appendix", "")),
        "unit": "" if row is None else str(row.values.get("unit", "")),
        "boxes": [_place(box, work) for box in doubt.boxes],
    }


def _meant(row: Row, column: str) -> dict[str, str]:
    """What follows from a cell's value, by column: the kind and the dates of a deadline."""
    printed = KINDS[row.table].column(column)
    found = (
        {}
        if printed is None
        else {name: shown(row.values[name]) for name in printed.follows if name in row.values}
    )
    return {name: text for name, text in found.items() if text}


def _place(box: Box, work: Work) -> dict[str, Any]:
    """A box by its page, and in percent of the page's sides where it has a position."""
    if not has_position(box):
        return {"page": box.page_no, "line": box.top}
    page = work.page(box.page_no)
    return {"page": box.page_no, **_percent(box, page)}


def spot_entry(spot: Spot, strip: Mapping[str, Any]) -> dict[str, Any]:
    """A doubtful place as the page's script needs it; ``strip`` is its picture."""
    return {
        "cell": spot.doubt,
        "word": spot.word,
        "form": spot.form,
        "read": spot.read,
        "choices": [[choice.text, list(choice.by)] for choice in spot.choices],
        "page": spot.box.page_no,
        "line": spot.box.top,
        **strip,
    }


def group_entries(work: Work) -> list[dict[str, str]]:
    """The groups under which a row may stand, with their headings."""
    return [
        {
            "appendix": str(row.values["appendix"]),
            "id": str(row.values["group_id"]),
            "title": str(row.values["title"]),
        }
        for row in work.published.rows["groups"]
    ]


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


def unused_entry(finding: Finding) -> dict[str, str]:
    """A decision that no longer applies: its cell, and why."""
    return {"place": finding.place, "message": finding.message}


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


def page_entries(work: Work, doubts: Sequence[Doubt], has_images: bool) -> Iterator[dict[str, Any]]:
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
        yield {"page_no": page.page_no, **sides, "has_image": has_images, "marks": marks}


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
