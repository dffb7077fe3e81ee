"""Models of what passes between the later stages: rows, their printed words, their
repaired words.
"""

import pandera.pandas as pa

from schemas.frames import Frame
from schemas.table_kinds import ROW_TABLES


class Rows(Frame):
    """One row for each row of a published table (and one for ``document``), in document order."""

    table: str = pa.Field(isin=ROW_TABLES)
    row_id: str  # the row's key, its parts joined with "|"
    parent_id: str
    group_id: str
    section_id: str
    section_path: str  # paragraphs only
    # paragraphs: heading, paragraph, footnote; appendices, groups: their table; indicators and
    # values: the column's place, and behind it `baseline` where its header calls it so
    kind: str
    # as printed, without brackets and closing dot or dash; appendices: their rows and last page
    number: str
    page_no: int = pa.Field(ge=1)
    review: str  # columns in doubt because of how the row was put together, joined with "; "
    reason: str  # why, a sentence without cell text
    appendix: str  # the number of the appendix that the row stands in
    # as printed: of an appendix, of the column of an extra or of a value; other_cells: spans and
    # whether a header
    label: str


class Printed(Frame):
    """One row for each printed word of a row's cell in reading order: what the witnesses read
    there.
    """

    table: str
    row_id: str
    column: str  # the published column that the cell is printed for
    part: int = pa.Field(ge=1)  # the box of the cell: 2 and more where it goes on elsewhere
    word_no: int = pa.Field(ge=1)  # within the cell, over its parts
    line_no: int = pa.Field(ge=1)  # within the part
    page_no: int = pa.Field(ge=1)
    block_no: int = pa.Field(ge=1)
    text: str  # the best single reading; empty where only another witness saw a word
    confidence: float = pa.Field(ge=0, le=1)
    readings: str  # JSON list of [witness, text, confidence]; text can be "" or hold a space
    x0: float
    top: float
    x1: float
    bottom: float


class Repaired(Printed):
    """``Printed`` with what each word was decided to read."""

    value: str  # can be "" (a speck) or hold spaces (words that were joined)
    # the probability that ``value`` is what the page says
    value_confidence: float = pa.Field(ge=0, le=1)
    doubtful: bool
    # why ``value`` differs from ``text``, or why the word is doubtful; empty where neither
    rule: str
    # what else a doubtful word may say, or one beside it that is not quite sure: a JSON list of
    # texts, likeliest first; else empty
    offered: str
