#!/bin/sh
# A stage of dvc.yaml, with the project's Python. `dvc exp run --temp` and `dvc queue` work in copies of the project below
# .dvc/tmp/exps, which have no .venv of their own: there the project's stands four or five folders above.
for project in . ../../../.. ../../../../..; do
  [ -x "$project/.venv/bin/python" ] && exec "$project/.venv/bin/python" pipeline.py "$@"
done
echo "error: .venv: there is no Python for the stages. Run make." >&2
exit 1
