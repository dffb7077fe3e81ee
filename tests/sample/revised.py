"""A second version of the sample's programme: rows dropped, added, moved and renumbered, cells and paragraphs changed."""

from collections.abc import Iterator
from dataclasses import replace

from tests.sample.programme import Paragraph, Programme, lines_to_rows, read_csv

Line = dict[str, str]
ADDED = {"kind": "task", "product": "", "layout": "", "funding": "Ngân sách nhà nước", "deadline": "Năm 2026"}
CELLS = {  # number of a row of the first version: what the second one says
    "1.1": {"text": "Bồi đắp nền tảng tư tưởng, đạo đức và lối sống cách mạng"},
    "1.1.2": {"deadline": "Tháng 12/2025"},
    "1.1.4": {"deadline": "Quý IV hằng năm"},
    "1.2.1": {"lead": "Ban Chấp hành Đảng bộ tỉnh, Ban Thường vụ Tỉnh ủy | Văn phòng Tỉnh ủy | Ban Tổ chức Tỉnh ủy"},
    "1.3.1": {"deadline": "Tháng 01/2026 và hằng năm"},
    "2.2.1": {"coordinating": "Sở Tài chính"},
    "2.4.2": {"text": "Di dời các hộ dân ra khỏi khu vực có nguy cơ sạt lở cao thuộc 11 xã miền núi."},
    "2.4.4": {"funding": "Ngân sách nhà nước và các nguồn hợp pháp khác"},
    "3.1": {"deadline": "Năm 2027"},
    "3.5": {"text": "Thu hút bác sĩ, dược sĩ về công tác tại trạm y tế xã bằng chính sách hỗ trợ nhà ở, thu nhập và đào tạo sau đại học."},
}
DROPPED = {"1.2.5", "2.1.7", "(9)"}  # those after the first and the last move up by one number
AFTER = {  # number of a row of the first version: the row that the second one has after it
    "1.3.5": {
        "text": "Tổ chức đối thoại định kỳ giữa thanh tra viên và chủ đầu tư các dự án bị nhắc nhở nhiều lần.",
        "lead": "Ban Nội chính Tỉnh ủy", "coordinating": "",
    },
    "2.3.1": {  # those after it move down by one number
        "text": "Xây dựng trạm quan trắc dòng chảy tự động trên đầm phá, truyền số liệu theo giờ về trung tâm điều hành.",
        "lead": "Sở Khoa học và Công nghệ", "coordinating": "Sở Tài chính",
    },
}  # fmt: skip
MOVED = ("1.4.4", "2.4.4")  # the row, and the one after which it stands in the second version
INDICATORS: dict[str, Line] = {
    "9": {"target": ">55", "target_min": "55"},
    "2": {"target": "3-4", "target_max": "4"},
    "13": {"name": "Tỷ lệ thất nghiệp khu vực thành thị và vùng ven đô"},
}
DROPPED_INDICATOR = 16  # those after it move up by one number
GROWTH: dict[str, Line] = {
    "I": {"second": "10,62", "second_min": "10.62", "second_max": "10.62"},
    "II.5": {"second": "180,300", "second_min": "180300", "second_max": "180300"},
}
PROSE = {  # words of the first version: what stands in their place
    "ít nhất 20% thời lượng": "ít nhất 25% thời lượng",
    "trong thời hạn 30 ngày.": "trong thời hạn 15 ngày làm việc.",
    "gấp 1,8 lần năm 2025": "gấp 2,0 lần năm 2025",
}
DROPPED_PARAGRAPH = "Quan tâm chăm lo đời sống"  # how it begins


def revised_programme(programme: Programme) -> Programme:
    """Return the second version of a whole or small programme."""
    kept = {row.row_id for row in programme.rows}
    rows = lines_to_rows(_renumbered(list(_edited(kept))))
    return replace(
        programme,
        rows=rows,
        indicators=tuple(_indicators(programme)),
        growth=tuple({**line, **GROWTH.get(line["line_id"], {})} for line in programme.growth),
        prose=tuple(_prose(programme)),
    )


def _edited(kept: set[str]) -> Iterator[Line]:
    """The lines of tasks.csv that the programme has, edited; numbers still those of the first version."""
    task, moved = "", list[Line]()
    lines = [dict(line) for line in read_csv("tasks.csv")]
    moved = [line for line in lines if line["number"] == MOVED[0]]
    for line in lines:
        number = line["number"]
        row_id = f"{task}{number}" if line["kind"] == "sub" else number
        task = number if line["kind"] == "task" else task
        if row_id not in kept or number == MOVED[0]:
            continue
        if number not in DROPPED:
            yield {**line, **CELLS.get(number, {})}
        if number in AFTER:
            yield {**ADDED, "number": number, **AFTER[number]}
        if number == MOVED[1]:
            yield from moved


def _renumbered(lines: list[Line]) -> Iterator[Line]:
    """The same with numbers that follow each other where one was dropped, added or moved."""
    changed = {*DROPPED, *AFTER, *MOVED}
    sections = {number.rpartition(".")[0] for number in changed if "." in number}
    section, count, sub = "", 0, 0
    for line in lines:
        if line["kind"] == "group":
            section, count = line["number"], 0
        elif line["kind"] == "sub":
            sub += 1
            line = {**line, "number": f"({sub})"}
        else:
            count, sub = count + 1, 0
            line = {**line, "number": f"{section}.{count}"} if section in sections else line
        yield line


def _indicators(programme: Programme) -> Iterator[Line]:
    for line in programme.indicators:
        number = line["number"]
        if not number.isdigit() or int(number) < DROPPED_INDICATOR:
            yield {**line, **INDICATORS.get(number, {})}
        elif int(number) > DROPPED_INDICATOR:
            fewer = str(int(number) - 1)
            yield {**line, "number": fewer, "indicator_id": line["indicator_id"].replace(number, fewer, 1)}


def _prose(programme: Programme) -> Iterator[Paragraph]:
    counts: dict[str, int] = {}
    for paragraph in programme.prose:
        if not paragraph.text.startswith(DROPPED_PARAGRAPH):
            printed, text = paragraph.printed, paragraph.text
            for before, after in PROSE.items():
                printed, text = printed.replace(before, after), text.replace(before, after)
            section = paragraph.section_path
            counts[section] = counts.get(section, 0) + 1
            yield replace(paragraph, printed=printed, text=text, paragraph_id=f"{section}#{counts[section]}")
