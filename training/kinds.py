"""One line's text of each kind that such documents print, drawn at random.

Long: one short function for each kind of line.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from training.mixes import USUAL, Mix
from training.texts import Texts

Rng = np.random.Generator
Maker = Callable[[Texts, Rng], str]
_ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
    "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
)  # fmt: skip
_ISSUERS = (
    "TW", "TU", "CP", "TTg", "QH", "UBND", "HĐND", "BCT", "BTCTW", "UBTVQH", "VPTW", "ĐU",
    "BTGTU", "CĐ",
)  # fmt: skip
_SUBUNITS = (
    "km", "m2", "ha", "kV", "MW", "%", "tỷ đồng", "triệu đồng", "USD", "người", "lượt khách",
    "giường", "xã", "m3", "tấn",
)  # fmt: skip
_GLUE = (", ", ", ", ", ", " ", " ", "; ", " và ", " - ", ": ", " của ", ". ")
_DASHES = ("-", "-", "–")
_SMALL_MARKS = (",", ",", ",", ";", ";", ".", ".", ":", "")
_TITLES = 0.02  # the share of lines whose words all have a capital
_LENGTHS = (4, 16)  # words of a line of prose


def pick(rng: Rng, options: list[str] | tuple[str, ...]) -> str:
    """One of the options."""
    return options[int(rng.integers(len(options)))]


def whole(rng: Rng, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return int(rng.integers(low, high + 1))


def prose(texts: Texts, rng: Rng) -> str:
    """Some words in a row of a help text, as where a paragraph wraps."""
    words = pick(rng, texts.sentences).split()
    count = whole(rng, *_LENGTHS)
    start = whole(rng, 0, max(0, len(words) - count))
    return " ".join(words[start : start + count])


def administrative(texts: Texts, rng: Rng) -> str:
    """Phrases and names of bodies in a row, with now and then a figure, a year or a code."""
    parts = [_administrative_part(texts, rng) for _ in range(whole(rng, 1, 4))]
    line = parts[0]
    for part in parts[1:]:
        line += pick(rng, _GLUE) + part
    if rng.random() < 0.4:
        line = line[0].upper() + line[1:]
    words = line.split(" ")[: _LENGTHS[1]]
    return " ".join(words) + pick(rng, ("", "", "", ".", ";", ",", ":"))


def _administrative_part(texts: Texts, rng: Rng) -> str:
    chance = rng.random()
    if chance < 0.62:
        return pick(rng, texts.phrases)
    if chance < 0.8:
        return pick(rng, texts.bodies)
    return pick(
        rng,
        (
            figure(texts, rng),
            code(texts, rng),
            deadline(texts, rng),
            pick(rng, texts.words),
            quoted(texts, rng),
        ),
    )


def quoted(texts: Texts, rng: Rng) -> str:
    """A phrase in quotes or brackets."""
    left, right = (("“", "”"), ('"', '"'), ("(", ")"), ("“", "”"))[whole(rng, 0, 3)]
    return left + pick(rng, texts.phrases) + right


def syllables(texts: Texts, rng: Rng) -> str:
    """Syllables and words in no order: nothing but the letters themselves tells what they are."""
    stock = texts.syllables if rng.random() < 0.6 else texts.words or texts.syllables
    found = [pick(rng, stock) for _ in range(whole(rng, 2, 9))]
    return " ".join(word.capitalize() if rng.random() < 0.15 else word for word in found)


def body_item(texts: Texts, rng: Rng) -> str:
    """A body in a cell, alone or as an item of a list, and where it wraps."""
    words = pick(rng, texts.bodies).split()
    start = whole(rng, 1, len(words) - 1) if len(words) > 3 and rng.random() < 0.3 else 0
    lead = pick(rng, ("- ", "- ", "-", "")) if start == 0 else ""
    return lead + " ".join(words[start:]) + pick(rng, ("", "", ";", ",", "."))


def one_word(texts: Texts, rng: Rng) -> str:
    """A cell of a word or two: a unit, a label, a phrase, a lone syllable."""
    stock = (
        texts.units,
        texts.labels,
        texts.phrases,
        texts.syllables,
        texts.words or texts.syllables,
    )[whole(rng, 0, 4)]
    words = pick(rng, stock).split()[: whole(rng, 1, 3)]
    found = " ".join(words)
    return found[0].upper() + found[1:] if rng.random() < 0.4 else found


def row_number(_: Texts, rng: Rng) -> str:
    """A row's number, alone in its cell."""
    form = whole(rng, 0, 8)
    a, b, c = whole(rng, 1, 30), whole(rng, 1, 25), whole(rng, 1, 14)
    small = "abcdđeghiklmnopq"[whole(rng, 0, 15)]
    return (
        f"{a}.{b}.{c}", f"{a}.{b}.{c}", f"{a}.{b}", f"{a}.{b}", f"{a}", pick(rng, _ROMAN),
        f"({c})", pick(rng, (f"{small})", f"{small}.", f"{a}.")),
        f"{whole(rng, 1, 300)}",
    )[form]  # fmt: skip


def heading(texts: Texts, rng: Rng) -> str:
    """A numbered heading, or an item that a letter or a number leads."""
    number = row_number(texts, rng)
    mark = pick(rng, (".", "", "-", ". ", ")")) if number[-1].isalnum() else ""
    return f"{number}{mark} {administrative(texts, rng)}"


def figure(_: Texts, rng: Rng) -> str:
    """A target with its signs, marks and unit."""
    number = pick(
        rng,
        (
            str(whole(rng, 0, 99)),
            str(whole(rng, 100, 9999)),
            grouped(rng),
            decimal(rng),
            decimal(rng),
        ),
    )
    form = whole(rng, 0, 7)
    other = pick(rng, (str(whole(rng, 0, 99)), decimal(rng)))
    dash = pick(rng, _DASHES)
    sign = pick(rng, (">", "<", "≥", "≤", "≥ ", "≤ ", "> ", "< ", "Trên ", "+", "Đạt ", "~"))
    unit = pick(rng, _SUBUNITS)
    return (
        number, sign + number, f"{number}{dash}{other}", f"{number} {dash} {other}",
        f"{number} {unit}", f"{number}%", f"{sign}{number}%",
        f"{number}/{whole(rng, 2, 300)} {unit}",
    )[form]  # fmt: skip


def decimal(rng: Rng) -> str:
    """A number with a decimal comma or point."""
    return f"{whole(rng, 0, 120)}{pick(rng, (',', '.'))}{whole(rng, 0, 99)}"


def grouped(rng: Rng) -> str:
    """A number of thousands or millions, in groups of three."""
    mark = pick(rng, (".", ",", "."))
    groups = [
        f"{whole(rng, 0, 999):03d}" if rng.random() < 0.5 else f"{whole(rng, 0, 9)}00"
        for _ in range(whole(rng, 1, 2))
    ]
    return mark.join([str(whole(rng, 1, 999)), *groups])


def digits(_: Texts, rng: Rng) -> str:
    """Several numbers in a row, as in a table without walls."""
    return " ".join(
        pick(rng, (decimal(rng), grouped(rng), str(whole(rng, 0, 2100))))
        for _ in range(whole(rng, 2, 5))
    )


def code(texts: Texts, rng: Rng) -> str:
    """A document's number, with its kind, date and issuer or without."""
    number = f"{whole(rng, 1, 2500)}" if rng.random() < 0.7 else f"{whole(rng, 1, 9):02d}"
    kind = pick(
        rng,
        (
            "NQ",
            "CT",
            "KL",
            "QĐ",
            "KH",
            "CTr",
            "HD",
            "TB",
            "NĐ",
            "TT",
            "QĐ-TTg",
            "BC",
            "ĐA",
            "QC",
            "CV",
            "LN",
        ),
    )
    year = f"{whole(rng, 2005, 2031)}/" if rng.random() < 0.3 else ""
    found = (
        f"{number}/{year}{kind}-{pick(rng, _ISSUERS)}"
        if year or rng.random() < 0.3
        else f"{number}-{kind}/{pick(rng, _ISSUERS)}"
    )
    if rng.random() < 0.5:
        found = f"{pick(rng, texts.kinds)} số {found}"
    return found + pick(rng, ("", "", f" ngày {date(rng)}", f", ngày {date(rng)}", ";", ","))


def date(rng: Rng) -> str:
    """A day, with strokes or in words."""
    day, month, year = whole(rng, 1, 31), whole(rng, 1, 12), whole(rng, 1990, 2050)
    return pick(
        rng,
        (
            f"{day}/{month}/{year}",
            f"{day:02d}/{month:02d}/{year}",
            f"{day:02d} tháng {month} năm {year}",
            f"{day}-{month}-{year}",
        ),
    )


def deadline(texts: Texts, rng: Rng) -> str:
    """A form of the list of deadlines, its numbers filled in, or one that gives a span of years."""
    if rng.random() < 0.3:
        first, dash = whole(rng, 2020, 2040), pick(rng, _DASHES)
        space = pick(rng, (" ", " ", ""))
        lead = pick(rng, ("", "Năm ", "Giai đoạn ", "nhiệm kỳ ", "năm học ", "giai đoạn "))
        return f"{lead}{first}{space}{dash}{space}{first + 5}"
    form = re.sub(
        "#",
        lambda _: pick(
            rng, (str(whole(rng, 1, 12)), str(whole(rng, 2024, 2035)), pick(rng, _ROMAN[:4]))
        ),
        pick(rng, texts.deadlines),
    )
    return form[0].upper() + form[1:] if rng.random() < 0.6 else form


def funding(texts: Texts, rng: Rng) -> str:
    """A form of the list of funding."""
    return pick(rng, texts.funding)


def unusual(texts: Texts, rng: Rng) -> str:
    """Words among marks: brackets, strokes, quotes, dashes, marks before and after, addresses."""
    first, second = pick(rng, texts.phrases), pick(rng, texts.words or texts.phrases)
    dash = pick(rng, ("-", "–", "—"))
    return pick(
        rng,
        (
            f"{first} ({second})", f"{first} {dash} {second}", f"{first}/{second}",
            f"({second}) {first}", f"* {first}", f"+ {first}", f"{second}*",
            f"“{first}”; {second}", f"{first}: {second}", f"{first}; {second}", f"{second}...",
            f"[{second}]", f"{first}{dash}{second}",
            f"{first}, {second}!", f"{second}?", f"{whole(rng, 1, 9)}. {first} {dash} {second}",
            f"./.{second}", f"{second} & {first}",
            f"{second} = {figure(texts, rng)}", f"{first} số {whole(rng, 1, 99)}",
        ),
    )  # fmt: skip


def marked(texts: Texts, rng: Rng) -> str:
    """Short pieces with a small mark after each, of which nothing but its shape tells which it is.

    Example: ``xã, phường; 3,5. Sở Y tế: 12;``
    """
    pieces = [_marked_piece(texts, rng) for _ in range(whole(rng, 2, 6))]
    return " ".join(piece + pick(rng, _SMALL_MARKS) for piece in pieces)


def _marked_piece(texts: Texts, rng: Rng) -> str:
    chance = rng.random()
    if chance < 0.5:
        return " ".join(pick(rng, texts.syllables) for _ in range(whole(rng, 1, 2)))
    if chance < 0.75:
        return pick(rng, texts.phrases)
    return pick(rng, (decimal(rng), grouped(rng), str(whole(rng, 1, 2035))))


def bounded(texts: Texts, rng: Rng) -> str:
    """A figure that is a bound, alone or behind a phrase: ``đạt ≥ 95 %``, ``≤3,5``."""
    sign = pick(rng, ("≥", "≤", "≥ ", "≤ ", ">", "<", "> ", "< "))
    number = pick(rng, (str(whole(rng, 0, 999)), decimal(rng), grouped(rng)))
    unit = pick(rng, ("", "", "%", " %", f" {pick(rng, _SUBUNITS)}"))
    lead = pick(rng, ("", "", "đạt ", "Đạt ", f"{pick(rng, texts.phrases)} "))
    return f"{lead}{sign}{number}{unit}"


KINDS: tuple[Maker, ...] = (
    prose, administrative, syllables, body_item, heading, one_word, row_number, figure, digits,
    code, deadline, funding, unusual, marked, bounded,
)  # fmt: skip


def line_text(texts: Texts, rng: Rng, mix: Mix = USUAL) -> str:
    """The text of one line, of any kind; some are all in capitals."""
    shares = np.array(mix.kinds)
    make = KINDS[int(rng.choice(len(KINDS), p=shares / shares.sum()))]
    text = make(texts, rng)
    chance = rng.random()
    if chance < mix.capitals:
        return text.upper()
    return text.title() if chance < mix.capitals + _TITLES else text
