"""The rows of the prose's footnotes: each behind the paragraph that bears its mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from normalize.rows.records import Record
from normalize.rows.scan.footnotes import Footnote
from normalize.rows.scan.paragraphs import Paragraph, paragraph_pieces
from normalize.rows.slots import PrintedWord


def with_footnotes(
    records: Sequence[Record],
    bearers: Sequence[Sequence[PrintedWord]],
    footnotes: Sequence[Footnote],
) -> list[Record]:
    """The records of the prose, each footnote behind the paragraph with its mark, in the same
    section.

    A footnote whose mark was not found stands at the end of the section that its page ends in, in
    review: there it changes no other paragraph's id.
    """
    counts: Counter[str] = Counter()
    found: list[Record] = []
    for place, record in enumerate(records):
        counts[record.section_path] += 1
        found.append(replace(record, row_id=f"{record.section_path}#{counts[record.section_path]}"))
        for note in footnotes:
            if _stands_behind(note, place, records, bearers):
                counts[record.section_path] += 1
                found.append(_record(note, record.section_path, counts[record.section_path]))
    return found


def _stands_behind(
    note: Footnote, place: int, records: Sequence[Record], bearers: Sequence[Sequence[PrintedWord]]
) -> bool:
    if note.bearer is not None and any(slot is note.bearer for slots in bearers for slot in slots):
        return any(slot is note.bearer for slot in bearers[place])
    before = [i for i, record in enumerate(records) if record.page_no <= note.page_no]
    section = records[before[-1] if before else 0].section_path
    return place == max(i for i, record in enumerate(records) if record.section_path == section)


def _record(note: Footnote, section: str, count: int) -> Record:
    cells = {"text": paragraph_pieces(Paragraph(note.lines))}
    return Record(
        "paragraphs",
        f"{section}#{count}",
        note.page_no,
        cells,
        section_path=section,
        kind="footnote",
        number=note.number,
        review=tuple(column for column, _ in _doubts(note)),
        reason="; ".join(reason for _, reason in _doubts(note)),
    )


def _doubts(note: Footnote) -> list[tuple[str, str]]:
    """The columns of a footnote that a person must look at, each with the reason."""
    doubts = []
    if note.bearer is None:
        doubts.append(("section_path", "no word was found that bears its mark"))
    if note.is_sign:
        doubts.append(("section_path", "its mark was read as a sign that closes nothing"))
    if not note.is_marked:
        doubts.append(("number", "its mark was not read: its number is told from the other marks"))
    return doubts
