; Every other use of a name.

(constant) @name @reference.type
((superclass [(constant) @name (scope_resolution name: (constant) @name)]) @reference.type (#set! cq.kind "base"))
(instance_variable) @name @reference.attribute
(class_variable) @name @reference.attribute

([(method_parameters (identifier) @name)
  (block_parameters (identifier) @name)
  (lambda_parameters (identifier) @name)
  (destructured_parameter (identifier) @name)
  (splat_parameter name: (identifier) @name)
  (hash_splat_parameter name: (identifier) @name)
  (block_parameter name: (identifier) @name)
  (optional_parameter name: (identifier) @name)
  (keyword_parameter name: (identifier) @name)] @reference.parameter)

([(assignment left: [(identifier) @name (global_variable) @name])
  (operator_assignment left: [(identifier) @name (global_variable) @name])
  (left_assignment_list [(identifier) @name (rest_assignment (identifier) @name)])
  (exception_variable (identifier) @name)
  (for pattern: (identifier) @name)] @reference.assignment)
([(assignment left: [(instance_variable) @name (class_variable) @name (call method: (identifier) @name)])
  (operator_assignment left: [(instance_variable) @name (class_variable) @name (call method: (identifier) @name)])
  (left_assignment_list [(instance_variable) @name (class_variable) @name])] @reference.assignment
 (#set! cq.kind "attribute"))
((hash_key_symbol) @name @reference.attribute (#set! cq.kind "initializer"))
