"""What the published tables are called and mean."""
