"""Which numbers the rows of a table have."""
