"""``report.md``: what a change request needs to know of an extraction, without the
document's text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from audit.comparison.changes import Change, count_changes
from audit.comparison.classes import CLASSES
from audit.comparison.show import CAUSES
from audit.published.columns import row_tables
from audit.published.folder import Row
from audit.review_page.doubts import Doubt, Work
from publish.metrics import expected_wrong_cells

_MOST = 30  # places named in one line


def to_report(work: Work, doubts: Sequence[Doubt], name: str) -> str:
    """The report as Markdown.

    Places are keys of rows and rules are names; no cell's text stands in it.
    """
    document = work.published.rows["document"][0].values
    cells = work.published.tables["cells"]
    lines = [
        f"# {name}",
        "",
        f"{document['pages']} pages, source sha256 {document['source_sha256']}.",
        "",
    ]
    lines += [
        (
            f"{len(work.published.cells)} printed cells, of which "
            f"{expected_wrong_cells(cells):.1f} are expected to be wrong."
        ),
        "",
    ]
    lines += ["## Rows against the document's own numbering", "", *_numbering(work)]
    lines += ["", "## In review", "", *_review(doubts)]
    lines += ["", "## Findings", "", *(_findings(work) or ["None."])]
    return "\n".join(lines) + "\n"


def to_changes(changes: Sequence[Change] | None, name: str) -> str:
    """What differs from the version published before, as Markdown, again without any cell's text.

    It is a file of its own, because it says nothing of the tables alone: made again, the same
    tables differ in nothing.
    """
    lines = [f"# {name}", "", "## Against the version published before", "", *_difference(changes)]
    return "\n".join(lines) + "\n"


def _numbering(work: Work) -> Iterator[str]:
    yield "| table | rows | from | to | gaps and repeats |"
    yield "|---|---|---|---|---|"
    places = Counter(
        finding.place.split(" ")[0]
        for finding in work.findings
        if finding.rule.startswith("numbering")
    )
    for table in row_tables():
        rows = work.published.rows[table]
        if table != "document":
            ends = (_key(rows[0]), _key(rows[-1])) if rows else ("-", "-")
            yield f"| {table} | {len(rows)} | {ends[0]} | {ends[1]} | {places[table]} |"


def _key(row: Row) -> str:
    return row.row_id.replace("|", " / ")


def _review(doubts: Sequence[Doubt]) -> list[str]:
    if not doubts:
        return ["None."]
    lines = [
        f"{len(doubts)} cells.",
        "",
        "| table | column | cells | rules | rows |",
        "|---|---|---|---|---|",
    ]
    for table, column in dict.fromkeys((doubt.table, doubt.column) for doubt in doubts):
        own = [doubt for doubt in doubts if (doubt.table, doubt.column) == (table, column)]
        rules = Counter(
            rule
            for doubt in own
            for rule in dict.fromkeys(
                word.rule for word in doubt.words if word.doubtful and word.rule
            )
        )
        named = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items()))
        rows = [doubt.row_id.replace("|", " / ") for doubt in own]
        more = f" and {len(rows) - _MOST} more" if len(rows) > _MOST else ""
        lines.append(
            f"| {table} | {column} | {len(own)} | {named or '-'} | "
            f"{', '.join(rows[:_MOST])}{more} |"
        )
    return lines


def _findings(work: Work) -> list[str]:
    pages = [f", page {finding.page_no}" if finding.page_no else "" for finding in work.findings]
    return [
        f"- {found.rule}: {found.place}{page}: {found.message}"
        for found, page in zip(work.findings, pages, strict=True)
    ]


def _difference(changes: Sequence[Change] | None) -> list[str]:
    if changes is None:
        return ["No version was published before."]
    if not changes:
        return ["No difference."]
    lines = [
        f"- {CAUSES[cause]}: {sum(change.cause == cause for change in changes)}"
        for cause in CLASSES
    ]
    lines += ["", "| table | column | class | changes |", "|---|---|---|---|"]
    return lines + [
        f"| {table} | {column} | {cause} | {count} |"
        for table, column, cause, count in count_changes(changes)
    ]
