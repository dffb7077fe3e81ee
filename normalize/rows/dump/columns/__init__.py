"""Which columns a dump's table has, by the labels of its header."""
