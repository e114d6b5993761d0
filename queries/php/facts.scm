; What a definition says of itself. @definition is its node.

([(class_declaration body: (_) @fact.body)
  (interface_declaration body: (_) @fact.body)
  (trait_declaration body: (_) @fact.body)
  (enum_declaration body: (_) @fact.body)
  (function_definition body: (_) @fact.body)
  (method_declaration body: (_) @fact.body)] @definition)
(method_declaration (visibility_modifier) @fact.visibility) @definition
(property_declaration (visibility_modifier) @fact.visibility) @definition
([(class_declaration (abstract_modifier) @fact.modifier)
  (method_declaration (abstract_modifier) @fact.modifier)
  (method_declaration (static_modifier) @fact.modifier)] @definition)
(class_declaration (base_clause (_) @fact.base)) @definition
(class_declaration (class_interface_clause (_) @fact.base)) @definition
([(function_definition return_type: (_) @fact.returns)
  (method_declaration return_type: (_) @fact.returns)] @definition)
([(function_definition parameters: (formal_parameters (simple_parameter
    name: (variable_name) @fact.parameter)))
  (method_declaration parameters: (formal_parameters (simple_parameter
    name: (variable_name) @fact.parameter)))] @definition)
