"""Pixels only: the page's picture, its ink, its grid and the blocks of its cells."""
