"""The files in which people's decisions come back: from the review page and from spreadsheets."""
