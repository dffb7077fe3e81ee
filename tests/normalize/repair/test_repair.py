"""What this is for."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.repair.repair import repair
from normalize.repair.settings import DecodingCosts
from schemas.row_frames import Printed
from tests.normalize.repair.repair_cases import CLEAN, read_again, sentences_frame, slots_frame

NUMBERS = DecodingCosts()


def mended(*sentences: str, witness: str = "layer") -> list[str]:
    """What repair makes of sentences, read once each beside the clean ones, which are the rest of
    the document.
    """
    repaired, _ = repair(sentences_frame([*sentences, *CLEAN], witness), NUMBERS)
    cells = repaired.groupby("row_id", sort=False)["value"].agg(
        lambda values: " ".join(v for v in values if v)
    )
    return list(cells.iloc[: len(sentences)])


def test_clean_text_passes_unchanged_and_without_a_row_in_repairs() -> None:
    for witnesses in (("vie",), ("layer",), ("dump",), ("vie", "script", "line", "layer")):
        repaired, changes = repair(sentences_frame(CLEAN, *witnesses), NUMBERS)
        assert list(repaired["value"]) == list(repaired["text"])
        assert changes.empty


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (
            "Các cấp uỷ lãnh đạo đối mới phương thức lãnh đạo.",
            "Các cấp uỷ lãnh đạo đổi mới phương thức lãnh đạo.",
        ),
        ("Kế hoạch phù họp tình hình thực tế.", "Kế hoạch phù hợp tình hình thực tế."),
        ("Nâng cao chât lượng đội ngũ cán bộ.", "Nâng cao chất lượng đội ngũ cán bộ."),
        ("Đảng viên ừong tỉnh gương mẫu.", "Đảng viên trong tỉnh gương mẫu."),
        ("Ban hành kế hoạch ưiển khai thực hiện.", "Ban hành kế hoạch triển khai thực hiện."),
        ("Uy ban nhân dân tỉnh ban hành kế hoạch.", "Ủy ban nhân dân tỉnh ban hành kế hoạch."),
        (
            "Thực hiện chính sách, 3háp luật của Nhà nước.",
            "Thực hiện chính sách, pháp luật của Nhà nước.",
        ),
        ("Nghị quyết của 3ộ Chính trị, 3an Bí thư.", "Nghị quyết của Bộ Chính trị, Ban Bí thư."),
        ("TỔ CHỨC THựCHIỆN KẾ HOẠCH", "TỔ CHỨC THỰC HIỆN KẾ HOẠCH"),
        ("Tăng cường công tác kiểm tra • giám sát.", "Tăng cường công tác kiểm tra giám sát."),
        (
            "Cơ quan của tổ chức chính trị- xã hội tỉnh.",
            "Cơ quan của tổ chức chính trị-xã hội tỉnh.",
        ),
    ],
)
def test_context_mends_each_kind_of_misreading(read: str, printed: str) -> None:
    assert mended(read) == [printed]


def test_a_reading_is_not_lost_where_another_witness_read_it_behind_a_figure() -> None:
    repaired, _ = repair(
        slots_frame([[{"vie": ("an", 0.9), "line": ("3an", 0.9)}, {"vie": ("toàn", 0.9)}]]), NUMBERS
    )
    assert repaired["value"].tolist() == ["an", "toàn"]


def test_a_dash_that_the_best_reading_has_apart_joins_no_words() -> None:
    readings = [{"vie": ("nghiệp -", 0.9), "script": ("nghiệp-", 0.8)}, {"vie": ("dịch", 0.9)}]
    repaired, _ = repair(slots_frame([[{"vie": ("công", 0.9)}, *readings]]), NUMBERS)
    assert repaired["value"].tolist() == ["công", "nghiệp -", "dịch"]


def test_signs_that_vector_text_sets_alone_stay_but_for_glyphs_of_symbols() -> None:
    assert mended("Tỷ lệ (%)", "\uf0b7 Rừng", witness="vector") == ["Tỷ lệ (%)", "Rừng"]


def test_vector_text_is_as_it_was_set() -> None:
    odd = ["kho lạnh phù họp 110 kV (PAR INDEX) ừong tinh đối mới."]
    assert mended(*odd, witness="vector") == odd
    repaired, changes = repair(sentences_frame(odd, "vector"), NUMBERS)
    assert not repaired["doubtful"].any()
    assert set(repaired["value_confidence"]) == {0.999}
    assert changes.empty


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (
            "hiện đại hóa nông nghiệp, chuyển đổi SỐ; nhanh, bền vững.",
            "hiện đại hóa nông nghiệp, chuyển đổi số; nhanh, bền vững.",
        ),
        ("CHUYỂN ĐỔI SỐ", "CHUYỂN ĐỔI SỐ"),
        ("Thực hiện kế hoạch. Ở tỉnh, CÓ phối hợp.", "Thực hiện kế hoạch. Ở tỉnh, có phối hợp."),
        ("Thực hiện kế hoạch. CÓ phối hợp chặt chẽ.", "Thực hiện kế hoạch. CÓ phối hợp chặt chẽ."),
        ("hiện đại hóa nông nghiệp của TƯ và tỉnh", "hiện đại hóa nông nghiệp của TƯ và tỉnh"),
    ],
)
def test_a_lone_syllable_is_in_capitals_only_where_its_letters_tell(
    read: str, printed: str
) -> None:
    assert mended(read, witness="vie")[0] == printed


def test_spellings_of_one_word_are_kept_as_printed() -> None:
    sentences = [
        "Hoàn thành cụ thể hoá, hiện đại hóa và số hoá.",
        "Các cấp uỷ và Tỉnh ủy quản lí, xử lý hồ sơ, kĩ năng số.",
    ]
    assert mended(*sentences) == sentences


def test_numbers_codes_and_abbreviations_are_left_to_the_witnesses() -> None:
    sentences = ["Kết luận số 91-KL/TW, ngày 12/8/2024 về GRDP và PPP khóa XIII, tăng 7,5% - 8%."]
    assert mended(*sentences) == sentences
    cell = [
        {"vie": ("Số", 0.96)},
        {"vie": ("1S", 0.4), "script": ("15", 0.9), "line": ("15", 0.99)},
        {"vie": ("người", 0.96)},
    ]
    repaired, changes = repair(slots_frame([cell]), NUMBERS)
    assert list(repaired["value"]) == ["Số", "15", "người"]
    assert list(changes["rule"]) == ["witnesses"]


def test_an_independent_witness_outweighs_two_models_of_one_engine() -> None:
    def value(**readings: tuple[str, float]) -> str:
        words = [dict.fromkeys(readings, (word, 0.96)) for word in ("Ông", "Lò", "Văn")]
        repaired, _ = repair(slots_frame([[*words, dict(readings)]]), NUMBERS)
        return str(repaired["value"].iloc[-1])

    assert (
        value(vie=("Ổi", 0.6), script=("Ổi", 0.55), line=("Ối", 0.99), layer=("Ối", 0.95)) == "Ối"
    )


def test_a_word_that_most_witnesses_did_not_see_is_dropped() -> None:
    seen = [
        {"vie": (w, 0.96), "script": (w, 0.96), "line": (w, 0.98)}
        for w in ["Các", "sở", "ban", "ngành", "phối", "hợp", "thực", "hiện", "kế", "hoạch"]
    ]
    repaired, changes = repair(
        slots_frame([[*seen[:4], {"layer": ("lữửi", 0.5)}, *seen[4:]]]), NUMBERS
    )
    assert (
        " ".join(v for v in repaired["value"] if v)
        == "Các sở ban ngành phối hợp thực hiện kế hoạch"
    )
    assert list(changes["before"]) == ["lữửi"]


def test_a_stop_before_a_small_letter_gives_way() -> None:
    words = [
        {"vie": (w, 0.96), "script": (w, 0.96)}
        for w in ["Giảm", "tỷ", "lệ", "hộ", "nghèo", "theo", "chuẩn.", "nghèo", "đa", "chiều."]
    ]
    repaired, _ = repair(slots_frame([words]), NUMBERS)
    assert " ".join(repaired["value"]) == "Giảm tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều."


def test_what_is_no_word_and_has_no_likely_reading_is_doubtful() -> None:
    repaired, _ = repair(
        sentences_frame(["Bảo vệ và phát triển rừng hmhq trên địa bàn tỉnh.", *CLEAN], "dump"),
        NUMBERS,
    )
    doubtful = repaired[(repaired["row_id"] == "I#1") & repaired["doubtful"]]
    assert list(doubtful["text"]) == ["hmhq"]
    assert list(doubtful["rule"]) == ["unknown"]


def test_repairs_hold_what_changed_with_its_evidence() -> None:
    _, changes = repair(
        sentences_frame(["Kế hoạch phù họp tình hình thực tế.", *CLEAN], "layer"), NUMBERS
    )
    kept = changes.drop(columns=["confidence", "page_no"]).to_dict("records")
    place = {
        "repair_id": "r1",
        "table": "paragraphs",
        "row_id": "I#1",
        "column": "text",
        "word_no": 4,
    }
    assert kept == [
        place
        | {
            "before": "họp",
            "after": "hợp",
            "rule": "context",
            "evidence": '[["layer", "họp", 0.95]]',
        }
    ]


def test_no_rows_give_no_rows() -> None:
    repaired, changes = repair(Printed.validate(sentences_frame(CLEAN).iloc[:0]), NUMBERS)
    assert repaired.empty
    assert changes.empty


WORDS = st.sampled_from(sorted({word for sentence in CLEAN for word in sentence.split()}))
BLOTS = st.tuples(
    WORDS, st.integers(0, 8), st.sampled_from(["", "ì", "ử", "̣", "3", ".", "~", " ", "Ê", "\\"])
)
READ = st.lists(
    BLOTS.map(lambda b: (b[0][: b[1]] + b[2] + b[0][b[1] + 1 :]).strip() or b[0]),
    min_size=1,
    max_size=12,
)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(READ, READ)
def test_any_readings_give_nfc_and_probabilities(one: list[str], two: list[str]) -> None:
    cells = [
        [{"vie": (a, 0.9), "layer": (b, 0.9)} for a, b in zip(one, two, strict=False)],
        [{"dump": (word, 1.0)} for word in one],
    ]
    repaired, _ = repair(slots_frame(cells), NUMBERS)
    assert all(unicodedata.is_normalized("NFC", value) for value in repaired["value"])
    assert repaired["value_confidence"].between(0, 1).all()


def test_what_was_repaired_is_not_changed_again() -> None:
    blots = [
        sentence.replace("ệ", "ê", 1).replace("hợp", "họp").replace("Ủy", "Uy").replace("ă", "ã", 1)
        for sentence in CLEAN
    ]
    first, changes = repair(sentences_frame([*blots, *CLEAN], "dump"), NUMBERS)
    again, more = repair(read_again(first), NUMBERS)
    assert len(changes) > 5
    assert more.empty
    assert list(again["value"]) == [value for value in first["value"] if value]


def test_a_number_that_a_lines_end_parts_is_one_word() -> None:
    repaired, _ = repair(
        sentences_frame(
            ["Nghị định số 67/2014/ NĐ-CP, ngày 07/7/2014 của Chính phủ."], "vie", "script"
        ),
        DecodingCosts(),
    )
    assert (
        " ".join(value for value in repaired["value"] if value)
        == "Nghị định số 67/2014/NĐ-CP, ngày 07/7/2014 của Chính phủ."
    )


def test_the_number_of_a_national_assembly_is_digits() -> None:
    repaired, _ = repair(
        sentences_frame(["Luật số 72/2020/QHI4, ngày 17/11/2020 của Quốc hội."], "vie"),
        DecodingCosts(),
    )
    assert repaired["value"][2] == "72/2020/QH14,"


PLAIN = (
    "Khoanh vùng cấm neo đậu quanh rạn san hô, thả chà rạo và gieo lại thảm cỏ lươn trên bãi "
    "bồi; chủ đầu tư dành ao nuôi ghẹ, bán từng lô."
)


def test_rare_words_that_are_surely_read_on_a_clean_scan_need_no_reviewer() -> None:
    cells = [[{"vie": (word, 0.97)} for word in text.split()] for text in (PLAIN, *CLEAN)]
    repaired, _ = repair(slots_frame(cells), DecodingCosts())
    assert not repaired["doubtful"].any()


def test_context_does_not_overrule_a_sure_reading_in_silence() -> None:
    sentences = [*(["Kiểm kê rùa biển, cá heo, bò biển."] * 3), *CLEAN]
    cells = [
        [dict.fromkeys(("vie", "script"), (word, 0.97)) for word in text.split()]
        for text in sentences
    ]
    repaired, _ = repair(slots_frame(cells), DecodingCosts())
    assert repaired.loc[repaired["value"] != repaired["text"], "doubtful"].all()


def test_a_colon_is_in_doubt_where_the_scan_loses_the_tails_of_semicolons() -> None:
    seen = [{"vie": ("tỉnh:", 0.9), "script": ("tỉnh;", 0.9)}, {"vie": ("xã", 0.97)}]
    cells = [
        *([seen] * 4),
        [{"vie": (word, 0.97), "script": (word, 0.97)} for word in ("kinh", "tế:", "xã", "hội")],
    ]
    repaired, _ = repair(slots_frame(cells), DecodingCosts())
    assert "tế:" in set(repaired.loc[repaired["doubtful"], "value"])
    clean, _ = repair(slots_frame(cells[-1:]), DecodingCosts())
    assert "tế:" not in set(clean.loc[clean["doubtful"], "value"])


@pytest.mark.parametrize(
    ("witnesses", "following", "doubtful"),
    [
        (("vie",), ("Phát", "triển"), True),  # a sentence begins
        (("vie",), (), True),  # the text ends
        (("vie", "script"), ("Phát", "triển"), False),  # two witnesses saw the tail
        (("vie",), ("Ủy", "ban", "nhân", "dân"), False),  # a name
    ],
)
def test_a_comma_that_one_witness_saw_before_a_sentence_is_in_doubt(
    witnesses: tuple[str, ...], following: tuple[str, ...], doubtful: bool
) -> None:
    cells = [
        [dict.fromkeys(witnesses, (word, 0.97)) for word in ("thực", "hiện", "kế", "hoạch,")]
        + [dict.fromkeys(witnesses, (word, 0.97)) for word in following]
    ] + [[{"vie": (word, 0.97)} for word in ("để", "phát", "triển", "kinh", "tế")]] * 3
    repaired, _ = repair(slots_frame(cells), DecodingCosts())
    assert ("hoạch," in set(repaired.loc[repaired["doubtful"], "value"])) is doubtful


@pytest.mark.parametrize("witness", ["dump", "layer", "vie"])
def test_a_number_whose_space_was_lost_is_never_dropped(witness: str) -> None:
    read = "Trong 3năm tới hoàn thành 7xã nông thôn mới. Hỗ trợ 4triệu đồng cho mỗi hộ."
    repaired, _ = repair(sentences_frame([read, *CLEAN], witness), DecodingCosts())
    cell = repaired[repaired["row_id"] == "I#1"]
    assert [any(c.isdigit() for c in value) for value in cell["value"]] == [
        any(c.isdigit() for c in word) for word in read.split()
    ]
    assert cell["doubtful"][
        ["3" in word or "7" in word or "4" in word for word in read.split()]
    ].all()


def test_only_a_laws_letters_are_joined_to_its_number() -> None:
    read = "1/ CTXH và 2/ TTĐT theo Nghị định số 67/2014/ NĐ-CP của Chính phủ"
    repaired, _ = repair(sentences_frame([read, *CLEAN], "vie", "line"), DecodingCosts())
    assert " ".join(
        value for value in repaired[repaired["row_id"] == "I#1"]["value"] if value
    ) == read.replace("67/2014/ NĐ", "67/2014/NĐ")


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("thực hiện Kết luận số 41-KL/ TU ngày 05/3/2026", "41-KL/TU"),
        ("Chỉ thị số 08- CT/ ĐU của Đảng ủy", "08-CT/ĐU"),
        ("Kế hoạch số 12/KH- UBND của tỉnh", "12/KH-UBND"),
        ("Quyết định số 19-QĐ /TW của Bộ Chính trị", "19-QĐ/TW"),
    ],
)
def test_a_code_that_is_parted_at_a_stroke_is_one_word(read: str, told: str) -> None:
    repaired, _ = repair(sentences_frame([read], "vie", "script"), DecodingCosts())
    assert told in [value.strip(",") for value in repaired["value"]]


@pytest.mark.parametrize(
    "read", ["Bí thư/ TTĐT theo dõi", "nội dung 1/ TW và tỉnh", "tổ chức CT/ Đảng ủy"]
)
def test_a_stroke_after_what_is_no_code_joins_nothing(read: str) -> None:
    repaired, _ = repair(sentences_frame([read], "vie", "script"), DecodingCosts())
    assert " ".join(value for value in repaired["value"] if value) == read


def test_a_first_word_that_its_neighbour_wants_with_other_marks_is_in_doubt() -> None:
    cells = [
        [dict.fromkeys(("vie", "script"), (word, 0.97)) for word in text.split()]
        for text in (*(["Rừng phòng hộ và công viên"] * 3), "Cộng viên và rừng", *CLEAN)
    ]
    repaired, _ = repair(slots_frame(cells), DecodingCosts())
    found = repaired.loc[repaired["text"] == "Cộng"]
    assert found["doubtful"].all() or set(found["value"]) == {"Công"}
    assert not repaired.loc[repaired["text"].isin(["công", "Rừng"]), "doubtful"].any()


def test_what_is_printed_once_votes_once_however_many_rows_it_names() -> None:
    """A name over two periods is a cell of each: it must not bear itself out."""
    cells = [
        [dict.fromkeys(("vie", "script"), (word, 0.97)) for word in text.split()]
        for text in ("Cộng viên - rừng", "Cộng viên - rừng", "Hồ và công viên", *CLEAN)
    ]
    frame = slots_frame(cells)
    frame.loc[frame["block_no"] == 2, "block_no"] = 1
    repaired, _ = repair(frame, DecodingCosts())
    found = repaired.loc[repaired["text"] == "Cộng"]
    assert found["doubtful"].all() or set(found["value"]) == {"Công"}


@pytest.mark.parametrize(
    ("read", "doubted"), [("HI.", True), ("XYI", True), ("XVIH,", True), ("HIV,", False)]
)
def test_a_numeral_whose_strokes_ran_together_is_in_doubt(read: str, doubted: bool) -> None:
    words = ("Phân", "công", "tại", "Phụ", "lục", read)
    cell = [dict.fromkeys(("vie", "script", "line"), (word, 0.97)) for word in words]
    repaired, _ = repair(slots_frame([cell]), DecodingCosts())
    assert bool(repaired["doubtful"].iloc[5]) == doubted


@pytest.mark.parametrize(
    ("sentence", "confidence", "told"),
    [
        ("con suối có cá bống", 0.97, ("cọ", True)),
        ("con suối có cá bống", 0.7, ("có", False)),
        ("người dân có việc làm", 0.97, ("có", True)),  # lists often have `dân có`
    ],
)
def test_a_sure_reading_is_kept_in_doubt_where_context_wants_another_word(
    sentence: str, confidence: float, told: tuple[str, bool]
) -> None:
    cells = [[{"vie": (word, 0.97)} for word in text.split()] for text in (sentence, *CLEAN)]
    _, left, _, right, _ = sentence.split()
    cells.append([{"vie": (left, 0.97)}, {"vie": ("cọ", confidence)}, {"vie": (right, 0.97)}])
    repaired, _ = repair(slots_frame(cells), DecodingCosts())
    word = repaired.iloc[-2]
    assert (word["value"], word["doubtful"]) == told
