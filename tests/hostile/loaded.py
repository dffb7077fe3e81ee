"""Loads what a whole run needs; the server that commands begin from does this once, and all begin
with it.
"""

from normalize.repair import stage

stage.load_knowledge()
