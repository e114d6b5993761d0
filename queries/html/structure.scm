; Regions: what a name in them is when no pattern of another pack says it.

[(text) (entity)] @within.text
[(tag_name) (erroneous_end_tag_name) (attribute_name) (doctype)] @within.keyword
[(raw_text) (attribute_value)] @within.string
(comment) @within.comment
