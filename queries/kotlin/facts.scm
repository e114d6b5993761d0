; What a definition says of itself. @definition is its node.

([(class_declaration (class_body) @fact.body)
  (class_declaration (enum_class_body) @fact.body)
  (object_declaration (class_body) @fact.body)
  (function_declaration (function_body) @fact.body)] @definition)
([(class_declaration (modifiers (visibility_modifier) @fact.visibility))
  (function_declaration (modifiers (visibility_modifier) @fact.visibility))
  (property_declaration (modifiers (visibility_modifier) @fact.visibility))] @definition)
(class_declaration (modifiers (class_modifier) @fact.modifier)) @definition
(class_declaration (delegation_specifiers (delegation_specifier) @fact.base)) @definition
(function_declaration (function_value_parameters (parameter
  (identifier) @fact.parameter (user_type) @fact.parameter.type))) @definition
