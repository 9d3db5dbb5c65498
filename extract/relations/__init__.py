"""Relations between things: what a passage or a table says that one does to, is in, or is made of another."""
