"""Words of pages or of a dump to rows: the second stage."""
