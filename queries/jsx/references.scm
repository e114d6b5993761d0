; Names of elements that are no calls (calls.scm), and of attributes.

([(jsx_opening_element name: (identifier) @name)
  (jsx_self_closing_element name: (identifier) @name)
  (jsx_closing_element name: (identifier) @name)
  (jsx_opening_element name: (jsx_namespace_name (identifier) @name))
  (jsx_self_closing_element name: (jsx_namespace_name (identifier) @name))
  (jsx_closing_element name: (jsx_namespace_name (identifier) @name))] @reference.reference
 (#set! cq.kind "element"))
((jsx_closing_element name: (member_expression property: (property_identifier) @name)) @reference.attribute
 (#set! cq.kind "element"))
((jsx_attribute [
   (property_identifier) @name
   (jsx_namespace_name (identifier) @name)]) @reference.attribute
 (#set! cq.kind "jsx"))
