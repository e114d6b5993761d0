; Every other use of a name.

(named_type [(name) @name (qualified_name (name) @name)]) @reference.type
((base_clause [(name) @name (qualified_name (name) @name)]) @reference.type (#set! cq.kind "base"))
((class_interface_clause [(name) @name (qualified_name (name) @name)]) @reference.type (#set! cq.kind "implemented"))
((use_declaration [(name) @name (qualified_name (name) @name)]) @reference.type (#set! cq.kind "trait"))
((scoped_call_expression scope: [(name) @name (qualified_name (name) @name)]) @reference.type)
((class_constant_access_expression . [(name) @name (qualified_name (name) @name)]) @reference.type)
((class_constant_access_expression (_) (name) @name .) @reference.attribute)
(binary_expression operator: "instanceof" right: [(name) @name (qualified_name (name) @name)]) @reference.type

(member_access_expression name: (name) @name) @reference.attribute
(nullsafe_member_access_expression name: (name) @name) @reference.attribute
(scoped_property_access_expression name: (variable_name (name) @name)) @reference.attribute
([(goto_statement (name) @name) (named_label_statement (name) @name)] @reference.reference (#set! cq.kind "label"))

([(simple_parameter name: (variable_name (name) @name))
  (variadic_parameter name: (variable_name (name) @name))
  (catch_clause name: (variable_name (name) @name))] @reference.parameter)

([(list_literal (variable_name (name) @name))
  (foreach_statement (_) . "as" . (variable_name (name) @name))
  (foreach_statement (pair (variable_name (name) @name)))
  (augmented_assignment_expression left: (variable_name (name) @name))
  (update_expression argument: (variable_name (name) @name))
  (static_variable_declaration name: (variable_name (name) @name))] @reference.assignment)
([(assignment_expression left: (member_access_expression name: (name) @name))
  (assignment_expression left: (scoped_property_access_expression name: (variable_name (name) @name)))
  (update_expression argument: (member_access_expression name: (name) @name))] @reference.assignment
 (#set! cq.kind "attribute"))
