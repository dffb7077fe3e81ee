"""All tables as one SQLite file: what a document's has and what an archive's has."""
