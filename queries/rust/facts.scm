; What an item says of itself. Run on one item; @definition must be that node.

([
  (function_item (visibility_modifier) @fact.visibility)
  (function_signature_item (visibility_modifier) @fact.visibility)
  (struct_item (visibility_modifier) @fact.visibility)
  (enum_item (visibility_modifier) @fact.visibility)
  (union_item (visibility_modifier) @fact.visibility)
  (trait_item (visibility_modifier) @fact.visibility)
  (mod_item (visibility_modifier) @fact.visibility)
  (type_item (visibility_modifier) @fact.visibility)
  (const_item (visibility_modifier) @fact.visibility)
  (static_item (visibility_modifier) @fact.visibility)
  (field_declaration (visibility_modifier) @fact.visibility)
  (enum_variant (visibility_modifier) @fact.visibility)
] @definition)
([
  (function_item (function_modifiers) @fact.modifier)
  (function_signature_item (function_modifiers) @fact.modifier)
  (trait_item "unsafe" @fact.modifier)
  (static_item (mutable_specifier) @fact.modifier)
] @definition)
([
  (function_item type_parameters: (type_parameters) @fact.generics)
  (function_signature_item type_parameters: (type_parameters) @fact.generics)
  (struct_item type_parameters: (type_parameters) @fact.generics)
  (enum_item type_parameters: (type_parameters) @fact.generics)
  (union_item type_parameters: (type_parameters) @fact.generics)
  (trait_item type_parameters: (type_parameters) @fact.generics)
  (type_item type_parameters: (type_parameters) @fact.generics)
  (associated_type type_parameters: (type_parameters) @fact.generics)
  (function_item (where_clause) @fact.generics)
  (function_signature_item (where_clause) @fact.generics)
  (struct_item (where_clause) @fact.generics)
  (enum_item (where_clause) @fact.generics)
  (union_item (where_clause) @fact.generics)
  (trait_item (where_clause) @fact.generics)
  (type_item (where_clause) @fact.generics)
  (associated_type (where_clause) @fact.generics)
] @definition)
([
  (function_item return_type: (_) @fact.returns)
  (function_signature_item return_type: (_) @fact.returns)
  (const_item type: (_) @fact.returns)
  (static_item type: (_) @fact.returns)
  (field_declaration type: (_) @fact.returns)
  (type_item type: (_) @fact.returns)
] @definition)
([
  (function_item body: (_) @fact.body)
  (struct_item body: (field_declaration_list) @fact.body)
  (enum_item body: (_) @fact.body)
  (union_item body: (_) @fact.body)
  (trait_item body: (_) @fact.body)
  (mod_item body: (_) @fact.body)
  (macro_definition (macro_rule) @fact.body)
] @definition)
(trait_item bounds: (trait_bounds (_) @fact.base)) @definition
(associated_type bounds: (trait_bounds (_) @fact.base)) @definition

([
  (function_item parameters: (parameters (parameter
    pattern: [(identifier) (mut_pattern) (ref_pattern) (reference_pattern) (tuple_pattern) (tuple_struct_pattern)
      (struct_pattern) (slice_pattern) (captured_pattern) (metavariable) "_"] @fact.parameter
    type: (_) @fact.parameter.type)))
  (function_signature_item parameters: (parameters (parameter
    pattern: [(identifier) (mut_pattern) (ref_pattern) (reference_pattern) (tuple_pattern) (tuple_struct_pattern)
      (struct_pattern) (slice_pattern) (captured_pattern) (metavariable) "_"] @fact.parameter
    type: (_) @fact.parameter.type)))
] @definition)
(([
  (function_item parameters: (parameters (parameter
    pattern: (self) @fact.parameter type: (_) @fact.parameter.type)))
  (function_signature_item parameters: (parameters (parameter
    pattern: (self) @fact.parameter type: (_) @fact.parameter.type)))
  (function_item parameters: (parameters (self_parameter) @fact.parameter))
  (function_signature_item parameters: (parameters (self_parameter) @fact.parameter))
] @definition)
 (#set! cq.kind "self"))
(([
  (function_item parameters: (parameters (variadic_parameter) @fact.parameter))
  (function_signature_item parameters: (parameters (variadic_parameter) @fact.parameter))
] @definition)
 (#set! cq.kind "variadic"))
