"""Resolution of Python names: a summary of each file, and what follows from all of them."""
