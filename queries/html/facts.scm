; What a definition says of itself. @definition is its node.

; A heading is told with its text.
((element . (start_tag (tag_name) @_tag) . (_) @fact.body) @definition
 (#not-any-of? @_tag "title" "TITLE" "h1" "h2" "h3" "h4" "h5" "h6" "H1" "H2" "H3" "H4" "H5" "H6"))
(script_element . (start_tag) . (_) @fact.body) @definition
(style_element . (start_tag) . (_) @fact.body) @definition
