; Regions: what a name in them is when no pattern of another pack says it.

(comment) @within.comment
; A bare word is text: the name of a file, an option.
[(string) (raw_string) (ansi_c_string) (heredoc_body) (heredoc_start) (heredoc_end) (word) (regex) (number)
 (extglob_pattern) (test_operator)] @within.string
; Code again, inside a string.
[(command_substitution) (expansion) (arithmetic_expansion)] @within.reference

; What is sourced: the whole word, of which a name is a part.
((command
   name: (command_name (word) @_source)
   argument: [(word) (string) (raw_string) (concatenation)] @within.import)
 (#any-of? @_source "source" "."))
