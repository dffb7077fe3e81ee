"""Where an extraction comes from."""
