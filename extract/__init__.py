"""What stands on the pages: their pictures, their ruled grid, the words that each witness read."""

import os

# Pages are read in parallel: threads of numpy's within one cost many times what they save.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
