"""New letters for a network: its list of letters and its list of codes are made longer."""

from __future__ import annotations

import struct

NEW_LETTERS = ("≥", "≤")
_MIRRORED = {"≥": "≤", "≤": "≥"}
_OTHER_NEUTRAL = 10  # the writing direction of a sign, as Tesseract counts them


def letters_of(unicharset: str) -> frozenset[str]:
    """The letters of Tesseract's list of them."""
    return frozenset(line.split(" ")[0] for line in unicharset.splitlines()[1:])


def with_letters(unicharset: str, new: tuple[str, ...] = NEW_LETTERS) -> str:
    """Tesseract's list of letters with new signs at its end; those that it has are not
    added again.
    """
    lines = unicharset.splitlines()[1:]
    added = [letter for letter in new if letter not in letters_of(unicharset)]
    place = {letter: len(lines) + n for n, letter in enumerate(added)}
    for letter in added:
        mirror = place.get(_MIRRORED.get(letter, letter), place[letter])
        number = place[letter]
        traits = f"0 0,255,0,255,0,0,0,0,0,0 Common {number} {_OTHER_NEUTRAL} {mirror}"
        lines.append(f"{letter} {traits} {letter}\t# {letter} [{ord(letter):x} ]")
    return "\n".join([str(len(lines)), *lines]) + "\n"


def with_codes(recoder: bytes, count: int) -> bytes:
    """Tesseract's codes of its letters with ``count`` more, each one code after all others.

    Raises ValueError where letters have codes of several parts.
    """
    (known,) = struct.unpack_from("<I", recoder)
    codes = [struct.unpack_from("<bii", recoder, 4 + 9 * n) for n in range(known)]
    if 4 + 9 * known != len(recoder) or any(length != 1 for _, length, _ in codes):
        raise ValueError("letters with codes of more than one part are not known here")
    highest = max(code for _, _, code in codes)
    new = b"".join(struct.pack("<bii", 1, 1, highest + n) for n in range(1, count + 1))
    return struct.pack("<I", known + count) + recoder[4:] + new
