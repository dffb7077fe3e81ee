"""What else a doubtful word may say: the texts among which a person chooses."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

from normalize.language.casing import swapped
from normalize.language.word_pairs import Language, history, key
from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import CellSlots
from normalize.repair.lattice import Lattices
from normalize.repair.slots import Slot
from normalize.text.letters import in_shape
from schemas.witnesses import INK

_MOST = 8  # beside the word that is published: each has a key from 1 to 9
_LIKELIEST = 5  # of one word's other spellings
# signs that scans turn into one another, and the lack of one
_OTHER_SIGNS: Mapping[str, tuple[str, ...]] = {
    "": (",", "."),
    ",": (".", ""),
    ".": (",", ""),
    ";": (":", ","),
    ":": (";", "."),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """What other texts of a word are found and ranked with."""

    language: Language  # with the document's own counts
    lattices: Lattices


def offered_in(
    cell: CellSlots, words: Mapping[int, Word], doubtful: Container[int], offer: Offer
) -> dict[int, tuple[str, ...]]:
    """For each doubtful row of ``printed`` what else it may say, likeliest first after what was
    read.

    ``doubtful`` holds places in ``printed``. An empty text stands for a word that is not printed:
    of ``đế`` read ``đế`` and ``để`` it is ``("để", "đề", "Đế")``.
    """
    rows: dict[int, list[Slot]] = defaultdict(list)
    for slot in cell.slots:
        if cell.places[slot.row] in doubtful:
            rows[slot.row].append(slot)
    return {cell.places[row]: _of_row(slots, words, offer) for row, slots in rows.items()}


def _of_row(slots: Sequence[Slot], words: Mapping[int, Word], offer: Offer) -> tuple[str, ...]:
    """The other texts of a printed row: each differs in one of its words."""
    values = [words[slot.at].value for slot in slots]
    whole = " ".join(filter(None, values))
    found: dict[str, None] = {}
    for n, slot in enumerate(slots):
        for text in _of_slot(slot, words, offer):
            found[" ".join(filter(None, [*values[:n], text, *values[n + 1 :]]))] = None
    return tuple(text for text in found if text != whole)[:_MOST]


def _of_slot(slot: Slot, words: Mapping[int, Word], offer: Offer) -> Iterator[str]:
    """What was read, other spellings of the published word, its other signs, its other case."""
    word = words[slot.at]
    core = word.core or slot.core
    before, _, after = word.value.partition(core) if core else ("", "", "")
    after = after if word.value else next((r.after for r in slot.readings if r.core), "")
    yield from _as_read(slot)
    others = [] if slot.frozen or not core else _spellings(slot, core, offer)
    ranked = sorted(others, key=_cost(slot, words, offer))
    yield from (before + text + after for text in ranked[:_LIKELIEST])
    yield from (before + core + sign for sign in _OTHER_SIGNS.get(after, ()) if core)
    if core:
        yield before + swapped(core) + after


def _as_read(slot: Slot) -> Iterator[str]:
    """The readings of a slot; nothing where a witness saw no word."""
    for reading in slot.readings:
        if reading.witness != INK:
            yield reading.before + reading.core + reading.after if reading.core else ""


def _spellings(slot: Slot, core: str, offer: Offer) -> Iterable[str]:
    """Known words near what was read or decided, in its case."""
    read = {reading.core: reading.witness for reading in slot.readings if reading.core}
    near = {
        in_shape(" ".join(guess.words), text): None
        for text, witness in {**read, core: next(iter(read.values()), "")}.items()
        for guess in offer.lattices.speller.guesses(witness, text.lower())
    }
    return [text for text in near if text != core]


def _cost(slot: Slot, words: Mapping[int, Word], offer: Offer) -> Callable[[str], float]:
    """How unlikely a text is between the slot's neighbours and after its readings, in nats."""
    following = next((words[at] for at in range(slot.at + 1, len(words)) if words[at].covers), None)
    beside = key(following.core.split(" ")[0].lower()) if following and following.core else ""

    def cost(text: str) -> float:
        parts = text.lower().split(" ")
        first, last = key(parts[0]), key(parts[-1])
        context = offer.language.cost(words[slot.at].before, first)
        if beside:
            context += offer.language.cost(history(last, ""), beside)
        return context + offer.lattices.emission(slot, text.replace(" ", ""))

    return cost
