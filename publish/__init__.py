"""Checked tables to a published folder, or to a refusal."""
