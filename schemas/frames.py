"""Models of the tables that pass between stages.

Lengths are PDF points from the top left corner of the straightened page.
"""

import pandera.pandas as pa


class Frame(pa.DataFrameModel):
    """A strict table: exactly these columns in this order, converted to these types.

    A missing text is ``""``.
    """

    class Config:
        strict = True
        coerce = True
        ordered = True


class Pages(Frame):
    """One row for each page of the document, in order."""

    page_no: int = pa.Field(ge=1, unique=True)
    width: float = pa.Field(gt=0)
    height: float = pa.Field(gt=0)
    # degrees clockwise by which the page was turned to stand upright
    turn: int = pa.Field(isin=[0, 90, 180, 270])
    skew: float  # degrees by which it was then straightened
    warp: str  # shifts by which it was then flattened, as schemas/warp.py writes them
    source: str = pa.Field(isin=["scan", "vector", "dump"])
    sha256: str  # of the pixels that were read


class Blocks(Frame):
    """One row for each piece of a page that is read by itself.

    That is a cell of a ruled table, or the text between tables.
    """

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


class Words(Frame):
    """One row for each word that a witness read, in its reading order within a block.

    Places of ink that no witness read have a row too, with the witness ``INK``.
    """

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
