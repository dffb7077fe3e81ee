"""Fictional programmes of fictional provinces, each in a form and with a vocabulary of its own;
tests/sample/forms.py reads them.
"""
