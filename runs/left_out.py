"""Packages that others look for and this project has no use for at that place.

Where they are installed, each takes long to load.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from runs.memory import give_memory_back

_PANDERAS = ("dask.dataframe", "hypothesis")


@contextmanager
def left_out(*names: str) -> Iterator[None]:
    """Have what is loaded in the block not find some packages, by default those that pandera
    looks for.
    """
    hidden = [name for name in names or _PANDERAS if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def load_and_call(module: str, function: str, *arguments: object) -> object:
    """What a function of a module that needs pandera gives, in a process that has not loaded it
    yet; the memory that it took is given back.
    """
    with left_out():
        import_module("pandera.typing.dask")  # where pandera looks for dask, later
        made = getattr(import_module(module), function)(*arguments)
    give_memory_back()
    return made
