"""What counts as a Vietnamese word: syllables by rule, and the word lists and texts of installed packages."""

import functools
import importlib.metadata
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")  # level, acute, grave, hook, tilde, dot
_TONE_SET = frozenset(TONES[1:])
_MARKS = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn
_BACK_ONSETS = "b c d đ g h l m n p r s t v x ch gi kh ng nh ph th tr".split()
_FRONT_ONSETS = "b d đ gh h k l m n p r s t v x ch gi kh ngh nh ph th tr".split()
_Q_RIMES = (
    "a ai ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âm ân âng ât ây e en eo et ê ên êch ênh êt êu i ich in inh it iu "
    "ôc y ych ynh yt yên yêt ơ ơn ơi ơt ưu ương"
).split()
_FRONT_RIMES = "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu y".split()
_BACK_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uâ uân uâng uât uây uê uêch uên uênh uêt uêu uơ uôc uôi uôm uôn "
    "uông uôt uy uya uych uyn uynh uyt uyu uyên uyêt uyp "
    "ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
).split()
_BARE_RIMES = [*_BACK_RIMES, *_FRONT_RIMES[:-1], "y", "yêm", "yên", "yêng", "yêt", "yêu"]
_Y_ONSETS = "h k l m s t v".split()  # kỹ, lý, mỹ, sỹ, tỷ, hy, vy
_WORD_LISTS = (("underthesea", "corpus/data/Viet74K.txt"), ("pyvi", "models/words.txt"))
_TEXTS = (("underthesea", "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/test_output.txt"),)
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def nfc(text: str) -> str:
    """``text`` in Unicode's composed form."""
    return unicodedata.normalize("NFC", text)


@functools.lru_cache(maxsize=100_000)
def bare(syllable: str) -> tuple[str, str]:
    """The lower-case syllable without its tone, and the tone as a combining mark or ``""``."""
    parts = unicodedata.normalize("NFD", syllable.lower())
    tone = next((c for c in parts if c in _TONE_SET), "")
    return nfc("".join(c for c in parts if c not in _TONE_SET)), tone


@functools.lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """A search key: lower case, without tone and vowel marks, ``đ`` as ``d``."""
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in parts if c not in _TONE_SET and c not in _MARKS)


@functools.lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """One key for the equivalent spellings of a word: tone on either vowel (hoá, hóa), i or y at the end (lí, lý)."""
    letters, tone = bare(word)
    if len(letters) == 2 and letters[0] in "hklmst" and letters[1] == "y":
        letters = letters[0] + "i"
    return letters + tone


def _onset_rimes() -> Iterator[tuple[str, str]]:
    yield from itertools.product(_BACK_ONSETS, _BACK_RIMES)
    yield from itertools.product(_FRONT_ONSETS, _FRONT_RIMES[:-1])
    yield from (("", rime) for rime in _BARE_RIMES)
    yield from (("qu", rime) for rime in _Q_RIMES)
    yield from ((onset, "y") for onset in _Y_ONSETS)
    yield from (("g", rime) for rime in ("i", "in", "iêng", "iêt"))


@functools.cache
def syllable_stems() -> frozenset[str]:
    """Every well-formed Vietnamese syllable without its tone, by the rules of spelling."""
    return frozenset(onset + rime for onset, rime in _onset_rimes())


@functools.lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` is a well-formed syllable: a known stem, and a closed one (-c, -ch, -p, -t) only with acute or dot."""
    letters, tone = bare(word)
    if letters not in syllable_stems():
        return False
    closed = letters[-1] in "cpt" or letters.endswith("ch")
    return tone in (TONES[1], TONES[5]) if closed else True


def syllables_of(text: str) -> list[str]:
    """The words of ``text`` in lower case without punctuation."""
    return [w.lower() for w in _LETTERS.findall(nfc(text))]


def installed_file(distribution: str, path: str) -> Path | None:
    """The path of a data file inside an installed distribution, or None; nothing of it is imported."""
    try:
        root = importlib.metadata.distribution(distribution).locate_file(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None
    found = Path(str(root)) / path
    return found if found.is_file() else None


def _first_installed(files: Iterable[tuple[str, str]]) -> str:
    for distribution, path in files:
        found = installed_file(distribution, path)
        if found is not None:
            return nfc(found.read_text(encoding="utf-8"))
    return ""


@functools.cache
def dictionary() -> tuple[str, ...]:
    """The entries of the first installed word list, in its order; none where no such package is installed."""
    return tuple(line.strip() for line in _first_installed(_WORD_LISTS).splitlines() if line.strip())


@functools.cache
def sentences() -> tuple[tuple[str, ...], ...]:
    """The sentences of an installed package's tagged text, each as its tokens with punctuation; none where it is not installed."""
    blocks = _first_installed(_TEXTS).split("\n\n")
    lines = ([line.split("\t")[0] for line in block.splitlines()] for block in blocks)
    return tuple(tuple(" ".join(tokens).split()) for tokens in lines if tokens)
