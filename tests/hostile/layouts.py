"""Scans whose tables are not those of a programme, from what the first stage read of the sample's
vector pages.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from schemas.files import read, write
from schemas.frames import Blocks, Pages, Words
from tests.hostile.cases import Hostile
from tests.hostile.command import Got
from tests.hostile.room import Room
from tests.sample.cases import STORED

_MODELS = {"pages": Pages, "blocks": Blocks, "words": Words}
Frames = dict[str, pd.DataFrame]


def _read(change: Callable[[Frames], Frames]) -> Callable[[Room], Got]:
    """The rows of the sample as it was read, after a change."""

    def act(room: Room) -> Got:
        frames = {
            name: read(model, STORED / "vector" / f"{name}.parquet")
            for name, model in _MODELS.items()
        }
        for name, frame in change(frames).items():
            write(
                _MODELS[name],
                frame.reset_index(drop=True),
                room.work / "extract" / f"{name}.parquet",
            )
        return room.stages("rows")

    return act


def _pages_of(frames: Frames, first: str, last: str = "") -> range:
    """The pages from one appendix's title up to another's, or to the end."""
    starts = {
        text: int(page_no)
        for page_no, text in zip(frames["words"]["page_no"], _titles(frames), strict=True)
        if text
    }
    return range(starts[first], starts[last] if last else int(frames["pages"]["page_no"].max()) + 1)


def _titles(frames: Frames) -> list[str]:
    """For each word the appendix whose title it begins, or nothing."""
    words = frames["words"]
    begins = (words["text"] == "PHỤ") & (words["text"].shift(-1) == "LỤC")
    return list(words["text"].shift(-2).where(begins, "").astype(str))


def _without(first: str, last: str = "") -> Callable[[Frames], Frames]:
    def change(frames: Frames) -> Frames:
        gone = _pages_of(frames, first, last)
        return {name: frame[~frame["page_no"].isin(gone)] for name, frame in frames.items()}

    return change


def _again(first: str, last: str = "") -> Callable[[Frames], Frames]:
    def change(frames: Frames) -> Frames:
        pages, after = _pages_of(frames, first, last), int(frames["pages"]["page_no"].max()) + 1
        more = {name: frame[frame["page_no"].isin(pages)] for name, frame in frames.items()}
        moved = {
            name: frame.assign(page_no=frame["page_no"] - pages[0] + after)
            for name, frame in more.items()
        }
        return {name: pd.concat([frame, moved[name]]) for name, frame in frames.items()}

    return change


def _reworded(words: dict[str, str]) -> Callable[[Frames], Frames]:
    return lambda frames: {
        **frames,
        "words": frames["words"].assign(text=frames["words"]["text"].replace(words)),
    }


def _blank(frames: Frames) -> Frames:
    return {**frames, "words": frames["words"][frames["words"]["page_no"] != 12]}


LAYOUTS = [
    Hostile(
        "a scan without appendix 1",
        31,
        "the text names appendix 1, and the document has none",
        _read(_without("1", "2")),
    ),
    Hostile(
        "a scan without appendix 2",
        31,
        "the text names appendix 2, and the document has none",
        _read(_without("2", "3")),
    ),
    Hostile(
        "a scan without appendix 3",
        31,
        "the text names appendix 3, and the document has none",
        _read(_without("3")),
    ),
    Hostile(
        "a scan with appendix 1 at its end once more",
        0,  # a second table of a kind, whose rows have its number in their keys
        "",
        _read(_again("1", "2")),
    ),
    Hostile(
        "a scan with appendix 3 twice running",
        0,  # a second table of a kind, whose rows have its number in their keys
        "",
        _read(_again("3")),
    ),
    Hostile(
        "a scan whose column of tasks has an unknown header",
        0,  # told by what its cells hold
        "",
        _read(_reworded({"CỤ": "XANH", "THỂ": "ĐỎ", "VỤ": "VÀNG", "NHIỆM": "TÍM"})),
    ),
    Hostile("a scan with a blank page among its tables", 0, "", _read(_blank)),
]
