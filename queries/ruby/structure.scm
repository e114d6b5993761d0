; Regions: what a name in them is when no pattern of another pack says it. Scopes that nothing is named after.

(comment) @within.comment
[(string) (regex) (subshell) (heredoc_body) (string_array) (symbol_array) (simple_symbol) (delimited_symbol) (character)]
 @within.string
; Code again, inside a string.
(interpolation) @within.reference
; A word in a number is none: the e of 1e6.
[(integer) (float) (rational) (complex)] @within.string
[(self) (super) (nil) (true) (false)] @within.keyword

[(block) (do_block) (lambda)] @scope.function
((singleton_class value: (self) @name) @scope.class (#set! cq.scope "class << self"))
