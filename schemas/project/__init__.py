"""The project itself: its code, its folders, its documents in new versions."""
