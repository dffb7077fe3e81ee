"""What the words mean: rows, repair, and the values of the published tables."""
