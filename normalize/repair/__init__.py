"""What the printed words say: the third stage."""
