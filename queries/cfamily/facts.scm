; What a definition says of itself. @definition is its node.

([(function_definition body: (compound_statement) @fact.body)
  (struct_specifier body: (field_declaration_list) @fact.body)
  (union_specifier body: (field_declaration_list) @fact.body)
  (enum_specifier body: (enumerator_list) @fact.body)] @definition)
([(function_definition type: (_) @fact.returns)
  (declaration type: (_) @fact.returns)
  (field_declaration type: (_) @fact.returns)] @definition)
([(function_definition (storage_class_specifier) @fact.modifier)
  (declaration (storage_class_specifier) @fact.modifier)] @definition)
(function_definition declarator: (function_declarator parameters: (parameter_list (parameter_declaration
  type: (_) @fact.parameter.type declarator: (identifier) @fact.parameter)))) @definition
