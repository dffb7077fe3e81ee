"""What stands behind a published value.

Explanation, difference of two extractions, review page, report, searchable PDF.
"""
