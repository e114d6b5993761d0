; Regions: what a name in them is when no pattern of another pack says it.

[(comment) (js_comment)] @within.comment
[(string_value) (integer_value) (float_value) (color_value)] @within.string
[(from) (to) (important) (feature_name) (keyword_query)] @within.keyword
