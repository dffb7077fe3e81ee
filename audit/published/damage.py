"""What of a published folder is not as it was published."""

from __future__ import annotations

from pathlib import Path

from schemas.publication import damaged_files


def damage_lines(folder: Path) -> list[str]:
    """A line that names the files of a folder that are not what was published; none where all are.

    What is told of such a folder is what its Parquet tables say now.
    """
    damaged = damaged_files(folder) if folder.is_dir() else []
    shown = ", ".join(damaged[:3]) + (", ..." if len(damaged) > 3 else "")
    return [f"not as published, by SHA256SUMS: {folder}: {shown}"] if damaged else []
