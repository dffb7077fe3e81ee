"""Cells of bodies: the right body or a flagged doubt, whatever OCR does to a name; and the lists
prove themselves.
"""

import csv
import itertools
import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.bodies.heads import differs_by_words
from normalize.bodies.listed import Form, find_in_text, load_bodies
from normalize.bodies.match import BodyCell, Reading, match_cell
from normalize.text.distance import distances
from normalize.text.fold import fold
from schemas.settings import BodiesSettings
from tests.places import PROJECT, SHARED

BODIES = load_bodies()
KINDS = {
    "leadership",
    "party_office",
    "party_committee",
    "steering",
    "state",
    "mass_organisation",
    "central",
    "generic",
}


def rows(name: str) -> list[dict[str, str]]:
    with (PROJECT / "normalize" / "lists" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reading(text: str) -> Reading:
    """A cell written with ``/`` at the end of each line."""
    return [line.split() for line in text.split(" / ")]


def match(*readings: str, on: str = "") -> BodyCell:
    return match_cell([reading(text) for text in readings], BODIES, on=on)


# The lists


def test_bodies_prove_themselves() -> None:
    listed = rows("bodies.csv")
    assert list(listed[0]) == ["body_id", "name", "kind", "is_generic"]
    assert (
        len({row["body_id"] for row in listed})
        == len({row["name"] for row in listed})
        == len(listed)
    )
    for row in listed:
        assert row["body_id"] == re.sub(r"[^a-z0-9]+", "-", fold(row["name"])).strip("-")
        assert row["kind"] in KINDS
        assert row["is_generic"] == ("true" if row["kind"] == "generic" else "false")


def test_lists_are_clean_text() -> None:
    for name in ("bodies.csv", "body_aliases.csv"):
        for value in itertools.chain.from_iterable(row.values() for row in rows(name)):
            assert value == " ".join(unicodedata.normalize("NFC", value).split())


def test_aliases_prove_themselves() -> None:
    names, ids = (
        {row["name"] for row in rows("bodies.csv")},
        {row["body_id"] for row in rows("bodies.csv")},
    )
    aliases = rows("body_aliases.csv")
    assert list(aliases[0]) == ["alias", "body_id", "valid_from", "valid_to", "note"]
    assert len({row["alias"] for row in aliases}) == len(aliases)
    for row in aliases:
        assert row["alias"] not in names
        assert row["body_id"] in ids
        assert all(
            re.fullmatch(r"(\d{4}-\d\d-\d\d)?", row[column])
            for column in ("valid_from", "valid_to")
        )
        assert not row["valid_to"] or row["valid_from"] <= row["valid_to"]
        assert row["note"]


def test_names_of_different_bodies_are_at_least_a_word_apart() -> None:
    table = distances(BODIES.texts, BODIES.texts)
    near = [
        (a.text, b.text)
        for (i, a), (j, b) in itertools.combinations(enumerate(BODIES.forms), 2)
        if a.body != b.body and table[i, j] < 1.2
    ]  # fmt: skip
    assert near == []


def test_the_shared_list_is_part_of_it() -> None:
    if not (SHARED / "bodies.csv").exists():
        pytest.skip("the shared list of bodies is not here")
    with (SHARED / "bodies.csv").open(encoding="utf-8", newline="") as file:
        shared = list(csv.DictReader(file))
    assert rows("bodies.csv")[: len(shared)] == shared


# Whole cells


@pytest.mark.parametrize("form", BODIES.forms, ids=lambda form: form.text)
def test_every_name_is_itself_and_sure(form: Form) -> None:
    cell = match(form.text, on=form.valid_to or form.valid_from)
    assert (cell.value, cell.doubtful, [item.gap > 0 for item in cell.items]) == (
        form.body.name,
        False,
        [True],
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "- Ban Tuyên giáo và / Dân vận Tỉnh ủy / - Ban Chỉ đạo 35 Tỉnh ủy",
            ["Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ban Chỉ đạo 35 Tỉnh ủy"],
        ),
        (
            "• Sở Y tế / – Sở Xây dựng / ~ Sở Nội vụ / _ Sở Tài chính",
            ["Sở Y tế", "Sở Xây dựng", "Sở Nội vụ", "Sở Tài chính"],
        ),
        ("-Sở Y tế / –Sở Xây dựng", ["Sở Y tế", "Sở Xây dựng"]),
        ("Các cơ quan, địa phương có liên quan", ["Các cơ quan, địa phương có liên quan"]),
        (
            "Ban Chấp hành Đảng bộ tỉnh, Ban / Thường vụ Tỉnh ủy",
            ["Ban Chấp hành Đảng bộ tỉnh", "Ban Thường vụ Tỉnh ủy"],
        ),
        (
            "- Sở Y tế, Sở Xây dựng / - Các sở, ban, ngành",
            ["Sở Y tế", "Sở Xây dựng", "Các sở, ban, ngành"],
        ),
        ("- Đảng ủy / Ủy ban nhân dân / tỉnh", ["Đảng ủy Ủy ban nhân dân tỉnh"]),
        (
            "Các cấp uỷ, tổ chức đảng / trực thuộc tỉnh",
            ["Các cấp ủy, tổ chức đảng trực thuộc tỉnh"],
        ),
        ("- Các tổ chức chính trị / - xã hội tỉnh", ["Các tổ chức chính trị - xã hội tỉnh"]),
        ("Các ban Đảng và Văn phòng Tỉnh ủy", ["Các ban Đảng và Văn phòng Tỉnh ủy"]),
        ("UBND tỉnh; Sở Y tế.", ["Ủy ban nhân dân tỉnh", "Sở Y tế"]),
        (
            "Ban Tổ chức Tỉnh ủy / Ủy ban Kiểm tra Tỉnh ủy",
            ["Ban Tổ chức Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy"],
        ),
        ("Ban Tô chức Tinh uỷ ệ", ["Ban Tổ chức Tỉnh ủy"]),
        ("", []),
        (". ~", []),
    ],
)
def test_sure_cells(text: str, names: list[str]) -> None:
    cell = match(text)
    assert ([item.name for item in cell.items], cell.doubtful, cell.reason) == (names, False, "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Đảng ủy Dầu khí Vũng Tàu", ["Đảng ủy Dầu khí Vũng Tàu"]),
        ("- Sở Y tế / - Cục Tần số vô tuyến điện", ["Sở Y tế", "Cục Tần số vô tuyến điện"]),
        ("- Sở Y tế, Cục Tần số vô tuyến điện", ["Sở Y tế", "Cục Tần số vô tuyến điện"]),
        ("Ban Tổ chức", ["Ban Tổ chức"]),
        ("Ban Chỉ đạo 36 Tỉnh ủy", ["Ban Chỉ đạo 36 Tỉnh ủy"]),
        ("Sở Nông nghiệp Môi trường", ["Sở Nông nghiệp và Môi trường"]),
        ("Các cơ quan ó liên quan", ["Các cơ quan có liên quan"]),
        ("Sở Y tế và Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Y tế Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Cục Thuế tỉnh", ["Thuế tỉnh"]),
    ],
)
def test_doubtful_cells_are_kept_and_flagged(text: str, names: list[str]) -> None:
    cell = match(text)
    assert ([item.name for item in cell.items], cell.doubtful, cell.reason != "") == (
        names,
        True,
        True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân các xã,",
        "Hội Cựu chiến binh thành",
        "Văn phòng Ủy ban nhân dân thành",
        "Các cơ quan liên doanh",
    ],
)
def test_a_word_that_is_another_names_word_is_no_misreading(text: str) -> None:
    assert match(text).doubtful


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Hội Khuyến học tỉnh, Sở Y tế, Quỹ Bảo trợ trẻ em tỉnh",
            ["Hội Khuyến học tỉnh", "Sở Y tế", "Quỹ Bảo trợ trẻ em tỉnh"],
        ),
        (
            (
                "Chi cục Biển, Đảo và Kiểm ngư, Sở Văn hóa, Thể thao / và Du lịch; Vườn quốc gia "
                "Cát Tiên Bắc"
            ),
            [
                "Chi cục Biển, Đảo và Kiểm ngư",
                "Sở Văn hóa, Thể thao và Du lịch",
                "Vườn quốc gia Cát Tiên Bắc",
            ],
        ),
        (
            "Đảng ủy các xã, phường, đặc / khu, Hội Nghề muối tỉnh",
            ["Đảng ủy các xã, phường, đặc khu", "Hội Nghề muối tỉnh"],
        ),
        ("Bảo tàng tỉnh", ["Bảo tàng tỉnh"]),
        ("Ban Quản lý Khu kinh tế Vịnh Sa", ["Ban Quản lý Khu kinh tế Vịnh Sa"]),
        ("Sở Y tế, các phòng chuyên môn", ["Sở Y tế", "các phòng chuyên môn"]),
    ],
)
def test_known_and_unknown_names_are_parted_and_none_is_turned_into_another(
    text: str, names: list[str]
) -> None:
    assert [item.name for item in match(text).items] == names


@pytest.mark.parametrize(
    ("read", "listed", "is_other"),
    [
        ("Uy ban Kiểm to Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy", False),
        ("Văn phong Tinh ủy", "Văn phòng Tỉnh ủy", False),
        ("Sở Công Thưong", "Sở Công Thương", False),
        ("Bảo tàng tỉnh", "Báo Đảng tỉnh", True),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam xã", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", True),
        ("Ban Chỉ đạo 389 Tỉnh ủy", "Ban Chỉ đạo 35 Tỉnh ủy", True),
        ("Hội Nông dân tỉnh An Lĩnh", "Hội Nông dân tỉnh", True),
        ("Sở Nông nghiệp Môi trường", "Sở Nông nghiệp và Môi trường", False),
        ("Chi cục Hải quan Trà Bồng", "Chi cục Hải quan khu vực", True),
        ("Chi cục Hải quan Khu Vực", "Chi cục Hải quan khu vực", False),
        ("Hội đồng nhân dân xã", "Hội đồng nhân dân cấp xã", True),
        ("Chi cục Hải quan khú vuc", "Chi cục Hải quan khu vực", False),
    ],
)
def test_a_name_is_another_name_only_by_misreadings(read: str, listed: str, is_other: bool) -> None:
    assert differs_by_words(read, listed) is is_other


def test_a_line_that_begins_anew_begins_a_name_and_a_wrapped_one_does_not() -> None:
    lines = reading("Viện Hải dương / Trường Cao đẳng / Công Thương")
    parted = match_cell([lines], BODIES, breaks=frozenset((1,)))
    assert [item.name for item in parted.items] == ["Viện Hải dương", "Trường Cao đẳng Công Thương"]
    assert [item.name for item in match_cell([lines], BODIES).items] == [
        "Viện Hải dương Trường Cao đẳng Công Thương"
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hội Sinh vật cảnh tỉnh / Thư viện tỉnh", ["Hội Sinh vật cảnh tỉnh", "Thư viện tỉnh"]),
        ("Ban Quản lý rừng / Trung tâm tỉnh", ["Ban Quản lý rừng Trung tâm tỉnh"]),
    ],
)
def test_a_name_on_a_line_below_one_that_ends_as_names_do_is_another(
    text: str, names: list[str]
) -> None:
    assert [item.name for item in match(text).items] == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["- Trạm Thú y liên xã", "- Hợp tác xã Lúa Vàng"], 2),  # a list of items
        (["Trạm Thú y liên xã", "- Hợp tác xã Lúa Vàng"], 2),  # the dash is before a name
        (["Tổ Cơ giới", "- vận tải liên xã"], 1),  # and here within one
    ],
)
def test_a_dash_at_the_head_of_a_line_parts_items_where_a_name_may_begin(
    lines: list[str], names: int
) -> None:
    assert len(match(" / ".join(lines)).items) == names


def test_an_unknown_item_has_no_id() -> None:
    item = match("Đảng ủy Dầu khí Vũng Tàu").items[0]
    assert (item.body_id, item.printed, item.doubtful, item.reason) == (
        "",
        "Đảng ủy Dầu khí Vũng Tàu",
        True,
        "not a name of the list",
    )


def test_a_former_name_is_sure_in_its_time_only() -> None:
    assert [match("Cục Thuế tỉnh", on=day).doubtful for day in ("2024-05-01", "2025-09-01")] == [
        False,
        True,
    ]


SIMILAR = [
    "Các cơ quan liên quan",
    "Các cơ quan có liên quan",
    "Các cơ quan, đơn vị liên quan",
    "Các cơ quan, đơn vị có liên quan",
    "Các cơ quan, địa phương có liên quan",
    "Ủy ban nhân dân tỉnh",
    "Đảng ủy Ủy ban nhân dân tỉnh",
    "Hội đồng nhân dân tỉnh",
    "Đảng ủy Hội đồng nhân dân tỉnh",
    "Tòa án nhân dân tỉnh",
    "Tỉnh ủy",
    "Thành ủy",
]


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(SIMILAR, 2)))
def test_witnesses_that_read_different_bodies_are_flagged(first: str, second: str) -> None:
    cell = match(first, second)
    assert cell.doubtful
    assert {item.name for item in cell.items} <= {first, second}


def test_a_damaged_reading_that_is_nearest_to_another_body_speaks_against_the_first() -> None:
    cell = match("Các cơ quan liên quan", "Các cơ quan ó liên quan")
    assert (cell.value, cell.doubtful, cell.reason) == (
        "Các cơ quan liên quan",
        True,
        "the witnesses read different bodies",
    )


def test_a_good_reading_clears_the_doubt_of_a_bad_one() -> None:
    cell = match("Ủy ban Kim ta Tnh ủy", "Ủy ban Kiểm tra Tỉnh ủy")
    assert (cell.value, cell.doubtful) == ("Ủy ban Kiểm tra Tỉnh ủy", False)


def test_part_of_a_cell_is_no_witness() -> None:
    assert match("- Sở Y tế / - Sở Xây dựng / - Sở Tài chính", "- Sở Y tế").doubtful is False


def test_an_item_that_only_one_witness_saw_is_flagged() -> None:
    cell = match(
        "- Ban Tuyên giáo và Dân vận Tỉnh ủy / - Sở Y tế", "- Ban Tuyên giáo và Dân vận Tỉnh ủy"
    )
    assert cell.doubtful


def test_floor_and_gap_are_settings() -> None:
    cells = [reading("3an Tô chức Tinh ủy")]
    assert match_cell(cells, BODIES).doubtful is False
    assert match_cell(cells, BODIES, BodiesSettings(floor=97.0)).doubtful is True
    assert match_cell(cells, BODIES, BodiesSettings(gap=50.0)).doubtful is True


def test_matching_takes_any_unicode_form() -> None:
    text = "- Ủy ban Kiểm tra Tỉnh ủy / - Sở Y tế"
    assert match(unicodedata.normalize("NFD", text)) == match(text)


# What OCR does

NAMES = st.sampled_from([body.name for body in BODIES.bodies])
MARKS = st.sampled_from(["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"])


@st.composite
def misread(draw: st.DrawFn, name: str) -> str:
    """A name with some tone marks lost or swapped, cases changed, and one letter taken for another,
    lost or added; no letter has two tones, as no engine reads any so.
    """
    parts = list(unicodedata.normalize("NFD", name))
    for place, part in enumerate(parts):
        if unicodedata.combining(part) and draw(st.integers(0, 4)) == 0:
            parts[place] = draw(MARKS)
        elif part.isalpha() and draw(st.integers(0, 12)) == 0:
            parts[place] = part.swapcase()
    whole = unicodedata.normalize("NFC", "".join(parts))
    text = "".join(part for part in whole if not unicodedata.combining(part))
    place = draw(st.integers(0, len(text) - 1))
    new: str = draw(st.sampled_from(["", text[place], *"aciotnrmhlđụỏ.3~"]))
    return text[:place] + new + text[place + draw(st.integers(0, 1)) :]


@st.composite
def wrapped(draw: st.DrawFn, items: list[str], leads: st.SearchStrategy[str]) -> Reading:
    """Items as a list with dashes, each broken over lines."""
    lines: list[list[str]] = []
    for item in items:
        lines.append([draw(leads)])
        for word in item.split():
            if len(lines[-1]) > 2 and draw(st.booleans()):
                lines.append([])
            lines[-1].append(word)
    return lines


@settings(deadline=None, max_examples=400)
@given(st.data(), NAMES)
def test_a_misread_name_is_right_or_flagged(data: st.DataObject, name: str) -> None:
    text = data.draw(misread(name))
    cell = match(text)
    assert cell.value == name or cell.doubtful, (text, cell)


@settings(deadline=None, max_examples=150)
@given(st.data(), st.lists(NAMES, min_size=2, max_size=5, unique=True))
def test_a_misread_list_is_right_or_flagged(data: st.DataObject, names: list[str]) -> None:
    texts = [data.draw(misread(name)) for name in names]
    cell = match_cell([data.draw(wrapped(texts, st.sampled_from("-–•~")))], BODIES)
    assert [item.name for item in cell.items] == names or cell.doubtful, (texts, cell)


@settings(deadline=None, max_examples=100)
@given(st.data(), st.lists(NAMES, min_size=2, max_size=6))
def test_a_clean_list_is_read_whole_and_sure(data: st.DataObject, names: list[str]) -> None:
    cell = match_cell([data.draw(wrapped(names, st.sampled_from("-–•~_")))], BODIES)
    assert ([item.name for item in cell.items], cell.doubtful) == (names, False)


@settings(deadline=None, max_examples=100)
@given(st.data(), NAMES)
def test_publishing_a_name_again_changes_nothing(data: st.DataObject, name: str) -> None:
    value = match(data.draw(misread(name))).value
    assert match(value).value == value
    assert unicodedata.is_normalized("NFC", value)


# Running text


def test_names_in_running_text() -> None:
    words = [
        "giao",
        "Đảng",
        "uỷ",
        "Ủy",
        "ban",
        "nhân",
        "dân",
        "tỉnh,",
        "Ban",
        "Tổ",
        "chức",
        "Tinh",
        "ủy;",
        "phối",
        "hợp",
        "với",
        "các",
        "cơ",
        "quan",
        "có",
        "liên",
        "quan",
        "(Sở",
        "Y",
        "tế).",
    ]
    found = [(words[span.start : span.end], span.body.name) for span in find_in_text(words, BODIES)]
    assert found == [
        (["Đảng", "uỷ", "Ủy", "ban", "nhân", "dân", "tỉnh,"], "Đảng ủy Ủy ban nhân dân tỉnh"),
        (["Ban", "Tổ", "chức", "Tinh", "ủy;"], "Ban Tổ chức Tỉnh ủy"),
        (["các", "cơ", "quan", "có", "liên", "quan"], "Các cơ quan có liên quan"),
        (["(Sở", "Y", "tế)."], "Sở Y tế"),
    ]


def test_running_text_is_searched_fast() -> None:
    words = (
        "Triển khai các nhiệm vụ do Ban Thường vụ Tỉnh ủy và các cấp ủy trực thuộc tỉnh giao "
        "theo quy định " * 1000
    ).split()
    begin = time.perf_counter()
    found = find_in_text(words, BODIES)
    assert len(found) == 2000  # of 20,000 words
    assert time.perf_counter() - begin < 10


# The benchmark's cells


@pytest.mark.parametrize("folder", ["truth", "truth-v2"])
def test_the_benchmarks_own_cells_pass_unchanged(folder: str) -> None:
    if not (SHARED / "benchmark" / folder).is_dir():
        pytest.skip("the shared benchmark is not here")
    with (SHARED / "benchmark" / folder / "tasks.csv").open(encoding="utf-8", newline="") as file:
        values = [
            row[column] for row in csv.DictReader(file) for column in ("lead", "coordinating")
        ]
    for value in values:
        names = value.split("; ") if value else []
        cell = match_cell([[["-", *name.split()] for name in names]], BODIES)
        assert (cell.value, cell.doubtful) == (value, False)


def test_dashes_part_names_that_no_list_has_also_within_a_line() -> None:
    cell = match_cell(
        [
            [
                ["-", "Hội", "Nghề", "lưới", "làng", "-", "Trạm", "Giống", "Đồi"],
                ["-", "Sở", "Y", "tế"],
            ]
        ],
        BODIES,
    )
    assert [item.name for item in cell.items] == ["Hội Nghề lưới làng", "Trạm Giống Đồi", "Sở Y tế"]
    named = match_cell([[["Hội", "Nghề", "lưới", "-", "Trạm", "Giống", "Đồi"]]], BODIES)
    assert len(named.items) == 1
