"""The prose of a dump: its paragraphs, their numbers and footnotes."""
