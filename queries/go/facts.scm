; What a definition says of itself. @definition is its node.

([(function_declaration body: (block) @fact.body)
  (method_declaration body: (block) @fact.body)
  (type_spec type: (struct_type (field_declaration_list) @fact.body))
  (type_spec type: (interface_type "{" @fact.body))] @definition)
([(function_declaration result: (_) @fact.returns)
  (method_declaration result: (_) @fact.returns)
  (method_elem result: (_) @fact.returns)] @definition)
([(function_declaration type_parameters: (_) @fact.generics)
  (type_spec type_parameters: (_) @fact.generics)] @definition)
([(function_declaration parameters: (parameter_list (parameter_declaration
    name: (identifier) @fact.parameter type: (_) @fact.parameter.type)))
  (method_declaration parameters: (parameter_list (parameter_declaration
    name: (identifier) @fact.parameter type: (_) @fact.parameter.type)))] @definition)
([(function_declaration parameters: (parameter_list (variadic_parameter_declaration
    name: (identifier) @fact.parameter type: (_) @fact.parameter.type)))
  (method_declaration parameters: (parameter_list (variadic_parameter_declaration
    name: (identifier) @fact.parameter type: (_) @fact.parameter.type)))] @definition
 (#set! cq.kind "variadic"))
