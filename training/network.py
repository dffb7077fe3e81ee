"""Turns an integer network of Tesseract into one of floats, which training can go on from.

The file is a tree of layers, little-endian. An integer matrix of weights is a mode byte with bit 1,
its rows and columns, an unused byte, int8 weights, a count, and one double a row: weight = int8 x
double. A float matrix is mode 128 (+ 4: Adam), rows, columns, an unused double, and doubles. After
the tree come the network's description and the flags of training, whose lowest bit says integer.
Source: Tesseract 5's weightmatrix.cpp, network.cpp and lstm.cpp.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np

_KINDS = (
    "Invalid", "Input", "Convolve", "Maxpool", "Parallel", "Replicated", "ParBidiLSTM",
    "DepParUDLSTM", "Par2dLSTM", "Series", "Reconfig", "RTLReversed", "TTBReversed",
    "XYTranspose", "LSTM", "SummLSTM", "Logistic", "LinLogistic", "LinTanh", "Tanh", "Relu",
    "Linear", "Softmax", "SoftmaxNoCTC", "LSTMSoftmax", "LSTMBinarySoftmax", "TensorFlow",
)  # fmt: skip
_NESTED = frozenset((
    "Series", "Parallel", "Replicated", "ParBidiLSTM", "DepParUDLSTM", "Par2dLSTM",
    "RTLReversed", "TTBReversed", "XYTranspose",
))  # fmt: skip
_DENSE = frozenset((
    "Logistic", "LinLogistic", "LinTanh", "Tanh", "Relu", "Linear", "Softmax",
    "SoftmaxNoCTC",
))  # fmt: skip
_OWN_RATES = 64  # the flag of a series whose layers each have a learning rate
_INTEGER, _FLOAT, _ADAM = 1, 128, 4


def float_network(integer: bytes) -> bytes:
    """The same network with float weights.

    Raises ValueError where it is no integer network, or has a layer that is not known here.
    """
    copy = _Copy(integer)
    copy.layer()
    copy.text()
    (flags,) = struct.unpack_from("<i", integer, copy.at)
    return bytes(copy.out) + struct.pack("<i", flags & ~_INTEGER) + integer[copy.at + 4 :]


class _Copy:
    """Reads a network and writes it again with float weights."""

    def __init__(self, source: bytes) -> None:
        self.source, self.at, self.out = source, 0, bytearray()

    def same(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.source, self.at)
        self.out += struct.pack("<" + form, *values)
        self.at += struct.calcsize("<" + form)
        return values

    def text(self) -> str:
        (length,) = self.same("I")
        found = self.source[self.at : self.at + length]
        self.out += found
        self.at += length
        return found.decode()

    def weights(self) -> None:
        if not self.source[self.at] & _INTEGER:
            raise ValueError("this is no integer network")
        rows, columns = struct.unpack_from("<ii", self.source, self.at + 1)
        start = self.at + 10
        integers = np.frombuffer(self.source, np.int8, rows * columns, start).reshape(rows, columns)
        count_at = start + rows * columns
        (count,) = struct.unpack_from("<I", self.source, count_at)
        scales = np.frombuffer(self.source, "<f8", count, count_at + 4)
        self.at = count_at + 4 + 8 * count
        self.out += (
            struct.pack("<Biid", _FLOAT | _ADAM, rows, columns, 0.0)
            + (integers * scales[:rows, None]).astype("<f8").tobytes()
        )

    def layer(self) -> None:
        (kind,) = self.same("b")
        name = self.text() if kind == 0 else _KINDS[kind]
        self.same("bb")
        flags, inputs, outputs, _ = self.same("iiii")
        self.text()
        if name in _NESTED:
            self._nested(flags)
        elif name == "Input":
            self.same("iiiii")
        elif name in ("Convolve", "Maxpool", "Reconfig"):
            self.same("ii")
        elif name in ("LSTM", "SummLSTM"):
            (all_inputs,) = self.same("i")
            for _ in range(
                5 if all_inputs - inputs == 2 * outputs else 4
            ):  # five where it looks two ways
                self.weights()
        elif name in _DENSE:
            self.weights()
        else:
            raise ValueError(f"a layer of kind {name} is not known here")

    def _nested(self, flags: int) -> None:
        (count,) = self.same("I")
        for _ in range(count):
            self.layer()
        if flags & _OWN_RATES:
            (count,) = self.same("I")
            self.same(f"{count}f")
