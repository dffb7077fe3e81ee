"""Whether a text is Vietnamese in Unicode, or in the codes of an older font or a wrong map."""

from __future__ import annotations

from collections.abc import Sequence

import regex

# letters that fonts of the time before Unicode have no place for
_OWN = regex.compile(r"[đơưăĐƠƯĂ]|[\u1ea0-\u1ef9]")
_LEAST_SHARE = 0.15  # of a Vietnamese text's words have such a letter (half of them usually)
_FEWEST = 5  # lettered words from which on it can be told whether a text is Vietnamese
# the share of a text's lettered words that may hold another alphabet's letters: names, formulas
_MOST_ALIEN = 0.15
# What Vietnamese never has: TCVN3 keeps its letters among the signs of Latin 1, within words (m²,
# °C, «abc» are none of them); VNI
# writes a mark as a second vowel.
_ALIEN = regex.compile(
    r"[¡-ª¬®¯±´-¸¼-¾×÷](?=[\p{L}\u00ad])|(?<=\p{L})[¡-ª¬®¯±´-¸¼-¾×÷]|(?<=\p{L})[«¹»](?=\p{L})"
    r"|[\p{L}--[a-zA-ZđĐăĂơƠưƯàáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĩĨũŨ\u1ea0-\u1ef9]]"
    r"|[aAeEoO][âÂùÙõÕ]|[aA][êÊáÁàÀãÃ]|[eEuU][ùÙ]",
    regex.VERSION1,
)


def is_vietnamese(words: Sequence[str]) -> bool:
    """Whether words can be Vietnamese in Unicode.

    Text in fonts from before Unicode, or with unknown glyphs, is not.
    """
    if (
        any("(cid:" in word for word in words)
        or sum("\ufffd" in word or "\ue000" <= word[:1] <= "\uf8ff" for word in words)
        > len(words) / 10
    ):
        return False
    lettered = [word for word in words if any(map(str.isalpha, word))]
    if len(lettered) < _FEWEST:
        return True
    alien = sum(is_alien(word) for word in lettered)
    own = sum(_OWN.search(word) is not None for word in lettered)
    return alien <= _MOST_ALIEN * len(lettered) and own >= _LEAST_SHARE * len(lettered)


def with_own_d(text: str) -> str:
    """The text with the letter đ in place of its look-alike, Icelandic ð, which many texts have."""
    return text.replace("\u00d0", "Đ").replace("\u00f0", "đ")


def is_alien(word: str) -> bool:
    """Whether a word holds what no Vietnamese word does, such as ``®Þnh`` (định in TCVN3) or
    ``ñònh`` (in VNI).
    """
    return _ALIEN.search(word) is not None
