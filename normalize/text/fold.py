"""A search key beside a text: letters without their marks, small; never a value."""

import unicodedata


class _Bare(dict[str, str]):
    """Each letter small and without its marks, worked out once."""

    def __missing__(self, letter: str) -> str:
        parts = unicodedata.normalize("NFD", letter.casefold())
        bare = self[letter] = "".join(
            part for part in parts if not unicodedata.combining(part)
        ).replace("đ", "d")
        return bare


_BARE = _Bare()


def fold(text: str) -> str:
    """The text in small letters without tone and vowel marks, ``đ`` as ``d``; single spaces."""
    return " ".join("".join(map(_BARE.__getitem__, text)).split())
