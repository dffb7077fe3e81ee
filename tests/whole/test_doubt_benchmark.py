"""The arithmetic of what is measured of doubt and of witnesses."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from normalize.repair.doubt import Evidence
from normalize.repair.verdicts import Verdict
from tests.benchmark.doubt import calibration, confidences, fitted, right_words
from tests.benchmark.witnesses import judged, without


def test_a_word_is_right_where_the_true_words_have_it_in_order() -> None:
    wanted = ["trồng", "lại", "rừng", "phòng", "hộ"]
    assert right_words(["trồng", "lại", "rưng", "phòng", "hộ"], wanted) == [
        True, True, False, True, True,
    ]  # fmt: skip
    assert right_words(["trồng", "lại", "phòng hộ", ""], wanted) == [True, False, True, True]
    assert right_words(["trồng", "xx", "lại", "rừng", "phòng", "hộ"], wanted)[1] is False


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


def test_a_witness_that_is_left_out_has_read_nothing() -> None:
    seen = [["vie", "hồ", 0.9], ["script", "hố", 0.8], ["line", "hồ", 0.95]]
    printed = pd.DataFrame({"text": ["hồ"], "readings": [json.dumps(seen)]})
    left = without(printed, ("script", "layer"))
    assert [name for name, _, _ in json.loads(left["readings"][0])] == ["vie", "line"]
    assert json.loads(printed["readings"][0]) == seen
    with pytest.raises(ValueError, match="leads"):
        without(printed, ("vie",))


def test_a_mark_before_a_name_is_no_wrong_word() -> None:
    words = [Verdict(text, 0.99, False, "") for text in ("-", "Hồ", "chứa")]
    assert [ok for _, ok in judged(words, ["Hồ", "chứa"])] == [True, True]
    assert [ok for _, ok in judged(words, ["-", "Hồ", "chua"])] == [True, True, False]
