"""What stands behind a published value: explanation, difference of two extractions, review page, report, searchable PDF."""
