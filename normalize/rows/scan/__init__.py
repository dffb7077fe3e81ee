"""Rows from the words of pages."""
