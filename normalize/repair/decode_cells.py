"""Every cell of a document decoded: candidates for its words, weighed by a language model.

The document's own words teach that model too.
"""

import dataclasses
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import compress

import pandas as pd

from normalize.language.confusions import Confusions
from normalize.language.knowledge import Knowledge
from normalize.language.speller import Speller
from normalize.language.word_pairs import START, Counts, Language, Weights, key
from normalize.repair.context_words import ContextWords
from normalize.repair.lattice import Lattices
from normalize.repair.own_words import own_words
from normalize.repair.rivals import Rivals
from normalize.repair.settings import DecodingCosts
from normalize.repair.slots import Slot, cell_slots, one_quote
from normalize.repair.trellis import Decoded, Trellis, WordCandidate
from normalize.text.dictionary import has_dictionary
from normalize.text.letters import nfc
from normalize.text.numerals import numeral_readings
from normalize.text.syllables import is_syllable

_PLACE = ("page_no", "block_no", "x0", "top", "x1", "bottom")
# slot -> the history before its word, the word, and what it counts
Votes = Mapping[int, tuple[str, str, float]]


@dataclasses.dataclass(frozen=True, slots=True)
class CellSlots:
    """One cell: its rows in ``printed``, its slots, and the slots with a word and their
    candidates.

    ``is_repeated``: the same print stands in an earlier cell, as a name does that has figures for
    two periods.
    """

    places: tuple[int, ...]
    texts: tuple[str, ...]
    slots: tuple[Slot, ...]
    words: tuple[Slot, ...]
    lattice: tuple[WordCandidate, ...]
    is_repeated: bool = False
    table: str = ""
    column: str = ""


def _with_document(
    known: Mapping[str, float], cells: Iterable[Sequence[Slot]], own: Iterable[str]
) -> dict[str, float]:
    """The known words with those that the document has: syllables that lists know, or that were
    read in several places, and its own words.

    The installed lists know nearly every syllable: one that they lack and that was read once alone
    is a misread word (``phê cuyệt``), which must not count as known for having been read.
    """
    found, listed = dict(known), set(map(key, known)) if has_dictionary() else set()
    read = Counter(slot.core.lower() for slots in cells for slot in slots)
    syllables = (
        word
        for word in filter(is_syllable, read.elements())
        if not listed or key(word) in listed or read[word] > 1
    )
    for word in (*syllables, *own):
        found[word] = found.get(word, 0.0) + 100.0
    return found


def _vote(probability: float, weights: Weights) -> float:
    """What a decoded word adds to the document's own counts; nothing where it is as good
    as open.
    """
    return weights.document * max(0.0, 2.0 * min(1.0, probability) - 1.0)


def _own_votes(cell: CellSlots, decoded: Decoded, weights: Weights, general: Counts) -> Votes:
    votes: dict[int, tuple[str, str, float]] = {}
    before, probabilities = START, decoded.probabilities()
    rivals = Rivals(cell.words, cell.lattice, general)
    last: WordCandidate | None = None
    for chosen in decoded.best:
        vote = _vote(probabilities[chosen], weights)
        may_vote = vote > 0.0 and not rivals.are_better(last, chosen)
        votes[chosen.start] = (before, chosen.first, vote if may_vote else 0.0)
        before, last = chosen.last, chosen
    return votes


def _document_language(general: Counts, votes: Iterable[Votes], *, is_dump: bool) -> Language:
    """Lists and texts with the document's own words.

    In a dump a word is likelier by how frequent it is there: one engine read it alone, and pairs
    that lists have once or twice must not overrule it (``pha trò`` for ``pha trà``, where ``trà``
    stands 14 times).
    """
    counts = general.copy()
    own: dict[str, float] = defaultdict(float)
    for cell in votes:
        for before, word, vote in cell.values():
            counts.add(before, word, vote)
            own[word] += vote
    return Language(counts, own=own if is_dump else None)


def _decode(trellis: Trellis | None, language: Language, own: Votes, weight: float) -> Decoded:
    def shares(histories: Sequence[str], words: Sequence[str], slot: int) -> list[list[float]]:
        found = language.shares(histories, words)
        before, word, vote = own.get(slot, ("", "", 0.0))
        if vote and word in words:
            for row, history in zip(found, histories, strict=True):
                if history == before or language.has_own:
                    pair = vote if history == before else 0.0
                    share = math.exp(-language.cost(history, word, pair, vote))
                    row[:] = [
                        share if other == word else old
                        for other, old in zip(words, row, strict=True)
                    ]
        return found if weight == 1.0 else [[share**weight for share in row] for row in found]

    return Decoded((), (), ()) if trellis is None else trellis.decode(shares)


def decode_cells(
    cells: Sequence[CellSlots], general: Counts, settings: DecodingCosts, *, is_dump: bool = False
) -> tuple[list[Decoded], Language]:
    """Every cell decoded twice: by general knowledge, then with the document's own counts added.

    In these counts no word votes for itself, and none twice that is printed once; nor does a pair
    in which one engine alone may have misread what lists know there (``rivals``).
    """
    language = Language(general)
    weight = settings.language if has_dictionary() else settings.language_alone
    trellises = [
        Trellis(cell.lattice, len(cell.words), START) if cell.words else None for cell in cells
    ]
    votes: list[Votes] = [{} for _ in cells]
    for _ in range(settings.passes - 1):
        votes = [
            _own_votes(cell, _decode(trellis, language, own, weight), settings.weights, general)
            for cell, trellis, own in zip(cells, trellises, votes, strict=True)
        ]
        printed_once = compress(votes, [not cell.is_repeated for cell in cells])
        language = _document_language(general, printed_once, is_dump=is_dump)
    return [
        _decode(trellis, language, own, weight)
        for trellis, own in zip(trellises, votes, strict=True)
    ], language


def cells_of(
    printed: pd.DataFrame,
    settings: DecodingCosts,
    general: Knowledge,
    channel: Confusions,
    *,
    is_asked: bool = False,
) -> tuple[list[CellSlots], Lattices]:
    """The cells of ``printed`` with their lattices.

    ``channel``: what witnesses misread. ``is_asked``: neighbours are asked for words too.
    """
    texts, readings = [nfc(str(text)) for text in printed["text"]], numeral_readings(printed)
    groups = _words_by_cell(printed)
    slots = _slots_by_cell(groups.values(), texts, readings)
    prints = list(zip(*(printed[name].tolist() for name in _PLACE), texts, strict=True))
    repeated = _repeated([tuple(prints[n] for n in places) for places in groups.values()])
    alone = own_words(slots, general.words)
    once = compress(slots, [not is_repeated for is_repeated in repeated])
    words, language = _with_document(general.words, once, alone), Language(general.counts)
    speller = Speller(words, channel, language, settings.candidates, general.guesses)
    context = ContextWords(general.counts, speller.spelled) if is_asked else None
    lattices = Lattices(speller, settings, context, frozenset(alone))
    cells = []
    for (table, _, column), places, found, is_repeated in zip(
        groups, groups.values(), slots, repeated, strict=True
    ):
        own = tuple(texts[n] for n in places)
        cores = tuple(slot for slot in found if slot.core)
        lattice = tuple(lattices.of_cell(cores))
        cells.append(
            CellSlots(tuple(places), own, tuple(found), cores, lattice, is_repeated, table, column)
        )
    return cells, lattices


def _repeated(prints: Iterable[Hashable]) -> list[bool]:
    """Whether the same print stands in an earlier cell, for the prints of all cells."""
    seen: set[Hashable] = set()
    found = []
    for own in prints:
        found.append(own in seen)
        seen.add(own)
    return found


def _slots_by_cell(
    cells: Iterable[Sequence[int]], texts: Sequence[str], readings: Sequence[str]
) -> list[list[Slot]]:
    """The slots of each cell, given by the places of its words; quotes look alike in all."""
    quote = one_quote(texts)
    return [
        cell_slots([texts[n] for n in places], [readings[n] for n in places], quote)
        for places in cells
    ]


def _words_by_cell(printed: pd.DataFrame) -> dict[tuple[str, str, str], list[int]]:
    """The places in ``printed`` of each cell's words, by the cell's table, row and column."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    keys = (printed[name].tolist() for name in ("table", "row_id", "column"))
    for place, cell in enumerate(zip(*keys, strict=True)):
        groups[cell].append(place)
    return groups
