; What an item says of itself. @definition is its node.

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
  (function_item (function_modifiers ["async" "const" "default" "unsafe"] @fact.modifier))
  (function_item (function_modifiers (extern_modifier "extern" @fact.modifier)))
  (function_item (function_modifiers (extern_modifier (string_literal) @fact.modifier @fact.abi)))
  (function_signature_item (function_modifiers ["async" "const" "default" "unsafe"] @fact.modifier))
  (function_signature_item (function_modifiers (extern_modifier "extern" @fact.modifier)))
  (function_signature_item (function_modifiers (extern_modifier (string_literal) @fact.modifier @fact.abi)))
  (trait_item "unsafe" @fact.modifier)
  (static_item (mutable_specifier) @fact.modifier)
] @definition)
(foreign_mod_item (extern_modifier (string_literal) @fact.abi) body: (declaration_list [
  (function_signature_item) (static_item) (function_item)] @definition))
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
  (function_item (where_clause (where_predicate) @fact.where))
  (function_signature_item (where_clause (where_predicate) @fact.where))
  (struct_item (where_clause (where_predicate) @fact.where))
  (enum_item (where_clause (where_predicate) @fact.where))
  (union_item (where_clause (where_predicate) @fact.where))
  (trait_item (where_clause (where_predicate) @fact.where))
  (type_item (where_clause (where_predicate) @fact.where))
  (associated_type (where_clause (where_predicate) @fact.where))
] @definition)
(([
  (function_item type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (function_signature_item type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (struct_item type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (enum_item type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (union_item type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (trait_item type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (type_item type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (associated_type type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
] @definition) (#set! cq.kind "type"))
(([
  (function_item type_parameters: (type_parameters (lifetime_parameter name: (_) @fact.generic)))
  (function_signature_item type_parameters: (type_parameters (lifetime_parameter name: (_) @fact.generic)))
  (struct_item type_parameters: (type_parameters (lifetime_parameter name: (_) @fact.generic)))
  (enum_item type_parameters: (type_parameters (lifetime_parameter name: (_) @fact.generic)))
  (union_item type_parameters: (type_parameters (lifetime_parameter name: (_) @fact.generic)))
  (trait_item type_parameters: (type_parameters (lifetime_parameter name: (_) @fact.generic)))
  (type_item type_parameters: (type_parameters (lifetime_parameter name: (_) @fact.generic)))
  (associated_type type_parameters: (type_parameters (lifetime_parameter name: (_) @fact.generic)))
] @definition) (#set! cq.kind "lifetime"))
(([
  (function_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic type: (_) @fact.generic.type)))
  (function_signature_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic type: (_) @fact.generic.type)))
  (struct_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic type: (_) @fact.generic.type)))
  (enum_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic type: (_) @fact.generic.type)))
  (union_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic type: (_) @fact.generic.type)))
  (trait_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic type: (_) @fact.generic.type)))
  (type_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic type: (_) @fact.generic.type)))
  (associated_type type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic type: (_) @fact.generic.type)))
] @definition) (#set! cq.kind "const"))
; Bounds and defaults of the parameters above.
(([
  (function_item type_parameters: (type_parameters (_
    name: (_) @fact.generic bounds: (trait_bounds) @fact.generic.type)))
  (function_signature_item type_parameters: (type_parameters (_
    name: (_) @fact.generic bounds: (trait_bounds) @fact.generic.type)))
  (struct_item type_parameters: (type_parameters (_
    name: (_) @fact.generic bounds: (trait_bounds) @fact.generic.type)))
  (enum_item type_parameters: (type_parameters (_
    name: (_) @fact.generic bounds: (trait_bounds) @fact.generic.type)))
  (union_item type_parameters: (type_parameters (_
    name: (_) @fact.generic bounds: (trait_bounds) @fact.generic.type)))
  (trait_item type_parameters: (type_parameters (_
    name: (_) @fact.generic bounds: (trait_bounds) @fact.generic.type)))
  (type_item type_parameters: (type_parameters (_
    name: (_) @fact.generic bounds: (trait_bounds) @fact.generic.type)))
  (associated_type type_parameters: (type_parameters (_
    name: (_) @fact.generic bounds: (trait_bounds) @fact.generic.type)))
] @definition) (#set! cq.after ":"))
([
  (struct_item type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic default_type: (_) @fact.generic.default)))
  (struct_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic value: (_) @fact.generic.default)))
  (enum_item type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic default_type: (_) @fact.generic.default)))
  (enum_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic value: (_) @fact.generic.default)))
  (union_item type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic default_type: (_) @fact.generic.default)))
  (union_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic value: (_) @fact.generic.default)))
  (trait_item type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic default_type: (_) @fact.generic.default)))
  (trait_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic value: (_) @fact.generic.default)))
  (type_item type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic default_type: (_) @fact.generic.default)))
  (type_item type_parameters: (type_parameters (const_parameter
    name: (_) @fact.generic value: (_) @fact.generic.default)))
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
  (const_item value: (_) @fact.value)
  (static_item value: (_) @fact.value)
  (enum_variant value: (_) @fact.value)
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
  (struct_item body: (field_declaration_list (field_declaration name: (_) @fact.field)))
  (union_item body: (field_declaration_list (field_declaration name: (_) @fact.field)))
  (enum_variant body: (field_declaration_list (field_declaration name: (_) @fact.field)))
] @definition)
(enum_item body: (enum_variant_list (enum_variant name: (_) @fact.variant))) @definition

; Parameters
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

; The block that an associated item stands in.
(impl_item trait: (_) @fact.implements.trait body: (declaration_list [
  (function_item) (function_signature_item) (const_item) (type_item) (associated_type)] @definition))
(impl_item type: (_) @fact.implements.type body: (declaration_list [
  (function_item) (function_signature_item) (const_item) (type_item) (associated_type)] @definition))
(impl_item type_parameters: (_) @fact.implements.generics body: (declaration_list [
  (function_item) (function_signature_item) (const_item) (type_item) (associated_type)] @definition))
(impl_item (where_clause) @fact.implements.generics body: (declaration_list [
  (function_item) (function_signature_item) (const_item) (type_item) (associated_type)] @definition))
(trait_item name: (_) @fact.implements.trait body: (declaration_list [
  (function_item) (function_signature_item) (const_item) (type_item) (associated_type)] @definition))

; Attributes
((attribute_item (attribute (identifier) @_name arguments: (token_tree) @fact.derive)) @leading
 (#set! cq.list ",") (#eq? @_name "derive"))
((attribute_item (attribute (identifier) @_name arguments: (token_tree) @fact.cfg)) @leading
 (#set! cq.list ",") (#eq? @_name "cfg"))
((attribute_item (attribute [(identifier) @fact.form (scoped_identifier name: (identifier) @fact.form)])) @leading
 (#set! cq.kind "test") (#eq? @fact.form "test"))
((attribute_item (attribute (identifier) @fact.form)) @leading
 (#set! cq.kind "bench") (#eq? @fact.form "bench"))

; What a body does, without the functions, closures and async blocks in it.
(function_item body: (_) @deep) @definition
(function_item body: (_) @boundary)
(closure_expression body: (_) @boundary)
(async_block) @boundary
(await_expression . (_) @fact.awaits) @inside

; What encloses a name.
[(block) (source_file) (declaration_list) (function_item) (struct_item) (enum_item) (union_item) (trait_item)
 (match_block)] @limit
(call_expression function: (_) @fact.call.target) @enclosing
(call_expression function: [
  (field_expression value: (_) @fact.call.receiver)
  (generic_function function: (field_expression value: (_) @fact.call.receiver))]) @enclosing
((call_expression arguments: (arguments) @fact.call.arguments) @enclosing (#set! cq.list ","))
(macro_invocation macro: (_) @fact.call.target) @enclosing
((macro_invocation (token_tree) @fact.call.arguments) @enclosing (#set! cq.list ","))
(field_expression value: (_) @fact.attribute.object field: (_) @fact.attribute.name) @enclosing
(let_declaration pattern: (_) @fact.assignment.target) @enclosing
(let_declaration type: (_) @fact.assignment.type) @enclosing
(let_declaration value: (_) @fact.assignment.value) @enclosing
(assignment_expression left: (_) @fact.assignment.target right: (_) @fact.assignment.value) @enclosing
(compound_assignment_expr left: (_) @fact.assignment.target right: (_) @fact.assignment.value) @enclosing
(compound_assignment_expr
  operator: ["+=" "-=" "*=" "/=" "%=" "&=" "|=" "^=" "<<=" ">>="] @fact.assignment.operator) @enclosing
(impl_item trait: (_) @fact.implements.trait) @enclosing
(impl_item type: (_) @fact.implements.type) @enclosing
(impl_item type_parameters: (_) @fact.implements.generics) @enclosing
(impl_item (where_clause) @fact.implements.generics) @enclosing

; Imports: `use` trees nest. Each list on the way up to the declaration puts its path in front.
(use_declaration argument: [(identifier) (self) (super) (crate)] @fact.import.module @enclosing)
(use_list [(identifier) (self)] @fact.import.name @enclosing)
(use_declaration argument: (scoped_identifier path: (_) @fact.import.module name: (_) @fact.import.name) @enclosing)
(use_list (scoped_identifier path: (_) @fact.import.module name: (_) @fact.import.name) @enclosing)
(use_as_clause path: [(identifier) (self) (super) (crate)] @fact.import.name alias: (_) @fact.import.alias) @enclosing
(use_as_clause
  path: (scoped_identifier path: (_) @fact.import.module name: (_) @fact.import.name)
  alias: (_) @fact.import.alias) @enclosing
(use_as_clause path: (scoped_identifier . name: (_) @fact.import.name) alias: (_) @fact.import.alias) @enclosing
(use_declaration argument: (scoped_identifier . name: (_) @fact.import.module) @enclosing)
(use_wildcard "*" @fact.import.star) @enclosing
(use_wildcard (_) @fact.import.module) @enclosing
(scoped_use_list path: (_) @fact.import.module @enclosing)
(scoped_use_list path: (_) @fact.import.prefix list: (_) @enclosing)
(use_declaration (visibility_modifier) @fact.import.reexport) @enclosing
(extern_crate_declaration name: (_) @fact.import.module) @enclosing
(extern_crate_declaration alias: (_) @fact.import.alias) @enclosing
(extern_crate_declaration (visibility_modifier) @fact.import.reexport) @enclosing
