"""Rows from the words of a plain-text dump."""
