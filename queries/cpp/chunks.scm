; inherits: cfamily

(namespace_definition name: (namespace_identifier) @name body: (declaration_list) @body) @definition.namespace
(class_specifier name: (type_identifier) @name body: (field_declaration_list) @body) @definition.class
(function_definition
  declarator: (function_declarator declarator: (qualified_identifier name: (identifier) @name))
  body: (compound_statement) @body) @definition.method
(function_definition
  declarator: (function_declarator declarator: (field_identifier) @name)
  body: (compound_statement) @body) @definition.method
