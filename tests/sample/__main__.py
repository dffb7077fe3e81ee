"""Makes the fictional documents of the tests.

`build` writes raw/sample.pdf and tests/sample/truth; `readings [NAME ...]` reads the variants anew
for the tests; `print NAME FOLDER` writes a programme of tests/sample/programmes as FOLDER/NAME.pdf
(vector text, or scanned with `--scan office`) and its truth in FOLDER/truth/NAME.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.sample.build import build
from tests.sample.cases import CASES, store_readings
from tests.sample.forms import NAMES
from tests.sample.print_form import print_form
from tests.sample.scanner import SCANNERS


def main() -> None:
    """Carry out one command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.sample",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build")
    commands.add_parser("readings").add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(CASES)}; all by default"
    )
    printing = commands.add_parser("print")
    printing.add_argument("name", choices=NAMES)
    printing.add_argument("folder", type=Path)
    printing.add_argument("--scan", choices=tuple(SCANNERS))
    arguments = parser.parse_args()
    if arguments.command == "print":
        sys.stdout.write(f"{print_form(arguments.name, arguments.folder, arguments.scan)}\n")
        return
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
