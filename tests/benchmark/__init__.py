"""The benchmark: accuracy, time and memory of the pipeline on scans with a faultless truth, beside
bare Tesseract on the same pages.
"""
