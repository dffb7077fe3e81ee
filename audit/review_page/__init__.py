"""The page on which a person settles the doubts."""
