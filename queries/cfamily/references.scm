; Every other use of a name.

(type_identifier) @name @reference.type
(field_expression field: (field_identifier) @name) @reference.attribute
; { .rows = 1 }
((field_designator (field_identifier) @name) @reference.attribute (#set! cq.kind "initializer"))
((statement_identifier) @name @reference.reference (#set! cq.kind "label"))
((preproc_ifdef name: (identifier) @name) @reference.macro)
(preproc_defined (identifier) @name) @reference.macro

(parameter_declaration declarator: [
  (identifier) @name
  (pointer_declarator declarator: [
    (identifier) @name
    (pointer_declarator declarator: (identifier) @name)
    (array_declarator declarator: (identifier) @name)])
  (array_declarator declarator: (identifier) @name)
  (function_declarator declarator: [
    (identifier) @name
    (parenthesized_declarator (pointer_declarator declarator: (identifier) @name))])]) @reference.parameter
(preproc_params (identifier) @name) @reference.parameter

([(assignment_expression left: [(identifier) @name (pointer_expression argument: (identifier) @name)])
  (update_expression argument: (identifier) @name)] @reference.assignment)
([(assignment_expression left: (field_expression field: (field_identifier) @name))
  (update_expression argument: (field_expression field: (field_identifier) @name))] @reference.assignment
 (#set! cq.kind "attribute"))
