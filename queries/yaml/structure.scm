; Regions: what a name in them is when no pattern of another pack says it.

[(plain_scalar) (double_quote_scalar) (single_quote_scalar) (block_scalar)] @within.string
[(tag) (yaml_directive) (tag_directive)] @within.keyword
(comment) @within.comment
