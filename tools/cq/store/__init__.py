"""What cq keeps of a repository between runs, outside of it: its files, their words, and what was said of them."""
