; What a name is bound to. A pattern further down wins over one above it for the same name.

; What an address or a script can name.
((element
   . [(start_tag (attribute (attribute_name) @_id [(quoted_attribute_value (attribute_value) @name) (attribute_value) @name]))
    (self_closing_tag (attribute (attribute_name) @_id [(quoted_attribute_value (attribute_value) @name) (attribute_value) @name]))])
 @definition.id
 (#set! cq.scope "#{name}") (#any-of? @_id "id" "ID"))
; Most have an id, too, and in front.
((element
   . [(start_tag . (tag_name) @_tag . (attribute (attribute_name) @_name [(quoted_attribute_value (attribute_value) @name) (attribute_value) @name]))
    (self_closing_tag . (tag_name) @_tag . (attribute (attribute_name) @_name [(quoted_attribute_value (attribute_value) @name) (attribute_value) @name]))])
 @definition.name
 (#any-of? @_name "name" "NAME")
 (#any-of? @_tag "a" "A" "form" "input" "select" "textarea" "button" "iframe" "map" "slot" "fieldset" "object"))
((script_element (start_tag (tag_name) @name)) @definition.script)
((style_element (start_tag (tag_name) @name)) @definition.style)
((element . (start_tag (tag_name) @_title) . (text) @name) @definition.title
 (#any-of? @_title "title" "TITLE"))
((element . (start_tag (tag_name) @_h1) . [(text) @name (element . (start_tag) . [(text) @name (element . (start_tag) . (text) @name)])]) @definition.h1
 (#any-of? @_h1 "h1" "H1"))
((element . (start_tag (tag_name) @_h2) . [(text) @name (element . (start_tag) . [(text) @name (element . (start_tag) . (text) @name)])]) @definition.h2
 (#any-of? @_h2 "h2" "H2"))
((element . (start_tag (tag_name) @_h3) . [(text) @name (element . (start_tag) . [(text) @name (element . (start_tag) . (text) @name)])]) @definition.h3
 (#any-of? @_h3 "h3" "H3"))
((element . (start_tag (tag_name) @_h4) . [(text) @name (element . (start_tag) . [(text) @name (element . (start_tag) . (text) @name)])]) @definition.h4
 (#any-of? @_h4 "h4" "H4"))
((element . (start_tag (tag_name) @_h5) . [(text) @name (element . (start_tag) . [(text) @name (element . (start_tag) . (text) @name)])]) @definition.h5
 (#any-of? @_h5 "h5" "H5"))
((element . (start_tag (tag_name) @_h6) . [(text) @name (element . (start_tag) . [(text) @name (element . (start_tag) . (text) @name)])]) @definition.h6
 (#any-of? @_h6 "h6" "H6"))
