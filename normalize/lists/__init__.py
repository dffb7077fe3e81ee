"""Every list of facts, as CSV, and what reads them."""
