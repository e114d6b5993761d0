; Text in another language. Of two patterns for one text the later counts.
((script_element (raw_text) @injection.content) (#set! injection.language "javascript") (#set! cq.lenient))
((script_element
   (start_tag (attribute (attribute_name) @_type [(attribute_value) @_of (quoted_attribute_value (attribute_value) @_of)]))
   (raw_text) @injection.content)
 (#set! injection.language "json") (#set! cq.lenient)
 (#eq? @_type "type") (#any-of? @_of "application/json" "application/ld+json" "importmap" "speculationrules"))
((script_element
   (start_tag (attribute (attribute_name) @_type [(attribute_value) @_of (quoted_attribute_value (attribute_value) @_of)]))
   (raw_text) @injection.content)
 (#set! injection.language "html") (#set! cq.lenient)
 (#eq? @_type "type") (#any-of? @_of "text/html" "text/template" "text/x-template" "text/x-handlebars"))
((script_element
   (start_tag (attribute (attribute_name) @_type [(attribute_value) @_of (quoted_attribute_value (attribute_value) @_of)]))
   (raw_text) @injection.content)
 (#set! injection.language "typescript") (#set! cq.lenient)
 (#any-of? @_type "type" "lang") (#any-of? @_of "text/typescript" "ts" "typescript"))
((style_element (raw_text) @injection.content) (#set! injection.language "css") (#set! cq.lenient))
