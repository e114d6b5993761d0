; Regions: what a name in them is when no pattern of another pack says it.

[(inline) (pipe_table) (link_reference_definition)] @within.text
; Code, and what may be in another language.
[(fenced_code_block) (indented_code_block) (html_block) (minus_metadata) (plus_metadata)] @within.string
