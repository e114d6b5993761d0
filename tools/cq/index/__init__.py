"""WHICH FILES are searched: as git and ripgrep see a folder, with a reason for every file left out.

A `Selection` says what was asked for, `list_files` gives the files, `explain_files` and `ignored_files` say
why others are missing. Nothing here opens a searched file (but `explain_files`, to see whether it is binary):
`is_binary` is for the one who reads it. `walk` is the walk itself, `ignore` the rules of the ignore files,
`patterns` and `wildmatch` their syntax, `globs` the user's `-g`, `repository` and `tracked` what git knows.
"""
