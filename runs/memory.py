"""Memory given back to the system."""

from __future__ import annotations

import ctypes
import functools
import gc
import resource
import sys
from contextlib import suppress

from schemas.errors import NoMemory

_LEAST = 2**30  # bytes of addresses without which no run ends well
_ROOMS = ("audit", "extract", "normalize", "publish", "runs", "schemas")
# installed, all have the package's name in front
_OWN = tuple(f"{__name__.removesuffix('runs.memory')}{room}." for room in _ROOMS)
_MANY, _LARGE = 10_000, 300_000  # answers; KiB
_MEMO = type(functools.cache(len))  # what functools makes of a function whose answers it keeps


def check_memory() -> None:
    """Raise NoMemory where a process may have less memory than a run ever needs.

    With too little, libraries crash instead of raising an error.
    """
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY and most < _LEAST:
        had, needed = most // 2**20, _LEAST // 2**20
        what = f"there is too little memory: a process may have {had} MB, and a run takes {needed}"
        raise NoMemory(what, "this machine", "raise the limit (ulimit -v), and run again")


def give_memory_back() -> None:
    """Give the memory that a stage no longer needs back to the system.

    The allocators of pyarrow and of the C library would keep it. Large memo tables of a long
    document are emptied too; in a process that never was large nothing is done.
    """
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _LARGE:
        _forget()
    if "pyarrow" in sys.modules:
        sys.modules["pyarrow"].default_memory_pool().release_unused()
    with suppress(AttributeError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)


def _forget() -> None:
    for module in [module for name, module in sys.modules.items() if name.startswith(_OWN)]:
        for kept in vars(module).values():
            if isinstance(kept, _MEMO) and kept.cache_info().currsize > _MANY:
                kept.cache_clear()
    gc.collect()


def keep_what_is_loaded() -> None:
    """Leave code and lists that are loaded by now out of every later look for garbage.

    Nothing of them is garbage, and to look through them takes a tenth of a second each time.
    """
    gc.freeze()


def collect_rarely() -> None:
    """Look for garbage in cycles less often: a run makes millions of small objects, hardly any in
    cycles.
    """
    gc.set_threshold(200_000, 50, 100)
