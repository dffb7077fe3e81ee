"""Heads of documents as they are printed by the office that issues them."""

import datetime
from typing import TypedDict


class Head(TypedDict):
    """The fields of a programme that stand above its title, as printed and as they mean."""

    province: str
    issuer: str
    issuer_lines: tuple[str, ...]
    motto_lines: tuple[str, ...]
    number_line: str
    number: str
    date: str
    place_and_date: str


def committee_head(province: str, number: str, date: str) -> Head:
    """The head of the people's committee of a province; ``date`` in ISO form.

    Days below 10 and the first two months are printed with a zero, as the State's offices do.
    """
    day = datetime.date.fromisoformat(date)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return {
        "province": province,
        "issuer": f"Ủy ban nhân dân tỉnh {province}",
        "issuer_lines": ("ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}"),
        "motto_lines": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        "number_line": f"Số: {number}",
        "number": number,
        "date": date,
        "place_and_date": f"{province}, ngày {day.day:02d} tháng {month} năm {day.year}",
    }
