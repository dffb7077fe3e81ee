"""From what the witnesses read to what the page says, for every printed word of a document."""

import json
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from pandera.typing import DataFrame

from normalize.language.casing import Cases, with_document
from normalize.language.confusions import confusions, general_cost
from normalize.language.knowledge import Knowledge, knowledge
from normalize.language.word_pairs import Language
from normalize.repair.capitals import restore_marks
from normalize.repair.chosen_words import (
    Custom,
    Word,
    close_hyphens,
    keep_set,
    sure_cases,
    words_of,
)
from normalize.repair.closing_signs import close_texts, point_commas
from normalize.repair.decode_cells import CellSlots, cells_of, decode_cells
from normalize.repair.document_words import DocumentWords
from normalize.repair.doubt import doubt_weights
from normalize.repair.judge import ScanTraits, WordJudge
from normalize.repair.lattice import Lattices
from normalize.repair.letter_case import CaseHabits, begins_odds, lost_capitals, recase
from normalize.repair.lost_signs import lost_signs, writes_points
from normalize.repair.offered import Offer, offered_in
from normalize.repair.own_channel import own_channel
from normalize.repair.pairs_read import PairsRead
from normalize.repair.settings import DecodingCosts
from normalize.repair.slots import read_as
from normalize.repair.trellis import Decoded
from normalize.repair.verdicts import Verdict, verdicts_of
from normalize.text.dictionary import dictionary, sentences
from normalize.text.letters import nfc
from schemas.row_frames import Printed

REPAIRS = (
    "repair_id",
    "table",
    "row_id",
    "column",
    "page_no",
    "word_no",
    "before",
    "after",
    "rule",
    "evidence",
    "confidence",
)
# shares of words misread on a good office scan and on a poor one; the least cleanness
_CLEAN, _NOISY, _LEAST_CLEAN = 0.004, 0.012, 0.25
_QUITE_SURE = 0.999  # of a hundred words of a poor scan two are less sure
_A_TEXT = 8  # words: shorter cells hold numbers and names, which are read by their own lists
_NAMES = {
    "value": "value",
    "value_confidence": "confidence",
    "doubtful": "doubtful",
    "rule": "rule",
}


def repair(
    printed: DataFrame[Printed], settings: DecodingCosts, names: Sequence[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What each word of ``printed`` says, with its probability and doubt; and the table of changes.

    ``names`` are known bodies. Both tables are to be checked where they are written.
    """
    verdicts = decide(printed, settings, _composed(names))
    columns = {
        column: [getattr(verdict, field) for verdict in verdicts]
        for column, field in _NAMES.items()
    }
    offered = [
        json.dumps(verdict.offered, ensure_ascii=False)
        if verdict.doubtful or verdict.offered
        else ""
        for verdict in verdicts
    ]
    repaired = printed.assign(**columns, offered=offered)
    return repaired, repairs_of(repaired)


def prepare(names: Sequence[str], settings: DecodingCosts) -> None:
    """Load what ``repair`` knows before it sees a document."""
    knowledge(_composed(names), settings.weights)
    confusions()


def forget() -> None:
    """Let go what ``prepare`` loaded and what was kept while a document was repaired."""
    for kept in (knowledge, dictionary, sentences, confusions, read_as, general_cost):
        kept.cache_clear()


def _composed(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(nfc(name) for name in names)


def decide(printed: pd.DataFrame, settings: DecodingCosts, names: tuple[str, ...]) -> list[Verdict]:
    """The verdict on every row of ``printed``, in order."""
    general = knowledge(names, settings.weights)
    cells, lattices, decoded, language = _decoded(printed, settings, general)
    is_dump = _source(cells) == "dump"
    custom = Custom(general.counts, language)
    words = [words_of(cell, found, custom) for cell, found in zip(cells, decoded, strict=True)]
    cases = with_document(
        general.cases,
        (sure_cases(cell, found, lattices) for cell, found in zip(cells, words, strict=True)),
    )
    habits = _case_habits(cells, words, cases) if is_dump else CaseHabits()
    for cell, found in zip(cells, words, strict=True):
        recase(cell, found, cases, lattices, habits)
        keep_set(cell, found)
        close_hyphens(found, cell.slots, cell.texts)
    if not is_dump:
        close_texts(cells, words)
        point_commas(cells, words)
        restore_marks(cells, words, lattices)
    judge = WordJudge(
        language,
        general.counts,
        lattices.speller.known,
        settings,
        doubt_weights("dump" if is_dump else "scan"),
        settings.doubt_dump if is_dump else settings.doubt,
        general.words,
        None if is_dump else DocumentWords(cells, words, general.words),
        PairsRead(cells, words, general.counts) if is_dump else None,
        _traits(cells, words, is_dump=is_dump),
    )
    verdicts: dict[int, Verdict] = {}
    offer = Offer(language, lattices)
    for cell, found in zip(cells, words, strict=True):
        own = verdicts_of(cell, found, judge)
        verdicts.update(own)
        for place, texts in offered_in(cell, found, _looked_at(own), offer).items():
            verdicts[place] = own[place]._replace(offered=texts)
    return [verdicts[n] for n in range(len(printed))]


def _case_habits(
    cells: Sequence[CellSlots], words: Sequence[Mapping[int, Word]], cases: Cases
) -> CaseHabits:
    """What a dump shows of its capitals."""
    return CaseHabits(begins_odds(cells, words), lost_capitals(cells, words, cases))


def _traits(
    cells: Sequence[CellSlots], words: Sequence[Mapping[int, Word]], *, is_dump: bool
) -> ScanTraits:
    """What all cells together show of their scan or dump."""
    lost = lost_signs(zip(cells, words, strict=True))
    return ScanTraits(lost, _cleanness(cells, words), is_dump and writes_points(cells))


def _decoded(
    printed: pd.DataFrame, settings: DecodingCosts, general: Knowledge
) -> tuple[list[CellSlots], Lattices, list[Decoded], Language]:
    """The cells with their likeliest words; those of a dump once more, with what its engine
    misreads.
    """
    cells, lattices = cells_of(printed, settings, general, confusions())
    is_dump = _source(cells) == "dump"
    decoded, language = decode_cells(cells, general.counts, settings, is_dump=is_dump)
    if is_dump:
        channel = own_channel(confusions(), cells, decoded)
        cells, lattices = cells_of(printed, settings, general, channel, is_asked=True)
        decoded, language = decode_cells(cells, general.counts, settings, is_dump=is_dump)
    return cells, lattices, decoded, language


def _looked_at(verdicts: Mapping[int, Verdict]) -> set[int]:
    """The places of a cell's doubtful words, and of those beside them that are not quite sure: who
    looks at the cell sees them too.
    """
    if not any(verdict.doubtful for verdict in verdicts.values()):
        return set()
    return {
        place
        for place, verdict in verdicts.items()
        if verdict.doubtful or (verdict.value and verdict.confidence < _QUITE_SURE)
    }


def _cleanness(cells: Sequence[CellSlots], words: Sequence[Mapping[int, Word]]) -> float:
    """How clean a scan is: 1 for the best office scans, at least 0.25.

    It falls with the share of words of running text that the leading witness misread.
    """
    read = [
        (slot, found[slot.at])
        for cell, found in zip(cells, words, strict=True)
        if len(cell.words) >= _A_TEXT
        for slot in cell.words
    ]
    changed = [
        word.core.lower() != slot.core.lower()
        for slot, word in read
        if word.core and word.covers == 1 and not slot.frozen and not word.is_open
    ]
    share = sum(changed) / max(1, len(changed))
    return min(1.0, max(_LEAST_CLEAN, (_NOISY - share) / (_NOISY - _CLEAN)))


def _source(cells: Iterable[CellSlots]) -> str:
    """Whether a ``dump`` or a scan was read: a dump has one witness, with another engine's
    errors.
    """
    witnesses = {
        reading.witness for cell in cells for slot in cell.slots for reading in slot.readings
    }
    return "dump" if "dump" in witnesses else "scan"


def repairs_of(repaired: pd.DataFrame) -> pd.DataFrame:
    """The words whose value is not their best single reading, with the rule and the readings as
    evidence.
    """
    changed = repaired[repaired["value"] != repaired["text"]]
    frame = changed.drop(columns="confidence").rename(
        columns={
            "text": "before",
            "value": "after",
            "readings": "evidence",
            "value_confidence": "confidence",
        }
    )
    frame = frame.assign(repair_id=[f"r{n}" for n in range(1, len(frame) + 1)])
    return frame[list(REPAIRS)].reset_index(drop=True)
