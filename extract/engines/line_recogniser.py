"""The line recogniser: a witness independent of Tesseract, a network run through onnxruntime.

The network is carried by the `asterocr` distribution. Only that distribution's two data files are
used, nothing of its code; another version or another content is refused.

onnxruntime reports to its maker unless a variable of the environment forbids it: the package's own
``__init__`` sets it. OpenCV, which could run the network too, reads the same and takes 1.7 times as
long.
"""

import json
import logging
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extract.engines import ctc
from extract.engines.weights import VOCABULARY, WEIGHTS, RefusedWeights, checked_file
from extract.image.ink import ROOM, ink_boxes, split_lines
from extract.image.page_image import Grey

__all__ = ["Frame", "LineRecogniser", "RecognisedWord"]

HEIGHT = 32  # rows of the network's input; it was trained on no other height
STRIDE = 4  # input columns per step of its output
# its table of positions ends there; a wider line is squeezed, by a fifth at next to no cost
NARROWEST, WIDEST = 32, 256 * STRIDE
LOST = 0.6  # a lone line lower than this share of its image is cut out of it first

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RecognisedWord:
    """One word: its text (NFC), the probability 0..1 that it is right, its edges in the line image.

    ``left`` and ``right`` are in pixels.
    """

    text: str
    confidence: float
    x0: float
    x1: float


@dataclass(frozen=True)
class Frame:
    """The part of a line image that is read, in its pixels, ends exclusive.

    It also holds the number of columns of the network's input that the part becomes.
    """

    top: int
    bottom: int
    left: int
    right: int
    columns: int


class LineRecogniser:
    """The loaded network, one for each process.

    Each line is read on a single thread, because pages, or the lines of one, are read in parallel.
    A line image is grey text on a lighter ground, one line high with some 15 % of room above and
    below (as `split_lines` cuts it), of any width. Lines are read one by one: measured, a batch
    costs as much per line and pads the shorter ones.
    """

    def __init__(self, session: onnxruntime.InferenceSession, letters: Sequence[str]) -> None:
        self._session = session
        self._letters = tuple(letters)
        self._labels = {letter: label for label, letter in enumerate(self._letters)}

    @classmethod
    def load(cls) -> "LineRecogniser | None":
        """The recogniser; None, with a warning, where its files are missing or not those that were
        measured.
        """
        try:
            weights, vocabulary = (checked_file(name) for name in (WEIGHTS, VOCABULARY))
        except RefusedWeights as reason:
            log.warning("the line recogniser is left out as a witness: %s", reason)
            return None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # given as a path: given as bytes they would stay in memory twice
        session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
        return cls(session, json.loads(vocabulary.read_bytes())["chars"])

    def read(self, lines: Sequence[Grey]) -> list[list[RecognisedWord]]:
        """The words of each line image, left to right."""
        return [self._words(line, self.log_probs(line)) for line in lines]

    def log_probs(self, line: Grey) -> ctc.LogProbs:
        """What the network says of one line image: shape (steps, letters)."""
        output: ctc.LogProbs = self._session.run(None, {"images": line_to_input(line)})[0][:, 0, :]
        return output

    def _words(self, line: Grey, log_probs: ctc.LogProbs) -> list[RecognisedWord]:
        frame = line_to_frame(line)
        step = (frame.right - frame.left) * STRIDE / frame.columns
        words = split_at(ctc.greedy_letters(log_probs), self._labels[" "])
        return [self._word(letters, frame.left, step) for letters in words]

    def _word(self, letters: Sequence[ctc.Letter], left: int, step: float) -> RecognisedWord:
        """One word; a letter fires within its strokes, hence half a step more on either side."""
        return RecognisedWord(
            text=self._text([letter.label for letter in letters]),
            confidence=min(letter.confidence for letter in letters),
            x0=max(0.0, left + (letters[0].first - 0.5) * step),
            x1=left + (letters[-1].last + 1.5) * step,
        )

    def _text(self, labels: Sequence[int]) -> str:
        return unicodedata.normalize("NFC", "".join(self._letters[label] for label in labels))


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
    """A line image as the network wants it: shape (1, 3, 32, width), black 0, white 1.

    The line's frame is scaled to 32 rows. The network was trained on the range 0..1; its own
    package feeds -1..1, which costs four words in a hundred.
    """
    frame = line_to_frame(line)
    inside = line[frame.top : frame.bottom, frame.left : frame.right]
    scaled = cv2.resize(inside, (frame.columns, HEIGHT), interpolation=cv2.INTER_AREA)
    padded = np.pad(
        scaled,
        ((0, 0), (0, max(0, NARROWEST - frame.columns))),
        constant_values=int(np.median(line)),
    )
    return np.repeat(padded[np.newaxis, np.newaxis].astype(np.float32) / 255, 3, axis=1)


def line_to_frame(line: Grey) -> Frame:
    """The columns from the first to the last stroke with a little room, and all rows.

    Rows are cut too where a lone line is lost in empty paper.
    """
    strokes = ink_boxes(line)
    if len(strokes) == 0:
        return Frame(0, line.shape[0], 0, line.shape[1], _columns(line.shape[1], line.shape[0]))
    room = round(ROOM * line.shape[0])
    left = max(0, int(strokes[:, 0].min()) - room)
    right = min(line.shape[1], int((strokes[:, 0] + strokes[:, 2]).max()) + room)
    rows = split_lines(line)
    is_lost = len(rows) == 1 and rows[0][1] - rows[0][0] < LOST * line.shape[0]
    top, bottom = rows[0] if is_lost else (0, line.shape[0])
    return Frame(top, bottom, left, right, _columns(right - left, bottom - top))


def _columns(width: int, height: int) -> int:
    return min(max(1, round(width * HEIGHT / height / STRIDE)) * STRIDE, WIDEST)
