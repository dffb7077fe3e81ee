"""Tables of cells, whoever read them, to rows of tasks, and their score.

What a person would write in an afternoon: a header to find the column, regular expressions for the
numbers. In doubt it decides for the peer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

import regex
from rapidfuzz.fuzz import partial_ratio

from tests.benchmark.sample_score import Row, score_table

Tables = Sequence[Sequence[Sequence[str]]]
HEADER, LIKE = "NHIỆM VỤ CỤ THỂ", 75  # the printed head of the column, and how near it is read
# 1.2.3, 3.1 or (1) before the text; with two dots also as commas and with blanks
NUMBER = regex.compile(
    r"[\s_]*(\d{1,2}(?:\s?[.,]\s?\d{1,2}){2,}|\d{1,2}\.\d{1,2}|\(\d{1,2}\))(?![\d/])[\s.,_]*(.*)"
)
GROUP = regex.compile(r"[\s_]*\d{1,2}[\s._]+(?=\p{L})")  # 1 or 2 before a group's title


def tables_to_tasks(tables: Tables) -> list[dict[str, str]]:
    """The numbered rows below the head of the tasks' column, as ``task_id`` and ``task``.

    A table without the head goes on with the one before if it has as many columns. ``(1)`` below
    2.2.3 is 2.2.3(1); a row with nothing where the number stands goes on with the row before, one
    with something else there is nobody's (a note, a group's title, a number that was misread); a
    number that is the beginning of others (1.1 of 1.1.2) is a group's.
    """
    rows: list[dict[str, str]] = []
    parent = ""
    for texts, is_nobodys in _task_rows(tables):
        found = NUMBER.fullmatch(texts)
        if found is None:
            if is_nobodys:
                rows.append({"task_id": "", "task": ""})  # nor does what follows go on with a task
            elif rows:
                rows[-1]["task"] += " " + texts
            continue
        number = regex.sub(r"\s", "", found[1]).replace(",", ".")
        parent = parent if number.startswith("(") else number
        rows.append(
            {"task_id": parent + number if number.startswith("(") else number, "task": found[2]}
        )
    ids = [row["task_id"] for row in rows]
    return [
        {"task_id": row["task_id"], "task": _clean(row["task"])}
        for row in rows
        if row["task_id"] and not any(other.startswith(row["task_id"] + ".") for other in ids)
    ]


def _task_rows(tables: Tables) -> Iterator[tuple[str, bool]]:
    """Each row of a task table up to its task's column as one text, and whether it is nobody's if
    it has no number; never so for lines, which have no columns.
    """
    columns, width = range(0), -1
    for table in tables:
        heads = ((i, _head(row)) for i, row in enumerate(table))
        first, head = next(((i, head) for i, head in heads if head is not None), (-1, None))
        if head is None and (not table or len(table[0]) != width or width == 1):
            continue
        columns, width = columns if head is None else head, len(table[0])
        for row in table[first + 1 :]:
            number, text = row[: columns.start], row[columns.start : columns.stop]
            lines = zip_longest(*(cell.split("\n") for cell in text), fillvalue="")
            whole = _clean_marks(" ".join((*number, *chain(*lines))))
            is_filled = _clean_marks("".join(number)) != ""
            yield whole, width > 1 and (is_filled or GROUP.match(whole) is not None)


def _head(row: Sequence[str]) -> range | None:
    """The columns of the cell that is most like the head, None if no cell is.

    Cells without letters after it belong to it: a stray ruling parted it, and its lines go on
    there.
    """
    likeness = [
        partial_ratio(HEADER, _clean_marks(cell)) if len(cell) >= len(HEADER) else 0.0
        for cell in row
    ]
    best = max(likeness, default=0.0)
    if best < LIKE:
        return None
    start = likeness.index(best)
    after = (i for i in range(start + 1, len(row)) if regex.search(r"\p{L}", row[i]))
    return range(start, next(after, len(row)))


def _clean_marks(text: str) -> str:
    """NFC, one blank between words, and none of the strokes that rulings are read as."""
    return " ".join(unicodedata.normalize("NFC", text).replace("|", " ").split())


def _clean(text: str) -> str:
    """A task's text without what counts on no side: list marks and a closing colon."""
    return _clean_marks(text).strip("-–—~ ").removesuffix(":").strip()


def score_tasks(wanted: Sequence[Row], given: Sequence[Row]) -> dict[str, float]:
    """Rows found, missing and extra, and words of task texts that are wrong in percent, of all
    (those of a missing row are all wrong) and of the found rows alone.

    Scored as the benchmark's tables are, by number and text alone; where a number was read twice,
    the first counts and the others are extra.
    """
    truth = [{"task_id": row["task_id"], "task": row["task"]} for row in wanted]
    first: dict[str, Row] = {}
    for row in given:
        first.setdefault(row["task_id"], row)
    total = score_table("tasks", truth, list(first.values()))
    found = [row for row in truth if row["task_id"] in first]
    partial = score_table("tasks", found, list(first.values()))
    return {
        "rows": total["rows"],
        "found": len(found),
        "missing": total["missing"],
        "extra": total["extra"] + len(given) - len(first),
        "WER%": 100 * total["word_errors"] / max(1, total["words"]),
        "WER_found%": 100 * partial["word_errors"] / max(1, partial["words"]),
    }
