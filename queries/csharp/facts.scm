; What a definition says of itself. @definition is its node.

([(namespace_declaration body: (_) @fact.body)
  (class_declaration body: (_) @fact.body)
  (interface_declaration body: (_) @fact.body)
  (struct_declaration body: (_) @fact.body)
  (record_declaration body: (_) @fact.body)
  (enum_declaration body: (_) @fact.body)
  (method_declaration body: (_) @fact.body)
  (constructor_declaration body: (_) @fact.body)
  (destructor_declaration body: (_) @fact.body)
  (local_function_statement body: (_) @fact.body)
  (operator_declaration body: (_) @fact.body)
  (conversion_operator_declaration body: (_) @fact.body)
  (indexer_declaration accessors: (_) @fact.body)
  (property_declaration accessors: (_) @fact.body)] @definition)
([(class_declaration (modifier) @fact.modifier)
  (method_declaration (modifier) @fact.modifier)
  (property_declaration (modifier) @fact.modifier)
  (field_declaration (modifier) @fact.modifier)] @definition)
([(class_declaration (attribute_list) @fact.decorator)
  (method_declaration (attribute_list) @fact.decorator)] @definition)
(class_declaration (base_list (_) @fact.base)) @definition
(method_declaration returns: (_) @fact.returns) @definition
(property_declaration type: (_) @fact.returns) @definition
([(method_declaration parameters: (parameter_list (parameter
    type: (_) @fact.parameter.type name: (identifier) @fact.parameter)))
  (constructor_declaration parameters: (parameter_list (parameter
    type: (_) @fact.parameter.type name: (identifier) @fact.parameter)))] @definition)
