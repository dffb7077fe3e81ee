"""The review page served on this machine, so that decisions go straight into their file."""
