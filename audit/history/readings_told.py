"""Readings, rules and witnesses in the words in which an explanation tells them."""

from __future__ import annotations

import json
import re

from audit.display.marks import GONE, NEW, marked
from audit.display.pages import labels
from audit.published.evidence import partners
from audit.published.folder import ELLIPSIS


def items(text: str) -> list[str]:
    """The items of a list, as printed (each after a dash) or as published (joined with
    semicolons).
    """
    return re.split(r"; | - ", text.removeprefix("- "))


def rule_told(rule: str) -> str:
    """What a rule is called in English; its own name where it has no label."""
    return labels().get(f"rule.{rule}", {}).get("en", rule)


def witness_told(name: str) -> str:
    """What a witness is called in English; its own name where it has no label."""
    return labels().get(f"witness.{name}", {}).get("en", name)


def evidence_told(text: str) -> str:
    """What a repair rests on, in plain text.

    ``text`` is the readings (JSON: witness, text, confidence) or the words of a decision.
    """
    try:
        readings = json.loads(text)
    except ValueError:
        return text
    return ", ".join(
        f"{witness} {read or '(nothing)'} {confidence:.2f}"
        for witness, read, confidence in readings
    )


def against(reading: str, value: str) -> str:
    """A reading with the letters that the published value does not have in brackets.

    The dashes before its items are not counted as a difference.
    """
    if reading.startswith("- "):
        value = "- " + value.replace("; ", " - ")
    words, read = value.split(), reading.split()
    word_at = {j: words[i] for i, j in partners(tuple(words), tuple(read)).items()}
    shown_words: list[str] = []
    for j, word in enumerate(read):
        text = word if word == ELLIPSIS else _letters(word, word_at.get(j, ""))
        if not (text == ELLIPSIS and shown_words[-1:] == [ELLIPSIS]):
            shown_words.append(text)
    return " ".join(shown_words) or "(nothing)"


def _letters(word: str, value: str) -> str:
    shapes = {GONE: "[{}]", NEW: ""}
    return "".join(
        shapes.get(mark.kind, "{}").format(mark.text) for mark in marked(word, value)
    ).strip()
