"""What is found about a document as a whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from schemas.disk import write_bytes

# a rule that the gate counts: a deadline that is understood but for its year
NO_YEAR = "deadline_without_year"


def write_findings(findings: list[dict[str, object]], folder: Path) -> None:
    """Put findings, as mappings of their fields, into ``folder`` for the stage that comes next."""
    write_bytes(
        folder / "notices.json", json.dumps(findings, ensure_ascii=False, indent=1).encode("utf-8")
    )


@dataclass(frozen=True)
class Finding:
    """Something about the whole document that a person should know, such as a gap in its
    numbering.

    ``told`` is what the terminal says of it at once, without any text of the document; empty
    where it says nothing.
    """

    rule: str
    page_no: int
    place: str
    message: str
    told: str = ""
