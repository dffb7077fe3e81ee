"""`python -m tests.sample build` writes raw/sample.pdf and tests/sample/truth."""

import argparse
import sys

from tests.sample.build import build


def main() -> None:
    """Carry out the one command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("build",))
    parser.parse_args()
    path = build()
    sys.stdout.write(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB\n")


main()
