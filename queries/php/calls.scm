; Functions, methods and constructors that are called, and attributes.

(function_call_expression function: [
  (name) @name
  (qualified_name (name) @name)
  (variable_name (name) @name)]) @reference.call
((member_call_expression name: (name) @name) @reference.call (#set! cq.kind "method"))
((nullsafe_member_call_expression name: (name) @name) @reference.call (#set! cq.kind "method"))
((scoped_call_expression name: (name) @name) @reference.call (#set! cq.kind "path"))
((object_creation_expression [(name) @name (qualified_name (name) @name)]) @reference.call
 (#set! cq.kind "constructor"))
(attribute [(name) @name (qualified_name (name) @name)]) @reference.decorator
