"""Short fictional texts as the tokens of a dump."""

from __future__ import annotations

from collections.abc import Sequence

from extract.dump import text_to_frames
from normalize.rows.dump.tokens import Token, words_to_text


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text that holds a Vietnamese letter."""
    return words_to_text(text_to_frames(text)[2]).tokens


def words(tokens: Sequence[Token]) -> str:
    """What the tokens say."""
    return " ".join(token.text for token in tokens)
