"""Packages that pandera looks for and this project has no use for; where they are installed, each takes half a second to load."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_UNNEEDED = ("dask.dataframe", "hypothesis")


@contextmanager
def left_out() -> Iterator[None]:
    """Have nothing find these packages in the block, in which pandera is loaded."""
    hidden = [name for name in _UNNEEDED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
