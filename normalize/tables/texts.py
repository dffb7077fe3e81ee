"""Texts of cells: which columns hold them, and what they lose."""

from schemas.table_kinds import TableKind


def holds_text(kind: TableKind, name: str) -> bool:
    """Whether a column's values are texts, whose parts in several boxes have their own words."""
    column = kind.column(name)
    return name == kind.text or (column is not None and column.holds in ("text", "words"))


def without_list_mark(text: str, kind: TableKind) -> str:
    """A text without the signs that its table's texts shed: ``- Xuất khẩu:`` of growth."""
    before, behind = kind.sheds
    if before:
        text = text.lstrip(before).strip()
    return text.rstrip(behind) if behind else text
