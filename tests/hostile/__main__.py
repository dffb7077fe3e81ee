"""``python -m tests.hostile`` meets every hostile input and prints a table of what each got; exit
code 1 where one got something else.
"""

import sys
import tempfile
from pathlib import Path

from tests.hostile.run import CASES, meet, whole_project


def main() -> int:
    """Print the table."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        base = whole_project(Path(folder, "whole"))
        sys.stdout.write("| input | exit code | what was said |\n|---|---|---|\n")
        for number, case in enumerate(CASES):
            got, faults = meet(case, Path(folder, str(number)), base if case.whole else None)
            said = " ".join(got.said.replace(f"{folder}/{number}/", "").split()).replace("|", "\\|")
            wrong += got.code != case.code or bool(faults)
            sys.stdout.write(f"| {case.name} | {got.code} | {'; '.join([said, *faults])} |\n")
            sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
