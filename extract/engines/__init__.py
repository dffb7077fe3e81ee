"""One file a witness: what reads a picture, or a layer of text."""
