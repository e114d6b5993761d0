; Every other use of a name.

(user_type (identifier) @name) @reference.type
((delegation_specifier (user_type (identifier) @name)) @reference.type (#set! cq.kind "implemented"))
((type_parameter (identifier) @name) @reference.parameter (#set! cq.kind "type"))
((package_header (qualified_identifier (identifier) @name .)) @reference.reference (#set! cq.kind "package"))
(navigation_expression (_) (identifier) @name .) @reference.attribute

; What a parameter has when none is given is an identifier, too.
(class_parameter (identifier) @name . ":") @reference.parameter
(parameter (identifier) @name . ":") @reference.parameter
([(setter (identifier) @name)
  (catch_block (identifier) @name)
  (lambda_parameters (variable_declaration (identifier) @name))] @reference.parameter)

([(for_statement (variable_declaration (identifier) @name))
  (assignment left: (identifier) @name)
  (unary_expression argument: (identifier) @name)] @reference.assignment)
((assignment left: (navigation_expression (_) (identifier) @name .)) @reference.assignment
 (#set! cq.kind "attribute"))
