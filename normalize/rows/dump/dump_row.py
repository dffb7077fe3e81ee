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
        """Its first word."""
        return next(iter(self.number), None) or min(
            (words[0] for words in self.cells.values() if words),
            key=lambda token: (token.page_no, token.line_no),
        )
