; What a definition says of itself. @definition is its node.

(table . "[" . (_) . "]" . (pair) @fact.body) @definition
(table_array_element . "[[" . (_) . "]]" . (pair) @fact.body) @definition
