"""From what the witnesses read to what the page says, for every word slot of every cell."""

import dataclasses
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from pandera.typing import DataFrame

from normalize.candidates import Speller, shape
from normalize.casing import Cases, general_cases, swapped, with_document
from normalize.confusion import confusions
from normalize.decoder import Candidate, Decoded, decode
from normalize.doubt import Evidence, confidence, doubt_weights, has_odd_signs, is_lone_letter, odds_of
from normalize.language import START, Counts, Floats, Language, Weights, general_counts, key, phrases
from normalize.lattice import Lattices, RepairSettings
from normalize.lexicon import dictionary, is_syllable, nfc, sentences, syllables_of
from normalize.slots import Slot, cell_slots, one_quote
from schemas.frames import Printed, Repaired

_PARTS = re.compile(r"[ -]")
REPAIRS = ("repair_id", "table", "row_id", "column", "page_no", "word_no", "before", "after", "rule", "evidence", "confidence")


@dataclasses.dataclass(frozen=True)
class Cell:
    """One cell: where its rows stand in ``printed``, its slots, and those that hold a word with their lattice."""

    places: tuple[int, ...]
    texts: tuple[str, ...]
    slots: tuple[Slot, ...]
    words: tuple[Slot, ...]
    lattice: tuple[Candidate, ...]


@dataclasses.dataclass(frozen=True)
class Word:
    """What was decided for one slot."""

    value: str
    core: str = ""
    probability: float = 1.0
    before: str = START  # the history that the chosen word follows
    covers: int = 1
    case_odds: float = 0.0  # what the neighbours' custom says against the case, in nats
    gap: float = 12.0  # by how much the readings prefer the word to any other, in nats
    rule: str = ""


@functools.lru_cache(maxsize=4)
def _vocabulary(names: tuple[str, ...]) -> Mapping[str, float]:
    found: Counter[str] = Counter()
    for texts, weight in ((dictionary(), 1), ((w for s in sentences() for w in s), 3), ((*phrases(), *names), 5)):
        for text in texts:
            found.update({word: weight for word in syllables_of(text) if weight == 5 or is_syllable(word)})
    return {word: float(count) for word, count in found.items()}


def _with_document(vocabulary: Mapping[str, float], cells: Iterable[Sequence[Slot]]) -> dict[str, float]:
    found = dict(vocabulary)
    for word in (slot.core.lower() for slots in cells for slot in slots):
        if is_syllable(word):
            found[word] = found.get(word, 0.0) + 5.0
    return found


def _vote(probability: float, weights: Weights) -> float:
    """What a decoded word counts in the document's own counts: nothing where it is as good as open."""
    return weights.document * max(0.0, 2.0 * probability - 1.0)


def _own_votes(decoded: Decoded, weights: Weights) -> dict[int, tuple[str, str, float]]:
    votes, before = {}, START
    for chosen in decoded.best:
        votes[chosen.start] = (before, chosen.first, _vote(decoded.probabilities[chosen], weights))
        before = chosen.last
    return votes


def _document_language(general: Counts, decoded: Iterable[Decoded], weights: Weights) -> Language:
    counts = general.copy()
    for result in decoded:
        before = START
        for chosen in result.best:
            counts.add(before, chosen.first, _vote(result.probabilities[chosen], weights))
            before = chosen.last
    return Language(counts)


def _decode(cell: Cell, language: Language, own: Mapping[int, tuple[str, str, float]], weight: float) -> Decoded:
    def costs(befores: Sequence[str], words: Sequence[str], slot: int) -> Floats:
        found = language.costs(befores, words)
        before, word, vote = own.get(slot, ("", "", 0.0))
        if vote and before in befores and word in words:
            found[befores.index(before), words.index(word)] = language.cost(before, word, vote)
        return weight * found

    return decode(cell.lattice, len(cell.words), START, costs) if cell.words else Decoded((), {})


def decode_cells(cells: Sequence[Cell], general: Counts, settings: RepairSettings) -> tuple[list[Decoded], Language]:
    """Every cell decoded, first by general knowledge, then with the document's own counts, in which no word votes for itself."""
    language = Language(general)
    decoded = [_decode(cell, language, {}, settings.language) for cell in cells]
    for _ in range(settings.passes - 1):
        language = _document_language(general, decoded, settings.weights)
        votes = [_own_votes(d, settings.weights) for d in decoded]
        decoded = [_decode(cell, language, own, settings.language) for cell, own in zip(cells, votes, strict=True)]
    return decoded, language


def cells_of(printed: pd.DataFrame, settings: RepairSettings, names: tuple[str, ...], general: Counts) -> tuple[list[Cell], Lattices]:
    """The cells of ``printed`` with their lattices."""
    place = {index: n for n, index in enumerate(printed.index)}
    groups = [rows for _, rows in printed.groupby(["table", "row_id", "column"], sort=False)]
    quote = one_quote(printed["text"])
    slots = [cell_slots(rows, quote) for rows in groups]
    speller = Speller(_with_document(_vocabulary(names), slots), confusions(), Language(general), settings.candidates)
    lattices = Lattices(speller, settings)
    cells = []
    for rows, found in zip(groups, slots, strict=True):
        words = tuple(slot for slot in found if slot.core)
        places, texts = tuple(place[i] for i in rows.index), tuple(nfc(str(t)) for t in rows["text"])
        cells.append(Cell(places, texts, tuple(found), words, tuple(lattices.of_cell(words))))
    return cells, lattices


def words_of(cell: Cell, decoded: Decoded) -> dict[int, Word]:
    """What each slot of a cell reads, by the slot's number in the cell."""
    found = {slot.index: Word(slot.alone) for slot in cell.slots}
    before = START
    for chosen in decoded.best:
        for slot in cell.words[chosen.start : chosen.end]:
            found[slot.index] = Word("", covers=0)
        probability = sum(p for c, p in decoded.probabilities.items() if c.at == chosen.at and c.text == chosen.text)
        others = [c.cost for c in cell.lattice if c.at == chosen.at and c.core != chosen.core]
        gap = max(-8.0, min([12.0, *(cost - chosen.cost for cost in others)]))
        word = Word(chosen.text, chosen.core, min(1.0, probability), before, chosen.end - chosen.start, gap=gap)
        found[cell.words[chosen.at].index] = word
        before = chosen.last
    return found


def _sure_cases(cell: Cell, words: Mapping[int, Word], lattices: Lattices) -> list[tuple[str, bool]]:
    """A cell's words, each with whether its readings speak clearly for its case: others must not vote on it."""
    found = []
    for slot in cell.words:
        word = words[slot.index]
        cost = lattices.emission(slot, swapped(word.core)) - lattices.emission(slot, word.core) if word.core else 0.0
        found.append((word.value, cost > 4.0))
    return found


def close_hyphens(words: dict[int, Word], slots: Sequence[Slot]) -> None:
    """Join ``chính trị- xã hội``: a hyphen stands between two spaces or none, and the left one was not read; in place."""
    for left, right in zip(slots, slots[1:], strict=False):
        a, b = words[left.index], words[right.index]
        if a.core and a.value.endswith("-") and a.value[-2:-1].isalnum() and b.value[:1].isalnum():
            probability = min(a.probability, b.probability)
            joined = dataclasses.replace(a, value=a.value + b.value, core=f"{a.core}-{b.core}", probability=probability, covers=2)
            words[left.index], words[right.index] = joined, Word("", covers=0)


def _neighbours(slots: Sequence[Slot], words: Mapping[int, Word], at: int) -> tuple[str, str]:
    """The words before and after with no sign between, as the model's keys."""

    def signless(left: int, right: int) -> bool:
        return not any(c in words[left].value[-1:] or c in words[right].value[:1] for c in '.,;:!?()"“”-–/')

    left = key(words[at - 1].core.split(" ")[-1].lower()) if at and words[at - 1].core and signless(at - 1, at) else ""
    right = key(words[at + 1].core.split(" ")[0].lower()) if at + 1 < len(slots) and words[at + 1].core and signless(at, at + 1) else ""
    return left, right


def recase(cell: Cell, words: dict[int, Word], cases: Cases, lattices: Lattices) -> None:
    """Settle small letter or capital of every word from its readings and its neighbours' custom; in place."""
    for slot in cell.words:
        word = words[slot.index]
        form = shape(word.core)
        if slot.frozen or form == "upper" or not word.core.isalpha():
            continue
        before, after = _neighbours(cell.slots, words, slot.index)
        odds = 5.0 if word.before == START else cases.odds(before, key(word.core.lower()), after, int(form == "title"))
        against = odds if form == "lower" else -odds
        other = swapped(word.core)
        cost = lattices.emission(slot, other) - lattices.emission(slot, word.core)
        if against > cost:
            words[slot.index] = dataclasses.replace(
                word, value=word.value.replace(word.core, other, 1), core=other, case_odds=cost - against, rule="case"
            )
        else:
            words[slot.index] = dataclasses.replace(word, case_odds=against - max(0.0, cost) * 0.5)


def evidence_of(slot: Slot, word: Word, known: bool, supported: bool) -> Evidence:
    """The evidence for and against what one slot was decided to read."""
    same = [r for r in slot.readings if r.core == word.core]
    signs = {(r.before, r.after) for r in slot.readings if r.core}
    return Evidence(
        margin=odds_of(word.probability),
        agreeing=max(0, len(same) - 1),
        differing=len(slot.readings) - len(same) if len(slot.readings) > 1 else 0,
        gap=word.gap,
        invented=float(not same),
        unknown=float(not known and not slot.frozen),
        unsupported=float(not supported and not slot.frozen),
        code=float(slot.frozen and len(slot.readings) == 1),
        odd_signs=float(has_odd_signs(word.value, slot.frozen)),
        lone_letter=float(is_lone_letter(word.value)),
        capital=min(6.0, max(0.0, word.case_odds)),
        signs_differ=float(len(signs) > 1),
        faint=1.0 - min((r.confidence for r in same), default=1.0),
    )


def _rule(slot: Slot, word: Word, text: str) -> str:
    """Why a slot's value is not the text that was read there."""
    if word.value == text:
        return ""
    if word.covers == 0:
        return "joined"
    if word.rule:
        return word.rule
    if not word.core:
        return "speck"
    if word.covers > 1:
        return "joined"
    if " " in word.core:
        return "split"
    if word.core == slot.core:
        return "signs"
    return "witnesses" if any(r.core == word.core for r in slot.readings) else "context"


def _doubt_rule(evidence: Evidence) -> str:
    """The strongest evidence against a word."""
    weights = doubt_weights()
    parts = {name: weights[name] * value for name, value in dataclasses.asdict(evidence).items() if name != "margin"}
    worst = min(parts, key=lambda name: parts[name])
    return worst if parts[worst] < -0.5 else "margin"


def _supported(language: Language, words: Mapping[int, Word], slots: Sequence[Slot], at: int, own: float) -> bool:
    before, after = words[at].before, slots[at + 1 : at + 2]
    word = key(words[at].core.lower())
    pairs = [(before, word)]
    if after and words[at + 1].core:
        pairs.append((words[at + 1].before, key(words[at + 1].core.lower())))
    return any(language.counts.seen(*pair) > own for pair in pairs)


def repair(printed: DataFrame[Printed], settings: RepairSettings, names: Sequence[str] = ()) -> tuple[DataFrame[Repaired], pd.DataFrame]:
    """``printed`` with what each word says, its probability and doubt, and the table of changes; ``names`` are known bodies."""
    names = tuple(nfc(name) for name in names)
    general = general_counts(names, settings.weights)
    cells, lattices = cells_of(printed, settings, names, general)
    decoded, language = decode_cells(cells, general, settings)
    words = [words_of(cell, found) for cell, found in zip(cells, decoded, strict=True)]
    cases = with_document(_general_cases(names), (_sure_cases(cell, found, lattices) for cell, found in zip(cells, words, strict=True)))
    columns: dict[int, Verdict] = {}
    for cell, found in zip(cells, words, strict=True):
        recase(cell, found, cases, lattices)
        close_hyphens(found, cell.slots)
        columns.update(_verdicts(cell, found, lattices, language, settings))
    rows = [columns[n] for n in range(len(printed))]
    fields = dict(zip(("value", "value_confidence", "doubtful", "rule"), zip(*rows, strict=True), strict=True)) if rows else {}
    repaired = Repaired.validate(printed.assign(**{name: list(values) for name, values in fields.items()}))
    return repaired, repairs_of(repaired)


Verdict = tuple[str, float, bool, str]  # value, confidence, doubtful, rule


def _verdicts(
    cell: Cell, words: Mapping[int, Word], lattices: Lattices, language: Language, settings: RepairSettings
) -> dict[int, Verdict]:
    """The verdict on every row of a cell, by its place in ``printed``."""
    pieces: dict[int, list[Verdict]] = defaultdict(list)
    for slot in cell.slots:
        text = cell.texts[slot.row] if sum(s.row == slot.row for s in cell.slots[max(0, slot.index - 1) : slot.index + 2]) == 1 else ""
        pieces[slot.row].append(_verdict(cell, slot, text, words, lattices, language, settings))
    return {cell.places[row]: _whole(parts, cell.texts[row]) for row, parts in pieces.items()}


def _whole(parts: Sequence[Verdict], text: str) -> Verdict:
    """The verdict on a row that holds several words: their texts joined, the least confidence, the first rule."""
    value = " ".join(part[0] for part in parts if part[0])
    doubtful = any(part[2] for part in parts)
    rule = next((part[3] for part in parts if part[3]), "signs")
    return value, min(part[1] for part in parts), doubtful, rule if doubtful or value != text else ""


def _verdict(
    cell: Cell, slot: Slot, text: str, words: Mapping[int, Word], lattices: Lattices, language: Language, settings: RepairSettings
) -> Verdict:
    word = words[slot.index]
    rule = _rule(slot, word, text)
    if not word.core:
        return word.value, 0.99, False, rule
    known = all(key(part.lower()) in lattices.speller.known for part in _PARTS.split(word.core))
    supported = _supported(language, words, cell.slots, slot.index, settings.weights.document)
    evidence = evidence_of(slot, word, known, supported)
    sure = confidence(evidence)
    doubtful = sure < settings.doubt
    return word.value, sure, doubtful, rule or (_doubt_rule(evidence) if doubtful else "")


@functools.lru_cache(maxsize=4)
def _general_cases(names: tuple[str, ...]) -> Cases:
    return general_cases(names)


def repairs_of(repaired: pd.DataFrame) -> pd.DataFrame:
    """The words whose value is not their best single reading, each with its rule and its readings as evidence."""
    changed = repaired[repaired["value"] != repaired["text"]]
    frame = changed.drop(columns="confidence").rename(
        columns={"text": "before", "value": "after", "readings": "evidence", "value_confidence": "confidence"}
    )
    frame = frame.assign(repair_id=[f"r{n}" for n in range(1, len(frame) + 1)])
    return frame[list(REPAIRS)].reset_index(drop=True)
