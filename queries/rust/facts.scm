; What an item says of itself. Run on one item; @definition must be that node.

(_ (visibility_modifier) @fact.visibility) @definition
(function_item (function_modifiers) @fact.modifier) @definition
(function_signature_item (function_modifiers) @fact.modifier) @definition
(trait_item "unsafe" @fact.modifier) @definition
(_ type_parameters: (type_parameters) @fact.generics) @definition
(_ (where_clause) @fact.generics) @definition
(_ return_type: (_) @fact.returns) @definition
(const_item type: (_) @fact.returns) @definition
(static_item type: (_) @fact.returns) @definition
(field_declaration type: (_) @fact.returns) @definition
(_ body: (_) @fact.body) @definition
(trait_item bounds: (trait_bounds (_) @fact.base)) @definition

(_ parameters: (parameters (parameter
  pattern: (_) @fact.parameter type: (_) @fact.parameter.type))) @definition
((_ parameters: (parameters (self_parameter) @fact.parameter)) @definition
 (#set! cq.kind "self"))
((_ parameters: (parameters (variadic_parameter) @fact.parameter)) @definition
 (#set! cq.kind "variadic"))
