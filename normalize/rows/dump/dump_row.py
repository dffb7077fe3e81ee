"""One row of a dump's appendix."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.rows.dump.tokens import Token
from normalize.rows.numbering.decide import Decided

Cells = dict[str, list[Token]]


@dataclass(frozen=True)
class DumpRow:
    """One row of an appendix: its number, the words of its cells by column, and the columns in
    doubt.
    """

    decided: Decided
    number: tuple[Token, ...]
    cells: Cells
    doubt: frozenset[str]

    @property
    def first(self) -> Token:
        """Its number, or its cells' first word where it has none or that stands overleaf: a number
        alone at a page's end is of a cell over several rows.
        """
        words = sorted(
            (words[0] for words in self.cells.values() if words),
            key=lambda token: (token.page_no, token.line_no),
        )
        if self.number and not (words and words[0].page_no > self.number[0].page_no):
            return self.number[0]
        return words[0]
