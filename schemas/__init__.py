"""Models of everything that crosses a stage boundary or is published."""
