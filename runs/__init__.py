"""How work is carried out: processes, locks, progress, memory, signals, archives."""

import sys
from importlib.util import find_spec

if find_spec("ruamel") is None:
    # every command comes here before it needs a package: without this it would end in a traceback
    sys.exit(
        f"error: {sys.executable}: this Python has none of the packages that the project needs. "
        "Run `make`, then use .venv/bin/python."
    )
