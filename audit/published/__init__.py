"""A published folder as the audit reads it."""
