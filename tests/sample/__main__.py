"""`python -m tests.sample build` writes raw/sample.pdf and tests/sample/truth; `readings [NAME ...]` reads the variants anew for the tests."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.sample.build import build
from tests.sample.cases import CASES, store_readings


def main() -> None:
    """Carry out one command."""
    parser = argparse.ArgumentParser(prog="python -m tests.sample", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build")
    commands.add_parser("readings").add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(CASES)}; all by default"
    )
    arguments = parser.parse_args()
    if arguments.command == "build":
        path = build()
        sys.stdout.write(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB\n")
        return
    for name in arguments.names or CASES:
        with tempfile.TemporaryDirectory() as folder:
            store_readings(name, Path(folder))
        sys.stdout.write(f"{name} is stored\n")


if __name__ == "__main__":
    main()
