; inherits: ecma, jsx

(formal_parameters [
  (identifier) @name
  (assignment_pattern left: (identifier) @name)
  (rest_pattern (identifier) @name)]) @reference.parameter
((class_heritage [(identifier) @name (member_expression property: (property_identifier) @name)]) @reference.type
 (#set! cq.kind "base"))
