; What a definition says of itself. @definition is its node.

; Comments may stand between the name and the first key.
(table . "[" . (_) . "]" . (comment)* . (pair) @fact.body) @definition
(table_array_element . "[[" . (_) . "]]" . (comment)* . (pair) @fact.body) @definition
