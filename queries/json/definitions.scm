; What a name is bound to. A pattern further down wins over one above it for the same name.

((pair key: (string (string_content) @name)) @definition.key (#set! cq.scope "{name}"))
