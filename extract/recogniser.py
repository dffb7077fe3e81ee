"""The line recogniser: an independent witness, the ONNX network that the `asterocr` distribution carries, run through onnxruntime.

Only the distribution's two data files are used, nothing of its code; another version or another content is refused.
"""

import hashlib
import json
import logging
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extract import ctc
from extract.pages import Grey

DISTRIBUTION = "asterocr"
VERSION = "1.0.2"
WEIGHTS = "asterocr/assets/asternet.onnx"
VOCABULARY = "asterocr/assets/vocab.json"
SHA256 = {
    WEIGHTS: "10c96b533e1f64031d73edfddafd7d4b13595544f11891f0531bcd72cb29be80",
    VOCABULARY: "82c6df018ceca8c10876947e0f7df798ed321825276ed7f3bb12ae3ed6dc647b",
}
HEIGHT = 32
"""Rows of the network's input; it was trained on no other height."""
STRIDE = 4
"""Input columns per step of its output."""
NARROWEST = 32
WIDEST = 256 * STRIDE
"""Its table of positions ends here; a wider line is squeezed, which up to a fifth costs next to nothing."""
ROOM = 0.15
"""Paper around a line as a share of its height: with none, four words in a hundred more are misread; 0.1 to 0.25 are alike."""
LOST = 0.35
SPECK = 3
FAINTEST = 50
BEAM = 8
SAME_TO_IT = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})
"""The network was trained on plain marks only."""

Boxes = NDArray[np.int32]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RecognisedWord:
    """One word: NFC text, probability 0..1 of that text given the picture, left and right edge in pixels of the line image."""

    text: str
    confidence: float
    x0: float
    x1: float


@dataclass(frozen=True)
class Alternative:
    """One reading of a whole line: NFC text and the natural logarithm of its probability."""

    text: str
    log_probability: float


class LineRecogniser:
    """The loaded network, one per process, on a single thread because pages run in parallel.

    A line image is grey text on a lighter ground, a line high with some 15 % of room above and below (as `split_lines` and
    `line_image` cut it), of any width. Lines are read one by one: measured, a batch costs as much per line and pads the shorter ones.
    """

    def __init__(self, session: onnxruntime.InferenceSession, letters: Sequence[str]) -> None:
        self._session = session
        self._letters = tuple(letters)
        self._labels = {letter: label for label, letter in enumerate(self._letters)}

    @classmethod
    def load(cls) -> "LineRecogniser | None":
        """The recogniser, or None with a warning where its distribution is missing or is not the one that was measured."""
        try:
            weights, vocabulary = (_checked_file(name) for name in (WEIGHTS, VOCABULARY))
        except RefusedWeights as reason:
            log.warning("the line recogniser is left out as a witness: %s", reason)
            return None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        return cls(session, json.loads(vocabulary)["chars"])

    def read(self, lines: Sequence[Grey], alphabet: str | None = None) -> list[list[RecognisedWord]]:
        """The words of each line image, left to right; with an alphabet, nothing but its letters and spaces is read."""
        return [self._words(line, self.log_probs(line, alphabet)) for line in lines]

    def read_with_alternatives(self, lines: Sequence[Grey], count: int = 5, alphabet: str | None = None) -> list[list[Alternative]]:
        """The `count` likeliest texts of each line image, best first; with an alphabet, nothing but its letters and spaces."""
        return [self._alternatives(self.log_probs(line, alphabet), count) for line in lines]

    def score(self, line: Grey, texts: Sequence[str]) -> list[float]:
        """The natural log-probability of each whole text given the picture; minus infinity where a letter is unknown to the network."""
        log_probs = self.log_probs(line)
        return [self._score(log_probs, text) for text in texts]

    def log_probs(self, line: Grey, alphabet: str | None = None) -> ctc.LogProbs:
        """What the network says of one line image: shape (steps, letters); outside the alphabet minus infinity."""
        output: ctc.LogProbs = self._session.run(None, {"images": line_to_input(line)})[0][:, 0, :]
        if alphabet is None:
            return output
        allowed = [ctc.BLANK, *(self._labels[letter] for letter in {" ", *alphabet})]
        return ctc.restricted(output, allowed)

    def _words(self, line: Grey, log_probs: ctc.LogProbs) -> list[RecognisedWord]:
        left, right = ink_span(line)
        step = (right - left) / len(log_probs)
        words = split_at(ctc.greedy_letters(log_probs), self._labels[" "])
        return [self._word(letters, left, step) for letters in words]

    def _word(self, letters: Sequence[ctc.Letter], left: int, step: float) -> RecognisedWord:
        return RecognisedWord(
            text=self._text([letter.label for letter in letters]),
            confidence=min(letter.confidence for letter in letters),
            x0=left + letters[0].first * step,
            x1=left + (letters[-1].last + 1) * step,
        )

    def _alternatives(self, log_probs: ctc.LogProbs, count: int) -> list[Alternative]:
        found = ctc.beam_search(log_probs, max(count, BEAM))[:count]
        return [Alternative(self._text(each.labels).strip(), each.log_probability) for each in found]

    def _score(self, log_probs: ctc.LogProbs, text: str) -> float:
        letters = unicodedata.normalize("NFC", text).translate(SAME_TO_IT)
        if not self._labels.keys() >= set(letters):
            return ctc.NEVER
        return ctc.log_probability(log_probs, [self._labels[letter] for letter in letters])

    def _text(self, labels: Sequence[int]) -> str:
        return unicodedata.normalize("NFC", "".join(self._letters[label] for label in labels))


class RefusedWeights(Exception):
    """The installed weights are not the ones that were measured."""


def _checked_file(name: str) -> bytes:
    try:
        installed = distribution(DISTRIBUTION)
    except PackageNotFoundError as missing:
        raise RefusedWeights(f"{DISTRIBUTION} {VERSION} is not installed") from missing
    if installed.version != VERSION:
        raise RefusedWeights(f"{DISTRIBUTION} {installed.version} is installed, {VERSION} was measured")
    path = Path(str(installed.locate_file(name)))
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise RefusedWeights(f"{path} is not the file that {DISTRIBUTION} {VERSION} carries; install it anew")
    return content


def split_at(letters: Sequence[ctc.Letter], space: int) -> list[list[ctc.Letter]]:
    """Letters in words, cut at each space; no word is empty."""
    words: list[list[ctc.Letter]] = [[]]
    for letter in letters:
        if letter.label == space:
            words.append([])
        else:
            words[-1].append(letter)
    return [word for word in words if word]


def line_to_input(line: Grey) -> NDArray[np.float32]:
    """A line image as the network wants it: shape (1, 3, 32, width), black 0, white 1, trimmed to its ink, width a multiple of four.

    The range 0..1 is what it was trained on; its own package feeds -1..1, which costs four words in a hundred.
    """
    left, right = ink_span(line)
    band = _text_band(line)
    columns = min(max(1, round((right - left) * HEIGHT / band.shape[0] / STRIDE)) * STRIDE, WIDEST)
    scaled = cv2.resize(band[:, left:right], (columns, HEIGHT), interpolation=cv2.INTER_AREA)
    padded = np.pad(scaled, ((0, 0), (0, max(0, NARROWEST - columns))), constant_values=int(np.median(line)))
    return np.repeat(padded[np.newaxis, np.newaxis].astype(np.float32) / 255, 3, axis=1)


def _text_band(line: Grey) -> Grey:
    """The rows of a lone line that stands in much empty paper, as a row number in a tall cell does; else all rows."""
    rows = split_lines(line)
    is_lost = len(rows) == 1 and rows[0][1] - rows[0][0] < LOST * line.shape[0]
    return line[slice(*rows[0])] if is_lost else line


def ink_span(line: Grey) -> tuple[int, int]:
    """The columns from the first to the last stroke with a little room, right exclusive; the whole width where there is no ink."""
    boxes = _ink_boxes(line)
    if len(boxes) == 0:
        return 0, line.shape[1]
    room = round(ROOM * line.shape[0])
    return max(0, int(boxes[:, 0].min()) - room), min(line.shape[1], int((boxes[:, 0] + boxes[:, 2]).max()) + room)


def line_image(page: Grey, left: float, top: float, right: float, bottom: float) -> Grey:
    """A tight line box of a page, in pixels, cut out with the room above and below that the network was measured with."""
    room = ROOM * (bottom - top)
    return page[max(0, round(top - room)) : round(bottom + room), max(0, round(left)) : round(right)]


def split_lines(cell: Grey) -> list[tuple[int, int]]:
    """The text lines of a grey cell or paragraph as (top, bottom) rows with room, bottom exclusive; none where it is blank."""
    strokes = _without_rulings(_ink_boxes(cell), cell.shape)
    if len(strokes) == 0:
        return []
    height = float(np.median(strokes[strokes[:, 3] >= np.median(strokes[:, 3]), 3]))
    letters = strokes[(strokes[:, 3] > 0.55 * height) & (strokes[:, 3] < 2.2 * height)]
    return [_with_room(rows, cell.shape[0]) for rows in _strokes_to_rows(strokes, _letters_to_cores(letters, height))]


def _ink_boxes(picture: Grey) -> Boxes:
    """Connected strokes as rows of left, top, width, height, area; specks left out; none where the darkest is hardly darker than paper."""
    ink = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    if not ink.any() or float(np.median(picture)) - float(picture[ink > 0].mean()) < FAINTEST:
        return np.empty((0, 5), dtype=np.int32)
    found: Boxes = np.asarray(cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:], dtype=np.int32)
    return found[found[:, 4] > SPECK]


def _without_rulings(strokes: Boxes, shape: tuple[int, ...]) -> Boxes:
    """Without the rests of rulings along the edges of a cell."""
    wide, tall = strokes[:, 2], strokes[:, 3]
    ruling = ((wide > 0.5 * shape[1]) & (tall < 6)) | ((tall > 0.9 * shape[0]) & (wide < 6))
    return strokes[~ruling]


def _letters_to_cores(letters: Boxes, height: float) -> list[tuple[float, float]]:
    """The band of the letters' bodies on each line: sorted letter centres leave a gap between two lines."""
    centres = np.sort(letters[:, 1] + letters[:, 3] / 2)
    lines = np.split(centres, np.flatnonzero(np.diff(centres) > 0.5 * height) + 1)
    return [(float(np.median(line)) - height / 2, float(np.median(line)) + height / 2) for line in lines]


def _strokes_to_rows(strokes: Boxes, cores: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Each line from top to bottom of its strokes: those nearest to its core, marks and descenders too, but no speck far from it."""
    middles = strokes[:, 1] + strokes[:, 3] / 2
    distances = np.stack([np.maximum(np.maximum(top - middles, middles - bottom), 0) for top, bottom in cores])
    near = distances.min(axis=0) < 0.8 * (cores[0][1] - cores[0][0])
    lines = [strokes[near & (distances.argmin(axis=0) == number)] for number in range(len(cores))]
    return [(int(line[:, 1].min()), int((line[:, 1] + line[:, 3]).max())) for line in lines]


def _with_room(rows: tuple[int, int], height: int) -> tuple[int, int]:
    room = round(ROOM * (rows[1] - rows[0]))
    return max(0, rows[0] - room), min(height, rows[1] + room)
