"""The difference of two extractions as text for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from audit.comparison.changes import Change, Place, count_causes, count_changes
from audit.comparison.classes import CLASSES, Segment
from audit.display.marks import GONE, NEW, Mark, marked, shortened
from audit.published.folder import Box, Published

CAUSES: Mapping[str, str] = {
    "document": "the document changed",
    "undecided": "undecided",
    "rules": "only our rules, lists or corrections changed",
    "reading": "only the reading changed",
}
_VERSIONS = ("code", "lists", "settings", "corrections")
_COLOURS = {GONE: "\x1b[31m{}\x1b[0m", NEW: "\x1b[32m{}\x1b[0m"}
_SIGNS = {GONE: "[-{}-]", NEW: "{{+{}+}}"}


def to_text(a: Published, b: Published, changes: Sequence[Change], coloured: bool = False) -> str:
    """What a terminal shows: what is compared, the counts, then each change with its places."""
    style = _COLOURS if coloured else _SIGNS
    lines = [
        f"A  {_heading(a)}",
        f"B  {_heading(b)}",
        f"made with: {', '.join(versions(a, b))}",
        "",
    ]
    if not changes:
        return "\n".join([*lines, "no difference"])
    causes = count_causes(changes)
    lines += [f"{causes[cause]:5}  {CAUSES[cause]}" for cause in CLASSES] + [""]
    lines += [
        f"{count:5}  {table:<12} {column:<18} {cause}"
        for table, column, cause, count in count_changes(changes)
    ]
    for change in changes:
        lines += ["", _title(change), *_body(change, style)]
    return "\n".join(lines)


def to_json(a: Published, b: Published, changes: Sequence[Change]) -> str:
    """The same for programs: both sides, counts, changes with boxes, segments and readings."""
    content = {
        "a": about(a),
        "b": about(b),
        "classes": {cause: count_causes(changes)[cause] for cause in CLASSES},
        "counts": [
            dict(zip(("table", "column", "class", "count"), entry, strict=True))
            for entry in count_changes(changes)
        ],
        "changes": [_entry(change) for change in changes],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def place_text(place: Place | None) -> str:
    """Page and box of one side: ``page 15 (619, 185)-(686, 197)``."""
    return "nowhere" if place is None else " and ".join(_box_text(box) for box in place.boxes)


def _box_text(box: Box) -> str:
    if box.x0 is None or box.top is None or box.x1 is None or box.bottom is None:
        return f"page {box.page_no}" if box.top is None else f"page {box.page_no}, line {box.top:g}"
    return f"page {box.page_no} ({box.x0:g}, {box.top:g})-({box.x1:g}, {box.bottom:g})"


def _title(change: Change) -> str:
    ids = dict.fromkeys(side.row_id for side in (change.a, change.b) if side is not None)
    what = f"{change.table} {' -> '.join(ids)} {change.column}".rstrip()
    folded = f" (with {', '.join(change.folded)})" if change.folded else ""
    return f"{change.cause.upper()}: {what} {change.kind}{folded}" + (
        f": {change.reason}" if change.reason else ""
    )


def _body(change: Change, style: Mapping[str, str]) -> list[str]:
    keep: Callable[[str], str] = "{}".format
    text = "".join(
        style[mark.kind].format(mark.text) if mark.kind in style else keep(mark.text)
        for mark in _marks(change)
    )
    return [
        f"    {text.strip()}",
        f"    A: {place_text(change.a)}",
        f"    B: {place_text(change.b)}",
    ]


def _marks(change: Change) -> list[Mark]:
    return shortened(marked(change.before, change.after))


def _heading(published: Published) -> str:
    facts = about(published)
    return f"{facts['name']}: {facts['pages']} pages, source {facts['source_sha256'][:12]}"


def about(published: Published) -> dict[str, Any]:
    """What one side is: its name, title, notice, file and pages, and what made it."""
    row = published.rows["document"][0].values
    facts = {name: str(row[name]) for name in ("document", "title", "notice", "source_sha256")}
    return {
        "name": published.name,
        **facts,
        "pages": int(row["pages"]),
        "made_with": dict(published.versions),
    }


def versions(a: Published, b: Published) -> list[str]:
    """Which of our own versions are the same on both sides."""
    engines = [
        name for name in dict.fromkeys([*a.versions, *b.versions]) if name.startswith("engine")
    ]
    same = {name: a.versions.get(name) == b.versions.get(name) for name in [*_VERSIONS, *engines]}
    return [f"{'same' if same[name] else 'other'} {name}" for name in _VERSIONS] + [
        f"other {name}" for name in engines if not same[name]
    ]


def _entry(change: Change) -> dict[str, Any]:
    return {
        "table": change.table,
        "column": change.column,
        "kind": change.kind,
        "class": change.cause,
        "a": _place_entry(change.a),
        "b": _place_entry(change.b),
        "before": change.before,
        "after": change.after,
        "folded": list(change.folded),
        "reason": change.reason,
        "segments": [_segment_entry(segment) for segment in change.segments],
    }


def _place_entry(place: Place | None) -> dict[str, Any] | None:
    return (
        None
        if place is None
        else {"row_id": place.row_id, "boxes": [vars(box) for box in place.boxes]}
    )


def _segment_entry(segment: Segment) -> dict[str, Any]:
    readings = {"a_readings": dict(segment.a_readings), "b_readings": dict(segment.b_readings)}
    return {"before": segment.before, "after": segment.after, "class": segment.cause, **readings}
