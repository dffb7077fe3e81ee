"""The text layer of the searchable PDF."""
