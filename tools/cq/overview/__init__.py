"""The repository in one page: the definitions that the rest of it leans on."""
