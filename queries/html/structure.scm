; Regions: what a name in them is when no pattern of another pack says it.

[(text) (entity)] @within.text
[(tag_name) (erroneous_end_tag_name) (attribute_name) (doctype)] @within.keyword
[(raw_text) (attribute_value)] @within.string
(comment) @within.comment
; What is typed into one is text, tags and all.
((element . (start_tag . (tag_name) @_tag) (element) @within.text)
 (#set! cq.over "definition") (#any-of? @_tag "textarea" "TEXTAREA"))
