; <Shelf/> makes what Shelf is or returns; <div> names an element of the page. A closing tag is a reference.

((jsx_opening_element name: (identifier) @name) @reference.call
 (#set! cq.kind "element") (#match? @name "^[^a-z]"))
((jsx_self_closing_element name: (identifier) @name) @reference.call
 (#set! cq.kind "element") (#match? @name "^[^a-z]"))
([(jsx_opening_element name: (member_expression property: (property_identifier) @name))
  (jsx_self_closing_element name: (member_expression property: (property_identifier) @name))] @reference.call
 (#set! cq.kind "element"))
