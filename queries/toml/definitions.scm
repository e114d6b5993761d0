; What a name is bound to. A pattern further down wins over one above it for the same name.

; A key of several parts is one name.
((pair . [(bare_key) (dotted_key) (quoted_key)] @name) @definition.key (#set! cq.scope "{name}"))
((table . "[" . [(bare_key) (dotted_key) (quoted_key)] @name) @definition.table (#set! cq.scope "[{name}]"))
((table_array_element . "[[" . [(bare_key) (dotted_key) (quoted_key)] @name) @definition.table
 (#set! cq.scope "[[{name}]]"))
