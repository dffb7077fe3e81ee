"""A search key beside a text: letters without their marks, small; never a value."""

import unicodedata


def fold(text: str) -> str:
    """The text in small letters without tone and vowel marks, ``đ`` as ``d``; single spaces."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter))
    return " ".join(bare.replace("đ", "d").split())
