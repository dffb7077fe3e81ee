"""Repaired words to the tables of the contract: the fourth stage."""
