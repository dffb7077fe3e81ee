"""What stands behind a published value: where it is printed, who read what, and what changed it.

The commands are explain, diff, review (page and report) and searchable (the scan with a text
layer).
"""
