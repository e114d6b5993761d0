; What a name is bound to. A pattern further down wins over one above it for the same name.

((pair key: (string (string_content) @name)) @definition.key (#set! cq.scope "{name}"))
; An empty key has no content: it is told with its quotes.
((pair key: (string . "\"" . "\"") @name) @definition.key (#set! cq.scope "{name}"))
