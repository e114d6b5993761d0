; Every other use of a name.

((package_clause (package_identifier) @name) @reference.reference (#set! cq.kind "package"))
(type_identifier) @name @reference.type
(selector_expression field: (field_identifier) @name) @reference.attribute
; Shelf{rows: nil}
((composite_literal body: (literal_value (keyed_element key: (literal_element (identifier) @name))))
 @reference.attribute (#set! cq.kind "initializer"))
((label_name) @name @reference.reference (#set! cq.kind "label"))

(parameter_declaration name: (identifier) @name) @reference.parameter
(variadic_parameter_declaration name: (identifier) @name) @reference.parameter
((type_parameter_declaration name: (identifier) @name) @reference.parameter (#set! cq.kind "type"))

([(short_var_declaration left: (expression_list (identifier) @name))
  (assignment_statement left: (expression_list (identifier) @name))
  (range_clause left: (expression_list (identifier) @name))
  (receive_statement left: (expression_list (identifier) @name))
  (type_switch_statement alias: (expression_list (identifier) @name))
  (inc_statement (identifier) @name)
  (dec_statement (identifier) @name)] @reference.assignment)
([(assignment_statement left: (expression_list (selector_expression field: (field_identifier) @name)))
  (inc_statement (selector_expression field: (field_identifier) @name))
  (dec_statement (selector_expression field: (field_identifier) @name))] @reference.assignment
 (#set! cq.kind "attribute"))
