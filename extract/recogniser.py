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
WIDEST = 256 * STRIDE
"""Its table of positions ends here: a wider line is read in pieces."""

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
    """The loaded network; one instance per process, each with a single thread because pages run in parallel."""

    def __init__(self, session: onnxruntime.InferenceSession, letters: Sequence[str]) -> None:
        self._session = session
        self._letters = tuple(letters)

    @classmethod
    def load(cls) -> "LineRecogniser | None":
        """The recogniser, or None with a warning where its distribution is missing or not the one that was measured."""
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

    def read(self, lines: Sequence[NDArray[np.uint8]]) -> list[list[RecognisedWord]]:
        """The words of each grey line image, left to right."""
        return [self._words(line) for line in lines]

    def read_with_alternatives(self, lines: Sequence[NDArray[np.uint8]], count: int = 5) -> list[list[Alternative]]:
        """The `count` likeliest texts of each grey line image, best first."""
        return [self._alternatives(line, count) for line in lines]

    def log_probs(self, line: NDArray[np.uint8]) -> ctc.LogProbs:
        """What the network says of one grey line image: shape (steps, letters)."""
        output: NDArray[np.float32] = self._session.run(None, {"images": line_to_input(line)})[0]
        return output[:, 0, :]

    def _words(self, line: NDArray[np.uint8]) -> list[RecognisedWord]:
        log_probs = self.log_probs(line)
        scale = line.shape[1] / len(log_probs)
        return [self._word(letters, scale) for letters in split_at(ctc.greedy_letters(log_probs), self._letters.index(" "))]

    def _word(self, letters: Sequence[ctc.Letter], scale: float) -> RecognisedWord:
        text = unicodedata.normalize("NFC", "".join(self._letters[letter.label] for letter in letters))
        return RecognisedWord(text, min(letter.confidence for letter in letters), letters[0].first * scale, (letters[-1].last + 1) * scale)

    def _alternatives(self, line: NDArray[np.uint8], count: int) -> list[Alternative]:
        found = ctc.beam_search(self.log_probs(line), max(count, 8))[:count]
        return [Alternative(self._text(each.labels), each.log_probability) for each in found]

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
    words: list[list[ctc.Letter]] = [[]]
    for letter in letters:
        if letter.label == space:
            words.append([])
        else:
            words[-1].append(letter)
    return [word for word in words if word]


def line_to_input(line: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A grey line image as the network wants it: shape (1, 3, 32, width), black 0, white 1, width a multiple of four."""
    width = max(8, round(line.shape[1] * HEIGHT / line.shape[0] / STRIDE)) * STRIDE
    scaled = cv2.resize(line, (min(width, WIDEST), HEIGHT), interpolation=cv2.INTER_AREA)
    values = scaled.astype(np.float32) / 255
    return np.broadcast_to(values, (1, 3, *values.shape)).copy()


def split_lines(cell: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """The text lines of a grey cell or paragraph as (top, bottom) rows, bottom exclusive, top to bottom; none where it is blank."""
    boxes = _ink_boxes(cell)
    if len(boxes) == 0:
        return []
    height = float(np.median(boxes[boxes[:, 3] >= np.median(boxes[:, 3]), 3]))
    letters = boxes[(boxes[:, 3] > 0.55 * height) & (boxes[:, 3] < 2.2 * height)]
    cores = _cores(letters, height)
    return _extents(boxes, cores)


def _ink_boxes(cell: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Connected strokes as rows of left, top, width, height, area; specks and the rests of rulings left out."""
    level, ink = cv2.threshold(cell, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if float(np.median(cell)) - float(cell[ink > 0].mean() if ink.any() else 255) < 50:
        return np.empty((0, 5), dtype=np.intp)
    found = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:].astype(np.intp)
    wide, tall, area = found[:, 2], found[:, 3], found[:, 4]
    ruling = ((wide > 0.5 * cell.shape[1]) & (tall < 6)) | ((tall > 0.9 * cell.shape[0]) & (wide < 6))
    return found[(area > 3) & ~ruling]


def _cores(letters: NDArray[np.intp], height: float) -> list[tuple[float, float]]:
    """The band of letter bodies of each line, found where sorted letter centres leave a gap."""
    centres = np.sort(letters[:, 1] + letters[:, 3] / 2)
    groups = np.split(centres, np.flatnonzero(np.diff(centres) > 0.5 * height) + 1)
    return [(float(np.median(group)) - height / 2, float(np.median(group)) + height / 2) for group in groups]


def _extents(boxes: NDArray[np.intp], cores: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Each line from the top to the bottom of the strokes that lie nearest to its core."""
    middles = boxes[:, 1] + boxes[:, 3] / 2
    distance = np.stack([np.maximum(np.maximum(top - middles, middles - bottom), 0) for top, bottom in cores])
    nearest = np.where(distance.min(axis=0) < 0.8 * (cores[0][1] - cores[0][0]), distance.argmin(axis=0), -1)
    lines = [boxes[nearest == number] for number in range(len(cores))]
    return [(int(line[:, 1].min()), int((line[:, 1] + line[:, 3]).max())) for line in lines if len(line) > 0]
