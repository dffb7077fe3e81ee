"""Fictional programmes of fictional provinces, each in a form and with a vocabulary of its own.

Tests/sample/forms.py reads them.
"""
