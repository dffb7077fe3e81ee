"""Deadlines: what a task's deadline means, and what its misread words say.

Long: one grammar; each kind of deadline is one short function, and they are tried in their order.
"""

import datetime
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from normalize.lists.read_list import read_list
from normalize.text.clean import clean, early_tone
from normalize.values.closed_forms import decode_form, even_dashes
from normalize.values.loose_times import (
    in_known_words,
    is_known_condition,
    names_who_decides,
    repeated_parts,
    without_vague_words,
)
from normalize.values.periods import Period, names_span, read_parts, read_period

# in small letters, as ``_Words.key`` has them
_RECURS = r"(?:định kỳ )?h[ằà]ng (?:năm|quý|tháng|tuần)"
_OFTEN_AS = {"năm": "yearly", "quý": "quarterly", "tháng": "monthly"}
_OFTEN = r"(?:thực hiện |nhiệm vụ )?thường xuyên(?:, liên tục)?"
_END = re.compile(
    r"(?:hoàn thành |xong )?(?:chậm nhất(?: là)?(?: đến| trong| vào)?|(?:đến )?trước"
    r"|(?:đến )?hết|đến(?: cuối)?) (.+)"
)
# dated pieces of work, their date at the end or at the beginning
_STAGE_DATE = (
    r"(?:(?:trước |trong |đến |từ )?(?:ngày|tháng|quý|năm|giai đoạn|\d tháng) "
    r"(?:[^,;:]|, ?(?=(?:tháng |quý )?[\div]))*?\d{4}(?: ?- ?\d{4})?)"
)
_STAGE = re.compile(rf"(?P<label>.*?)[\s,:(]*\b(?P<date>{_STAGE_DATE})\)?", re.IGNORECASE)
_STAGE_FIRST = re.compile(rf"(?P<date>{_STAGE_DATE})\s*:\s*(?P<label>.+)", re.IGNORECASE)
_DAY_OF_YEAR = r"\d{1,2}[/.]\d{1,2}"  # 15/12
_NO_DAY = re.compile(  # 31/2, or a month 13
    r"\b(?:0?0|3[2-9]|[4-9]\d)[/.]\d|\d[/.](?:0?0|1[3-9]|[2-9]\d)\b|\b3[01][/.]0?2\b"
    r"|\b31[/.](?:0?[469]|11)\b"
)
# every so many months or years
_EVERY = re.compile(
    r"định kỳ(?: \d{1,2} (?:tháng|năm)(?:/lần| một lần|/1 lần| 1 lần)?(?:, (?:hằng |hàng )?năm)?)?"
    r"|[1-9]\d? (?:tháng|năm)(?:/lần| một lần|/1 lần| 1 lần)"
)
_PART = r"\b(?:IV|I{1,3}|iv|i{1,3}|\d{1,2})\b"
_QUARTER_COMMA = re.compile(r"(\bquý (?:iv|i{1,3}|[1-4])), ?(?=\d{4})")  # quý II, 2027
_IN = re.compile(r"^(?:trong|vào) ")
_DONE_IN = re.compile(r"^(?:(?:hoàn thành|xong) )?(?:(?:trong|vào) )?")
_YEAR_LIST = re.compile(r"(?:các )?năm \d{4}(?:(?:, ?| và )(?:năm )?\d{4})+")


@dataclass(frozen=True)
class Milestone:
    """A stage or repeat: its words without the date, its kind, and its ISO dates or empty texts.

    ``recurrence`` is ``yearly``, ``quarterly``, ``monthly`` or empty.
    """

    label: str
    kind: str
    start: str
    end: str
    recurrence: str


@dataclass(frozen=True)
class Deadline:
    """What a deadline means.

    ``kind`` is empty when it is not understood; dates are ISO texts or empty. It goes into review
    unless ``sure``.
    """

    kind: str
    start: str
    end: str
    milestones: tuple[Milestone, ...]
    sure: bool


@dataclass(frozen=True)
class _Words:
    """A deadline's words as printed, and the same in small letters, early tones and plain hyphens.

    The two texts have the same length.
    """

    key: str
    printed: str


UNKNOWN = Deadline("", "", "", (), False)


def _dates(kind: str, period: Period, sure: bool = True) -> Deadline:
    return Deadline(kind, period.start.isoformat(), period.end.isoformat(), (), sure)


def _repeat(label: str, start: str, recurrence: str) -> Milestone:
    return Milestone(label, "recurring", start, "", recurrence)


def _recurrence(key: str) -> str:
    """How often a deadline comes again, by the words that say so; empty where they name no such
    time.
    """
    return next(
        (often for words, often in _OFTEN_AS.items() if re.search(rf"\bh[ằà]ng {words}\b", key)), ""
    )


def _stage(period: Period, label: str = "") -> Milestone:
    return Milestone(label, "during", period.start.isoformat(), period.end.isoformat(), "")


def _read_during(words: _Words) -> Deadline | None:
    """A period, or the time from one to another."""
    period = read_period(_DONE_IN.sub("", words.key))
    if period is not None:
        return _dates("during", period)
    time = words.key.removeprefix("từ ")
    whole = read_period(time)
    if whole is not None and names_span(time):  # từ tháng 3 đến tháng 6/2027
        return _dates("during", whole)
    for joint in re.finditer(r" ?(?:-|đến(?: hết)?) ?", time):
        first, last = read_period(time[: joint.start()]), read_period(time[joint.end() :])
        if first is not None and last is not None and first.start <= last.end:
            return _dates("during", Period(first.start, last.end))
    return None


def _time(key: str) -> Period | None:
    """A period, or the time from one to another, as a period."""
    found = _read_during(_Words(key, key))
    return (
        Period(datetime.date.fromisoformat(found.start), datetime.date.fromisoformat(found.end))
        if found is not None
        else None
    )


def _times(key: str) -> list[Period]:
    """A period as ``_time``, or months or quarters of one year one by one; empty where neither."""
    period = _time(key)
    return [period] if period is not None else read_parts(key)


def _read_before(words: _Words) -> Deadline | None:
    """``Trước``: until the day before; ``đến``, ``chậm nhất``: until the last day.

    ``đến`` without ``hết`` is in doubt.
    """
    match = _END.fullmatch(words.key)
    period = read_period(match[1]) if match is not None else None
    if match is None or period is None:
        return None
    lead = words.key[: match.start(1)].strip()
    end = period.start - datetime.timedelta(days=1) if lead.endswith("trước") else period.end
    vague = (
        lead.endswith(("đến", "cuối"))
        and not lead.startswith("chậm nhất")
        and period.start < period.end
    )
    return Deadline("before", "", end.isoformat(), (), not vague)


def _read_from(words: _Words) -> Deadline | None:
    """``Từ ...``, ``... trở đi``, ``... và các năm tiếp theo``."""
    since = r"(?:bắt đầu )?từ (?:sau )?(.+?)(?: trở đi)?"
    match = re.fullmatch(
        rf"{since}|(.+?)(?: trở đi|(?:,| và) (?:các|những) năm (?:tiếp theo|sau))", words.key
    )
    period = read_period(match[1] or match[2]) if match is not None else None
    return replace(_dates("from", period), end="") if period is not None else None


def _read_ongoing(words: _Words) -> Deadline | None:
    """``Thực hiện thường xuyên``, by itself, from a date or within a period."""
    if re.fullmatch(_OFTEN, words.key):
        return Deadline("ongoing", "", "", (), True)
    after = re.fullmatch(rf"(?:từ )?(.+?)(?: và|,|;) {_OFTEN}", words.key)
    before = re.fullmatch(rf"{_OFTEN},? (?:(từ) )?(?:trong )?(.+?)", words.key)
    if after is not None and (periods := _times(after[1])):
        label = re.split(r"(?: và|,|;) ", words.printed[after.end(1) :], maxsplit=1)[-1]
        stages = [_stage(period) for period in periods]
        again = Milestone(label, "ongoing", "", "", "")
        return Deadline("ongoing", stages[0].start, "", (*stages, again), True)
    if before is not None and (period := _time(before[2])) is not None:
        # the contract has no ongoing with an end
        within = replace(_dates("ongoing", period), sure=False)
        return replace(within, end="", sure=True) if before[1] else within
    return None


def _repeats(part: str, often: str) -> tuple[Milestone, ...]:
    """A repeat for each part of the year that is named: `Quý II, IV` comes in quarter II and
    quarter IV.
    """
    several = re.fullmatch(
        rf"(quý|tháng) ({_PART}(?:(?:, ?| và )(?:(?:quý|tháng) )?{_PART})+)", part, re.IGNORECASE
    )
    if several is None:
        return (_repeat(part, "", often),)
    return tuple(
        _repeat(f"{several[1]} {number}", "", often) for number in re.findall(_PART, several[2])
    )


def _read_recurring(words: _Words) -> Deadline | None:
    """``Hằng năm`` and its like, by itself, with the part of the year, or from a date."""
    often = _recurrence(words.key)
    after = re.fullmatch(rf"(?:từ )?(.+?)(?: và|,|;) (?:{_RECURS}|các năm)", words.key)
    if after is not None and (periods := _times(after[1])):
        again = _repeat("", "", "yearly" if words.key.endswith("các năm") else often)
        stages = [_stage(period) for period in periods]
        return Deadline("recurring", stages[0].start, "", (*stages, again), True)
    before = re.fullmatch(rf"{_RECURS}(?:,| trong)? (?:(từ|bắt đầu từ) )?(.+)", words.key)
    if before is not None and (period := _time(before[2])) is not None:
        end = "" if before[1] else period.end.isoformat()
        return Deadline(
            "recurring",
            period.start.isoformat(),
            end,
            (_repeat("", period.start.isoformat(), often),),
            bool(before[1]),
        )
    part = re.fullmatch(
        rf"((?:(?:trước |trong |đến )?(?:ngày|tháng|quý|đầu|cuối|giữa|\d tháng)\b"
        rf"|(?:trước |đến )?{_DAY_OF_YEAR}\b)[^;]*?),? {_RECURS}",
        words.key,
    )
    is_known = not re.search(r"\d{4}", words.key) and not _NO_DAY.search(words.key)
    if part is not None and is_known:
        return Deadline("recurring", "", "", _repeats(words.printed[: part.end(1)], often), True)
    if re.fullmatch(rf"{_RECURS}(?: và (?:đột xuất|theo yêu cầu.*))?", words.key):
        return Deadline(
            "recurring", "", "", (_repeat("" if often else words.printed, "", often),), True
        )
    if parts := repeated_parts(words.key):
        repeats = [_repeat("" if _recurrence(p) else p, "", _recurrence(p)) for p in parts]
        return Deadline("recurring", "", "", tuple(repeats), True)
    every = _EVERY.fullmatch(words.key) is not None
    return Deadline("recurring", "", "", (_repeat(words.printed, "", ""),), True) if every else None


def _read_conditional(words: _Words) -> Deadline | None:
    """What waits for a decision or an event.

    It is sure where it is a listed form, or waits for a body that decides such things.
    """
    opening = r"(?:theo|(?:ngay )?(?:sau )?khi|(?:ngay )?sau (?:đại hội|hội nghị)|căn cứ)\b"
    if not re.match(opening, words.key):
        return None
    listed = any(
        row["form"].casefold() == words.key
        for row in read_list("deadline_forms.csv")
        if row["kind"] == "conditional"
    )
    known = listed or is_known_condition(words.key) or names_who_decides(words.key)
    return Deadline("conditional", "", "", (), known and re.search(r"\d{4}|;", words.key) is None)


def _read_term(words: _Words) -> Deadline | None:
    """The beginning of a term of office."""
    match = re.fullmatch(r"(?:ngay )?(?:từ )?đầu nhiệm kỳ(?: (\d{4}) ?- ?(\d{4}))?", words.key)
    if match is None:
        return None
    period = read_period(f"{match[1]} - {match[2]}") if match[1] else None
    if match[1] and period is None:
        return UNKNOWN
    return Deadline(
        "term_start", period.start.isoformat() if period is not None else "", "", (), True
    )


def _staged(stages: Sequence[Milestone], sure: bool = True) -> Deadline:
    """Several stages, from the first day of the first to the last day of the last.

    Stages out of order are in doubt; where the whole would run backwards the deadline is unknown.
    """
    starts, ends = (
        [stage.start or stage.end for stage in stages],
        [stage.end or stage.start for stage in stages],
    )
    if starts[0] > ends[-1]:
        return UNKNOWN
    return Deadline(
        "staged",
        starts[0],
        ends[-1],
        tuple(stages),
        sure and starts == sorted(starts) and ends == sorted(ends),
    )


def _read_dates(words: _Words) -> Deadline | None:
    """Two or more periods.

    ``năm 2027 và 2030``, ``tháng 5 và tháng 10/2026`` and ``quý I/2026; năm 2027`` are such.
    """
    if _YEAR_LIST.fullmatch(words.key):
        years = [read_period(year) for year in re.findall(r"\d{4}", words.key)]
        found = [year for year in years if year is not None]
        return _staged([_stage(year) for year in found]) if len(found) == len(years) else None
    text = _QUARTER_COMMA.sub(r"\1/", _DONE_IN.sub("", words.key))
    for joints in (r"$", r"; ?", r" và |; ?", r" và |; ?|, "):
        parts = re.split(joints, text)
        periods = [_one_by_one(part.strip()) for part in parts if part]
        found = [period for part in periods for period in part]
        if len(found) > 1 and all(periods):
            return _staged([_stage(period) for period in found])
    return None


def _one_by_one(text: str) -> list[Period]:
    """The period that a text names, or the months or quarters of one year; empty where neither."""
    time = _IN.sub("", text)
    period = read_period(time)
    return [period] if period is not None else read_parts(time)


def _work_stages(part: str) -> list[Milestone]:
    """A dated piece of work, ``<work> tháng 6/2026`` or ``Tháng 6/2026: <work>``, for each date.

    ``<work> tháng 6 và tháng 12/2028`` is two; empty where it is none.
    """
    match = _STAGE_FIRST.fullmatch(part) or _STAGE.fullmatch(part)
    if match is None:
        return []
    date, label = _words(match["date"]), match["label"].strip(" -,:(")
    inner = _read_simple(date)
    if inner is None:
        return [_stage(period, label) for period in read_parts(date.key)]
    is_dated = inner.kind in ("during", "before", "from")
    return [Milestone(label, inner.kind, inner.start, inner.end, "")] if is_dated else []


def _read_work(words: _Words) -> Deadline | None:
    """Dated stages of work, parted by semicolons, or by commas where each has its own date."""
    for sign in (",", ";"):
        parts = [part.strip(" .") for part in words.printed.split(sign)]
        stages = [_work_stages(part) for part in parts if part]
        found = [stage for part in stages for stage in part]
        is_whole = bool(found) and all(stages)
        if is_whole and (sign == ";" or len(found) > 1) and all(stage.label for stage in found):
            return _staged(found, sure=len(found) > 1)
    return None


def _read_simple(words: _Words) -> Deadline | None:
    for reader in (_read_during, _read_before, _read_from):
        found = reader(words)
        if found is not None:
            return found
    return None


_IN_KNOWN_WORDS = (_read_simple, _read_ongoing, _read_recurring, _read_term, _read_dates)
_IN_OWN_WORDS = (_read_conditional, _read_work)


def is_plain(text: str) -> bool:
    """Whether the grammar knows each word of a deadline, so that it says what it says as it stands.

    Conditions and dated stages of work hold words of their own, which may be misread.
    """
    words = _words(text)
    plain = _of_key(without_vague_words(in_known_words(words.key)))
    is_time = any(_read_plainly(one) not in (None, UNKNOWN) for one in (words, plain))
    return is_time or is_known_condition(words.key)


def _words(text: str) -> _Words:
    printed = re.sub(r" ?/ ?", "/", even_dashes(clean(text).strip(" .;,")))
    printed = re.sub(r"\bvà(?=\d)", "và ", printed)  # Tháng 9 và10/2026
    return _Words(early_tone(printed).casefold(), printed)


def _of_key(key: str) -> _Words:
    """The words of a deadline that was put into other words."""
    return _Words(key, key[:1].upper() + key[1:])


def read_deadline(text: str) -> Deadline:
    """What a deadline as printed means, by the kinds of the published ``tasks`` table.

    An unknown form has no kind and is not sure; one with vague words (`cuối năm 2026`) is not.
    """
    words = _words(text)
    found = _read_plainly(words)
    if found is not None:
        return found
    known = in_known_words(words.key)
    plain = without_vague_words(known)
    vague = _read_plainly(_of_key(plain)) if plain != known else None
    if vague is not None and vague.kind:
        return replace(vague, sure=False)
    return next((found for reader in _IN_OWN_WORDS if (found := reader(words))), UNKNOWN)


def read_deadline_of_year(text: str, year: str) -> Deadline:
    """What a deadline means in a document for one year; one that names no year is in doubt.

    ``year`` is empty where the document is for several.
    """
    found = read_deadline(text)
    if found.kind or not year or re.search(r"\d{4}", text) or not re.search(r"\w", text):
        return found  # an empty cell names no time: the year alone would be one
    tried = [f"{text.strip(' .;,')}{joint}{year}" for joint in ("/", " năm ", " ")]
    meant = [read_deadline(one) for one in tried if is_plain(one)]
    return next((replace(one, sure=False) for one in meant if one.start or one.end), found)


def year_of(title: str) -> str:
    """The year that a document is for, where its title ends with it: `Kế hoạch ... năm 2026`.

    So it is for `năm 2026 và giai đoạn 2026 - 2030`, whose deadlines without a year are of the
    first; they are in doubt anyway.
    """
    found = re.search(
        r"(?<!đến )(?<!từ )\bnăm (20\d{2})"
        r"(?:\W*$|,? và (?:giai đoạn|định hướng|các năm|những năm|kế hoạch)\b)",
        clean(title).lower(),
    )
    return found[1] if found is not None else ""


def _read_plainly(words: _Words) -> Deadline | None:
    """What a deadline means whose words the grammar knows, or other words for the same."""
    found = next((found for reader in _IN_KNOWN_WORDS if (found := reader(words))), None)
    known = in_known_words(words.key) if found is None else words.key
    return _read_plainly(_of_key(known)) if known != words.key else found


@functools.lru_cache(maxsize=1)
def printed_forms() -> tuple[str, ...]:
    """All ways to print a deadline, ``#`` for a number, built from ``deadline_forms.csv``."""
    parts: dict[str, list[Mapping[str, str]]] = {}
    for row in read_list("deadline_forms.csv"):
        parts.setdefault(row["part"], []).append(row)
    moments, spans, whole, bare = (
        [row["form"] for row in parts[part]] for part in ("moment", "span", "whole", "bare")
    )
    found = [*whole, *moments, *spans, *bare]
    for row in parts["wrap"]:  # before and after a stretch of time is no date
        found += [
            row["form"].replace("{}", time)
            for time in (moments if row["kind"] in ("before", "from") else [*moments, *spans])
        ]
    for row in parts["two"]:
        found += [
            row["form"].replace("{}", a, 1).replace("{}", b, 1) for a in moments for b in moments
        ]
    return tuple(dict.fromkeys(form[0].upper() + form[1:] for form in found))


def repair_deadline(readings: Sequence[str], engines: Sequence[str] = ()) -> tuple[str, bool, str]:
    """A deadline as printed from its readings (best first), whether that is sure, and why not.

    Words come from the grammar, digits only from the readings. ``engines`` names the engine of each
    reading: two outvote one.
    """
    found = decode_form(
        readings, printed_forms(), lambda text: bool(read_deadline(text).kind), engines, is_plain
    )
    return found.printed, found.sure, found.reason
