"""One column for both roles: the words in its cells part those who lead from those who help."""

from dataclasses import replace

from normalize.rows.records import Piece, Record, records_to_rows
from normalize.rows.roles import with_roles
from normalize.rows.slots import PrintedWord, Word
from schemas.rules import split


def record(text: str, column: str = "lead_and_coordinating") -> Record:
    """A row with one cell for both roles, a line a block of words."""
    words = [
        PrintedWord(Word(word, 0.9, line_no, 10.0, 20.0, 18.0, 30.0), (("vie", word, 0.9),))
        for line_no, line in enumerate(text.split(" / "), 1)
        for word in line.split()
    ]
    return Record("tasks", "II.3", 4, {"task": (), column: (Piece(4, 9, tuple(words)),)})


def parted(text: str, column: str = "lead_and_coordinating") -> dict[str, str]:
    cells = with_roles(record(text, column)).cells
    return {
        column: " ".join(word.text for piece in pieces for word in piece.slots)
        for column, pieces in cells.items()
        if pieces
    }


def test_each_role_on_a_line_of_its_own() -> None:
    assert parted("Chủ trì: Sở Y tế, Bệnh viện Lao / và Phổi / Phối hợp: Hội Y học") == {
        "lead": "Sở Y tế, Bệnh viện Lao và Phổi",
        "coordinating": "Hội Y học",
    }


def test_both_roles_in_a_sentence_and_misread() -> None:
    assert parted("Cơ quan chủ tri: Thanh tra tỉnh; cơ quan phối họp: Công an tỉnh") == {
        "lead": "Thanh tra tỉnh;",
        "coordinating": "Công an tỉnh",
    }


def test_a_column_of_those_who_do_it_may_name_both_roles_in_its_cells() -> None:
    assert parted("Chủ trì: Sở Du lịch. Phối hợp: Hội Làm vườn", "lead") == {
        "lead": "Sở Du lịch.",
        "coordinating": "Hội Làm vườn",
    }
    assert parted("Sở Du lịch, Hội Làm vườn", "lead") == {"lead": "Sở Du lịch, Hội Làm vườn"}


def test_a_cell_with_one_role_has_no_other() -> None:
    assert parted("- Chủ trì: Tỉnh Đoàn") == {"lead": "Tỉnh Đoàn"}


def test_a_cell_without_labels_is_left_for_the_list_to_part() -> None:
    for text in ("Sở Y tế / Sở Tài chính", "Ban Phối hợp công tác, Sở Y tế"):
        assert list(with_roles(record(text)).cells) == ["task", "lead_and_coordinating"]


def test_a_colon_that_was_misread_parts_the_roles_and_puts_them_in_review() -> None:
    found = with_roles(record("Chủ trì: Sở Xây dựng / Phối hợp; Sở Nội vụ"))
    assert parted("Chủ trì: Sở Xây dựng / Phối hợp; Sở Nội vụ") == {
        "lead": "Sở Xây dựng",
        "coordinating": "Sở Nội vụ",
    }
    assert found.review == ("lead", "coordinating")
    assert with_roles(record("Chủ trì: Sở Xây dựng / Phối hợp: Sở Nội vụ")).review == ()


def test_the_end_of_a_name_is_no_label_with_another_sign() -> None:
    found = with_roles(record("Chủ trì: Sở Y tế / Phối hợp: Trường Chính trị; Tỉnh Đoàn"))
    assert found.review == ()


def doubted(found: Record) -> list[str]:
    """The columns in review of a record's row."""
    (review,) = records_to_rows([with_roles(found)])["review"]
    return split(review)


def test_doubt_about_one_column_for_both_roles_names_each_of_theirs_once() -> None:
    """Also where the column's cell is empty, or names no role."""
    doubts = ("task", "lead", "lead_and_coordinating", "deadline")
    named = ["task", "lead", "deadline", "coordinating"]
    for text in ("Chủ trì: Sở Y tế / Phối hợp: Tỉnh Đoàn", "Sở Y tế, Tỉnh Đoàn", ""):
        assert doubted(replace(record(text), review=doubts)) == named
    own = replace(record("Chủ trì: Sở Y tế / Phối hợp: Tỉnh Đoàn", "lead"), review=("lead",))
    assert with_roles(own).review == ("lead", "coordinating")
    assert doubted(replace(Record("tasks", "II.3", 4, {}), review=doubts)) == named
