; Regions: what a name in them is when no pattern of another pack says it. Scopes that nothing is named after.

(comment) @within.comment
[(string_literal) (verbatim_string_literal) (raw_string_literal) (character_literal) (interpolated_string_expression)]
 @within.string
; Code again, inside a string.
(interpolation) @within.reference
; A word in a number is none: the L of 1L.
[(integer_literal) (real_literal)] @within.string
[(predefined_type) (implicit_type) (modifier) (boolean_literal) (null_literal)] @within.keyword
[(preproc_region) (preproc_endregion)] @within.comment

[(lambda_expression) (anonymous_method_expression)] @scope.function
