"""How names of bodies begin, and when two of them differ.

Names begin with one of a list of heads; some pairs of words are no misreading of each other.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from normalize.lists.read_list import read_list
from normalize.text.clean import clean, early_tone
from normalize.text.dictionary import dictionary
from normalize.text.distance import distance, letters, word_costs
from normalize.text.fold import fold
from normalize.text.syllables import is_syllable

# words that a name keeps or leaves out
_JOINING = frozenset(("và", "của", "các", "có", "về"))
_DIGIT = re.compile(r"\d")
_SIGNS = ".,;:()\"'“”-–•~"


@functools.lru_cache(maxsize=1)
def _heads() -> Mapping[str, list[tuple[tuple[str, ...], frozenset[str], bool]]]:
    """The heads of the list, by the letters of their first word.

    Each has its words, the words that do not follow it, and whether it is also written small.
    """
    found: dict[str, list[tuple[tuple[str, ...], frozenset[str], bool]]] = {}
    for row in read_list("body_heads.csv"):
        words = tuple(early_tone(word).casefold() for word in row["head"].split())
        entry = (words, frozenset(row["not_before"].split()), row["small"] == "yes")
        found.setdefault(fold(words[0]), []).append(entry)
    return found


def _plain(word: str) -> str:
    return early_tone(word).casefold().strip(_SIGNS)


def _is_like(read: str, word: str) -> bool:
    """Whether a word was read as the word of a head, or with other marks alone.

    In a short word the marks must be right.
    """
    return read == word or (len(word) > 2 and fold(read) == fold(word))


def begins_name(words: Sequence[str], place: int, *, is_exact: bool = False) -> bool:
    """Whether a body's name may begin at a word.

    It must be a head of the list, in capitals unless that head is also written small. `Ban Tổ chức`
    begins a name, and so does `các xã`; `ban hành` and `Báo chí` do not. ``is_exact``: read with
    all its marks, so that `Quý II` begins no name for `Quỹ`.
    """
    return any(
        is_free and (small or words[place].lstrip(_SIGNS)[0].isupper())
        for is_free, small in _heads_at(words, place, is_exact=is_exact)
    )


def begins_other(words: Sequence[str], place: int) -> bool:
    """Whether only such heads stand at a word as are followed by a word that names no body:
    `Bộ tiêu chí`, `Viện trợ`; not `Bộ Công Thương`, and not `Bộ Chỉ huy`, which is a head itself.
    """
    found = [is_free for is_free, _ in _heads_at(words, place, is_exact=False)]
    return bool(found) and not any(found)


def _heads_at(words: Sequence[str], place: int, *, is_exact: bool) -> Iterator[tuple[bool, bool]]:
    """For each head at a word whether a name may go on behind it, and whether it is also written
    small.
    """
    first = words[place].lstrip(_SIGNS)
    for head, not_before, small in _heads().get(fold(_plain(first)), ()) if first else ():
        read = [_plain(word) for word in words[place : place + len(head)]]
        is_same = tuple(read) == head if is_exact else all(map(_is_like, read, head))
        if len(read) == len(head) and is_same:
            following = words[place + len(head) : place + len(head) + 1]
            yield not (following and _plain(following[0]) in not_before), small


@functools.lru_cache(maxsize=1)
def compounds() -> frozenset[str]:
    """The words of two syllables that the dictionary and the list of heads have."""
    heads = (" ".join(words) for entries in _heads().values() for words, _, _ in entries)
    entries = itertools.chain(map(str.casefold, dictionary()), heads)
    return frozenset(early_tone(entry) for entry in entries if entry.count(" ") == 1)


def _is_other(read: str, listed: str, in_compound: bool) -> bool:
    """Whether a word was read as a whole other word: another number, or a syllable that is no
    misreading.

    Such a syllable has few of the listed word's letters (`xã` for `tỉnh`), or differs by a letter
    and is a word together with its neighbour (`Bảo tàng`, but not `Kiểm to`).
    """
    if _DIGIT.search(listed) or read.isdigit():
        return read != listed
    apart = distance(read, listed)
    if len(read) < 2 or apart < 1.0 or not is_syllable(read):
        return False
    return in_compound or (apart >= 2.0 and apart >= 0.75 * letters(listed))


@functools.lru_cache(maxsize=1 << 14)
def differs_by_words(read: str, listed: str) -> bool:
    """Whether a text names something else than a listed name, rather than being a misreading of it.

    `Bảo tàng tỉnh` is not `Báo Đảng tỉnh`, and `Ban Quản lý Khu kinh tế Vịnh Sa` is not that of the
    province; `Ủy ban Kiem tra Tinh ủy` is a misreading.
    """
    costs = word_costs(read, listed)
    if costs is not None and all(cost < 1.0 for cost, _ in costs):
        return _digits(read) != _digits(listed)
    seen = [word for word in map(_plain, clean(read).split()) if letters(word)]
    names = [word for word in map(_plain, clean(listed).split()) if letters(word)]
    if _has_own_name(read, listed):
        return True
    joined = [pair for pair in itertools.pairwise(seen) if " ".join(pair) in compounds()]
    in_compounds = set(itertools.chain.from_iterable(joined))
    return any(_is_difference(a, b, a in in_compounds) for a, b in _aligned(seen, names))


def _has_own_name(read: str, listed: str) -> bool:
    """Whether words of a text are a proper name where those of a listed name are none.

    `Chi cục Hải quan Trà Bồng` is not `Chi cục Hải quan khu vực`: two words or more, beside each
    other, are other words in capitals than the small ones that stand there.
    """
    words, names = clean(read).split(), clean(listed).split()
    if len(words) != len(names) or read.isupper():
        return False
    own = [
        word[0].isupper() and name[0].islower() and distance(_plain(word), _plain(name)) >= 1.0
        for word, name in zip(words, names, strict=True)
    ]
    return any(both == (True, True) for both in itertools.pairwise(own))


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _is_difference(read: str, listed: str, in_compound: bool) -> bool:
    if not read:
        return listed not in _JOINING
    if not listed:
        return len(read) > 1 and read not in _JOINING and is_syllable(read)
    return _is_other(read, listed, in_compound)


def _aligned(read: Sequence[str], listed: Sequence[str]) -> list[tuple[str, str]]:
    """The words of two texts side by side at the least distance.

    An empty word stands where the other text has a word more.
    """
    best: dict[tuple[int, int], tuple[float, tuple[tuple[str, str], ...]]] = {(0, 0): (0.0, ())}
    for i, j in itertools.product(range(len(read) + 1), range(len(listed) + 1)):
        offers = []
        if i and j:
            before, pairs = best[i - 1, j - 1]
            offers.append(
                (
                    before + distance(read[i - 1], listed[j - 1]),
                    (*pairs, (read[i - 1], listed[j - 1])),
                )
            )
        if i:
            before, pairs = best[i - 1, j]
            offers.append((before + len(read[i - 1]), (*pairs, (read[i - 1], ""))))
        if j:
            before, pairs = best[i, j - 1]
            offers.append((before + len(listed[j - 1]), (*pairs, ("", listed[j - 1]))))
        if offers:
            best[i, j] = min(offers, key=lambda offer: offer[0])
    return list(best[len(read), len(listed)][1])
