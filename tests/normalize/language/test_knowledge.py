"""What repair knows before it sees a document: counted once and kept, never trusted where it was
damaged or its texts changed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from normalize.language import knowledge as module
from normalize.language.confusions import confusions
from normalize.language.knowledge import Knowledge, knowledge
from normalize.language.speller import Speller
from normalize.language.word_pairs import Language, Weights
from normalize.text.dictionary import has_dictionary

NAMES = ("Ủy ban nhân dân tỉnh", "Sở Nội vụ")


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A virtual environment in which nothing is kept yet."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(module, "dictionary", lambda: ("nhân dân", "kế hoạch", "kế toán"))
    monkeypatch.setattr(
        module, "sentences", lambda: (("Ông", "Nguyễn", "Văn", "A", "lập", "kế hoạch", "."),)
    )
    return tmp_path


def _fresh(names: tuple[str, ...] = NAMES) -> Knowledge:
    knowledge.cache_clear()
    return knowledge(names, Weights())


def _told(known: Knowledge) -> tuple[object, ...]:
    return (
        known.counts,
        list(known.counts.follow),
        list(known.words.items()),
        dict(known.cases.left),
        dict(known.cases.right),
        known.guesses,
    )


def test_what_is_kept_is_what_was_counted(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = _fresh()
    assert counted.counts.seen("nhân", "dân") > 0
    with monkeypatch.context() as changed:
        changed.setattr(module, "_count", pytest.fail)  # nothing is counted again
        assert _told(_fresh()) == _told(counted)
    assert len(list(environment.iterdir())) == 1


def test_what_is_guessed_beforehand_is_what_a_document_would_have_guessed() -> None:
    known = knowledge((), Weights())
    assert known.guesses is not None
    assert len(known.guesses.guesses) > 1000 or not has_dictionary()
    taught = {
        **known.words,
        "nghiêp": 100.0,
        "hóa": known.words.get("hóa", 0.0) + 1e6,
        "hoá": known.words.get("hoá", 0.0) + 2e6,
    }
    for vocabulary in (known.words, taught):
        with_them, without = (
            Speller(vocabulary, confusions(), Language(known.counts), known.guesses.limit, guesses)
            for guesses in (known.guesses, None)
        )
        common = [*[*known.guesses.guesses][:200], "nghiệp", "hoa", "hóa", "họp"]
        assert [with_them.guesses("vie", word) for word in common] == [
            without.guesses("vie", word) for word in common
        ]
    assert any("nghiêp" in guess.words for guess in with_them.guesses("vie", "nghiệp"))


def test_other_names_are_counted_anew_and_the_newest_few_are_kept(environment: Path) -> None:
    kept = []
    for number, name in enumerate(("gươm", "kiếm", "cung", "nỏ", "giáo")):
        assert name in _fresh((*NAMES, f"Ban Quản lý {name.title()}")).words
        kept += [path for path in environment.iterdir() if path not in kept]
        os.utime(kept[-1], (number, number))  # clocks of files are coarse
    assert len(kept) == 5
    assert sorted(environment.iterdir()) == sorted(kept[-3:])


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 5000])
def test_a_damaged_file_is_counted_anew(environment: Path, damage: bytes) -> None:
    counted = _told(_fresh())
    (path,) = environment.iterdir()
    path.write_bytes(damage)
    assert _told(_fresh()) == counted
    assert path.read_bytes()[32:]  # written again, whole
    assert module._load(path) is not None


def test_without_a_place_to_keep_it_every_run_counts(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(environment / "file"))
    (environment / "file").write_text("no folder")
    assert _fresh().counts.seen("nhân", "dân") > 0


def test_what_cannot_be_kept_is_not_guessed_beforehand(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert _fresh().guesses is None
    assert list(environment.iterdir()) == []
