"""From what the witnesses read to what the page says, for every printed word of a document."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import pandas as pd
from pandera.typing import DataFrame

from normalize.casing import with_document
from normalize.chosen import Word, close_hyphens, keep_set, recase, sure_cases, words_of
from normalize.confusion import confusions, general_cost
from normalize.decoding import Cell, cells_of, decode_cells
from normalize.doubt import doubt_weights
from normalize.in_step import WHOLE, Ask, Part, Work, advance, in_step
from normalize.knowledge import knowledge
from normalize.lattice import RepairSettings
from normalize.lexicon import dictionary, nfc, sentences
from normalize.lost_signs import lost_signs, tails_of
from normalize.slots import read_as
from normalize.verdicts import Judge, Scan, Verdict, verdicts_of
from schemas.frames import Printed

Verdicts = dict[int, Verdict]  # by the word's place in ``printed``
REPAIRS = ("repair_id", "table", "row_id", "column", "page_no", "word_no", "before", "after", "rule", "evidence", "confidence")
_CLEAN, _NOISY, _LEAST_CLEAN = 0.004, 0.012, 0.25  # shares of words misread on a good office scan and on a poor one; the least cleanness
_A_TEXT = 8  # words: shorter cells hold numbers and names, which are read by their own lists
_NAMES = {"value": "value", "value_confidence": "confidence", "doubtful": "doubtful", "rule": "rule"}


def repair(
    printed: DataFrame[Printed], settings: RepairSettings, names: Sequence[str] = (), others: Sequence[Ask[Verdicts]] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """``printed`` with what each word says, its probability and doubt, and the table of changes, both to be checked where they are written.

    ``names`` are known bodies. Each of ``others`` is another process with the same table, which decides a part of it by ``deciding``.
    """
    own: Ask[Verdicts] = partial(partial, advance, deciding(printed, settings, names, (0, 1 + len(others))))
    found: Verdicts = {}
    for verdicts in in_step([own, *others]):
        found.update(verdicts)
    decided = [found[n] for n in range(len(printed))]
    columns = {column: [getattr(verdict, field) for verdict in decided] for column, field in _NAMES.items()}
    repaired = printed.assign(**columns)
    return repaired, repairs_of(repaired)


def prepare(names: Sequence[str], settings: RepairSettings) -> None:
    """Load what ``repair`` knows before it sees a document."""
    knowledge(_composed(names), settings.weights)
    confusions()


def forget() -> None:
    """Let go what ``prepare`` loaded and what was kept while a document was repaired."""
    for kept in (knowledge, dictionary, sentences, confusions, read_as, general_cost):
        kept.cache_clear()


def _composed(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(nfc(name) for name in names)


def deciding(printed: pd.DataFrame, settings: RepairSettings, names: Sequence[str], part: Part = WHOLE) -> Work[Verdicts]:
    """The verdicts on the words of one part of ``printed``, worked out in step with the other parts."""
    general = knowledge(_composed(names), settings.weights)
    cells, lattices = yield from cells_of(printed, settings, general, part)
    decoded, language = yield from decode_cells(cells, general.counts, settings)
    words = [words_of(cell, found) for cell, found in zip(cells, decoded, strict=True)]
    cases = with_document(general.cases, (yield [sure_cases(cell, found, lattices) for cell, found in zip(cells, words, strict=True)]))
    for cell, found in zip(cells, words, strict=True):
        recase(cell, found, cases, lattices)
        keep_set(cell, found)
        close_hyphens(found, cell.slots)
    shown = yield [(tails_of(zip(cells, words, strict=True)), _misread(cells, words), _is_dump(cells))]
    tails, misread, dumps = zip(*shown, strict=True)
    source = "dump" if any(dumps) else "scan"
    least = settings.doubt_dump if source == "dump" else settings.doubt
    judge = Judge(language, lattices.speller.known, settings, doubt_weights(source), least, Scan(lost_signs(tails), _cleanness(misread)))
    verdicts: Verdicts = {}
    for cell, found in zip(cells, words, strict=True):
        verdicts.update(verdicts_of(cell, found, judge))
    return verdicts


def _misread(cells: Sequence[Cell], words: Sequence[Mapping[int, Word]]) -> tuple[int, int]:
    """How many words of texts the leading witness misread, of how many."""
    read = [(slot, found[slot.at]) for cell, found in zip(cells, words, strict=True) if len(cell.words) >= _A_TEXT for slot in cell.words]
    changed = [word.core.lower() != slot.core.lower() for slot, word in read if word.core and word.covers == 1 and not slot.frozen]
    return sum(changed), len(changed)


def _cleanness(misread: Iterable[tuple[int, int]]) -> float:
    """How clean a scan is, 1 for the best office scans, by the share of its texts' words that the leading witness misread; at least 0.25."""
    changed, words = map(sum, zip(*misread, strict=True))
    return min(1.0, max(_LEAST_CLEAN, (_NOISY - changed / max(1, words)) / (_NOISY - _CLEAN)))


def _is_dump(cells: Iterable[Cell]) -> bool:
    """Whether what was read is a dump, which has one witness for each word, whose errors are another engine's."""
    return any(reading.witness == "dump" for cell in cells for slot in cell.slots for reading in slot.readings)


def repairs_of(repaired: pd.DataFrame) -> pd.DataFrame:
    """The words whose value is not their best single reading, each with its rule and its readings as evidence."""
    changed = repaired[repaired["value"] != repaired["text"]]
    frame = changed.drop(columns="confidence").rename(
        columns={"text": "before", "value": "after", "readings": "evidence", "value_confidence": "confidence"}
    )
    frame = frame.assign(repair_id=[f"r{n}" for n in range(1, len(frame) + 1)])
    return frame[list(REPAIRS)].reset_index(drop=True)
