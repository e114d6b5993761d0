; inherits: cfamily

((base_class_clause [
   (type_identifier) @name
   (template_type name: (type_identifier) @name)
   (qualified_identifier name: [(type_identifier) @name (template_type name: (type_identifier) @name)])])
 @reference.type (#set! cq.kind "base"))
((type_parameter_declaration (type_identifier) @name) @reference.parameter (#set! cq.kind "type"))
((variadic_type_parameter_declaration (type_identifier) @name) @reference.parameter (#set! cq.kind "type"))
((optional_type_parameter_declaration name: (type_identifier) @name) @reference.parameter (#set! cq.kind "type"))
([(optional_parameter_declaration declarator: [
    (identifier) @name
    (pointer_declarator declarator: (identifier) @name)
    (reference_declarator (identifier) @name)])
  (parameter_declaration declarator: (reference_declarator (identifier) @name))
  (variadic_parameter_declaration declarator: (variadic_declarator (identifier) @name))] @reference.parameter)
((field_initializer [(field_identifier) @name (template_method name: (field_identifier) @name)]) @reference.attribute
 (#set! cq.kind "initializer"))
([(for_range_loop declarator: [(identifier) @name (reference_declarator (identifier) @name)])
  (structured_binding_declarator (identifier) @name)] @reference.assignment)
