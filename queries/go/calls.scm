; Names that are called.

(call_expression function: [
  (identifier) @name
  (parenthesized_expression (identifier) @name)]) @reference.call
((call_expression function: [
   (selector_expression field: (field_identifier) @name)
   (parenthesized_expression (selector_expression field: (field_identifier) @name))]) @reference.call
 (#set! cq.kind "method"))
; Map[int, string](list): to the grammar a conversion to a generic type.
(type_conversion_expression type: (generic_type type: (type_identifier) @name)) @reference.call
((type_conversion_expression type: (generic_type type: (qualified_type name: (type_identifier) @name)))
 @reference.call (#set! cq.kind "method"))
