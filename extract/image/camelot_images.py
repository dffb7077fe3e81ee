"""Camelot's image functions without the rest of Camelot.

Importing the whole package would load matplotlib and take as long as reading half a page. These
functions name types of playa, which is not loaded: pdfminer's types of the same names stand in for
them, since no function that is used here looks at one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pdfminer.layout

_PACKAGE = "camelot"
_MODULE = "image_processing"
_LAYOUT = "playa.miner"


def _load() -> Any:
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(f"No module named {_PACKAGE!r}", name=_PACKAGE)
    module = spec_from_file_location(
        f"{_PACKAGE}.{_MODULE}", Path(package.origin).with_name(f"{_MODULE}.py")
    )
    assert module is not None
    assert module.loader is not None
    loaded = module_from_spec(module)
    known = sys.modules.setdefault(_LAYOUT, pdfminer.layout)
    try:
        module.loader.exec_module(loaded)
    finally:
        if known is pdfminer.layout:
            del sys.modules[_LAYOUT]
    return loaded


find_lines: Callable[..., tuple[Any, list[tuple[int, int, int, int]]]] = _load().find_lines
