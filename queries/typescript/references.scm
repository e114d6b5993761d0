; inherits: ecma

(type_identifier) @name @reference.type
; import("./shelf").Shelf is a member of a call to the grammar.
([(type_annotation (member_expression property: (property_identifier) @name))
  (opting_type_annotation (member_expression property: (property_identifier) @name))
  (type_alias_declaration value: (member_expression property: (property_identifier) @name))
  (type_arguments (member_expression property: (property_identifier) @name))
  (union_type (member_expression property: (property_identifier) @name))
  (intersection_type (member_expression property: (property_identifier) @name))
  (conditional_type (member_expression property: (property_identifier) @name))
  (lookup_type (member_expression property: (property_identifier) @name))
  (readonly_type (member_expression property: (property_identifier) @name))
  (constraint (member_expression property: (property_identifier) @name))
  (default_type (member_expression property: (property_identifier) @name))] @reference.type)
(nested_identifier property: (property_identifier) @name) @reference.attribute
((extends_clause value: [(identifier) @name (member_expression property: (property_identifier) @name)]) @reference.type
 (#set! cq.kind "base"))
((extends_type_clause type: [
   (type_identifier) @name
   (generic_type name: (type_identifier) @name)
   (nested_type_identifier name: (type_identifier) @name)
   (generic_type name: (nested_type_identifier name: (type_identifier) @name))]) @reference.type
 (#set! cq.kind "base"))
((implements_clause [
   (type_identifier) @name
   (generic_type name: (type_identifier) @name)
   (nested_type_identifier name: (type_identifier) @name)
   (generic_type name: (nested_type_identifier name: (type_identifier) @name))]) @reference.type
 (#set! cq.kind "implemented"))

([(required_parameter pattern: [(identifier) @name (rest_pattern (identifier) @name)])
  (optional_parameter pattern: [(identifier) @name (rest_pattern (identifier) @name)])
  ; [first: string, second?: number]
  (required_parameter name: [(identifier) @name (rest_pattern (identifier) @name)])
  (optional_parameter name: [(identifier) @name (rest_pattern (identifier) @name)])
  (index_signature name: (identifier) @name)] @reference.parameter)
([(type_parameter name: (type_identifier) @name)
  (mapped_type_clause name: (type_identifier) @name)
  (infer_type . (type_identifier) @name)] @reference.parameter
 (#set! cq.kind "type"))
