"""The arithmetic of what is measured of doubt."""

from __future__ import annotations

import numpy as np
import pandas as pd

from normalize.repair.doubt import Evidence
from tests.benchmark.doubt import _right, calibration, confidences, fitted


def test_a_word_is_right_where_the_true_words_have_it_in_order() -> None:
    wanted = ["trồng", "lại", "rừng", "phòng", "hộ"]
    assert _right(["trồng", "lại", "rưng", "phòng", "hộ"], wanted) == [
        True, True, False, True, True,
    ]  # fmt: skip
    assert _right(["trồng", "lại", "phòng hộ", ""], wanted) == [True, False, True, True]
    assert _right(["trồng", "xx", "lại", "rừng", "phòng", "hộ"], wanted)[1] is False


def test_fitted_weights_tell_right_words_from_wrong_ones() -> None:
    rng = np.random.default_rng(3)
    words = pd.DataFrame(0.0, index=range(4000), columns=list(Evidence._fields))
    words["unknown"] = rng.random(4000) < 0.3
    words["right"] = rng.random(4000) < np.where(words["unknown"] > 0, 0.6, 0.98)
    weights = fitted(words)
    assert weights["unknown"] < -2.0
    sure = confidences(words, weights)
    assert abs(float(sure[words["unknown"] > 0].mean()) - 0.6) < 0.05
    counted = calibration(words, sure)
    assert int(counted["words"].sum()) == 4000
