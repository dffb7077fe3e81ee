"""Ditto marks: a cell that says `nt` or `như trên` stands for the value above it."""

import re
from collections.abc import Iterable

from normalize.text.clean import early_tone

_DITTO = re.compile(
    r"[-–—.\s]*(?:n/?t|như trên|[\"“”″〃]|'{2}|,,|nhu trên|như trèn)[-–—.\s]*", re.IGNORECASE
)


def is_ditto(readings: Iterable[str]) -> bool:
    """Whether a cell is a ditto mark: some witness read one, and none read more than such a mark
    has.
    """
    texts = [early_tone(text) for text in readings if text.strip()]
    longest = max((len(text) for text in texts), default=0)
    return longest <= len("- như trên -") and any(_DITTO.fullmatch(text) for text in texts)
