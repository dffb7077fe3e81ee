"""Models of the tables that pass between stages; lengths are PDF points from the top left corner of the straightened page."""

import pandera.pandas as pa

from schemas.table import ROW_TABLES


class _Frame(pa.DataFrameModel):
    """A strict table: exactly these columns in this order, converted to these types; an empty text is ``""``."""

    class Config:
        strict = True
        coerce = True
        ordered = True


class Pages(_Frame):
    """One row for each page of the document, in order."""

    page_no: int = pa.Field(ge=1, unique=True)
    width: float = pa.Field(gt=0)
    height: float = pa.Field(gt=0)
    # degrees clockwise by which the page was turned to stand upright
    turn: int = pa.Field(isin=[0, 90, 180, 270])
    skew: float  # degrees by which it was then straightened
    source: str = pa.Field(isin=["scan", "vector", "dump"])
    sha256: str  # of the pixels that were read


class Blocks(_Frame):
    """One row for each piece of a page that is read by itself: a cell of a ruled table, or the text outside tables."""

    page_no: int = pa.Field(ge=1)
    block_no: int = pa.Field(ge=1)  # unique on its page
    table_no: int = pa.Field(ge=0)  # 0: text outside tables
    row: int = pa.Field(ge=0)  # first row and column of the cell in its table's grid, from 0
    column: int = pa.Field(ge=0)
    row_span: int = pa.Field(ge=1)
    column_span: int = pa.Field(ge=1)
    inked: bool  # whether anything is printed in it
    x0: float
    top: float
    x1: float
    bottom: float


class Words(_Frame):
    """One row for each word that a witness read, in its reading order within a block."""

    page_no: int = pa.Field(ge=1)
    block_no: int = pa.Field(ge=1)
    witness: str = pa.Field(str_length={"min_value": 1})
    line_no: int = pa.Field(ge=1)  # within the block
    word_no: int = pa.Field(ge=1)  # within the line
    text: str = pa.Field(str_length={"min_value": 1})
    confidence: float = pa.Field(ge=0, le=1)
    x0: float
    top: float
    x1: float
    bottom: float


class Rows(_Frame):
    """One row for each row of a published table (and one for ``document``), in document order."""

    table: str = pa.Field(isin=ROW_TABLES)
    row_id: str  # the row's key, its parts joined with "|"
    parent_id: str
    group_id: str
    section_id: str
    section_path: str  # paragraphs only
    # paragraphs: heading, paragraph, footnote; appendices, groups: their table; indicators and
    # values: the column's place
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


class Printed(_Frame):
    """One row for each printed word of a row's cell, in reading order: what the witnesses read there."""

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
