"""How likely a repaired word is right.

Evidence from context, witnesses and form is weighed by ``doubt_weights.csv``.
"""

import functools
import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from normalize.lists.read_list import read_list
from normalize.text.syllables import is_syllable

_ODD = re.compile(
    r"[.,;:]{2}(?<!\.\.)|[.,;:!?][^\W\d_]|[^\W\d_]\d|\d[^\W\d_]"
    r"|[^\w\s.,;:!?()\"“”'‘’…\-–%/+*&<>=≥≤]"
)
# a Roman numeral whose strokes ran together (``HI`` for ``III``, ``XYI`` for ``XVI``), or to which
# a speck gave a mark (``ỊI``; VỊ is a word); HIV is none
_RUN_TOGETHER = re.compile(
    r"\W*(?!HIV\b)(?:[IVX]+H[IVXH]*|H[IVXH]+|[IVX]+Y[IVX]+|[VX]*(?=I*[ÌÍỊỈĨ])[IÌÍỊỈĨ]{2,})\W*"
)
# a point between a figure's thousands that was read as a colon: a time of day has two digits there;
# a letter for a date's month, or for a digit before `%`
_ODD_FIGURE = re.compile(r"\d[:;]\d{3}(?!\d)|\d/[^\W\d_]/\d{4}|\d[^\W\d_]%")
OVERRULED = -5.4  # nats by which the readings speak clearly against a word
ASKED_FOR = -8.0  # or less: such a word is chosen for its neighbours alone
_ITEM = re.compile(r"^[(]?[A-Za-zđĐ][).]$")


_COMMON, _RARE = 50.0, 20.0  # how often a word is counted in the installed word lists and texts
_VERY_COMMON = 1000.0  # the same of the 169 commonest words, such as `có` and `số`
_HESITANTLY = 0.9  # less: the leading witness, 0.97 sure of most words, hesitated


class Evidence(NamedTuple):
    """What speaks for and against a word; every field is a row of ``doubt_weights.csv``."""

    margin: float = 0.0
    gap: float = 0.0
    agreeing: float = 0.0
    differing: float = 0.0
    invented: float = 0.0
    unknown: float = 0.0
    unsupported: float = 0.0
    code: float = 0.0
    odd_signs: float = 0.0
    lone_letter: float = 0.0
    capital: float = 0.0
    signs_differ: float = 0.0
    faint: float = 0.0
    lost_sign: float = 0.0
    plain: float = 0.0
    rivalled: float = 0.0
    asked_for: float = 0.0
    usual: float = 0.0
    recurs: float = 0.0
    torn: float = 0.0
    sign_within: float = 0.0
    read_alike: float = 0.0
    strange: float = 0.0
    surely: float = 0.0


@functools.cache
def doubt_weights(source: str) -> Mapping[str, float]:
    """The weight of each kind of evidence, in nats, in a ``scan`` or a ``dump``."""
    return {row["evidence"]: float(row[source]) for row in read_list("doubt_weights.csv")}


def odds_of(probability: float) -> float:
    """Log odds of a probability, from -4 to 10."""
    if probability >= 1.0 - 4.5e-5:
        return 10.0
    return max(-4.0, math.log(max(probability, 1e-9) / (1.0 - probability)))


def usual(evidence: Evidence, read: float, chosen: float) -> float:
    """How much what words are known for elsewhere speaks for a word: ``read`` and ``chosen`` are
    how often what was read and what was chosen are counted there.

    The commoner a word is (2.3 for one that is counted a thousand times), the rather may it stand
    beside neighbours beside which it was never seen. A rare reading that became a common word was
    misread (1); a common one that became a rare word was not (-2).
    """
    if evidence.unknown or evidence.code or evidence.asked_for:
        return 0.0
    if not evidence.invented:
        return math.log1p(chosen) / 3 if evidence.unsupported else 0.0
    if chosen < _RARE <= read:
        return -2.0
    return float(read < _RARE and chosen >= _COMMON)


def is_strange(evidence: Evidence, chosen: float, sure: float) -> bool:
    """Whether one of the commonest words, counted ``chosen`` times elsewhere, stands beside two
    neighbours of which none was ever seen beside it, and the leading witness was not ``sure``.

    Of such a word lists know very many neighbours: rather a rarer one with its letters is printed,
    be it that two engines read it alike (``đảng viên, sổ sinh hoạt``).
    """
    is_read = not (evidence.unknown or evidence.code or evidence.invented)
    is_alone = bool(evidence.unsupported) and not evidence.recurs
    return is_read and is_alone and chosen >= _VERY_COMMON and sure < _HESITANTLY


def has_odd_signs(text: str, frozen: bool) -> bool:
    """Whether a word's form is not that of a printed word.

    Doubled stops, a stop or digit inside letters, a stray sign; also in what context must not
    change a colon before three digits, or a letter among those of a date or a percentage.
    """
    if _ODD_FIGURE.search(text):
        return True
    return bool(_ODD.search(text)) and not frozen


def has_strokes_run_together(text: str) -> bool:
    """Whether a word may be a Roman numeral in which strokes became another letter."""
    return _RUN_TOGETHER.fullmatch(text) is not None


def is_item(text: str) -> bool:
    """Whether a word is an item's mark, such as ``a)``."""
    return _ITEM.match(text) is not None


def is_lone_letter(text: str) -> bool:
    """Whether a word is one letter without a meaning by itself.

    A letter that is a word, leads an item (``a)``) or is a Roman numeral has one.
    """
    letters = [c for c in text if c.isalnum()]
    if len(letters) != 1 or not letters[0].isalpha() or is_item(text):
        return False
    return letters[0] not in "IVX" and not is_syllable(letters[0])


def confidence(evidence: Evidence, weights: Mapping[str, float]) -> float:
    """The probability that the word is right (logistic regression)."""
    total = weights["start"] + sum(
        [weights[name] * value for name, value in zip(Evidence._fields, evidence, strict=True)]
    )
    return 1.0 / (1.0 + math.exp(-total))
