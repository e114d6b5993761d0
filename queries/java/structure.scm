; Regions: what a name in them is when no pattern of another pack says it. Scopes that nothing is named after.

[(line_comment) (block_comment)] @within.comment
[(string_literal) (character_literal)] @within.string
; Code again, inside a template.
(string_interpolation) @within.reference
; A word in a number is none: the L of 1L.
[(decimal_integer_literal) (hex_integer_literal) (octal_integer_literal) (binary_integer_literal)
 (decimal_floating_point_literal) (hex_floating_point_literal)] @within.string
[(this) (super) (true) (false) (null_literal) (integral_type) (floating_point_type) (boolean_type) (void_type)]
 @within.keyword

[(lambda_expression) (static_initializer)] @scope.function
((object_creation_expression type: (type_identifier) @name (class_body)) @scope.class (#set! cq.scope "new {name}"))
