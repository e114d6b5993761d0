; Regions: what a name in them is when no pattern of another pack says it. Scopes that nothing is named after.

[(line_comment) (block_comment) (shebang)] @within.comment
[(string_literal) (multiline_string_literal) (character_literal)] @within.string
; Code again, inside a string.
(interpolation) @within.reference
; A word in a number is none: the L of 1L.
[(number_literal) (float_literal)] @within.string
[(this_expression) (super_expression)] @within.keyword

[(lambda_literal) (anonymous_function) (anonymous_initializer) (secondary_constructor) (getter) (setter)]
 @scope.function
(companion_object) @scope.object
((companion_object "object" @name . [(class_body) (delegation_specifiers)]) @scope.object
 (#set! cq.scope "companion object"))
