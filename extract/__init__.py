"""What stands on the pages: pages, ruled grid, and the words that each witness read."""
