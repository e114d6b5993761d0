; Regions: what a name in them is when no pattern of another pack says it. Scopes that nothing is named after.

[(comment) (text)] @within.comment
[(string) (encapsed_string) (heredoc) (nowdoc) (shell_command_expression)] @within.string
; Code again, inside a string.
((encapsed_string (variable_name) @within.reference))
((heredoc_body (variable_name) @within.reference))
; A word in a number is none: the e of 1e6.
[(integer) (float)] @within.string
[(boolean) (null) (primitive_type) (php_tag) (relative_scope)] @within.keyword

[(anonymous_function) (arrow_function)] @scope.function
