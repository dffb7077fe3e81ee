"""Where things stand: the project at hand, and what is kept between runs.

In a checkout everything stands in its folder. The installed command brings its lists, models and
settings along in its package; called in a checkout's folder or below, it takes that checkout for
its project.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from schemas.project.own_code import CODE, INSTALLED

_OF_A_CHECKOUT = ("pipeline.py", "params.yaml", "dvc.yaml")


def project_at_hand() -> Path | None:
    """The folder with params.yaml, raw/ and out/; None for an installed command outside of any."""
    if not INSTALLED:
        return CODE
    here = Path.cwd()
    above = (here, *here.parents)
    return next((f for f in above if all((f / name).is_file() for name in _OF_A_CHECKOUT)), None)


def home() -> Path:
    """The project at hand, or the package with the settings and lists that come with it."""
    return project_at_hand() or CODE


def cache_folder() -> Path:
    """Where the installed command keeps what only saves time: ``~/.cache/programme-tables``.

    ``XDG_CACHE_HOME`` names another folder than ``~/.cache``; a relative one counts for nothing, as
    the standard has it (XDG Base Directory Specification 0.8).
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".cache") / "programme-tables"


def pages_folder(works: Path) -> Path:
    """Where pages that were read are kept; ``works`` holds the documents' intermediates.

    An installed command keeps them for all its documents in ``cache_folder``; a checkout beside the
    intermediates, in a folder that no document can have the name of.
    """
    return works / ".pages" if project_at_hand() else cache_folder() / "pages"


def counts_folder() -> Path | None:
    """Where counts are kept that hold for all documents; None where no place is ours.

    A checkout keeps them in its virtual environment.
    """
    if INSTALLED:
        return cache_folder()
    return None if sys.prefix == sys.base_prefix else Path(sys.prefix)
