"""What can go wrong in an audit."""

from schemas.errors import InputError


class NoSuchCell(InputError):
    """The table, row or column asked for is not published."""


class NoSuchRevision(InputError):
    """A git revision, or the folder at it, cannot be brought back."""
