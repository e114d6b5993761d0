; What a file uses by a shorter name, and the files that it takes in.

(namespace_use_declaration (namespace_name) @within.import) @reference.import
((namespace_use_clause [(name) @name (qualified_name (name) @name)]) @reference.import (#set! cq.kind "name"))
(namespace_use_clause (qualified_name prefix: (namespace_name) @within.import)) @reference.import
((namespace_use_clause alias: (name) @name) @reference.import (#set! cq.kind "alias"))
((require_once_expression (string (string_content) @within.import)) @reference.import)
((require_expression (string (string_content) @within.import)) @reference.import)
((include_expression (string (string_content) @within.import)) @reference.import)
((include_once_expression (string (string_content) @within.import)) @reference.import)
