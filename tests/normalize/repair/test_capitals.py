"""Words in capitals get the marks that the document's words in small letters have."""

import pytest

from normalize.language.confusions import confusions
from normalize.language.knowledge import knowledge
from normalize.repair.capitals import restore_marks
from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import cells_of
from normalize.repair.settings import DecodingCosts
from normalize.text.letters import has_marks_of
from tests.normalize.repair.repair_cases import sentences_frame

TEXTS = ("Mỗi luống trồng dày.", "Hai bên luống có rãnh.", "Dọn cỏ quanh luống cũ.")


def restored(read: str, times: int, probability: float) -> Word:
    """The second word of a title whose first is `LÀM`, beside texts that have `luống`."""
    settings = DecodingCosts()
    frame = sentences_frame([f"LÀM {read}", *TEXTS[:times]])
    general = knowledge((), settings.weights)
    cells, lattices = cells_of(frame, settings, general, confusions())
    words = [{s.at: Word(s.core, s.core, probability) for s in cell.slots} for cell in cells]
    restore_marks(cells, words, lattices)
    return words[0][1]


@pytest.mark.parametrize(
    ("read", "times", "probability", "printed"),
    [
        ("LUÔNG", 3, 0.6, "LUỐNG"),
        ("LUONG", 2, 0.6, "LUỐNG"),
        ("LUÔNG", 1, 0.6, "LUÔNG"),  # once is no custom
        ("LUÔNG", 3, 0.99, "LUÔNG"),  # its neighbours bear it out
        ("LUỒNG", 3, 0.6, "LUỒNG"),  # another mark is no mark that was lost
        ("luông", 3, 0.6, "luông"),
    ],
)
def test_a_capital_has_the_marks_of_the_documents_small_letters(
    read: str, times: int, probability: float, printed: str
) -> None:
    found = restored(read, times, probability)
    assert (found.value, found.core) == (printed, printed)
    assert (found.probability == 0.5) == (printed != read)


def test_a_word_has_the_marks_of_one_with_fewer() -> None:
    assert has_marks_of("luống", "luông")
    assert has_marks_of("LUỐNG", "luong")
    for other in ("luống", "luồng", "lướng", "luốn"):
        assert not has_marks_of("luống", other)
