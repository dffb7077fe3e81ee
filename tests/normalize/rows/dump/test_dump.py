"""A plain-text dump becomes the same rows however its lines, blank lines and pages fall; what is no
programme fails clearly.
"""

import csv
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dump import decode_dump, read_dump, text_to_frames
from normalize.rows.dump.cell_starts import Layout
from normalize.rows.dump.column_grammar import ArcMaker, Habits
from normalize.rows.dump.finder import Finder
from normalize.rows.dump.rows import dump_to_assembly
from normalize.rows.dump.tokens import words_to_text
from normalize.rows.records import Assembly, Record, records_to_printed, records_to_rows
from normalize.rows.roles import with_roles
from schemas.errors import (
    BlankDocument,
    InputError,
    MissingAppendix,
    NotAProgramme,
    TwoTablesOfOneKind,
)
from tests.places import PROJECT, SHARED, TESTS

SMALL = TESTS / "fixtures" / "dump" / "small.txt"
BENCHMARK = SHARED / "benchmark"
NOTICE = (
    "Tài liệu này thuộc sở hữu của các cơ quan Đảng. Việc phát tán, sử dụng trái phép bị nghiêm cấm"
)
TABLES = ("groups", "tasks", "indicators", "growth")


def read(text: str) -> Assembly:
    return dump_to_assembly(text_to_frames(decode_dump(text.encode()))[2])


def cell(record: Record, column: str) -> str:
    return " ".join(slot.text for piece in record.cells.get(column, ()) for slot in piece.slots)


def rows(assembly: Assembly, table: str, *columns: str) -> list[tuple[str, ...]]:
    return [
        (record.row_id, *(cell(record, column) for column in columns))
        for record in assembly.records
        if record.table == table
    ]


@cache
def small() -> tuple[str, Assembly]:
    text = SMALL.read_text(encoding="utf-8")
    return text, read(text)


def test_tasks_with_sub_rows_lists_and_a_gap() -> None:
    _, assembly = small()
    assert rows(assembly, "tasks", "lead", "coordinating", "deadline", "funding") == [
        (
            "1.1.1",
            "- Ban Tuyên giáo và Dân vận Tỉnh ủy - Ban Tổ chức Tỉnh ủy",
            "- Văn phòng Tỉnh ủy - Các câp ủy trực thuộc tỉnh",
            "Tháng 6/2026",
            "Ngân sách nhà nước",
        ),
        (
            "1.1.2",
            "Ban Tổ chức Tỉnh ủy",
            "Các cơ quan liên quan",
            "Thực hiện thường xuyên",
            "Ngân sách nhà nước",
        ),
        (
            "1.2.1",
            "Trường Chính trị tỉnh",
            "Các cấp ủy trực thuộc tỉnh",
            "Quý I hằng năm",
            "sígân sách nhà nước",
        ),
        (
            "1.2.2",
            "Các cấp ủy, tổ chức đảng, cơ quan, đơn vị",
            "",
            "Năm 2026 và thực hiện thường xuyên",
            "Ngân sách nhà nước",
        ),
        ("2.1.1", "", "", "", ""),
        (
            "2.1.1(1)",
            "Sở Xây dựng",
            "- Sở Tài chính - Các xã, phường, đặc khu",
            "Khởi công tháng 3/2027; thông xe tháng 12/2029",
            "Ngân sách nhà nước và PPP",
        ),
        (
            "2.1.1(2)",
            "Công ty Du lịch Hồ Vân",
            "Sở Xây dựng",
            "Theo tiến độ của Trung ương",
            "Ngân sách nhà nước và các nguồn hợp pháp khác",
        ),
        (
            "3.1",
            "Bộ Chỉ huy Quân sự tỉnh",
            "Công an tỉnh",
            "Năm 2027 và 2029",
            "Ngân sách nhà nước",
        ),
        ("3.3", "Công an tinh", "Các cơ quan liên quan", "Trước năm 2030", "Ngân sách nhà nước"),
    ]
    parents = {
        record.row_id: (record.parent_id, record.group_id, record.section_id)
        for record in assembly.records
        if record.table == "tasks"
    }
    assert parents["2.1.1(2)"] == ("2.1.1", "2", "2.1")
    assert parents["3.1"] == ("", "3", "")
    assert rows(assembly, "tasks", "task")[1] == (
        "1.1.2",
        "Giao Ban Tổ chức Tỉnh ủy theo dõi chi bộ yếu; mỗi quý báo cáo một lần.",
    )


def test_titles_and_the_note() -> None:
    _, assembly = small()
    assert rows(assembly, "groups", "title") == [
        ("1|I", "về xây dựng Đảng"),
        ("1|II", "Về kinh tế - xã hội"),
        ("3|1", "Xây dựng Đảng trong sạch; chăm lo chi bộ vùng cao và vùng hồ"),
        ("3|1.1", "Nâng cao chất lượng sinh hoạt chi bộ"),
        ("3|1.2", "Bồi dưỡng bí thư chi bộ"),
        ("3|2", "Phát triển kinh tế vùng hồ"),
        ("3|2.1", "Chuẩn bị và xây dựng các công trình"),
        ("3|3", "Giữ vững quốc phòng, an ninh"),
    ]
    document = assembly.records[0]
    assert cell(document, "number") == "Số 07-CTr/TU"
    assert cell(document, "signatory") == "Lê Văn Sơn"
    assert cell(document, "notes").startswith("* Ghi chú")
    assert cell(document, "notice") == NOTICE


def test_indicators_that_share_a_number_over_a_page_break() -> None:
    _, assembly = small()
    assert rows(assembly, "indicators", "name", "unit", "target", "lead") == [
        (
            "1",
            "Tỷ lệ chi bộ hoàn thành tốt nhiệm vụ trở lên",
            "%/năm",
            ">88",
            "Ban Tổ chức Tỉnh ủy",
        ),
        ("2", "Kết nạp đảng viên vùng cao", "Đảng viên", "1,200", "Ban Tô chức Tinh ủy"),
        ("3", "Tốc độ tăng GRDP bình quân", "%/năm", "9-9,5", "Đảng ủy Uy ban nhân dân tỉnh"),
        ("4", "Tỷ lệ hộ nghèo", "%", "Không còn hộ nghèo", "Đảng ủy ủy ban nhân dân tỉnh"),
        ("5.1", "Số giường bệnh trên 10.000 dân", "Giường", "35", "Sở Y tế"),
        ("5.2", "- Số bác sĩ trên 10.000 dân", "Bác sĩ", "11", "Sở Y tế"),
        ("5.3", "Tỷ lệ dân số tham gia bảo hiểm y tế", "%", "98", "Bảo hiểm xã hội tỉnh"),
        ("6", "Xếp hạng cải cách hành chính", "", "ở nhóm 10 tỉnh, thành phố dẫn đầu", "Sở Nội vụ"),
    ]


def test_a_number_that_stands_in_the_middle_of_its_rows() -> None:
    text, _ = small()
    apart = text.replace("5 Số giường bệnh trên", "Số giường bệnh trên").replace(
        "\n5\nTỷ lệ dân số", "\nTỷ lệ dân số"
    )
    found = {
        record.row_id: record.review
        for record in read(apart).records
        if record.table == "indicators"
    }
    assert list(found) == ["1", "2", "3", "4", "5.1", "5.2", "5.3", "6"]
    assert "indicator_id" in found["5.1"]


@pytest.mark.parametrize(
    ("before", "as_likely"), [("ủy ban Kiểm tra Tỉnh ủy", True), ("sở Tài chính", False)]
)
def test_a_body_begins_its_cell_also_where_its_capital_is_one_that_engines_hardly_know(
    before: str, as_likely: bool
) -> None:
    costs = []
    for text in (before, before[:1].upper() + before[1:]):
        tokens = words_to_text(text_to_frames(text)[2]).tokens
        finder = Finder(tokens)
        maker = ArcMaker(tokens, finder, Layout(tokens, finder), Habits({}))
        costs.append(min(arc.begins for arc in maker.body(4, 0, 0) if arc.end == len(tokens)))
    assert (costs[0] == pytest.approx(costs[1])) == as_likely


def test_a_goal_in_words_begins_with_the_first_word_of_its_beginning() -> None:
    header = "PHỤ LỤC 1\nSTT Chỉ tiêu Đơn vị tính Mục tiêu 2025 - 2030 Đơn vị chủ trì"
    first = "1\nSố xã có chợ\n\nXã\n\n12\n\nSở Y tế\n\n"
    second = "2\nThứ hạng dạy nghề của\ntỉnh thuộc nhóm 9\ntỉnh dẫn đầu vùng\n\nSở Nội vụ\n"
    third = "3\nSố lớp\nLớp\n9\nSở Y tế\n"
    found = read(f"I- VIỆC CHUNG\n1. Mở chợ.\n\n{header}\n\n{first}{second}{third}")
    assert rows(found, "indicators", "name", "target")[1] == (
        "2",
        "Thứ hạng dạy nghề của tỉnh",
        "thuộc nhóm 9 tỉnh dẫn đầu vùng",
    )


def test_growth_with_a_second_header() -> None:
    _, assembly = small()
    assert rows(assembly, "growth", "value") == [
        ("I|Giai đoạn 2020 - 2025", "7.1"), ("I|Giai đoạn 2025 - 2030", "9,25"),
        ("I.1|Giai đoạn 2020 - 2025", "2.5"), ("I.1|Giai đoạn 2025 - 2030", "2.6"),
        ("I.2|Giai đoạn 2020 - 2025", "8,4"), ("I.2|Giai đoạn 2025 - 2030", "10.1"),
        ("II.1|Đến năm 2025", "31"), ("II.1|Đến năm 2030", "24-25"),
        ("II.2|Đến năm 2025", "69"), ("II.2|Đến năm 2030", "75-76"),
    ]  # fmt: skip


def test_prose_over_a_page_break() -> None:
    _, assembly = small()
    found = [
        (r.section_path, r.kind, r.number, cell(r, "text"))
        for r in assembly.records
        if r.table == "paragraphs"
    ]
    assert [
        (path, kind, number, text if kind == "heading" else text[:30])
        for path, kind, number, text in found
    ] == [
        ("", "paragraph", "", "Thực hiện Nghị quyết Đại hội, "),
        ("I", "heading", "I", "MỤC TIÊU"),
        ("I", "paragraph", "1", "Đưa nghị quyết của Đại hội vào"),
        ("I", "paragraph", "2", "Lấy sự hài lòng của người dân "),
        ("II", "heading", "II", "NHIỆM VỤ"),
        ("II/1", "heading", "1", "Xây dựng Đảng trong sạch"),
        (
            "II/1/1.1",
            "heading",
            "1.1",
            (
                "Nâng cao chất lượng sinh hoạt chi bộ ở các thôn, bản vùng cao và những nơi có "
                "ít đảng viên"
            ),
        ),
        ("II/1/1.1/(1)", "heading", "(1)", "Đổi mới nội dung sinh hoạt"),
        ("II/1/1.1/(1)", "paragraph", "", "Mỗi chi bộ chọn một việc khó đ"),
        ("II/1/1.1/(1)", "paragraph", "", "Nhiệm vụ cụ thể và phân công t"),
        ("II/1/1.1/(2)", "heading", "(2)", "Bồi dưỡng bí thư chi bộ"),
        ("II/1/1.1/(2)", "paragraph", "", "Các lớp bồi dưỡng tổ chức tại "),
        ("II/2", "heading", "2", "Phát triển kinh tế vùng hồ"),
        ("II/2", "paragraph", "", "Khai thác mặt hồ đi đôi với gi"),
    ]
    assert found[11][3] == (
        "Các lớp bồi dưỡng tổ chức tại xã, bằng tình huống có thật, không quá hai ngày cho "
        "mỗi lớp; giảng viên là những bí thư làm giỏi."
    )
    assert found[9][3] == "Nhiệm vụ cụ thể và phân công thực hiện tại điểm 1.1 Phụ lục 3."


def test_what_is_unclear_is_in_review_with_its_reason() -> None:
    text, _ = small()
    task = next(record for record in read(text).records if record.row_id == "1.1.2")
    assert (task.review, task.reason) == (
        ("task_id",),
        "the row's number was misread and follows from its neighbours",
    )
    gaps = [finding.message for finding in read(text).findings if finding.rule == "numbering_gap"]
    assert gaps == ["before it the document has no 3.2"]


def test_the_frames_hold_line_numbers_as_places() -> None:
    text, assembly = small()
    pages, blocks, words = text_to_frames(text)
    assert pages["source"].unique().tolist() == ["dump"]
    assert blocks["table_no"].unique().tolist() == [0]
    assert words["witness"].unique().tolist() == ["dump"]
    printed = records_to_printed(assembly.records)
    number = printed[
        (printed["table"] == "tasks")
        & (printed["row_id"] == "1.1.1")
        & (printed["column"] == "task_id")
    ]
    assert text.split("\n")[int(number["top"].iloc[0]) - 1] == "1.1.1"
    assert len(records_to_rows(assembly.records)) == len(assembly.records)


Change = Callable[[str, Random], str]


def drop_blank_lines(text: str, random: Random) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip() or random.random() < 0.5)


def drop_all_blank_lines(text: str, _: Random) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def add_blank_lines(text: str, random: Random) -> str:
    return "\n".join(line + ("\n" if random.random() < 0.3 else "") for line in text.split("\n"))


def split_lines(text: str, random: Random) -> str:
    lines = []
    for line in text.split("\n"):
        words = line.split(" ")
        cut = (
            random.randint(1, len(words) - 1)
            if len(words) > 3 and line != NOTICE and random.random() < 0.3
            else len(words)
        )
        lines += [" ".join(words[:cut]), *([" ".join(words[cut:])] if cut < len(words) else [])]
    return "\n".join(lines)


def join_lines(text: str, random: Random) -> str:
    lines = [""]
    for line in text.split("\n"):
        if (
            line.strip()
            and lines[-1].strip()
            and NOTICE not in (line, lines[-1])
            and random.random() < 0.2
        ):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    return "\n".join(lines)


def wrap_lines(text: str, random: Random) -> str:
    width = random.choice([50, 90, 120])
    runs = text.split("\n\n")
    return "\n\n".join(
        textwrap.fill(" ".join(run.split()), width, break_long_words=False, break_on_hyphens=False)
        for run in runs
    )


def page_end(lines: Sequence[str], random: Random) -> int:
    """A line with which a page may end: none does between a row's number and its text, and a number
    alone at a page's head is that page's.
    """
    numbers = [n for n, line in enumerate(lines) if line.strip().isdigit()]
    beside = {n for number in numbers for n in (number - 2, number - 1, number, number + 1)}
    return random.choice([n for n in range(30, len(lines)) if n not in beside])


def move_notices(text: str, random: Random) -> str:
    lines = [line for line in text.split("\n") if line != NOTICE]
    for _ in range(6):
        lines.insert(page_end(lines, random) + 1, NOTICE)
    return "\n".join(lines)


def feeds_for_notices(text: str, random: Random) -> str:
    lines = [line for line in text.split("\n") if line != NOTICE]
    for _ in range(6):
        lines[page_end(lines, random)] += "\f"
    return "\n".join(lines)


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        drop_blank_lines,
        drop_all_blank_lines,
        add_blank_lines,
        split_lines,
        join_lines,
        wrap_lines,
        move_notices,
        feeds_for_notices,
    )
}


def words_of_tables(assembly: Assembly) -> Counter[str]:
    """The words of all cells of the appendices but the small signs and numbers by which a page
    number can slip in.
    """
    columns = {
        "groups": ("title",),
        "tasks": ("task", "lead", "coordinating", "deadline", "funding"),
        "indicators": ("name", "unit", "target", "lead"),
    }
    texts = (cell(r, column) for r in assembly.records for column in columns.get(r.table, ()))
    return Counter(word for text in texts for word in text.split() if word.isalpha())


@given(
    st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=2, unique=True),
    st.integers(0, 10_000),
)
@settings(deadline=None, max_examples=15)
def test_the_same_rows_however_lines_and_pages_fall(names: list[str], seed: int) -> None:
    """No row of the appendices is lost or made, none of their words is lost; a cell that reads
    otherwise is in review.
    """
    text, before = small()
    random = Random(seed)
    for name in sorted(names):
        text = CHANGES[name](text, random)
    after = read(text)
    assert [r.row_id for r in after.records if r.table in TABLES] == [
        r.row_id for r in before.records if r.table in TABLES
    ]
    assert words_of_tables(after) == words_of_tables(before)
    known = {(r.table, r.row_id): r for r in before.records}
    changed = [
        (r.row_id, column)
        for r in after.records
        if r.table in ("tasks", "indicators")
        for column in r.cells
        if column not in r.review and cell(r, column) != cell(known[r.table, r.row_id], column)
    ]
    assert len(changed) <= 2, changed


@given(st.sampled_from(["utf-8-sig", "crlf", "nfd", "trailing spaces"]))
@settings(deadline=None, max_examples=4)
def test_the_same_rows_in_every_form_of_text(form: str) -> None:
    text, before = small()
    forms = {
        "utf-8-sig": text.encode("utf-8-sig"),
        "crlf": text.replace("\n", "\r\n").encode(),
        "nfd": unicodedata.normalize("NFD", text).encode(),
        "trailing spaces": text.replace("\n", "  \n").encode(),
    }
    after = dump_to_assembly(text_to_frames(decode_dump(forms[form]))[2])
    assert [(r.table, r.row_id, cell(r, "task")) for r in after.records] == [
        (r.table, r.row_id, cell(r, "task")) for r in before.records
    ]


@given(st.text(max_size=300) | st.text(alphabet="1.2(3)IVX \n•-Phụlục", max_size=300))
@settings(deadline=None, max_examples=60)
def test_any_other_text_gets_a_clear_error(text: str) -> None:
    with pytest.raises(InputError):
        read(text)


def test_a_cut_file_gets_a_clear_error_or_the_rows_that_are_there() -> None:
    text, before = small()
    known = {r.row_id for r in before.records if r.table in TABLES}
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        try:
            found = {
                r.row_id for r in read(text[: int(share * len(text))]).records if r.table in TABLES
            }
        except (InputError, MissingAppendix):
            continue
        assert found <= known


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", BlankDocument),
        (b"\n \n", BlankDocument),
        (b"\xff\xfe\x00", NotAProgramme),
        (b"%PDF-1.7\x00\x01", NotAProgramme),
        (b"plain English words without any mark", NotAProgramme),
        ("Một lá thư về việc khác, không có bảng nào.".encode(), NotAProgramme),
        (("ă" * 400).encode(), NotAProgramme),
    ],
)
def test_what_is_no_programme_fails_clearly(
    content: bytes, error: type[InputError], tmp_path: Path
) -> None:
    source = tmp_path / "x.txt"
    source.write_bytes(content)
    with pytest.raises(error) as caught:
        dump_to_assembly(read_dump(source)[2])
    assert caught.value.what_to_do


def test_a_file_of_absurd_size_is_not_read(tmp_path: Path) -> None:
    source = tmp_path / "x.txt"
    with source.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match="larger than"):
        read_dump(source)


def test_a_missing_and_a_doubled_appendix() -> None:
    text, _ = small()
    first, second, third = (text.index(title) for title in ("PHU LUC 1", "PHỤ LỤC 2", "PHỤ LỤC 3"))
    without = read(text[:second] + text[third:])
    assert {record.table for record in without.records} & {"tasks", "indicators", "growth"} == {
        "tasks",
        "indicators",
    }
    with pytest.raises(TwoTablesOfOneKind, match="indicators"):
        read(text + text[first:second])


def appendix(label: str) -> str:
    """The small dump's appendix of tasks under another label."""
    text, _ = small()
    return text[text.index("PHỤ LỤC 3") :].replace("PHỤ LỤC 3", label, 1)


@pytest.mark.parametrize(
    ("label", "number"), [("PHỤ LỤC 4", "4"), ("Phụ lục V", "5"), ("BIỂU SỐ 06", "6")]
)
def test_a_second_table_of_a_kind_under_a_label_of_its_own_is_another_appendix(
    label: str, number: str
) -> None:
    text, once = small()
    twice = read(text + "\f" + appendix(label))
    keys = [record.row_id for record in once.records if record.table == "tasks"]
    assert [record.row_id for record in twice.records if record.table == "tasks"] == [
        *keys,
        *(f"{number}/{key}" for key in keys),
    ]
    assert [r.row_id for r in twice.records if r.table == "groups" and r.appendix == number][
        :2
    ] == [f"{number}|{number}/1", f"{number}|{number}/1.1"]


def test_labels_and_titles_of_appendices() -> None:
    text, assembly = small()
    found = [record for record in assembly.records if record.table == "appendices"]
    assert [(r.row_id, r.label, cell(r, "title"), r.review) for r in found] == [
        ("1", "PHU LUC 1", "CÁC CHỈ TIÊU CHỦ YẾU", ("label",)),
        ("2", "PHỤ LỤC 2", "TĂNG TRƯỞNG KINH TÉ", ()),
        ("3", "PHỤ LỤC 3", "DANH MỤC CÁC NHIỆM VỤ", ()),
    ]
    sent = "PHỤ LỤC 2\n(Kèm theo Chương trình hành động\nsố 07-CTr/TU)"
    again = read(text.replace("PHỤ LỤC 2", sent, 1))
    assert [cell(r, "title") for r in again.records if r.table == "appendices"][1] == (
        "TĂNG TRƯỞNG KINH TÉ"
    )


def test_an_appendix_that_the_prose_names_and_the_dump_lacks_is_asked_for() -> None:
    text, _ = small()
    start = text.index("PHỤ LỤC 3")
    with pytest.raises(MissingAppendix, match=r"names appendix 3, .*found: 1 \(indicators\), 2"):
        read(text[:start])
    misread = text.replace("tại điểm 1.1 Phụ lục 3", "tại điểm 1.1 Phụ lục 8", 1)
    assert misread != text
    assert [r.row_id for r in read(misread).records if r.table == "appendices"] == ["1", "2", "3"]


def test_pages_end_with_a_notice_a_form_feed_or_before_a_page_number() -> None:
    text, _ = small()
    assert len(text_to_frames(text)[0]) == text.count(NOTICE) + 1
    assert len(text_to_frames(text.replace(NOTICE, "\f"))[0]) == text.count(NOTICE) + 1


def with_column(label: str) -> Assembly:
    """The small dump with one more column behind the tasks' texts, filled in two rows."""
    text, _ = small()
    for header in ("NHIỆM VỤ CỤ THẺ\n", "NHIỆM VỤ CỤ THỂ\n"):
        text = text.replace(header, f"{header.strip()} {label}\n")
    text = text.replace("kèm cặp người mới.\n", "kèm cặp người mới.\n\nBáo cáo\n")
    return read(text.replace("chi bộ tại xã.\n", "chi bộ tại xã.\n\nTài liệu\n"))


def test_a_column_that_no_label_names_is_told_and_not_mixed_in() -> None:
    assembly = with_column("CẤP TRÌNH")
    assert rows(assembly, "tasks", "task")[2:4] == [
        ("1.2.1", "Mở lớp bồi dưỡng bí thư chi bộ tại xã."),
        ("1.2.2", "Chọn bí thư làm giỏi để kèm cặp người mới."),
    ]
    assert [finding.place for finding in assembly.findings if finding.rule == "unknown_column"] == [
        "tasks"
    ]


@pytest.mark.parametrize(("label", "column"), [("SẢN PHẨM", "product"), ("GHI CHÚ", "note")])
def test_an_optional_column_of_words_is_read_like_any_other(label: str, column: str) -> None:
    assembly = with_column(label)
    assert rows(assembly, "tasks", "task", column)[2:4] == [
        ("1.2.1", "Mở lớp bồi dưỡng bí thư chi bộ tại xã.", "Tài liệu"),
        ("1.2.2", "Chọn bí thư làm giỏi để kèm cặp người mới.", "Báo cáo"),
    ]
    assert not [finding for finding in assembly.findings if finding.rule == "unknown_column"]


def test_the_cues_prove_themselves() -> None:
    path = PROJECT / "normalize" / "lists" / "dump_cues.csv"
    with path.open(encoding="utf-8", newline="") as file:
        found = [(row["kind"], row["phrase"]) for row in csv.DictReader(file)]
    assert len(found) == len(set(found))
    assert {kind for kind, _ in found} == {"body_head", "target"}
    assert all(
        phrase == unicodedata.normalize("NFC", phrase).strip() and phrase for _, phrase in found
    )


def test_the_real_dump_has_every_row() -> None:
    if not BENCHMARK.exists():
        pytest.skip("the shared benchmark is not here")
    assembly = dump_to_assembly(read_dump(BENCHMARK / "part-dump.txt")[2])
    keys = {
        "groups": "{appendix}|{group_id}",
        "tasks": "{task_id}",
        "indicators": "{indicator_id}",
        "growth": "{line_id}|{period}",
    }
    for table, key in keys.items():
        with (BENCHMARK / "truth-dump" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert [record.row_id for record in assembly.records if record.table == table] == [
                key.format(**row) for row in csv.DictReader(file)
            ]
    with (BENCHMARK / "truth-dump" / "paragraphs.csv").open(encoding="utf-8", newline="") as file:
        want = [(row["section_path"], row["kind"], row["number"]) for row in csv.DictReader(file)]
    assert [
        (r.section_path, r.kind, r.number) for r in assembly.records if r.table == "paragraphs"
    ] == want


def test_an_appendix_title_that_some_header_says_too_is_no_header() -> None:
    """Where rulings stand around it "Danh mục nhiệm vụ" is a column's label, in text a title."""
    text, _ = small()
    titled = text.replace("PHỤ LỤC 3", "PHỤ LỤC 3\nDANH MỤC NHIỆM VỤ GIAI ĐOẠN 2025 - 2030", 1)
    assert titled != text
    plain, found = read(text), read(titled)
    for table in ("tasks", "indicators", "growth"):
        assert [r.row_id for r in found.records if r.table == table] == [
            r.row_id for r in plain.records if r.table == table
        ]


STAR = "* Ghi chú: Cơ quan chủ trì đứng tên đầu tiên chịu"


@pytest.mark.parametrize(
    "lead",
    [
        "Ghi chú: Cơ quan chủ trì đứng tên đầu tiên chịu",
        "Cơ quan, tổ chức đảng đứng tên đầu tiên ở cột chủ trì chịu",
        "Việc chung của nhiều cơ quan do cơ quan ở dòng trên cùng nhận phần",
    ],
)
def test_the_note_below_the_last_task_is_none_of_it_also_without_its_star(lead: str) -> None:
    text, with_star = small()
    assembly = read(text.replace(STAR, lead))
    assert cell(assembly.records[0], "notes").split() == [
        *lead.split(),
        "trách",
        "nhiệm",
        "tổng",
        "hợp.",
    ]
    for table in ("groups", "tasks"):
        columns = ("task", "lead", "coordinating", "deadline", "funding", "title")
        assert rows(assembly, table, *columns) == rows(with_star, table, *columns)


def test_more_of_the_last_funding_is_no_note() -> None:
    text, _ = small()
    longer = text[: text.index(STAR)].rstrip() + " và tiền công ích"
    assert rows(read(longer), "tasks", "funding")[-1] == (
        "3.3",
        "Ngân sách nhà nước và tiền công ích",
    )


COLUMNS = ("task", "lead", "coordinating", "deadline")


def with_cells(number: str, old: str, new: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """A task of the small dump with other cells, and its columns in review."""
    text, _ = small()
    assert old in text
    record = next(
        record
        for record in read(text.replace(old, new)).records
        if (record.table, record.row_id) == ("tasks", number)
    )
    return {column: cell(record, column) for column in COLUMNS}, record.review


@pytest.mark.parametrize(
    ("lead", "coordinating", "is_moved"),
    [
        ("Theo phân công của Chính phủ", "Ban Tổ chức Tỉnh ủy", False),
        ("Đang chờ\nphân giao", "- Sở Tài chính\n- Công an tỉnh", True),
    ],
)
def test_a_lead_that_is_no_body_does_not_slip_into_the_task(
    lead: str, coordinating: str, is_moved: bool
) -> None:
    cells, review = with_cells(
        "1.2.1",
        "\n\nTrường Chính trị tỉnh Các cấp ủy trực thuộc\ntỉnh",
        f"\n{lead}\n{coordinating}",
    )
    assert cells["task"] == "Mở lớp bồi dưỡng bí thư chi bộ tại xã."
    assert (cells["lead"], cells["coordinating"]) == (
        " ".join(lead.split()),
        " ".join(coordinating.split()),
    )
    assert not is_moved or {"task", "lead", "coordinating"} <= set(review)


@pytest.mark.parametrize("coordinating", ["Đội thuyền Hồ Vân", "Sở Thủy lợi cũ", "Hội thuyền hồ"])
@pytest.mark.parametrize(("before", "behind"), [(" ", " "), ("\n\n", " "), ("\n", "\n")])
def test_what_slips_into_another_column_is_in_review(
    coordinating: str, before: str, behind: str
) -> None:
    cells, review = with_cells(
        "3.1",
        "Công an tỉnh Năm 2027 và 2029",
        f"{before.strip(' ')}{coordinating}{behind}Năm 2027 và 2029",
    )
    wanted = {
        "task": "Diễn tập khu vực phòng thủ cấp xã.",
        "lead": "Bộ Chỉ huy Quân sự tỉnh",
        "coordinating": coordinating,
        "deadline": "Năm 2027 và 2029",
    }
    assert {column for column in COLUMNS if cells[column] != wanted[column]} <= set(review)


def test_one_column_for_both_roles_is_read_and_parted() -> None:
    text, plain = small()
    for old in ("PHỐI HƠP", "PHỐI HỢP"):
        text = text.replace(old, "")
    text = text.replace("Cơ QUAN,\nTỔ CHỨC ĐẢNG\n\n", "")
    for old in ("CHỦ TRÌ *", "CHỦ TRÌ*"):
        text = text.replace(old, "CHỦ TRÌ, PHỐI HỢP")
    for lead, helping in (
        ("Bộ Chỉ huy Quân sự tỉnh", "Công an tỉnh"),
        ("Công an tinh", "Các cơ quan liên quan"),
    ):
        text = text.replace(f"{lead} {helping}", f"Chủ trì: {lead}; phối hợp: {helping}")
    parted = [with_roles(record) for record in read(text).records if record.table == "tasks"]
    wanted = [record for record in plain.records if record.table == "tasks"]
    for record, same in list(zip(parted, wanted, strict=True))[-2:]:
        assert record.row_id == same.row_id
        assert cell(record, "lead").strip(";") == cell(same, "lead")
        assert cell(record, "coordinating") == cell(same, "coordinating")
        assert cell(record, "deadline") == cell(same, "deadline")
