; Every other use of a name: members, parameters, and what is assigned.

(member_expression property: (property_identifier) @name) @reference.attribute
(private_property_identifier) @name @reference.attribute
; { title: 1 } and const { title: name } = book
((pair key: (property_identifier) @name) @reference.attribute (#set! cq.kind "initializer"))
((pair_pattern key: (property_identifier) @name) @reference.attribute (#set! cq.kind "pattern"))
; { title } uses the variable.
((shorthand_property_identifier) @name @reference.reference (#set! cq.kind "initializer"))
((export_specifier name: (identifier) @name) @reference.reference (#set! cq.kind "export"))
((statement_identifier) @name @reference.reference (#set! cq.kind "label"))

(arrow_function parameter: (identifier) @name) @reference.parameter

([(assignment_expression left: [(identifier) @name (parenthesized_expression (identifier) @name)])
  (augmented_assignment_expression left: [(identifier) @name (parenthesized_expression (identifier) @name)])
  (update_expression argument: [(identifier) @name (parenthesized_expression (identifier) @name)])
  (for_in_statement left: (identifier) @name)
  (catch_clause parameter: (identifier) @name)] @reference.assignment)
([(assignment_expression left: (member_expression
    property: [(property_identifier) @name (private_property_identifier) @name]))
  (augmented_assignment_expression left: (member_expression
    property: [(property_identifier) @name (private_property_identifier) @name]))
  (update_expression argument: (member_expression
    property: [(property_identifier) @name (private_property_identifier) @name]))
  (for_in_statement left: (member_expression
    property: [(property_identifier) @name (private_property_identifier) @name]))
  (array_pattern (member_expression property: [(property_identifier) @name (private_property_identifier) @name]))
  (array_pattern (assignment_pattern left: (member_expression
    property: [(property_identifier) @name (private_property_identifier) @name])))
  (pair_pattern value: (member_expression
    property: [(property_identifier) @name (private_property_identifier) @name]))
  (pair_pattern value: (assignment_pattern left: (member_expression
    property: [(property_identifier) @name (private_property_identifier) @name])))
  (rest_pattern (member_expression property: [(property_identifier) @name (private_property_identifier) @name]))]
 @reference.assignment (#set! cq.kind "attribute"))
