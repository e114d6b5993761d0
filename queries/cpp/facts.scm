; inherits: cfamily

([(class_specifier body: (field_declaration_list) @fact.body)
  (namespace_definition body: (declaration_list) @fact.body)] @definition)
(class_specifier (base_class_clause [(type_identifier) (template_type) (qualified_identifier)] @fact.base)) @definition
(template_declaration parameters: (template_parameter_list) @fact.generics [
  (class_specifier) (function_definition)] @definition)
