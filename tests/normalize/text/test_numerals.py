"""Roman numerals whose strokes ran together, or that lost one: what other witnesses and the print
tell.
"""

import pytest

from normalize.text.numerals import PrintedWord, is_outvoted, with_one_numeral
from normalize.text.widths import width

WITNESSES = ("vie", "script", "line")


def word(printed: str, *texts: str, size: float = 12.0) -> PrintedWord:
    """A word as wide as it is printed, read so by one witness after another."""
    readings = [(name, text, 0.95) for name, text in zip(WITNESSES, texts, strict=False)]
    return PrintedWord(readings, width(printed) * size / 1000)


def read(*words: PrintedWord) -> list[list[str]]:
    return [[text for _, text, _ in readings] for readings in with_one_numeral(words)]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("VIII,", "VHI,", "VIH,"), ["VIII,", "VIII,", "VIII,"]),
        (("II.", "ỊI.", "lI."), ["II.", "II.", "II."]),
        (("III/2027", "HI/2027", "II/2027"), ["III/2027", "III/2027", "II/2027"]),
        (("IV,", "Iv,", "iv,"), ["IV,", "IV,", "iv,"]),
        (("I", "Ï"), ["I", "Ï"]),  # one stroke: a 1 is read so too
        (("II/2027", "11/2027"), ["II/2027", "11/2027"]),  # a month
        (("HIV", "HIV"), ["HIV", "HIV"]),
        (("VHI", "VHI"), ["VHI", "VHI"]),  # nobody read a numeral
    ],
)
def test_strokes_that_ran_together_are_the_numeral_that_another_witness_read(
    texts: tuple[str, ...], told: list[str]
) -> None:
    assert read(word(texts[0], *texts)) == [told]


LINE = [word(text, text) for text in ("Thực", "hiện", "trong", "quý")]


@pytest.mark.parametrize("printed", ["II/2029;", "III/2029;"])
def test_of_two_numerals_the_print_has_room_for_one(printed: str) -> None:
    texts = ("II/2029;", "III/2029:", "II/2029")
    found = read(*LINE, word(printed, *texts))[-1]
    numeral = printed.partition("/")[0]
    assert found == [f"{numeral}/2029;", f"{numeral}/2029:", f"{numeral}/2029"]


@pytest.mark.parametrize(
    ("printed", "texts"),
    [
        (
            "III/2029",
            ("II/2029", "IV/2029", "II/2029"),
        ),  # as wide as IV, which another letter makes
        ("VI.", ("IV.", "VI.", "V.")),
        ("XII", ("VII", "XI", "XI")),
        ("II", ("I.", "III", "III")),  # as wide as `I.`, and nobody read it
    ],
)
def test_numerals_that_differ_in_more_than_strokes_are_not_told_by_the_width(
    printed: str, texts: tuple[str, ...]
) -> None:
    assert read(*LINE, word(printed, *texts))[-1] == list(texts)


@pytest.mark.parametrize(
    ("texts", "is_doubted"),
    [
        (("VII.", "VI.", "VII."), False),
        (("VI.", "VII."), False),
        (("VI.", "VII.", "VI."), True),
        (("VII.", "VI.", "VI."), True),
    ],
)
def test_a_numeral_that_most_witnesses_read_otherwise_is_told_but_not_believed(
    texts: tuple[str, ...], is_doubted: bool
) -> None:
    told = with_one_numeral([*LINE, word("VII.", *texts)])[-1]
    assert {text for _, text, _ in told} == {"VII."}
    assert is_outvoted([sure for _, _, sure in told]) == is_doubted


@pytest.mark.parametrize(
    "beside", [[word("ở", "ở")], [PrintedWord([("vector", "hiện", 1.0)], 20.0)] * 9]
)
def test_without_words_that_tell_the_scale_the_readings_stay(beside: list[PrintedWord]) -> None:
    texts = ["II/2029", "III/2029"]
    assert read(*beside, word("II/2029", *texts))[-1] == texts


def test_a_width_between_two_numerals_decides_nothing() -> None:
    texts = ["VI.", "VII."]
    between = (width("VI.") + width("VII.")) / 2 * 12.0 / 1000
    odd = PrintedWord([("vie", "VI.", 0.95), ("script", "VII.", 0.95)], between)
    assert read(*LINE, odd)[-1] == texts


@pytest.mark.parametrize(("sure", "told"), [(0.01, "IV/2029"), (0.4, "V\u20442029")])
def test_a_reading_that_its_witness_does_not_believe_speaks_against_no_two(
    sure: float, told: str
) -> None:
    readings = [("vie", "IV/2029", 0.9), ("script", "V\u20442029", sure), ("line", "IV/2029", 0.8)]
    found = with_one_numeral([PrintedWord(readings, width("IV/2029") * 0.012)])[0]
    assert [text for _, text, _ in found] == ["IV/2029", told, "IV/2029"]


@pytest.mark.parametrize(
    "others",
    [
        [("script", "II/2029", 0.9), ("binary", "II/2029", 0.9)],  # one engine
        [("script", "II/2029", 0.06), ("line", "II/2029", 0.06)],  # none of them sure
        [("script", "11", 0.9), ("line", "11", 0.9)],  # no numeral
    ],
)
def test_only_a_numeral_that_two_engines_read_one_of_them_surely_bears_others_out(
    others: list[tuple[str, str, float]],
) -> None:
    readings = [("vie", "I\u2044202", 0.03), *others]
    assert with_one_numeral([PrintedWord(readings, width("II/2029") * 0.012)])[0] == readings
