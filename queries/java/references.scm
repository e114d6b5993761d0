; Every other use of a name.

((package_declaration [(identifier) @name (scoped_identifier name: (identifier) @name)]) @reference.reference
 (#set! cq.kind "package"))
(type_identifier) @name @reference.type
((superclass [(type_identifier) @name (generic_type (type_identifier) @name)]) @reference.type (#set! cq.kind "base"))
((super_interfaces (type_list [(type_identifier) @name (generic_type (type_identifier) @name)])) @reference.type
 (#set! cq.kind "implemented"))
((extends_interfaces (type_list [(type_identifier) @name (generic_type (type_identifier) @name)])) @reference.type
 (#set! cq.kind "base"))
((type_parameter (type_identifier) @name) @reference.parameter (#set! cq.kind "type"))

; Shelf::add, handed to others to call.
((method_reference (_) . "::" . (identifier) @name) @reference.reference (#set! cq.kind "method"))
(field_access field: (identifier) @name) @reference.attribute
((element_value_pair key: (identifier) @name) @reference.attribute (#set! cq.kind "initializer"))
((labeled_statement (identifier) @name) @reference.reference (#set! cq.kind "label"))
((break_statement (identifier) @name) @reference.reference (#set! cq.kind "label"))
((continue_statement (identifier) @name) @reference.reference (#set! cq.kind "label"))

([(formal_parameter name: (identifier) @name)
  (spread_parameter (variable_declarator name: (identifier) @name))
  (catch_formal_parameter name: (identifier) @name)
  (inferred_parameters (identifier) @name)
  (lambda_expression parameters: (identifier) @name)] @reference.parameter)

([(local_variable_declaration declarator: (variable_declarator name: (identifier) @name))
  (enhanced_for_statement name: (identifier) @name)
  (resource name: (identifier) @name)
  (instanceof_expression name: (identifier) @name)
  (type_pattern (identifier) @name)
  (record_pattern_component (identifier) @name)
  (assignment_expression left: (identifier) @name)
  (update_expression (identifier) @name)] @reference.assignment)
([(assignment_expression left: (field_access field: (identifier) @name))
  (update_expression (field_access field: (identifier) @name))] @reference.assignment (#set! cq.kind "attribute"))
((record_pattern (identifier) @name) @reference.type)
