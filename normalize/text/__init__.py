"""Text itself: letters, syllables, likeness."""
