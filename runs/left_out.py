"""Packages that libraries look for and this project never uses.

Where they happen to be installed, each takes long to load.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from runs.memory import give_memory_back

_PANDERAS = ("dask.dataframe", "hypothesis")


@contextmanager
def left_out(*names: str) -> Iterator[None]:
    """Imports in the block do not find some packages, by default those that pandera looks for."""
    hidden = [name for name in names or _PANDERAS if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def load_and_call(module: str, function: str, *arguments: object) -> object:
    """Import a module that needs pandera, call a function of it, and give the memory back.

    For processes that have not loaded pandera yet: its needless packages are left out.
    """
    with left_out():
        import_module("pandera.typing.dask")  # where pandera looks for dask, later
        made = getattr(import_module(module), function)(*arguments)
    give_memory_back()
    return made
