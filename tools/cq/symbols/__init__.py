"""Names across files: which definition each refers to, and the index that remembers where names stand."""
