"""Deadlines in other words than the grammar has: brought to its words, or said to be vague.

``Q1/2026`` is ``quý 1/2026``, ``nửa đầu năm 2026`` its first six months, ``cuối năm 2026`` no more
than a part of 2026. All texts are in small letters, with early tones and plain hyphens.
"""

from __future__ import annotations

import re

_RECURS = r"h[ằà]ng (?:năm|quý|tháng|tuần)"
_BEGIN = (  # what is done, before a time that says all the rest
    r"(?:ban hành|trình ban hành|trình|phê duyệt|trình phê duyệt|thực hiện|triển khai|tổ chức|"
    r"triển khai thực hiện|tổ chức thực hiện|duy trì|báo cáo|hoàn thiện)"
)
_SAME: tuple[tuple[str, str], ...] = (  # other words for the same, in this order
    (r"(?<=\d) ?[÷~→] ?(?=\d)", "-"),
    (r"\bq(?:uý)?[. ]? ?(?=(?:iv|i{1,3}|[1-4])(?:[ /,+-]|$))", "quý "),
    (r"(?<=\b[iv1-4]) ?\+ ?(?=(?:quý )?(?:iv|i{1,3}|[1-4])\b)", " và "),
    (r"(?<=\bi[iv]) ?\+ ?(?=(?:quý )?(?:iv|i{1,3}|[1-4])\b)", " và "),
    (r"\bt\.?(?=\d{1,2}/\d{4})", "tháng "),
    (r"\bnửa (đầu|cuối) năm (?=\d{4})", r"6 tháng \1 năm "),
    (r"^(?:kể )?từ nay (?=đến )", ""),
    (rf"^{_BEGIN} (?=(?:định kỳ )?{_RECURS}|thường xuyên)", ""),
    (rf"^{_BEGIN} (?=(?:trong|trước|từ|chậm nhất|đến|ngày|tháng|quý|năm|\d)\b)", ""),
    (r"^(?:thường xuyên trong (?:cả )?năm|liên tục|thường xuyên liên tục)$", "thường xuyên"),
    (r"^mỗi (năm|quý|tháng|tuần) (?:0?1|một) lần$", r"hằng \1"),
    (r"^(?:0?1|một) lần ?/ ?(năm|quý|tháng|tuần)$", r"hằng \1"),
    (r"^(?:các|từng|mỗi) (năm|quý|tháng)$", r"hằng \1"),
    (rf"^({_RECURS}) ?\(([^()]*)\)$", r"\2 \1"),
    (rf"^(.*\d{{4}}) ?\(({_RECURS})\)$", r"\2 \1"),
    (r"^((?:tháng|quý) [\div]+) (?:các|từng|mỗi) năm$", r"\1 hằng năm"),
)
_VAGUE: tuple[tuple[str, str], ...] = (  # words that say less than a date, and what is left
    (r"^(?:vào |từ )?(?:khoảng |dự kiến |trong khoảng )+(?=\S)", ""),
    (r"^(?:trình )?(?:hđnd (?:tỉnh|thành phố) )?(?:tại )?kỳ họp (?=\S)", ""),
    (r"^(?:thường lệ|chuyên đề) (?=(?:(?:đầu|giữa|cuối) )?(?:năm|quý|tháng)\b)", ""),
    (r"^(?:vào |trong )?(?:đầu|giữa|cuối) (?=(?:năm|quý|tháng)\b.*\d{4}$)", ""),
    (r"(?:,| và|;)? ?(?:\()?(?:định hướng|tầm nhìn)(?: đến)?(?: năm)? \d{4}\)?$", ""),
    (rf"^(?:thực hiện )?thường xuyên(?:, liên tục)?(?:,|;| và)? {_RECURS}$", "thường xuyên"),
    (rf"^({_RECURS})(?:,|;| và)? thường xuyên$", r"\1"),
    (r"^(?:trong |suốt )?(?:cả |toàn |trong )?(?:nhiệm kỳ|khoá|khóa)$", "thường xuyên"),
)
_WHO_DECIDES = (
    r"(?:trung ương|đảng|(?:thủ tướng )?chính phủ|quốc hội|bộ chính trị|ban bí thư"
    r"|(?:ban thường vụ |thường trực )?(?:tỉnh|thành) ủy|(?:các )?bộ, ngành(?: trung ương)?"
    r"|(?:hđnd|ubnd|hội đồng nhân dân|ủy ban nhân dân) (?:tỉnh|thành phố)|cấp trên"
    r"|cấp có thẩm quyền|pháp luật|tỉnh|thành phố)"
)
_WHAT = (
    r"(?:chủ trương|tiến độ|kế hoạch|quy định|hướng dẫn|chỉ đạo|lộ trình|yêu cầu|kết luận"
    r"|chương trình(?: công tác)?|văn bản(?: hướng dẫn| chỉ đạo)?|nghị quyết)"
)
_PAPER = (
    r"(?:ngay )?(?:sau )?khi (?:nghị quyết|kế hoạch|chương trình(?: hành động)?|đề án|quy hoạch"
    r"|dự án|luật|nghị định|thông tư|quyết định|văn bản)(?: này)? "
    r"(?:được|có) (?:ban hành|phê duyệt|thông qua|hiệu lực)"
)
_CONDITION = re.compile(
    rf"(?:theo|(?:ngay )?(?:sau )?khi có) {_WHAT}(?:(?:, ?| và ){_WHAT})* của {_WHO_DECIDES}"
    rf"|{_PAPER}"
)
_NAMES_WHO = re.compile(rf" của {_WHO_DECIDES}$")
_OFTEN = re.compile(
    r"(?:định kỳ )?(?:(?:h[ằà]ng )?(?:tuần|tháng|quý|năm)|0?[369] tháng|1 năm)"
    r"(?:(?:, ?| và )(?:(?:h[ằà]ng )?(?:tuần|tháng|quý|năm)|0?[369] tháng|1 năm))+"
)
_PARTS = re.compile(r", ?| và ")


def in_known_words(key: str) -> str:
    """The deadline with other words for what the grammar knows put into its words."""
    for pattern, words in _SAME:
        key = re.sub(pattern, words, key)
    return key


def without_vague_words(key: str) -> str:
    """The deadline without the words that make it vague; the same where it has none."""
    for pattern, words in _VAGUE:
        key = re.sub(pattern, words, key)
    return key


def repeated_parts(key: str) -> list[str]:
    """The parts of a deadline that names several repeats: `hằng quý, 6 tháng, năm`."""
    is_often = _OFTEN.fullmatch(key) is not None and re.search(r"h[ằà]ng|định kỳ|tháng, ", key)
    return _PARTS.split(key.removeprefix("định kỳ ")) if is_often else []


def is_known_condition(key: str) -> bool:
    """Whether each word of a condition is known: what is waited for, and whose it is."""
    return _CONDITION.fullmatch(key) is not None


def names_who_decides(key: str) -> bool:
    """Whether a condition ends with who decides, whatever is waited for."""
    return _NAMES_WHO.search(key) is not None
