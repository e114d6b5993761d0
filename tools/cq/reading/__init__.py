"""The source of definitions, with what one must read beside it in order to change it."""
