"""What of a repository a text is about: an error message, a stack trace, an issue."""
