"""The options of each command as data: for the quick parser, for cyclopts, and for completions.

`cq calls` has the options CALLS of its family's module; only those of the command that runs are loaded.
"""
