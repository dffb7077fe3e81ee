"""Camelot's image functions by themselves: importing the whole package would load matplotlib and take as long as reading half a page."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_PACKAGE = "camelot"
_MODULE = "image_processing"


def _load() -> Any:
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(f"No module named {_PACKAGE!r}", name=_PACKAGE)
    module = spec_from_file_location(f"{_PACKAGE}.{_MODULE}", Path(package.origin).with_name(f"{_MODULE}.py"))
    assert module is not None
    assert module.loader is not None
    loaded = module_from_spec(module)
    module.loader.exec_module(loaded)
    return loaded


find_lines: Callable[..., tuple[Any, list[tuple[int, int, int, int]]]] = _load().find_lines
