"""What differs between two extractions, and why."""
