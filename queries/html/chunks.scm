; Definitions to keep whole. @body is what a signature ends at.

((element . (start_tag (attribute (attribute_name) @_id (quoted_attribute_value (attribute_value) @name)))) @definition.element
 (#any-of? @_id "id" "name"))
(script_element . (start_tag (tag_name) @name)) @definition.script
(style_element . (start_tag (tag_name) @name)) @definition.style
