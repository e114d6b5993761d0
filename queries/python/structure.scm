; Regions: what a name in them is when no pattern of another pack says it.

(comment) @within.comment
(string) @within.string
; Code again, inside an f-string; and text again: the r of {x!r}, the d of {x:d}.
[(interpolation) (format_expression)] @within.reference
[(format_specifier) (type_conversion)] @within.string

((type) @within.type (#set! cq.over "attribute"))
; The owner part of a dotted name is no type: `a.b` in `x: a.b.C`.
(attribute object: (attribute) @within.reference)
; Literal["left"] names no type.
((generic_type (identifier) @literal (type_parameter (type (string (string_content) @within.string))))
 (#set! cq.over "type") (#eq? @literal "Literal"))
; Annotated[int, "says more"]: only the first is a type.
((generic_type (identifier) @annotated (type_parameter (type) (type (string (string_content) @within.string))))
 (#set! cq.over "type") (#eq? @annotated "Annotated"))
; `type(self).count = 0` again.
(type_alias_statement left: (type [(attribute) (subscript)] @within.reference))
((type_alias_statement
   left: (type [(attribute) (subscript)])
   right: (type [(identifier) (attribute) (subscript) (call) (binary_operator)] @within.reference))
 (#set! cq.over "type"))

; Constants are words of the language.
[(none) (true) (false)] @within.keyword
; A word in a number is none: the e of 1.e-6.
[(float) (integer)] @within.string

; Scopes that nothing is named after: they are no part of a qualified name, only of what a name stands in.
(lambda) @scope.lambda
(list_comprehension) @scope.comprehension
(set_comprehension) @scope.comprehension
(dictionary_comprehension) @scope.comprehension
(generator_expression) @scope.comprehension
