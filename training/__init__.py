"""The recipe of the reader, the Tesseract model in ``models/``.

It makes lines of print, damages them as scanners do, and trains Tesseract on them.
"""
