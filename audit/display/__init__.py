"""Pictures, pages and terminals: how things are shown."""
