; Regions: what a name in them is when no pattern of another pack says it. Scopes that nothing is named after.

(comment) @within.comment
[(interpreted_string_literal) (raw_string_literal) (rune_literal)] @within.string
; A word in a number is none: the e of 1e6.
[(int_literal) (float_literal) (imaginary_literal)] @within.string
[(true) (false) (nil) (iota) (blank_identifier)] @within.keyword

(func_literal) @scope.function
; The type that a method is of.
((method_declaration receiver: (parameter_list (parameter_declaration type: [
   (type_identifier) @name
   (pointer_type (type_identifier) @name)
   (generic_type type: (type_identifier) @name)
   (pointer_type (generic_type type: (type_identifier) @name))]))) @scope.type
 (#set! cq.scope "({name})"))
