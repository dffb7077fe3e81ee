"""Where the paragraphs of a dump begin, told by the room on its lines where no blank line stands
between them.
"""

from __future__ import annotations

from random import Random

import pytest

from extract.dump import text_to_frames
from normalize.rows.dump.text.prose import prose_records
from normalize.rows.dump.tokens import words_to_text
from normalize.rows.numbering.forms import roman_value
from normalize.text.widths import width

# thousandths of the type size: 17 cm at 14 pt, the first line indented by 1.3 cm
LINE, INDENT = 34_000.0, 2_700.0
SYLLABLES = (
    "xã",
    "họp",
    "bàn",
    "việc",
    "chung",
    "của",
    "thôn",
    "bản",
    "dân",
    "làng",
    "cùng",
    "nhau",
    "giữ",
    "rừng",
    "trồng",
    "cây",
    "mở",
    "đường",
    "đưa",
    "nước",
    "về",
    "đồng",
    "chăm",
    "trẻ",
    "em",
    "người",
    "già",
)


def paragraph(random: Random) -> str:
    sentences = []
    for _ in range(random.randint(1, 4)):
        words = [random.choice(SYLLABLES) for _ in range(random.randint(9, 26))]
        sentences.append(" ".join([words[0].capitalize(), *words[1:]]) + ".")
    return " ".join(sentences)


def set_lines(text: str) -> list[str]:
    """A paragraph's lines as print breaks them."""
    lines, room = [""], LINE - INDENT
    for word in text.split():
        if lines[-1] and width(f"{lines[-1]} {word}") > room:
            lines.append("")
            room = LINE
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def texts(dump: str) -> list[str]:
    records, _ = prose_records(words_to_text(text_to_frames(dump)[2]).tokens)
    return [
        " ".join(slot.text for piece in record.cells["text"] for slot in piece.slots)
        for record in records
    ]


@pytest.mark.parametrize("seed", range(6))
def test_paragraphs_are_told_by_the_room_on_their_lines(seed: int) -> None:
    """Half of the paragraphs have no blank line before them, and many lines within paragraphs end
    with a sentence.
    """
    random = Random(seed)
    wanted = [paragraph(random) for _ in range(40)]
    dump = "".join("\n".join(set_lines(text)) + random.choice(["\n", "\n\n"]) for text in wanted)
    found = texts(dump)
    # where a last line is full and the next paragraph has one line, nothing tells
    assert len(set(wanted) - set(found)) <= 2


def test_a_paragraph_whose_first_letter_was_read_small() -> None:
    random = Random(1)
    wanted = [paragraph(random) for _ in range(30)]
    wanted[12] = "ủy ban" + wanted[12]
    assert wanted[12] in texts("\n\n".join("\n".join(set_lines(text)) for text in wanted))


def test_a_speck_between_two_paragraphs_joins_neither() -> None:
    random = Random(2)
    wanted = [paragraph(random) for _ in range(30)]
    dump = "\n\n".join("\n".join(set_lines(text)) for text in wanted)
    assert texts(dump.replace("\n\n", "\n\n^ ", 8).replace("cùng nhau", "cùng ~ nhau")) == wanted


def test_strokes_that_run_together_are_read_as_an_e() -> None:
    assert [roman_value(reading) for reading in ("IE-", "XVIE", "E")] == [3, 18, 2]


def test_signs_between_figures_are_no_specks() -> None:
    (found,) = texts("Mỗi thôn trồng 8 ÷ 9 cây trên lô 10 × 20 mét ± hai cây °.")
    assert found == "Mỗi thôn trồng 8 ÷ 9 cây trên lô 10 × 20 mét hai cây °."


def test_a_number_behind_the_word_that_refers_to_it_begins_no_paragraph() -> None:
    part = "1. Rừng\n\n1.1. Giữ rừng\n\nCác thôn làm theo mục\n\n1.2 Sổ tay.\n\n2. Trồng cây\n\n"
    records, _ = prose_records(words_to_text(text_to_frames(f"I- RỪNG\n\n{part}")[2]).tokens)
    assert [record.number for record in records if record.number] == ["I", "1", "1.1", "2"]


def test_a_heading_may_end_as_no_sentence_does_and_a_documents_number_begins_none() -> None:
    random = Random(4)
    rest = [paragraph(random) for _ in range(30)]
    law = "Các thôn làm theo Luật số 31/2024/QH15, ngày 18/01/2024 của Quốc hội."
    dump = "\n\n".join("\n".join(set_lines(text)) for text in rest)
    dump += f"\n\n1. Nhà ở\n\n{rest[0]}\n\n{law.replace('số ', 'số' + chr(10))}\n\n2. Trồng cây\n\n"
    found = texts(dump + "\n".join(set_lines(rest[1])))
    assert [text for text in found if text.startswith(("Nhà", law[:9]))] == ["Nhà ở", law]
