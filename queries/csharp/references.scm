; Every other use of a name.

; non-local: whatever has a type has its name there, in some sixty kinds of nodes
((_ type: [(identifier) @name (qualified_name name: (identifier) @name)
   (array_type type: (identifier) @name) (nullable_type type: (identifier) @name)]) @reference.type)
(method_declaration returns: [(identifier) @name (nullable_type type: (identifier) @name)
  (array_type type: (identifier) @name)]) @reference.type
((generic_name (identifier) @name) @reference.type)
(type_argument_list (identifier) @name) @reference.type
((base_list [
   (identifier) @name
   (generic_name (identifier) @name)
   (qualified_name name: (identifier) @name)]) @reference.type (#set! cq.kind "base"))
((type_parameter name: (identifier) @name) @reference.parameter (#set! cq.kind "type"))
(type_parameter_constraints_clause (identifier) @name) @reference.type

(member_access_expression name: (identifier) @name) @reference.attribute
(member_binding_expression name: (identifier) @name) @reference.attribute
; new Thing { Name = "x" }
((initializer_expression (assignment_expression left: (identifier) @name)) @reference.attribute
 (#set! cq.kind "initializer"))
([(goto_statement (identifier) @name) (labeled_statement . (identifier) @name)] @reference.reference
 (#set! cq.kind "label"))

([(parameter name: (identifier) @name)
  (implicit_parameter) @name
  (parameter_list name: (identifier) @name)
  (catch_declaration name: (identifier) @name)] @reference.parameter)

([(variable_declarator name: (identifier) @name)
  (tuple_pattern name: (identifier) @name)
  (foreach_statement left: (identifier) @name)
  (declaration_pattern name: (identifier) @name)
  (declaration_expression name: (identifier) @name)
  (assignment_expression left: (identifier) @name)
  (postfix_unary_expression (identifier) @name)] @reference.assignment)
((assignment_expression left: (member_access_expression name: (identifier) @name)) @reference.assignment
 (#set! cq.kind "attribute"))
