"""Who reads a page, and what is known of each."""

from __future__ import annotations

LEADERS = ("vector", "vie", "dump", "layer", "script")  # who leads where several read a block
# who reads only some of the leader's words; what the last does not see says nothing
BY_LINE = ("script", "line")

# witnesses whose errors go together
ENGINES = {"vie": "tesseract", "script": "tesseract", "binary": "tesseract"}
_TESSERACT = frozenset(("vie", "script", "binary"))
# engines whose errors go together
_KIND = {"vie": "tesseract", "script": "tesseract", "binary": "tesseract"}
