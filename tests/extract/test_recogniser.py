"""The line recogniser: its decoding exactly, on distributions made by hand; its reading on lines
typeset here.
"""

import logging
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from extract.engines import ctc, weights
from extract.engines.line_recogniser import LineRecogniser
from extract.engines.weights import DISTRIBUTION, VERSION
from extract.image.ink import split_lines, word_window

Grey = NDArray[np.uint8]
LINES = ["Ủy ban nhân dân tỉnh", "Sở Kế hoạch và Đầu tư", "Ngân sách nhà nước"]


# --- decoding
# --------------------------------------------------------------------------------------------------


def log_probs(*steps: tuple[float, ...]) -> ctc.LogProbs:
    with np.errstate(divide="ignore"):
        return np.log(np.array(steps, dtype=np.float32))


def test_greedy_collapses_runs_and_keeps_letters_parted_by_a_blank() -> None:
    steps = log_probs(
        (0.1, 0.9, 0.0), (0.2, 0.8, 0.0), (0.7, 0.3, 0.0), (0.4, 0.6, 0.0), (0.0, 0.25, 0.75)
    )
    found = [
        (letter.label, letter.first, letter.last, round(letter.confidence, 6))
        for letter in ctc.greedy_letters(steps)
    ]
    assert found == [(1, 0, 1, 0.9), (1, 3, 3, 0.6), (2, 4, 4, 0.75)]


# --- the weights
# --------------------------------------------------------------------------------------------------


class Installed:
    """A stand-in for the installed distribution."""

    def __init__(self, version: str, root: Path) -> None:
        self.version, self.root = version, root

    def locate_file(self, name: str) -> Path:
        return self.root / name


@pytest.mark.parametrize(
    ("version", "content", "reason"),
    [
        ("9.9.9", b"", f"{DISTRIBUTION} 9.9.9 is installed, {VERSION} was measured"),
        (VERSION, b"other weights", f"that {DISTRIBUTION} {VERSION} carries; install it anew"),
        (VERSION, None, f"cannot be read; install {DISTRIBUTION} {VERSION} anew"),
    ],
)
def test_other_weights_are_refused_with_a_warning(
    version: str,
    content: bytes | None,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if content is not None:
        (tmp_path / weights.WEIGHTS).parent.mkdir(parents=True)
        (tmp_path / weights.WEIGHTS).write_bytes(content)
    monkeypatch.setattr(weights, "distribution", lambda name: Installed(version, tmp_path))
    with caplog.at_level(logging.WARNING):
        assert LineRecogniser.load() is None
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("the line recogniser is left out as a witness: ")
    assert caplog.messages[0].endswith(reason)


def test_without_the_distribution_there_is_no_witness(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(weights, "DISTRIBUTION", "no-such-distribution")
    with caplog.at_level(logging.WARNING):
        assert LineRecogniser.load() is None
    reason = f"no-such-distribution {VERSION} is not installed"
    assert caplog.messages == [f"the line recogniser is left out as a witness: {reason}"]


# --- lines
# --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def typeset() -> Grey:
    """A cell of three lines as a 200 dpi scan shows it: grey paper, some noise, a few specks."""
    typst = pytest.importorskip(
        "typst", reason="typst sets the test lines; its own typeface has the Vietnamese letters"
    )
    source = (
        '#set page(width: 8cm, height: auto, margin: 3mm)\n#set text(font: "Libertinus '
        'Serif", size: 13pt)\n' + " \\\n".join(LINES)
    )
    clean = cv2.imdecode(
        np.frombuffer(typst.compile(source.encode(), format="png", ppi=200), np.uint8),
        cv2.IMREAD_GRAYSCALE,
    )
    assert clean is not None
    noise = np.random.default_rng(1).normal(0, 6, clean.shape)
    page = np.asarray(np.clip(clean * 0.75 + 50 + noise, 0, 255), dtype=np.uint8)
    page[2:4, 5:7] = 60
    page[-4:-2, -9:-6] = 60
    return page


@pytest.fixture(scope="module")
def reader() -> LineRecogniser:
    loaded = LineRecogniser.load()
    if loaded is None:
        pytest.skip("the weights of the line recogniser are not installed")
    return loaded


def test_lines_are_split_with_their_marks(typeset: Grey) -> None:
    rows = split_lines(typeset)
    assert len(rows) == len(LINES)
    ink = [np.flatnonzero((typeset[top:bottom] < 120).any(axis=1)) for top, bottom in rows]
    lost = (typeset < 120).sum() - sum(
        int((typeset[top:bottom] < 120).sum()) for top, bottom in rows
    )
    assert all(len(rows_with_ink) > 20 for rows_with_ink in ink)
    assert lost <= 4 + 6  # nothing but the two specks


def test_blank_paper_has_no_lines() -> None:
    noise = np.random.default_rng(2).normal(230, 8, (60, 200))
    assert split_lines(np.clip(noise, 0, 255).astype(np.uint8)) == []
    assert split_lines(np.full((40, 40), 255, dtype=np.uint8)) == []


def test_slivers_of_the_line_above_are_not_taken_for_the_letters(typeset: Grey) -> None:
    top, bottom = split_lines(typeset)[1]
    picture = typeset[top:bottom].copy()
    picture[0, ::6] = picture[0, 1::6] = picture[0, 2::6] = picture[0, 3::6] = 30
    assert [bottom - top > 20 for top, bottom in split_lines(picture)] == [True]


def test_rulings_at_the_edges_are_no_lines() -> None:
    cell = np.full((60, 200), 235, dtype=np.uint8)
    cell[:2, :190] = 30
    cell[3:, -2:] = 30
    assert split_lines(cell) == []


@given(
    arrays(
        np.uint8,
        st.tuples(st.integers(1, 40), st.integers(1, 40)),
        elements=st.sampled_from([20, 230]),
    )
)
def test_lines_lie_within_any_picture_in_order(picture: Grey) -> None:
    rows = split_lines(picture)
    assert all(0 <= top < bottom <= picture.shape[0] for top, bottom in rows)
    assert rows == sorted(rows)


def test_words_are_cut_halfway_to_their_neighbours() -> None:
    spans = [(10.0, 30.0), (40.0, 60.0), (66.0, 90.0)]
    assert word_window(spans, 1, 1) == (35.0, 63.0)
    assert word_window(spans, 0, 1) == (10.0 - 5.0, 63.0)
    assert word_window(spans, 0, 2) == (10.0 - 5.6, 90.0 + 5.6)


# --- reading
# --------------------------------------------------------------------------------------------------


def test_typeset_lines_are_read(typeset: Grey, reader: LineRecogniser) -> None:
    pictures = [typeset[top:bottom] for top, bottom in split_lines(typeset)]
    words = reader.read(pictures)
    assert [" ".join(word.text for word in line) for line in words] == LINES
    assert all(word.confidence > 0.5 for line in words for word in line)
    assert reader.read(pictures) == words


def test_words_lie_where_their_ink_is(typeset: Grey, reader: LineRecogniser) -> None:
    top, bottom = split_lines(typeset)[0]
    picture = typeset[top:bottom]
    for word in reader.read([picture])[0]:
        assert 0 <= word.x0 < word.x1 <= picture.shape[1]
        assert (picture[:, round(word.x0) : round(word.x1)] < 120).any()


@pytest.mark.parametrize("shape", [(1, 1), (3, 400), (60, 2), (40, 3000)])
def test_an_odd_picture_is_no_accident(shape: tuple[int, int], reader: LineRecogniser) -> None:
    assert len(reader.read([np.full(shape, 240, dtype=np.uint8)])) == 1
