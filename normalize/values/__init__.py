"""Grammars of the values: deadlines, periods, funding, figures, citations."""
