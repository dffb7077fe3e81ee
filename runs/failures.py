"""What the last try at a document failed with: noted in its work folder, for ``status``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from schemas.disk import write_bytes
from schemas.errors import PipelineError, PublishRefused
from schemas.publication import FAILED


@contextmanager
def noting_failure(work: Path) -> Iterator[None]:
    """Note in ``work`` the error that ends the block, or that there is none any more.

    Tables that were refused are no failure: they stand in the document's folder, with the reasons.
    """
    note = work / FAILED
    try:
        yield
    except PublishRefused:
        note.unlink(missing_ok=True)
        raise
    except PipelineError as error:
        told = {"exit_code": error.exit_code, "error": str(error)}
        with suppress(OSError):  # a full disk, perhaps: the error itself is told all the same
            write_bytes(note, json.dumps(told, ensure_ascii=False).encode())
        raise
    note.unlink(missing_ok=True)
