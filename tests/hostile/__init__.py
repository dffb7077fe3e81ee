"""Inputs and circumstances that should not be, and what the pipeline must make of each."""
