"""The tables as an Excel workbook for people."""
