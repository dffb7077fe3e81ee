"""A second version of the sample's programme: rows dropped, added, moved and renumbered, cells and
paragraphs changed.
"""

from collections.abc import Iterator
from dataclasses import replace

from tests.sample.programme import Paragraph, Programme, lines_to_rows, read_csv

Line = dict[str, str]
ADDED = {
    "kind": "task",
    "product": "",
    "layout": "",
    "funding": "Ngân sách nhà nước",
    "deadline": "Năm 2026",
}
CELLS = {  # number of a row of the first version: what the second one says
    "1.1": {"text": "Bồi đắp nền tảng tư tưởng, đạo đức và lối sống cách mạng"},
    "1.1.2": {"deadline": "Tháng 12/2025"},
    "1.1.4": {"deadline": "Quý IV hằng năm"},
    "1.2.1": {
        "lead": "Ban Chấp hành Đảng bộ tỉnh, Ban Thường vụ "
        "Tỉnh ủy | Văn phòng Tỉnh ủy | Ban Tổ chức "
        "Tỉnh ủy"
    },
    "1.3.1": {"deadline": "Tháng 01/2026 và hằng năm"},
    "2.2.1": {"coordinating": "Sở Tài chính"},
    "2.4.2": {
        "text": "Di dời các hộ dân ra khỏi khu vực có nguy cơ sạt lở cao thuộc 11 xã miền núi."
    },
    "2.4.4": {"funding": "Ngân sách nhà nước và các nguồn hợp pháp khác"},
    "3.1": {"deadline": "Năm 2027"},
    "3.5": {
        "text": "Thu hút bác sĩ, dược sĩ về công tác tại trạm "
        "y tế xã bằng chính sách hỗ trợ nhà ở, "
        "thu nhập và đào tạo sau đại học."
    },
}
# those after the first and the last move up by one number
DROPPED = {"1.1.3", "1.2.5", "2.1.7", "(9)"}
AFTER = {  # number of a row of the first version: the row that the second one has after it
    "1.3.5": {
        "text": "Tổ chức đối thoại định kỳ giữa thanh tra viên và chủ đầu tư các dự án bị nhắc nhở "
        "nhiều lần.",
        "lead": "Ban Nội chính Tỉnh ủy",
        "coordinating": "",
    },
    "3.1": {
        "text": "Khôi phục nghề đan lưới truyền thống, mở lớp truyền nghề miễn phí cho thanh niên "
        "vùng đầm phá.",
        "lead": "Sở Khoa học và Công nghệ",
        "coordinating": "Sở Tài chính",
    },
    "2.3.1": {  # those after it move down by one number
        "text": "Xây dựng trạm quan trắc dòng chảy tự động "
        "trên đầm phá, truyền số liệu theo giờ về "
        "trung tâm điều hành.",
        "lead": "Sở Khoa học và Công nghệ",
        "coordinating": "Sở Tài chính",
    },
}
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
    return replace(
        programme,
        rows=lines_to_rows(_edited({row.row_id for row in programme.rows})),
        indicators=tuple(_indicators(programme)),
        growth=tuple({**line, **GROWTH.get(line["line_id"], {})} for line in programme.growth),
        prose=tuple(_prose(programme)),
    )


def _edited(kept: set[str]) -> Iterator[Line]:
    """The lines of tasks.csv that the programme has, edited; a row that is dropped, added or moved
    shifts the numbers after it.
    """
    task, shift, shift_of_subs = "", 0, 0
    lines = [dict(line) for line in read_csv("tasks.csv")]
    moved = next(line for line in lines if line["number"] == MOVED[0])
    for line in lines:
        number, kind = line["number"], line["kind"]
        if kind == "group":
            shift = 0
        elif kind == "task":
            task, shift_of_subs = number, 0
        if (f"{task}{number}" if kind == "sub" else number) not in kept:
            continue
        if kind == "sub":
            if number in DROPPED:
                shift_of_subs -= 1
            else:
                yield {**line, "number": f"({int(number.strip('()')) + shift_of_subs})"}
            continue
        if number in DROPPED or number == MOVED[0]:
            shift -= 1
            continue
        yield {
            **line,
            **CELLS.get(number, {}),
            "number": _shifted(number, shift) if kind == "task" else number,
        }
        for added in (
            [{**ADDED, **AFTER[number]}]
            if number in AFTER
            else [moved]
            if number == MOVED[1]
            else []
        ):
            shift += 1
            yield {**added, "number": _shifted(number, shift)}


def _shifted(number: str, shift: int) -> str:
    section, _, last = number.rpartition(".")
    return f"{section}.{int(last) + shift}"


def _indicators(programme: Programme) -> Iterator[Line]:
    for line in programme.indicators:
        number = line["number"]
        if not number.isdigit() or int(number) < DROPPED_INDICATOR:
            yield {**line, **INDICATORS.get(number, {})}
        elif int(number) > DROPPED_INDICATOR:
            fewer = str(int(number) - 1)
            yield {
                **line,
                "number": fewer,
                "indicator_id": line["indicator_id"].replace(number, fewer, 1),
            }


def _prose(programme: Programme) -> Iterator[Paragraph]:
    counts: dict[str, int] = {}
    for paragraph in programme.prose:
        if not paragraph.text.startswith(DROPPED_PARAGRAPH):
            printed, text = paragraph.printed, paragraph.text
            for before, after in PROSE.items():
                printed, text = printed.replace(before, after), text.replace(before, after)
            section = paragraph.section_path
            counts[section] = counts.get(section, 0) + 1
            yield replace(
                paragraph, printed=printed, text=text, paragraph_id=f"{section}#{counts[section]}"
            )
