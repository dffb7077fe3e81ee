"""What a value that a person typed is worth: whether it fits its column, and what it will mean."""
