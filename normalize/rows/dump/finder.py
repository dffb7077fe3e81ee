"""The known phrases of one table, and the names of bodies that the table itself tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.rows.dump.phrases import (
    BULLET,
    Found,
    body_names,
    find_phrases,
    is_like_word,
    nearest,
    to_phrases,
)
from normalize.rows.dump.tokens import Token


class Finder:
    """The known phrases that begin at each token of a table, looked up once.

    ``own``: names of bodies that the table itself tells; their places are behind those of the list.
    """

    def __init__(self, tokens: Sequence[Token], own: Sequence[str] = ()) -> None:
        self._tokens = tokens
        self._found: dict[tuple[str, int], Found] = {}
        listed = len(body_names())
        self._own = tuple(
            replace(phrase, index=listed + phrase.index) for phrase in to_phrases(own)
        )

    def at(self, kind: str, start: int) -> Found:
        """The known phrases of a kind (body, funding, deadline) that begin at a token."""
        if (kind, start) not in self._found:
            self._found[kind, start] = find_phrases(kind, self._tokens, start)
        return self._found[kind, start]

    def bodies(self, start: int) -> Found:
        """The known bodies that begin at a token, in the list or in the table itself."""
        if ("own", start) not in self._found:
            self._found["own", start] = {**self._own_at(start), **self.at("body", start)}
        return self._found["own", start]

    def _own_at(self, start: int) -> Found:
        tokens = self._tokens
        is_led = not tokens[start].key and BULLET.match(tokens[start].text) is not None
        at = start + 1 if is_led and start + 1 < len(tokens) else start
        near = [own for own in self._own if is_like_word(tokens[at].key, own.first)]
        return nearest(near, tokens, at)
