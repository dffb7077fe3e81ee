"""The bodies (organisations) of the list, found in what is printed."""
