; Every other use of a name: types, fields, parameters, patterns and assignments.

(type_identifier) @name @reference.type
(primitive_type) @name @reference.type
; By Rust's naming rule, a capitalised path segment is a type: `Foo` in `Foo::new()`.
((scoped_identifier path: [(identifier) @name (scoped_identifier name: (identifier) @name)]) @reference.type
 (#set! cq.kind "path") (#match? @name "^(r#)?[A-Z]"))
((scoped_type_identifier path: [(identifier) @name (scoped_identifier name: (identifier) @name)]) @reference.type
 (#set! cq.kind "path") (#match? @name "^(r#)?[A-Z]"))
((struct_expression name: (type_identifier) @name) @reference.type
 (#set! cq.kind "struct-literal"))
((struct_expression name: (scoped_type_identifier name: (type_identifier) @name)) @reference.type
 (#set! cq.kind "struct-literal"))
((impl_item trait: [(type_identifier) @name (generic_type type: (type_identifier) @name)]) @reference.type
 (#set! cq.kind "implemented-trait"))
((impl_item type: [(type_identifier) @name (generic_type type: (type_identifier) @name)]) @reference.type
 (#set! cq.kind "implementing-type"))

(field_expression field: (field_identifier) @name) @reference.attribute
((field_initializer field: (field_identifier) @name) @reference.attribute
 (#set! cq.kind "initializer"))
((field_pattern name: (field_identifier) @name) @reference.attribute
 (#set! cq.kind "pattern"))
((shorthand_field_initializer (identifier) @name) @reference.reference
 (#set! cq.kind "initializer"))

; Parameters, and the names in their patterns.
(parameter pattern: [
  (identifier) @name (mut_pattern (identifier) @name) (ref_pattern (identifier) @name)
  (reference_pattern [(identifier) @name (mut_pattern (identifier) @name) (tuple_pattern (identifier) @name) (reference_pattern (identifier) @name)])
  (tuple_pattern [(identifier) @name (mut_pattern (identifier) @name) (ref_pattern (identifier) @name) (reference_pattern (identifier) @name)
    (tuple_pattern [(identifier) @name (mut_pattern (identifier) @name) (reference_pattern (identifier) @name) (tuple_pattern (identifier) @name)])
    (slice_pattern (identifier) @name)])
  (slice_pattern [(identifier) @name (mut_pattern (identifier) @name) (reference_pattern (identifier) @name) (tuple_pattern (identifier) @name)])
  (struct_pattern (field_pattern name: (shorthand_field_identifier) @name))
  (struct_pattern (field_pattern pattern: (identifier) @name))]) @reference.parameter
((parameter pattern: (self) @name) @reference.parameter (#set! cq.kind "self"))
(closure_parameters [
  (identifier) @name (mut_pattern (identifier) @name) (ref_pattern (identifier) @name)
  (reference_pattern [(identifier) @name (mut_pattern (identifier) @name) (tuple_pattern (identifier) @name) (reference_pattern (identifier) @name)])
  (tuple_pattern [(identifier) @name (mut_pattern (identifier) @name) (ref_pattern (identifier) @name) (reference_pattern (identifier) @name)
    (tuple_pattern [(identifier) @name (mut_pattern (identifier) @name) (reference_pattern (identifier) @name) (tuple_pattern (identifier) @name)])
    (slice_pattern (identifier) @name)])
  (slice_pattern [(identifier) @name (mut_pattern (identifier) @name) (reference_pattern (identifier) @name) (tuple_pattern (identifier) @name)])
  (struct_pattern (field_pattern name: (shorthand_field_identifier) @name))
  (struct_pattern (field_pattern pattern: (identifier) @name))]) @reference.parameter
((parameter pattern: (tuple_struct_pattern type: (_) (identifier) @name)) @reference.parameter
 (#not-match? @name "^(r#)?[A-Z]"))
((closure_parameters (tuple_struct_pattern type: (_) (identifier) @name)) @reference.parameter
 (#not-match? @name "^(r#)?[A-Z]"))
((self_parameter (self) @name) @reference.parameter (#set! cq.kind "self"))
((type_parameter name: (type_identifier) @name) @reference.parameter (#set! cq.kind "type"))
((const_parameter name: (identifier) @name) @reference.parameter (#set! cq.kind "const"))
((lifetime_parameter name: (lifetime (identifier) @name)) @reference.parameter (#set! cq.kind "lifetime"))
((token_binding_pattern name: (metavariable) @name) @reference.parameter (#set! cq.kind "macro"))

; Bindings. In a pattern, by Rust's naming rule, a capitalised name is a constant or a variant, not a binding.
(let_declaration pattern: (identifier) @name) @reference.assignment
(for_expression pattern: (identifier) @name) @reference.assignment
(mut_pattern (identifier) @name) @reference.assignment
(ref_pattern (identifier) @name) @reference.assignment
(shorthand_field_identifier) @name @reference.assignment
(captured_pattern . (identifier) @name) @reference.assignment
((let_condition pattern: (identifier) @name) @reference.assignment (#not-match? @name "^(r#)?[A-Z]"))
((reference_pattern (identifier) @name) @reference.assignment (#not-match? @name "^(r#)?[A-Z]"))
((tuple_pattern (identifier) @name) @reference.assignment (#not-match? @name "^(r#)?[A-Z]"))
((slice_pattern (identifier) @name) @reference.assignment (#not-match? @name "^(r#)?[A-Z]"))
((or_pattern (identifier) @name) @reference.assignment (#not-match? @name "^(r#)?[A-Z]"))
((match_pattern . (identifier) @name) @reference.assignment (#not-match? @name "^(r#)?[A-Z]"))
((field_pattern pattern: (identifier) @name) @reference.assignment (#not-match? @name "^(r#)?[A-Z]"))
((tuple_struct_pattern type: (_) (identifier) @name) @reference.assignment (#not-match? @name "^(r#)?[A-Z]"))

(assignment_expression left: (tuple_expression (identifier) @name)) @reference.assignment
(assignment_expression left: (identifier) @name) @reference.assignment
(compound_assignment_expr left: (identifier) @name) @reference.assignment
((assignment_expression left: (field_expression field: (field_identifier) @name)) @reference.assignment
 (#set! cq.kind "attribute"))
((compound_assignment_expr left: (field_expression field: (field_identifier) @name)) @reference.assignment
 (#set! cq.kind "attribute"))

; Token trees that do not parse as Rust on their own. @before and @after touch the name.
((token_tree (identifier) @name . ["::" "<"] @after) @reference.type (#match? @name "^(r#)?[A-Z]"))
; (A wildcard and its text: these tokens as an alternation take twice as long. After `_`, `.` passes over nothing.)
((token_tree _ @_before . (identifier) @name) @reference.type
 (#any-of? @_before ":" "->" "&" "impl" "for" "as" "mut") (#match? @name "^(r#)?[A-Z]") (#not-eq? @name "None"))
((token_tree "." @before . (identifier) @name) @reference.attribute)
